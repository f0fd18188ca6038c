#ifndef DFV_GEO_TERRITORY_H
#define DFV_GEO_TERRITORY_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "keymap.h"
#include "span.h"

/* Regions, departments, EPCI: what a commune belongs to. */
struct territory {
	struct span code;
	struct span name;
	uint32_t region; /* of a department: its index; else TERRITORY_NONE */
};

#define TERRITORY_NONE UINT32_MAX

/* Names are keys as toponym.h makes them, with and without their article. */
struct territories {
	struct territory *item;
	size_t n;
	size_t cap;
	struct keymap by_code;
	struct keymap by_name;
};

/* Adds one; code and name must outlive the table, the arena takes the keys. */
void territories_add(struct territories *, struct territory, struct arena *,
    struct buf *scratch);

/*
 * What is named by a code, a name, or both: `36`, `Indre`, `36 - Indre`,
 * `Indre (36)`; `1` is 01 for a lost zero. Its index; TERRITORY_NONE when
 * nothing or several things answer to it.
 */
uint32_t territories_find(
    const struct territories *, struct span text, struct buf *scratch);

/*
 * The same of an option's argument: reports what is unknown (with the nearest
 * name) or ambiguous (with the candidates).
 */
uint32_t territories_need(const struct territories *, struct span text,
    struct arena *, struct diag *);

void territories_release(struct territories *);

#endif
