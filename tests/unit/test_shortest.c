#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number_impl.h"
#include "unit.h"

enum { ROUNDS = 200000 };

/* The decimal as text; valid until the next call. */
static const char *
shortest(double x)
{
	static char text[40];
	uint64_t mant;
	int scale;

	number_shortest(x, &mant, &scale);
	snprintf(
	    text, sizeof text, "%llue%d", (unsigned long long)mant, -scale);
	return text;
}

/* Whether it reads back as x, and no decimal of fewer digits does; of as many
 * it is the nearest, but for powers of two, where the nearest may not do. */
static bool
is_shortest(double x)
{
	const char *have = shortest(x);
	size_t digits = strcspn(have, "e");
	char text[40], fewer[40];
	int exponent;
	bool narrow = frexp(x, &exponent) == 0.5;

	if (strtod(have, NULL) != x)
		return false;
	snprintf(text, sizeof text, "%.*e", (int)digits - 1, x);
	snprintf(fewer, sizeof fewer, "%.*e", (int)digits - 2, x);
	if (digits > 1 && strtod(fewer, NULL) == x)
		return false;
	text[1] = text[0]; /* over the point */
	return narrow || strncmp(text + (digits > 1), have, digits) == 0;
}

static uint64_t
next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Any double; quotients as they are met; dyadic fractions. */
static double
some_double(uint64_t *state, int kind)
{
	uint64_t bits = next_random(state);
	double x;

	if (kind == 0) {
		memcpy(&x, &bits, sizeof x);
		return isfinite(x) ? fabs(x) : 1;
	}
	if (kind == 1)
		return (double)(bits % 1000000) /
		    (double)(1 + next_random(state) % 1000);
	return (double)(bits >> 11) * ldexp(1, -(int)(bits % 190));
}

int
main(void)
{
	uint64_t state = UINT64_C(88172645463325252);
	bool good = true;

	for (int i = 0; good && i < ROUNDS; i++)
		good = is_shortest(some_double(&state, i % 3));
	unit_check(good,
	    "shortest: what is written reads back, and no decimal "
	    "of fewer digits does");
	good = true;
	for (int e = -1074; e < 1024; e++)
		good = good && is_shortest(ldexp(1, e)) &&
		    is_shortest(nextafter(ldexp(1, e), 0)) &&
		    is_shortest(nextafter(ldexp(1, e), DBL_MAX));
	unit_check(good,
	    "shortest: powers of two and their neighbours, from the "
	    "least double on");
	unit_check(strcmp(shortest(0), "0e0") == 0 &&
		strcmp(shortest(0.1), "1e-1") == 0 &&
		strcmp(shortest(1.0 / 3), "3333333333333333e-16") == 0 &&
		strcmp(shortest(5e-324), "5e-324") == 0 &&
		strcmp(shortest(0x1p-44), "5684341886080802e-29") == 0 &&
		strcmp(shortest(1e23), "1e23") == 0,
	    "shortest: known ones");
	return unit_done();
}
