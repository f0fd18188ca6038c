#include "number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "word.h"

const int64_t number_pow10[] = {1, 10, 100, 1000, 10000, 100000, 1000000,
    10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000,
    100000000000000000, 1000000000000000000};

/*
 * A double is settled by its first 768 significant digits and by whether
 * anything but zeros follows; see Regan, `Decimal Precision of Binary
 * Floating-Point Numbers`.
 */
enum { DIGITS_MAX = 768 };

/* A decimal as it is read: 0.d1d2d3... * 10^exp, d1 not zero. */
struct decimal {
	bool negative;
	bool sticky; /* digits that are not zero were left out */
	bool any;    /* there was a digit at all, zeros too */
	size_t n;
	int64_t exp;
	char digit[DIGITS_MAX + 1];
};

/* The n bytes at p, 1 to 8, the last of them on top, zeros below. Below four
 * some are taken twice, and none by a branch. */
static inline uint64_t
load_upto8(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (n >= 4)
		return (uint64_t)word_load4(p) << (64 - 8 * n) |
		    (uint64_t)word_load4(p + n - 4) << 32;
	return (uint64_t)u[n - 1] << 56 |
	    (uint64_t)u[n / 2] << (64 - 8 * (n - n / 2)) |
	    (uint64_t)u[0] << (64 - 8 * n);
}

/* Whether byte c, less '0', parts whole and fraction. */
static inline bool
decimal_point(uint64_t c, bool comma)
{
	return c == ('.' ^ '0') || (comma && c == (',' ^ '0'));
}

/*
 * The usual cell: at most eight characters without the sign, less '0' each,
 * standing at the right of `w` with zeros before. The point is found as the
 * one byte that is no digit; what is before it moves up by one.
 */
static inline bool
parse_8(uint64_t w, size_t n, bool comma, struct number *out)
{
	uint64_t odd = word_above_nine(w), before, point;
	unsigned at = odd == 0 ? 0 : (unsigned)__builtin_ctzll(odd) & ~7u;
	bool good = odd == 0;

	before = (UINT64_C(1) << at) - 1;
	point = w >> at & 0xFF;
	if (odd != 0) {
		w = (w & ~before & ~(UINT64_C(0xFF) << at)) | (w & before) << 8;
		good = decimal_point(point, comma) && n > 1 &&
		    word_above_nine(w) == 0;
	}
	out->scale = (uint8_t)(odd == 0 ? 0 : 7 - at / 8);
	out->mant = (int64_t)word_digits(w);
	return good;
}

/* The same of 9 to 16, in two words. */
static inline bool
parse_16(uint64_t high, uint64_t low, bool comma, struct number *out)
{
	uint64_t odd = word_above_nine(low), before, point = '.' ^ '0';
	unsigned at;

	out->scale = 0;
	if (odd != 0) {
		at = (unsigned)__builtin_ctzll(odd) & ~7u;
		before = (UINT64_C(1) << at) - 1;
		point = low >> at & 0xFF;
		low = (low & ~before & ~(UINT64_C(0xFF) << at)) |
		    (low & before) << 8 | high >> 56;
		high <<= 8;
		out->scale = (uint8_t)(7 - at / 8);
	} else if ((odd = word_above_nine(high)) != 0) {
		at = (unsigned)__builtin_ctzll(odd) & ~7u;
		before = (UINT64_C(1) << at) - 1;
		point = high >> at & 0xFF;
		high = (high & ~before & ~(UINT64_C(0xFF) << at)) |
		    (high & before) << 8;
		out->scale = (uint8_t)(15 - at / 8);
	}
	out->mant = (int64_t)(word_digits(high) * 100000000 + word_digits(low));
	return (word_above_nine(high) | word_above_nine(low)) == 0 &&
	    decimal_point(point, comma);
}

static inline bool
parse_short(const char *p, size_t n, bool comma, struct number *out)
{
	const uint64_t zeros = UINT64_C(0x3030303030303030);

	if (n <= 8)
		return parse_8(
		    load_upto8(p, n) ^ zeros << (64 - 8 * n), n, comma, out);
	return parse_16(load_upto8(p, n - 8) ^ zeros << (128 - 8 * n),
	    word_load8(p + n - 8) ^ zeros, comma, out);
}

/* One digit more, before the point (exp grows) or behind it. */
static void
decimal_push(struct decimal *d, char c, bool behind)
{
	d->any = true;
	if (d->n == 0 && c == '0') {
		d->exp -= behind;
		return;
	}
	d->exp += !behind;
	if (d->n < DIGITS_MAX)
		d->digit[d->n++] = c;
	else if (c != '0')
		d->sticky = true;
}

