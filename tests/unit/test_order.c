#include "order.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "unit.h"

enum { TRIALS = 2000 };

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 11 ^ *state << 53;
}

static int
sign_of(int c)
{
	return (c > 0) - (c < 0);
}

/* How the keys of a and b compare. */
static int
keys_cmp(struct number a, struct number b, bool reverse)
{
	const struct order order = {ORDER_NUMBER, reverse};
	struct buf x = {NULL, 0, 0}, y = {NULL, 0, 0};
	int c;

	order_put_number(&x, &order, a);
	order_put_number(&y, &order, b);
	c = span_cmp(buf_span(&x), buf_span(&y));
	buf_release(&x);
	buf_release(&y);
	return reverse ? -c : c;
}

static bool
agree(struct number a, struct number b)
{
	int want = sign_of(number_cmp(a, b));

	return sign_of(keys_cmp(a, b, false)) == want &&
	    sign_of(keys_cmp(a, b, true)) == want &&
	    sign_of(keys_cmp(b, a, false)) == -want;
}

/* Nearest an exact number of many digits, and the doubles beside. */
static bool
agree_around(int64_t mant, uint8_t scale)
{
	struct number exact = {.exact = true, .scale = scale, .mant = mant};
	double near = number_double(exact);

	return agree(exact, number_real(near)) &&
	    agree(exact, number_real(nextafter(near, DBL_MAX))) &&
	    agree(exact, number_real(nextafter(near, -DBL_MAX))) &&
	    agree(number_real(near), number_real(nextafter(near, DBL_MAX)));
}

static bool
agree_at_random(void)
{
	uint64_t state = 1;

	for (int i = 0; i < TRIALS; i++) {
		int64_t mant =
		    (int64_t)next_random(&state) >> (next_random(&state) % 60);

		if (!agree_around(mant, (uint8_t)(next_random(&state) % 19)))
			return false;
	}
	return true;
}

int
main(void)
{
	struct number whole = {.exact = true, .mant = 123456789012345698};

	unit_check(agree(whole, number_real(123456789012345696.0)),
	    "order: a double beside an exact number of more digits");
	unit_check(agree_around(1, 1),
	    "order: a tenth, and the double that is nearly one");
	unit_check(agree(number_real(DBL_MAX), number_real(DBL_TRUE_MIN)) &&
		agree(number_real(DBL_TRUE_MIN), number_int(0)) &&
		agree(number_real(-DBL_MAX), number_int(INT64_MIN + 1)),
	    "order: the greatest and the least doubles");
	unit_check(agree_around(0, 0) && agree_around(INT64_MAX, 0),
	    "order: zero, and the greatest exact number");
	unit_check(agree_at_random(),
	    "order: keys compare as their numbers do, whatever these are");
	return unit_done();
}
