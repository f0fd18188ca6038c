#include "french_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "number.h"

#define NARROW_SPACE "\xE2\x80\xAF"
#define MINUS        "\xE2\x88\x92"

/* Beyond, digits are not read but counted. */
enum { WHOLE_MAX = 18, DECIMALS_MAX = 8 };

/* The parts of -12.50e7: "12", "50", "7". */
struct parts {
	bool negative;
	bool has_exponent;
	struct span whole;
	struct span fraction;
};

static size_t
digits_run(struct span s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

static struct span
take_digits(struct span *s)
{
	struct span digits = span_make(s->p, digits_run(*s));

	*s = span_from(*s, digits.n);
	return digits;
}

static bool
take_char(struct span *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = span_from(*s, 1);
	return true;
}

static bool
parts_read(struct parts *p, struct span s)
{
	*p = (struct parts){.negative = take_char(&s, '-')};
	p->whole = take_digits(&s);
	if (p->whole.n == 0 || (p->whole.n > 1 && p->whole.p[0] == '0'))
		return false;
	if (take_char(&s, '.')) {
		p->fraction = take_digits(&s);
		if (p->fraction.n == 0)
			return false;
	}
	p->has_exponent = take_char(&s, 'e');
	if (p->has_exponent) {
		take_char(&s, '-');
		if (take_digits(&s).n == 0)
			return false;
	}
	return s.n == 0;
}

bool
french_is_number(struct span text)
{
	struct number v;
	struct parts p;

	return parts_read(&p, text) && number_parse(text, false, &v);
}

static double
magnitude(struct span number)
{
	struct number v;

	return number_parse(number, false, &v) ? fabs(number_double(v)) : 0;
}

static bool
is_scientific(const struct parts *p, double v)
{
	return p->has_exponent || p->whole.n > WHOLE_MAX || (v > 0 && v < 1e-6);
}

void
french_see(struct french *f, struct span number)
{
	double v = magnitude(number);
	struct parts p;

	if (!parts_read(&p, number) || is_scientific(&p, v))
		return;
	f->most = fmax(f->most, v);
	if ((size_t)f->decimals < p.fraction.n)
		f->decimals = (int)p.fraction.n;
}

void
french_settle(struct french *f)
{
	if (f->decimals <= 2)
		return;
	if (f->most >= 1)
		f->decimals = f->most >= 100 ? 1 : 2;
	else if (f->most > 0)
		f->decimals =
		    (int)fmin(2 - floor(log10(f->most)), DECIMALS_MAX);
}

static void
put_grouped(const struct french *f, struct buf *b, struct span digits)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			buf_add(b, f->ascii ? SPAN(" ") : SPAN(NARROW_SPACE));
		buf_byte(b, digits.p[i]);
	}
}

static void
put_minus(const struct french *f, struct buf *b)
{
	buf_add(b, f->ascii ? SPAN("-") : SPAN(MINUS));
}

/* digits[0..n) one up; false when they were all nines and are zeros now. */
static bool
count_up(char *digits, size_t n)
{
	while (n > 0) {
		if (digits[--n] != '9') {
			digits[n]++;
			return true;
		}
		digits[n] = '0';
	}
	return false;
}

/*
 * The digits of whole and fraction in one, rounded to so many decimals, halves
 * away from zero; with zeros where there are fewer.
 */
static void
round_digits(struct buf *digits, const struct parts *p, size_t decimals)
{
	size_t kept = p->fraction.n < decimals ? p->fraction.n : decimals;
	bool up = kept < p->fraction.n && p->fraction.p[kept] >= '5';

	buf_reset(digits);
	buf_byte(digits, '0'); /* room for a carry */
	buf_add(digits, p->whole);
	buf_add(digits, span_make(p->fraction.p, kept));
	if (up)
		count_up(digits->p, digits->n);
	for (; kept < decimals; kept++)
		buf_byte(digits, '0');
}

