/* link: cmd/dfv-stats/dot.c cmd/dfv-stats/big.c cmd/dfv-stats/state.c */
#include "dot.h"

#include <math.h>
#include <string.h>

#include "unit.h"

enum { TERMS = 300 };

static struct number
number_of(const char *text)
{
	struct number n = {.exact = true};

	if (!number_parse(span_of(text), false, &n))
		printf("# '%s' is no number\n", text);
	return n;
}

static unsigned
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33);
}

static struct number
random_number(uint64_t *state, bool doubles)
{
	int64_t mant = (int64_t)next_random(state) * next_random(state);
	struct number n =
	    number_int(next_random(state) % 2 == 0 ? mant : -mant);

	n.scale = (uint8_t)(next_random(state) % 19);
	if (doubles && next_random(state) % 5 == 0)
		n = number_real(ldexp(
		    (double)n.mant, (int)(next_random(state) % 1800) - 900));
	return n;
}

static bool
same_text(const struct dot *a, const struct dot *b)
{
	struct buf x = {NULL, 0, 0}, y = {NULL, 0, 0};
	bool same;

	dot_save(a, &x);
	dot_save(b, &y);
	same = span_eq(buf_span(&x), buf_span(&y));
	buf_release(&x);
	buf_release(&y);
	return same;
}

/* Added from the left, from the right in two parts, and read back. */
static bool
any_order_is_the_same(bool doubles)
{
	uint64_t state = 7;
	struct number x[TERMS], y[TERMS];
	bool good = true;

	for (int round = 0; round < 100 && good; round++) {
		struct dot a = {.low = 0}, b = {.low = 0}, c = {.low = 0};
		struct dot d = {.low = 0};
		struct buf text = {NULL, 0, 0};
		struct span rest;

		for (int i = 0; i < TERMS; i++) {
			x[i] = random_number(&state, doubles);
			y[i] = random_number(&state, doubles);
			dot_add(&a, x[i], y[i]);
		}
		for (int i = TERMS; i-- > 0;)
			dot_add(i % 3 == 0 ? &b : &c, x[i], y[i]);
		dot_merge(&b, &c);
		dot_save(&a, &text);
		rest = buf_span(&text);
		good = same_text(&a, &b) && dot_cmp(&a, &b) == 0 &&
		    dot_load(&d, DOT_PRODUCTS, &rest) && rest.n == 0 &&
		    same_text(&a, &d);
		buf_release(&text);
		dot_release(&a);
		dot_release(&b);
		dot_release(&c);
		dot_release(&d);
	}
	return good;
}

/* a * b + c * d over 1 */
static double
two_products(const char *a, const char *b, const char *c, const char *d)
{
	struct dot sum = {.low = 0}, one = {.low = 1};
	struct number v;

	dot_add(&sum, number_of(a), number_of(b));
	dot_add(&sum, number_of(c), number_of(d));
	dot_ratio(&sum, &one, &v);
	dot_release(&sum);
	return v.real;
}

static bool
is_ordered(void)
{
	struct dot a = {.low = 0}, b = {.low = 0};
	bool good;

	dot_add(&a, number_of("1.50"), number_of("2"));
	dot_add(&b, number_of("3.000000000000000001"), number_of("1"));
	good = dot_cmp(&a, &b) < 0 && dot_cmp(&b, &a) > 0;
	dot_add(&a, number_of("-1e30"), number_of("1"));
	dot_add(&b, number_of("-1e30"), number_of("1"));
	good = good && dot_cmp(&a, &b) < 0 && !dot_is_zero(&a);
	dot_release(&a);
	dot_release(&b);
	return good;
}

int
main(void)
{
	unit_check(two_products("0.1", "0.1", "0.2", "0.2") == 0.05,
	    "dot: products of decimals are exact");
	unit_check(two_products("999999999999999999", "999999999999999999",
		       "-999999999999999998", "1000000000000000000") == 1,
	    "dot: what nearly cancels keeps its last digit");
	unit_check(two_products("0.999999999999999999", "0.999999999999999999",
		       "-0.999999999999999998", "1") == 1e-36,
	    "dot: down to the 36th place");
	unit_check(two_products("1e200", "1e100", "-1e300", "1") ==
		    fma(1e200, 1e100, -1e300) &&
		two_products("5e-324", "5e-324", "1", "1e-300") == 1e-300,
	    "dot: products of doubles are exact");
	unit_check(isinf(two_products("1e200", "1e200", "0", "0")) &&
		two_products("1e200", "1e200", "-1e200", "1e200") == 0,
	    "dot: what is beyond a double may come back");
	unit_check(any_order_is_the_same(false),
	    "dot: decimals come to the same in any order, and from a text");
	unit_check(any_order_is_the_same(true), "dot: doubles among them too");
	unit_check(is_ordered(), "dot: sums are compared exactly");
	return unit_done();
}
