/* link: cmd/dfv-stats/sum.c cmd/dfv-stats/big.c cmd/dfv-stats/state.c */
#include "sum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { MAX_TERMS = 2000 };

static struct number
number_of(const char *text)
{
	struct number n;

	if (!number_parse(span_of(text), false, &n)) {
		printf("# '%s' is no number\n", text);
		abort();
	}
	return n;
}

static void
add(struct sum *s, struct number v)
{
	sum_add(s, v);
}

/* Whether the numbers of a list parted by spaces come to text, added from the
 * left, from the right, and as two sums that are merged. */
static bool
adds_up(const char *list, const char *text)
{
	static struct number term[MAX_TERMS];
	char *own = strdup(list), *at = own, *word;
	bool good = true;
	size_t n = 0;

	while ((word = strtok_r(at, " ", &at)) != NULL)
		term[n++] = number_of(word);
	for (size_t cut = 0; cut <= n + 1; cut++) {
		struct sum a = {0}, b = {0};
		struct buf out = {NULL, 0, 0};

		for (size_t i = 0; i < n; i++)
			add(i < cut ? &a : &b,
			    term[cut == n + 1 ? n - 1 - i : i]);
		sum_merge(&a, &b);
		sum_format(&out, &a);
		good = good && span_eq(buf_span(&out), span_of(text));
		if (!good)
			printf("# cut at %zu: %.*s, not %s\n", cut, (int)out.n,
			    out.p, text);
		buf_release(&out);
		sum_release(&a);
		sum_release(&b);
		if (!good)
			break;
	}
	free(own);
	return good;
}

/* The same for text that is n times one number. */
static bool
times(size_t n, const char *number, const char *text)
{
	struct sum s = {0};
	struct buf out = {NULL, 0, 0};
	bool good;

	for (size_t i = 0; i < n; i++)
		add(&s, number_of(number));
	sum_format(&out, &s);
	good = span_eq(buf_span(&out), span_of(text));
	if (!good)
		printf("# %.*s, not %s\n", (int)out.n, out.p, text);
	buf_release(&out);
	sum_release(&s);
	return good;
}

static unsigned
next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33);
}

/* Decimals of every scale and size, doubles of every size among them. */
static struct number
random_number(uint64_t *state)
{
	int64_t mant = (int64_t)next_random(state) * next_random(state) %
	    999999999999999999;
	struct number n = number_int(mant);

	if (next_random(state) % 2 == 0)
		n.mant = -mant;
	n.scale = (uint8_t)(next_random(state) % 19);
	if (next_random(state) % 7 == 0)
		n = number_real(ldexp(
		    (double)n.mant, (int)(next_random(state) % 400) - 200));
	return n;
}

static bool
same_in_three_orders(const struct number *term, size_t n)
{
	struct sum sum[3] = {{0}, {0}, {0}};
	struct buf out[3] = {{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}};
	bool same;

	for (size_t i = 0; i < n; i++) {
		add(&sum[0], term[i]);
		add(&sum[1], term[n - 1 - i]);
		add(&sum[2], term[i % 2 == 0 ? i / 2 : n - 1 - i / 2]);
	}
	for (int k = 0; k < 3; k++)
		sum_format(&out[k], &sum[k]);
	same = span_eq(buf_span(&out[0]), buf_span(&out[1])) &&
	    span_eq(buf_span(&out[0]), buf_span(&out[2]));
	for (int k = 0; k < 3; k++) {
		buf_release(&out[k]);
		sum_release(&sum[k]);
	}
	return same;
}

static bool
random_orders(void)
{
	static struct number term[MAX_TERMS];
	uint64_t state = 1;

	for (int round = 0; round < 200; round++) {
		size_t n = 1 + next_random(&state) % MAX_TERMS;

		for (size_t i = 0; i < n; i++)
			term[i] = random_number(&state);
		if (!same_in_three_orders(term, n))
			return false;
	}
	return true;
}

