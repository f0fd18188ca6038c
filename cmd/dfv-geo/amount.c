#include "amount.h"

#include <math.h>

#include "svg.h"

enum { DIGITS_MOST = 15 };

static struct number
in_power(const struct amount *a, struct number v)
{
	struct number out;

	return a->power > 0 &&
		number_div(
		    v, number_int(a->power == 9 ? 1000000000 : 1000000), &out)
	    ? out
	    : v;
}

static struct number
scaled(const struct amount *a, struct number v)
{
	return number_round(in_power(a, v), a->digits);
}

/* The largest absolute value, and the smallest that is not 0. */
static void
range(const struct number *value, size_t n, double *least, double *most)
{
	*least = *most = 0;
	for (size_t i = 0; i < n; i++) {
		double v = fabs(number_double(value[i]));

		*most = fmax(*most, v);
		if (v > 0 && (v < *least || !(*least > 0)))
			*least = v;
	}
}

/* Digits behind the point that it has. */
static int
natural_digits(struct number v)
{
	struct buf text = {NULL, 0, 0};
	struct span s;
	size_t point;
	int digits = 0;

	number_format(&text, v);
	s = buf_span(&text);
	point = span_find(s, '.');
	if (span_find(s, 'e') < s.n)
		digits = DIGITS_MOST;
	else if (point < s.n)
		digits = (int)(s.n - point - 1);
	buf_release(&text);
	return digits;
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

/* Whether two classes would begin or end with one figure that differ. */
static bool
is_blurred(const struct amount *a, const struct classes *c)
{
	for (size_t i = 0; i + 1 < c->n; i++) {
		struct number here =
		    classes_touch(c) ? c->item[i].min : c->item[i].max;
		struct number next = c->item[i + 1].min;

		if (number_cmp(here, next) != 0 &&
		    number_cmp(scaled(a, here), scaled(a, next)) == 0)
			return true;
	}
	return false;
}

static int
most_digits(const struct amount *a, const struct number *value, size_t n,
    const struct classes *c)
{
	int most = 0;

	for (size_t i = 0; i < n; i++)
		most = larger(most, natural_digits(in_power(a, value[i])));
	for (size_t i = 0; c != NULL && classes_touch(c) && i < c->n; i++)
		most =
		    larger(most, natural_digits(in_power(a, c->item[i].min)));
	return most;
}

struct amount
amount_plan(const struct number *value, size_t n, const struct classes *classes,
    struct span unit)
{
	struct amount a = {.unit = unit};
	double least, most;
	int natural;

	range(value, n, &least, &most);
	if (!(most > 0))
		return a;
	if (most >= 1e6 && least >= most / 1000)
		a.power = most >= 1e9 ? 9 : 6;
	a.digits = 2 - (int)floor(log10(most) - a.power);
	while (classes != NULL && a.digits < DIGITS_MOST &&
	    is_blurred(&a, classes))
		a.digits++;
	natural = most_digits(&a, value, n, classes);
	/* A single digit is shown while it says something. */
	if (a.digits > natural || (natural == 1 && a.digits >= -2))
		a.digits = natural;
	a.digits = a.digits < 0 ? 0 : a.digits;
	return a;
}

/* All have as many digits behind the comma. */
void
amount_put(struct buf *b, const struct amount *a, struct number v)
{
	size_t start = b->n;
	struct span s;
	size_t comma;

	svg_number(b, scaled(a, v));
	s = span_from(buf_span(b), start);
	comma = span_find(s, ',');
	if (span_find(s, 'e') < s.n || a->digits == 0)
		return;
	if (comma == s.n)
		buf_byte(b, ',');
	for (size_t n = comma == s.n ? 0 : s.n - comma - 1;
	     n < (size_t)a->digits; n++)
		buf_byte(b, '0');
}

void
amount_put_exact(struct buf *b, const struct amount *a, struct number v)
{
	svg_number(b, v);
	if (a->unit.n > 0) {
		buf_add(b, SPAN("\xC2\xA0"));
		svg_text(b, a->unit);
	}
}

void
amount_put_heading(struct buf *b, const struct amount *a, struct span heading)
{
	buf_add(b, heading);
	if (a->unit.n == 0 && a->power == 0)
		return;
	buf_add(b, heading.n > 0 ? SPAN(" (") : SPAN("("));
	buf_add(b, a->unit);
	if (a->power > 0) {
		buf_add(b, a->unit.n > 0 ? SPAN(", en ") : SPAN("en "));
		buf_add(
		    b, a->power == 9 ? SPAN("milliards") : SPAN("millions"));
	}
	buf_byte(b, ')');
}
