#ifndef DFV_LISTING_H
#define DFV_LISTING_H

#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "span.h"
#include "table.h"

/*
 * A file of records that is kept for this program, in any format it reads:
 * findings that are known, waivers. Held in memory.
 */
struct listing {
	struct table table;
	struct arena *arena;
};

/* 0, or -1 after a report. To be released in either case. */
int listing_load(
    struct listing *, const char *file, struct arena *, struct diag *);

/* A cell's text, in the arena; empty where there is no such column. */
struct span listing_text(
    const struct listing *, struct table_row, const char *column);

struct place listing_place(
    const struct listing *, struct table_row, const char *column);

void listing_release(struct listing *);

#endif
