#include "number.h"

#include <math.h>

#include "number_impl.h"

/* Plain notation from 1e-7 to below 1e21, as in JavaScript's. */
enum { PLAIN_LEAST = -7, PLAIN_END = 21, DIGITS_MAX = 20 };

/* The decimal digits of v, put at the end of text. */
static struct span
put_digits(char text[DIGITS_MAX], uint64_t v)
{
	size_t at = DIGITS_MAX;

	do
		text[--at] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	return span_make(text + at, DIGITS_MAX - at);
}

static void
add_zeros(struct buf *b, int n)
{
	if (n <= 0)
		return;
	memset(buf_room(b, (size_t)n), '0', (size_t)n);
	b->n += (size_t)n;
}

/* Digits with the point behind the first `whole`, which may lie outside. */
static void
add_plain(struct buf *b, struct span digits, int whole)
{
	int n = (int)digits.n;

	if (whole <= 0) {
		buf_add(b, SPAN("0."));
		add_zeros(b, -whole);
		buf_add(b, digits);
	} else if (whole >= n) {
		buf_add(b, digits);
		add_zeros(b, whole - n);
	} else {
		buf_add(b, span_make(digits.p, (size_t)whole));
		buf_byte(b, '.');
		buf_add(b, span_from(digits, (size_t)whole));
	}
}

static void
add_exponent(struct buf *b, struct span digits, int exponent)
{
	buf_byte(b, digits.p[0]);
	if (digits.n > 1) {
		buf_byte(b, '.');
		buf_add(b, span_from(digits, 1));
	}
	buf_printf(b, "e%d", exponent);
}

/* As Table Schema has them, where alone they come from. */
static struct span
special(double x)
{
	if (isnan(x))
		return SPAN("NaN");
	return x < 0 ? SPAN("-INF") : SPAN("INF");
}

void
number_format(struct buf *b, struct number x)
{
	bool negative = x.exact ? x.mant < 0 : x.real < 0;
	int scale = x.scale, exponent;
	char text[DIGITS_MAX];
	struct span digits;
	uint64_t mant;

	if (!x.exact && !isfinite(x.real)) {
		buf_add(b, special(x.real));
		return;
	}
	if (x.exact)
		mant = negative ? 0 - (uint64_t)x.mant : (uint64_t)x.mant;
	else
		number_shortest(x.real, &mant, &scale);
	for (; scale > 0 && mant % 10 == 0; scale--)
		mant /= 10;
	digits = put_digits(text, mant);
	exponent = (int)digits.n - 1 - scale;
	if (negative)
		buf_byte(b, '-');
	if (x.exact || (exponent >= PLAIN_LEAST && exponent < PLAIN_END))
		add_plain(b, digits, exponent + 1);
	else
		add_exponent(b, digits, exponent);
}
