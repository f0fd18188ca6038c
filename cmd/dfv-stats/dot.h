#ifndef DFV_STATS_DOT_H
#define DFV_STATS_DOT_H

#include <stdbool.h>
#include <stdint.h>

#include "big.h"
#include "buf.h"
#include "number.h"

/*
 * An exact sum of products of two numbers: weighted sums, sums of squares. The
 * same whatever the order, like struct sum. Products of decimals are whole
 * numbers at 10^-scale, in 192 bits while they fit, otherwise in 384 bits at
 * 10^-36. Where a factor is a double both are taken as doubles, and their
 * product goes without loss to a fixed-point accumulator of all its range
 * (U. Kulisch and W. Miranker, Computer Arithmetic in Theory and Practice,
 * 1981).
 *
 * All zeros is an empty sum.
 */
struct dot {
	__extension__ unsigned __int128 low; /* with high: two's complement */
	int64_t high;
	uint8_t scale;
	struct dot_wide *wide; /* or NULL: most sums never need it */
};

void dot_add(struct dot *, struct number, struct number);
void dot_merge(struct dot *into, const struct dot *from);

/* Whether some product was of doubles. */
bool dot_has_real(const struct dot *);

/*
 * The sum as a fraction: true when it is negative, its magnitude over the
 * common denominator, 10^36, and with `real` 2^2304 times that. dot_unit gives
 * that denominator.
 */
bool dot_fraction(const struct dot *, bool real, struct big *);
void dot_unit(bool real, struct big *);

/* a / b rounded once; not b == 0. false when it is beyond any double. */
bool dot_ratio(const struct dot *a, const struct dot *b, struct number *);

/* <0, 0, >0 */
int dot_cmp(const struct dot *, const struct dot *);
bool dot_is_zero(const struct dot *);

/* See state.h; reading adds. A sum of numbers times one has to be told, since
 * it is smaller than one of products may be. */
enum dot_terms { DOT_NUMBERS, DOT_PRODUCTS };

void dot_save(const struct dot *, struct buf *);
bool dot_load(struct dot *, enum dot_terms, struct span *rest);

void dot_release(struct dot *);

#endif
