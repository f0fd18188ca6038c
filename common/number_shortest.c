#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number_impl.h"

/*
 * The shortest decimal of a double. Most are found as in Schubfach (Giulietti
 * 2020), but with exact powers of five instead of approximate ones of ten:
 * up to 5^54 these have 128 bits, which does for all from 2^-127 to 2^52.
 */
__extension__ typedef unsigned __int128 wide;

enum { POWERS = 28, POWER_MAX = 2 * (POWERS - 1), FRACTION_BITS = 52 };

static const uint64_t power5[POWERS] = {
    UINT64_C(1),
    UINT64_C(5),
    UINT64_C(25),
    UINT64_C(125),
    UINT64_C(625),
    UINT64_C(3125),
    UINT64_C(15625),
    UINT64_C(78125),
    UINT64_C(390625),
    UINT64_C(1953125),
    UINT64_C(9765625),
    UINT64_C(48828125),
    UINT64_C(244140625),
    UINT64_C(1220703125),
    UINT64_C(6103515625),
    UINT64_C(30517578125),
    UINT64_C(152587890625),
    UINT64_C(762939453125),
    UINT64_C(3814697265625),
    UINT64_C(19073486328125),
    UINT64_C(95367431640625),
    UINT64_C(476837158203125),
    UINT64_C(2384185791015625),
    UINT64_C(11920928955078125),
    UINT64_C(59604644775390625),
    UINT64_C(298023223876953125),
    UINT64_C(1490116119384765625),
    UINT64_C(7450580596923828125),
};

/* x * m / 2^shift, its last bit set when something is cut off: enough to be
 * compared with whole numbers. The result has 64 bits, shift less than 128. */
static uint64_t
scale_down(uint64_t x, wide m, int shift)
{
	wide low = (wide)x * (uint64_t)m;
	wide high = (wide)x * (uint64_t)(m >> 64) + (uint64_t)(low >> 64);
	uint64_t last = (uint64_t)low, whole;
	bool cut;

	if (shift >= 64) {
		whole = (uint64_t)(high >> (shift - 64));
		cut =
		    last != 0 || (high & (((wide)1 << (shift - 64)) - 1)) != 0;
	} else {
		low = high << 64 | last;
		whole = (uint64_t)(low >> shift);
		cut = (last & ((UINT64_C(1) << shift) - 1)) != 0;
	}
	return whole | cut;
}

static wide
power_of_five(int n)
{
	return n < POWERS ? power5[n]
			  : (wide)power5[POWERS - 1] * power5[n - POWERS + 1];
}

/* A double as fraction * 2^exponent. */
struct binary {
	uint64_t fraction;
	int exponent;
};

static struct binary
take_apart(double x)
{
	const uint64_t hidden = UINT64_C(1) << FRACTION_BITS;
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	return (struct binary){(bits & (hidden - 1)) | hidden,
	    (int)(bits >> FRACTION_BITS & 0x7FF) - 1023 - FRACTION_BITS};
}

/* The numbers that read back as x are those from low to high, in quarters of
 * 10^-scale; between them lies a multiple of 10^-scale, and at most one of
 * ten times that. */
struct interval {
	uint64_t low;
	uint64_t x;
	uint64_t high;
};

/* 2^exponent * 10^scale, of which `narrow` says that the next lower double is
 * nearer than the next higher one. */
static struct interval
interval_of(struct binary b, int scale, bool narrow)
{
	wide m = power_of_five(scale);
	int shift = -(b.exponent + scale);
	uint64_t four = 4 * b.fraction, odd = b.fraction & 1;

	return (struct interval){
	    scale_down(four - (narrow ? 1 : 2), m, shift) + odd,
	    scale_down(four, m, shift), scale_down(four + 2, m, shift) - odd};
}

/* The number to take: in units of 10^-scale, or of ten times that, where *ten
 * is set. */
static uint64_t
choose(const struct interval *v, bool *ten)
{
	uint64_t units = v->x / 4, tens = units / 10;
	bool below = v->low <= 40 * tens, above = 40 * tens + 40 <= v->high;

	*ten = below != above;
	if (*ten)
		return tens + above;
	below = v->low <= 4 * units;
	above = 4 * units + 4 <= v->high;
	if (below != above)
		return units + above;
	return units +
	    (v->x > 4 * units + 2 || (v->x == 4 * units + 2 && units % 2 == 1));
}

/* The way of all others: what printf and strtod agree upon. */
static int
shortest_by_trial(double x, uint64_t *mant)
{
	char text[40], *e;
	int prec;

	/* A decimal of 15 digits is told by its double; not so the smallest,
	 * which have fewer. */
	for (prec = x < DBL_MIN ? 1 : 15;; prec++) {
		snprintf(text, sizeof text, "%.*e", prec - 1, x);
		if (prec >= 17 || strtod(text, NULL) == x)
			break;
	}
	*mant = 0;
	for (e = text; *e != 'e'; e++)
		if (*e != '.')
			*mant = *mant * 10 + (uint64_t)(*e - '0');
	return prec - 1 - atoi(e + 1);
}

/* floor(log10(2^e)), or of three quarters of it, for |e| < 1000. */
static int
log10_of_power(int e, bool narrow)
{
	return (e * 315653 - (narrow ? 131237 : 0)) >> 20;
}

void
number_shortest(double x, uint64_t *mant, int *scale)
{
	struct binary b = take_apart(fabs(x));
	bool narrow = b.fraction == UINT64_C(1) << FRACTION_BITS, ten;
	int places;

	places = -log10_of_power(b.exponent, narrow);
	if (x != 0 && b.exponent < 0 && places <= POWER_MAX) {
		struct interval v = interval_of(b, places, narrow);

		*mant = choose(&v, &ten);
		*scale = places - ten;
	} else {
		*scale = shortest_by_trial(fabs(x), mant);
	}
	while (*mant != 0 && *mant % 10 == 0) {
		*mant /= 10;
		--*scale;
	}
	if (*mant == 0)
		*scale = 0;
}
