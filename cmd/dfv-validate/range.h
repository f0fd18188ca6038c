#ifndef DFV_VALIDATE_RANGE_H
#define DFV_VALIDATE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "block.h"
#include "number.h"

/*
 * The bounds of a field as integers, once for every scale that a number may
 * have: mant * 10^-scale is within them when mant is from low[scale] to
 * high[scale]. So a value is held against both without any arithmetic. What a
 * range cannot tell (doubles) is not within it: it says what is surely good,
 * and the constraints themselves are asked about the rest.
 */
struct range {
	int64_t low[NUMBER_MAX_SCALE + 1];
	int64_t high[NUMBER_MAX_SCALE + 1];
};

enum range_end { RANGE_LOW, RANGE_HIGH };

/* Everything exact is within it. */
void range_init(struct range *);

/* Narrows it to what is at or above (LOW), at or below (HIGH) the bound;
 * `exclusive`: not at it. */
void range_narrow(
    struct range *, struct number bound, enum range_end, bool exclusive);

/*
 * Looks at the cells of n records, at most RANGE_CELLS, from rec on: a bit for
 * each that surely is a number (a `whole` one: without a point) and within the
 * range, which may be NULL: any. It is quick, and knows nothing of the others.
 */
enum { RANGE_CELLS = 64 };

uint64_t range_sure(const struct range *, bool whole,
    const struct block_column *, size_t rec, size_t n);

static inline bool
range_holds(const struct range *r, const struct number *n)
{
	return n->exact && n->mant >= r->low[n->scale] &&
	    n->mant <= r->high[n->scale];
}

#endif