static bool
as_number(const char *list, const char *text)
{
	char *own = strdup(list), *at = own, *word;
	struct buf out = {NULL, 0, 0};
	struct sum s = {0};
	bool good;

	while ((word = strtok_r(at, " ", &at)) != NULL)
		add(&s, number_of(word));
	number_format(&out, sum_number(&s));
	good = span_eq(buf_span(&out), span_of(text));
	sum_release(&s);
	buf_release(&out);
	free(own);
	return good;
}

static bool
is_nearest_double(void)
{
	struct sum s = {0};
	struct number n;

	add(&s, number_of("999999999999999999"));
	add(&s, number_of("0.000000000000000001"));
	n = sum_number(&s);
	sum_release(&s);
	return !n.exact && n.real == 1e18;
}

static bool
is_infinite(double term)
{
	struct sum s = {0};
	struct number n;

	add(&s, number_real(term));
	add(&s, number_real(term));
	n = sum_number(&s);
	sum_release(&s);
	return !n.exact && isinf(n.real) && (n.real < 0) == (term < 0);
}

int
main(void)
{
	unit_check(adds_up("", "0"), "sum: nothing comes to 0");
	unit_check(times(10, "0.1", "1"), "sum: ten times 0.1 is 1");
	unit_check(times(1000000, "0.01", "10000"),
	    "sum: a million cents are ten thousand");
	unit_check(adds_up("1 -1 0.5 -0.5", "0"),
	    "sum: what cancels is 0, without a sign");
	unit_check(adds_up("0.1 0.02 0.003", "0.123"), "sum: scales may grow");
	unit_check(
	    adds_up("0.003 0.02 0.1 7", "7.123"), "sum: scales may shrink");
	unit_check(adds_up("-0.000000000000000001 1", "0.999999999999999999"),
	    "sum: eighteen places are exact");
	unit_check(adds_up("999999999999999999 0.000000000000000001 1",
		       "1000000000000000000.000000000000000001"),
	    "sum: eighteen digits before the point and behind it are exact");
	unit_check(adds_up("9223372036854775807 9223372036854775807 2",
		       "18446744073709551616"),
	    "sum: goes beyond 64 bits");
	unit_check(
	    times(1000000, "999999999999999999", "999999999999999999000000"),
	    "sum: a million of the largest are exact");
	unit_check(adds_up("999999999999999999 0.000000000000000001 "
			   "-999999999999999999 -0.000000000000000001",
		       "0"),
	    "sum: large and small ones cancel to 0");
	unit_check(adds_up("-999999999999999999 -0.000000000000000001 "
			   "-999999999999999999",
		       "-1999999999999999998.000000000000000001"),
	    "sum: negative ones as positive ones");
	unit_check(adds_up("1e300 1 -1e300", "1"),
	    "sum: doubles that cancel leave the rest exact");
	unit_check(adds_up("1e25 1e25", "2e25"), "sum: doubles add up");
	unit_check(
	    adds_up("-1e25 -1e25", "-2e25"), "sum: negative doubles add up");
	unit_check(adds_up("-1e25 5 1e-30", "-1e25"),
	    "sum: a negative double beside small ones is itself");
	unit_check(adds_up("-5e-324 5e-324", "0") &&
		adds_up("-5e-324", "-5e-324") && adds_up("5e-324", "5e-324"),
	    "sum: the least doubles are exact");
	unit_check(
	    adds_up("1.7976931348623157e308 -1.7976931348623157e308", "0"),
	    "sum: the greatest doubles cancel");
	unit_check(
	    random_orders(), "sum: no order changes a bit of the result");
	unit_check(as_number("0.5 0.25", "0.75") && as_number("1.50 1.50", "3"),
	    "sum: as a number it is exact up to eighteen digits");
	unit_check(is_nearest_double(),
	    "sum: as a number beyond that it is the nearest double");
	unit_check(is_infinite(1e308) && is_infinite(-1e308),
	    "sum: one beyond any double is infinite, with its sign");
	return unit_done();
}
