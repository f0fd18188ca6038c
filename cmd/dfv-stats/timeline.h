#ifndef DFV_STATS_TIMELINE_H
#define DFV_STATS_TIMELINE_H

#include <stdbool.h>

#include "buf.h"
#include "date.h"
#include "span.h"

/* A period as it is in a cell: its kind, and its place among those of its
 * kind, where the one after it is one more. */
struct moment {
	enum date_period kind;
	long place;
};

/* 2025-11-10, 2025-W46, 2025-11, 2025-Q4 or 2025, of a real date. */
bool moment_parse(struct span, struct moment *);

/* Appends what a French reader calls it: 10 nov. 2025, S46 2025, nov. 2025,
 * T4 2025, 2025. false when the text is none. */
bool moment_put(struct buf *, struct span text);

/* Whether a column of that name may hold years: four digits alone are one
 * only where the name says so (debut_year, annee). */
bool timeline_is_year(struct span name);

#endif
