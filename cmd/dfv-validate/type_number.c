#include "type.h"

#include <math.h>

#include "schema.h"

enum { LONGEST = 400 }; /* no figure of a table is longer */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What a number may start with, where it has no unit around it. */
static struct span
without_units(struct span s)
{
	while (s.n > 0 && !is_digit(s.p[0]) && s.p[0] != '-' && s.p[0] != '+' &&
	    s.p[0] != '.')
		s = span_from(s, 1);
	while (s.n > 0 && !is_digit(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Rewrites s with `.` for the decimal character and without the groups';
 * false when it is too long, or when a `.` stands for nothing. */
static bool
to_plain(const struct field *f, struct span s, char *out, size_t *n)
{
	*n = 0;
	while (s.n > 0) {
		if (*n == LONGEST)
			return false;
		if (f->group_char.n > 0 && span_starts(s, f->group_char)) {
			s = span_from(s, f->group_char.n);
		} else if (span_starts(s, f->decimal_char)) {
			out[(*n)++] = '.';
			s = span_from(s, f->decimal_char.n);
		} else {
			if (*s.p == '.')
				return false;
			out[(*n)++] = *s.p;
			s = span_from(s, 1);
		}
	}
	return true;
}

bool
type_plain_number(const struct field *f)
{
	return f->bare_number && f->group_char.n == 0 &&
	    f->decimal_char.n == 1 && f->decimal_char.p[0] == '.';
}

/* NaN and the infinities, in any case: the specification has them. */
static bool
special(struct span s, struct number *order)
{
	static const struct {
		const char *word;
		double value;
	} words[] = {{"nan", (double)NAN}, {"inf", (double)INFINITY},
	    {"-inf", -(double)INFINITY}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t n = 0;

		while (n < s.n && words[i].word[n] != '\0' &&
		    (s.p[n] | 0x20) == (words[i].word[n] | 0x20))
			n++;
		if (n == s.n && words[i].word[n] == '\0') {
			*order = number_real(words[i].value);
			return true;
		}
	}
	return false;
}

bool
type_number(const struct field *f, struct span s, struct number *order)
{
	struct number number;
	char plain[LONGEST];

	if (order == NULL)
		order = &number;
	if (f->json_number && number_parse(s, false, order))
		return true;
	if (!type_plain_number(f)) {
		size_t n;

		if (!f->bare_number)
			s = without_units(s);
		if (!to_plain(f, s, plain, &n))
			return false;
		s = span_make(plain, n);
	}
	return number_parse(s, f->decimal_comma, order) || special(s, order);
}

bool
type_integer(const struct field *f, struct span s, struct number *order)
{
	struct number number;
	char plain[LONGEST];
	size_t at;

	if (!type_plain_number(f)) {
		size_t n;

		if (!f->bare_number)
			s = without_units(s);
		if (!to_plain(f, s, plain, &n))
			return false;
		s = span_make(plain, n);
	}
	at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
	if (at == s.n)
		return false;
	for (size_t i = at; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return number_parse(s, false, order == NULL ? &number : order);
}