/* The digits that s starts with, and their number. */
static size_t
scan_digits(struct decimal *d, struct span s, bool behind)
{
	size_t i;

	for (i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		decimal_push(d, s.p[i], behind);
	return i;
}

/* Bytes of the group space that s starts with: plain, no-break, narrow
 * no-break, thin; 0 for none. */
static size_t
group_space(struct span s)
{
	static const struct span spaces[] = {
	    {" ", 1},
	    {"\xC2\xA0", 2},
	    {"\xE2\x80\xAF", 3},
	    {"\xE2\x80\x89", 3},
	};
	size_t i;

	for (i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
		if (span_starts(s, spaces[i]))
			return spaces[i].n;
	return 0;
}

/*
 * The digits before the point. With `groups`, up to three and then threes
 * behind spaces. A space that no whole group follows is left where it is, and
 * so makes no number.
 */
static size_t
scan_integer(struct decimal *d, struct span s, bool groups)
{
	size_t n = scan_digits(d, s, false), space, i;

	if (!groups || n == 0 || n > 3)
		return n;
	while ((space = group_space(span_from(s, n))) != 0) {
		for (i = n + space; i < s.n && i < n + space + 3; i++)
			if (s.p[i] < '0' || s.p[i] > '9')
				return n;
		if (i < n + space + 3)
			return n;
		scan_digits(d, span_make(s.p + n + space, 3), false);
		n = i;
	}
	return n;
}

/* The exponent that s starts with, added to d->exp; 0 if there is none. */
static size_t
scan_exponent(struct decimal *d, struct span s)
{
	const int64_t most = INT64_C(1000000000000000);
	int64_t e = 0;
	bool negative;
	size_t i = 1, first;

	if (s.n < 2 || (s.p[0] != 'e' && s.p[0] != 'E'))
		return 0;
	negative = s.p[1] == '-';
	i += s.p[1] == '-' || s.p[1] == '+';
	for (first = i; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		if (e < most)
			e = e * 10 + (s.p[i] - '0');
	if (i == first)
		return 0;
	d->exp += negative ? -e : e;
	return i;
}

static bool
scan_decimal(struct span s, bool comma, struct decimal *d)
{
	size_t n = 0;

	d->negative = s.n > 0 && s.p[0] == '-';
	d->sticky = d->any = false;
	d->n = 0;
	d->exp = 0;
	n += s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
	n += scan_integer(d, span_from(s, n), comma);
	if (n < s.n && (s.p[n] == '.' || (comma && s.p[n] == ','))) {
		n++;
		n += scan_digits(d, span_from(s, n), true);
	}
	if (!d->any)
		return false;
	n += scan_exponent(d, span_from(s, n));
	return n == s.n;
}

/* d as mant * 10^-scale, if that can be. It has no zeros at its end. */
static bool
decimal_exact(const struct decimal *d, struct number *out)
{
	int64_t scale = (int64_t)d->n - d->exp, mant = 0;
	size_t i;

	if (d->n > 19 || scale > NUMBER_MAX_SCALE || d->exp > 19)
		return false;
	for (i = 0; i < d->n; i++)
		if (__builtin_mul_overflow(mant, 10, &mant) ||
		    __builtin_add_overflow(mant, d->digit[i] - '0', &mant))
			return false;
	for (; scale < 0; scale++)
		if (__builtin_mul_overflow(mant, 10, &mant))
			return false;
	*out = (struct number){.exact = true,
	    .scale = (uint8_t)scale,
	    .mant = d->negative ? -mant : mant};
	return true;
}

/* The nearest double; false beyond the largest. strtod() rounds correctly, and
 * the program leaves LC_NUMERIC at "C". */
static bool
decimal_real(struct decimal *d, struct number *out)
{
	char text[DIGITS_MAX + 32];
	double x;
	int exp;

	if (d->sticky)
		d->digit[d->n++] = '1';
	exp = d->exp < -9999 ? -9999 : d->exp > 9999 ? 9999 : (int)d->exp;
	snprintf(text, sizeof text, "%s.%.*se%d", d->negative ? "-" : "",
	    (int)d->n, d->digit, exp);
	x = strtod(text, NULL);
	*out = number_real(x);
	return isfinite(x);
}

static bool
parse_long(struct span s, bool comma, struct number *out)
{
	struct decimal d;

	if (!scan_decimal(s, comma, &d))
		return false;
	if (!d.sticky)
		while (d.n > 0 && d.digit[d.n - 1] == '0')
			d.n--;
	if (d.n == 0) {
		*out = number_int(0);
		return true;
	}
	return decimal_exact(&d, out) || decimal_real(&d, out);
}

/* Signs come at random, so they are worked in without a branch. */
bool
number_parse(struct span s, bool decimal_comma, struct number *out)
{
	char first = s.n == 0 ? '\0' : s.p[0];
	int64_t minus = -(int64_t)(first == '-');
	size_t sign = (size_t)((first == '-') | (first == '+'));
	size_t n = s.n - sign;

	if (n == 0 || n > 16 || !parse_short(s.p + sign, n, decimal_comma, out))
		return parse_long(s, decimal_comma, out);
	out->exact = true;
	out->real = 0;
	out->mant = (out->mant ^ minus) - minus;
	return true;
}

const char *
number_advice(struct span s)
{
	struct span bare = span_trim(s);
	struct number v;
	size_t n = bare.n;

	if (number_parse(bare, true, &v))
		return bare.n == s.n
		    ? ""
		    : "number(trim(x)) reads it without the spaces around it";
	while (n > 0 && (bare.p[n - 1] < '0' || bare.p[n - 1] > '9'))
		n--;
	if (n == bare.n || !number_parse(span_make(bare.p, n), true, &v))
		return "";
	return "number(trim(replace(x, unit, \"\"))) reads it without its unit";
}

struct number
number_int(int64_t i)
{
	return (struct number){.exact = true, .mant = i};
}

struct number
number_real(double x)
{
	/* Minus zero plus zero is zero. */
	return (struct number){.real = x + 0.0};
}
