#ifndef DFV_GEO_FIXES_H
#define DFV_GEO_FIXES_H

#include "resolve.h"

/*
 * Where a record is, for distances: its own coordinates, as good as its column
 * `precision` says, or else the places of its communes. r->at.fix has them; a
 * list is several. What cannot be placed is as resolver_record leaves it.
 */
void fixes_find(
    struct resolver *, const struct block *, size_t rec, bool stop_at_lost);

/* The usual case, without a word on what is none: one pair of coordinates. */
static inline bool
fixes_point(
    const struct clues *c, const struct block *b, size_t rec, struct point *p)
{
	return c->col[CLUE_PRECISION] == COLUMN_NONE && clues_point(c) &&
	    point_read(block_cell(b, rec, c->col[CLUE_LATITUDE]),
		block_cell(b, rec, c->col[CLUE_LONGITUDE]), c->decimal_comma,
		p);
}

#endif