static size_t
leading_zeros(struct span digits)
{
	size_t n = 0;

	while (n < digits.n && digits.p[n] == '0')
		n++;
	return n;
}

static bool
put_decimal(const struct french *f, struct buf *b, const struct parts *p)
{
	struct buf digits = {NULL, 0, 0};
	size_t decimals = (size_t)f->decimals;
	size_t zeros = leading_zeros(p->fraction);
	struct span s;

	round_digits(&digits, p, decimals);
	s = buf_span(&digits);
	if (leading_zeros(s) == s.n && zeros < p->fraction.n) {
		decimals = zeros + 1;
		round_digits(&digits, p, decimals);
		s = buf_span(&digits);
	}
	if (s.p[0] == '0')
		s = span_from(s, 1);
	if (p->negative)
		put_minus(f, b);
	put_grouped(f, b, span_make(s.p, s.n - decimals));
	if (decimals > 0) {
		buf_byte(b, ',');
		buf_add(b, span_from(s, s.n - decimals));
	}
	buf_release(&digits);
	return decimals >= p->fraction.n;
}

static void
put_superscript(struct buf *b, int n)
{
	static const char *const digit[] = {
	    "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
	char text[16];

	snprintf(text, sizeof text, "%d", n);
	for (const char *p = text; *p != '\0'; p++)
		buf_add(b, *p == '-' ? SPAN("⁻") : span_of(digit[*p - '0']));
}

/* Three digits and a power of ten; true when that is all of the number. */
static bool
put_scientific(const struct french *f, struct buf *b, bool negative, double v)
{
	char text[40], *end = text;
	int exponent;

	snprintf(text, sizeof text, "%.2e", v);
	end += strcspn(text, "e");
	exponent = atoi(end + 1);
	while (end[-1] == '0')
		end--;
	if (end[-1] == '.')
		end--;
	if (negative)
		put_minus(f, b);
	buf_byte(b, text[0]);
	if (end > text + 2) {
		buf_byte(b, ',');
		buf_add(b, span_make(text + 2, (size_t)(end - text - 2)));
	}
	if (f->ascii) {
		buf_printf(b, "e%d", exponent);
	} else {
		buf_add(b, SPAN(NARROW_SPACE "×" NARROW_SPACE "10"));
		put_superscript(b, exponent);
	}
	return strtod(text, NULL) == v;
}

bool
french_put(const struct french *f, struct buf *b, struct span number)
{
	double v = magnitude(number);
	struct parts p;

	if (!parts_read(&p, number)) {
		buf_add(b, number);
		return true;
	}
	if (is_scientific(&p, v))
		return put_scientific(f, b, p.negative, v);
	return put_decimal(f, b, &p);
}

void
french_short(struct buf *b, double v, double most)
{
	static const struct {
		double from;
		const char *name;
	} scales[] = {{1e9, "Md"}, {1e6, "M"}, {0, ""}};
	struct french f = {.decimals = 0};
	char text[40];
	size_t i = 0;

	if (v == 0) {
		buf_byte(b, '0');
		return;
	}
	if (most >= 1e12 || most < 1e-4) {
		put_scientific(&f, b, v < 0, fabs(v));
		return;
	}
	while (most < scales[i].from)
		i++;
	snprintf(text, sizeof text, "%.7f",
	    scales[i].from > 0 ? v / scales[i].from : v);
	for (size_t n = strlen(text);
	     text[n - 1] == '0' || text[n - 1] == '.';) {
		bool point = text[n - 1] == '.';

		text[--n] = '\0';
		if (point)
			break;
	}
	french_see(&f, span_of(text));
	french_put(&f, b, span_of(text));
	if (scales[i].name[0] != '\0')
		buf_printf(b, NARROW_SPACE "%s", scales[i].name);
}

void
french_count(struct buf *b, size_t n)
{
	char text[32];

	snprintf(text, sizeof text, "%zu", n);
	put_grouped(&(struct french){.decimals = 0}, b, span_of(text));
}
