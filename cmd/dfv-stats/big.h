#ifndef DFV_STATS_BIG_H
#define DFV_STATS_BIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * Whole numbers of up to 8192 bits, for results that must not lose a bit on
 * the way: sums and moments are worked out in them and rounded once. Callers
 * see to it that results fit. limb[n - 1] is not zero; zero has n == 0.
 */
enum { BIG_LIMBS = 128 };

struct big {
	size_t n;
	uint64_t limb[BIG_LIMBS]; /* the lowest first */
};

/* From n limbs, leading zeros or not. */
void big_set(struct big *, const uint64_t *limb, size_t n);

int big_cmp(const struct big *, const struct big *);

/* a += b; a -= b, b being at most a. */
void big_add(struct big *a, const struct big *b);
void big_sub(struct big *a, const struct big *b);

/* a *= factor; a *= 10^n; a *= 2^bits; product of two others. */
void big_times(struct big *a, uint64_t factor);
void big_times_ten(struct big *a, unsigned n);
void big_shift(struct big *a, size_t bits);
void big_product(struct big *, const struct big *, const struct big *);

/* a /= divisor; the remainder. */
uint64_t big_divide(struct big *a, uint64_t divisor);

size_t big_bits(const struct big *);

/* num / den == the result * 2^*exp, the result rounded once, to nearest, and
 * between a half and two, or 0. den is not zero. */
double big_ratio(const struct big *num, const struct big *den, int *exp);

/* Two's complement in n limbs: adds, or subtracts, a * 2^at. What goes beyond
 * the top is lost. And its magnitude; true when it is negative. */
void fixed_add(
    uint64_t *limb, size_t n, size_t at, const struct big *a, bool negative);
bool fixed_magnitude(const uint64_t *limb, size_t n, struct big *);

/* A decimal: `-123e-4` is -123 * 10^-4. It is written without zeros at its
 * end, whatever the scale; reading gives its own, and false when it is none or
 * has more than max_bits. */
void big_put_decimal(
    struct buf *, const struct big *, bool negative, unsigned scale);
bool big_get_decimal(struct span word, size_t max_bits, struct big *,
    bool *negative, unsigned *scale);

/* Hexadecimal `-1f.20`: 0x1f with so many zeros behind. */
void big_put_hex(struct buf *, const struct big *, bool negative);
bool big_get_hex(
    struct span word, size_t max_bits, struct big *, bool *negative);

#endif
