#ifndef DFV_STATS_SUM_H
#define DFV_STATS_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "number.h"

/*
 * An exact sum of numbers: the same bits whatever the order of addition.
 * Decimals (number.h's exact ones) are added as integers: `total` at 10^-scale
 * while that fits 128 bits, otherwise, spilled, as a 256-bit integer at
 * 10^-18. Doubles, which only numbers of more than 18 digits are, go to a
 * fixed-point accumulator of a double's whole range (R. M. Neal, Fast Exact
 * Summation Using Small and Large Superaccumulators, 2015).
 *
 * All zeros is an empty sum.
 */
struct sum {
	__extension__ __int128 total;
	struct sum_wide *wide; /* or NULL: most sums never need it */
	uint8_t scale;
};

/* Whatever sum_add cannot do on the spot. */
void sum_add_slowly(struct sum *, struct number);

static inline void
sum_add(struct sum *s, struct number v)
{
	__extension__ __int128 term = v.mant;

	if (v.scale < s->scale)
		term *= number_pow10[s->scale - v.scale];
	if (!v.exact || v.scale > s->scale ||
	    __builtin_add_overflow(s->total, term, &term))
		sum_add_slowly(s, v);
	else
		s->total = term;
}

void sum_merge(struct sum *into, const struct sum *from);

/* As a number: exact when it has at most 18 digits, else the nearest double
 * (to the last bit but one), which is infinite when beyond a double's range. */
struct number sum_number(const struct sum *);

/* The mean of n numbers whose sum is beyond a double's range; it is not. */
double sum_large_mean(const struct sum *, uint64_t n);

/* Appends all its digits; of a finite sum. */
void sum_format(struct buf *, const struct sum *);

/* See state.h; reading adds. */
void sum_save(const struct sum *, struct buf *);
bool sum_load(struct sum *, struct span *rest);

void sum_release(struct sum *);

#endif
