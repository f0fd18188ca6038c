#include "address.h"

enum { POSTAL_DIGITS = 5 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

/* Whether five digits that stand alone start at i. */
static bool
stands_alone(struct span s, size_t i)
{
	for (size_t k = 0; k < POSTAL_DIGITS; k++)
		if (i + k >= s.n || !is_digit(s.p[i + k]))
			return false;
	return (i == 0 || (!is_digit(s.p[i - 1]) && !is_letter(s.p[i - 1]))) &&
	    (i + POSTAL_DIGITS == s.n ||
		(!is_digit(s.p[i + POSTAL_DIGITS]) &&
		    !is_letter(s.p[i + POSTAL_DIGITS])));
}

/* Up to a comma or a line end. */
static struct span
cut_line(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r' ||
		    s.p[i] == ';')
			return span_make(s.p, i);
	return s;
}

/* Up to a dash with spaces around it. */
static struct span
cut_dash(struct span s)
{
	for (size_t i = 1; i + 1 < s.n; i++)
		if (s.p[i] == '-' && s.p[i - 1] == ' ' && s.p[i + 1] == ' ')
			return span_make(s.p, i);
	return s;
}

static struct span
trim(struct span s)
{
	while (s.n > 0 && !is_letter(s.p[0]) && !is_digit(s.p[0]))
		s = span_from(s, 1);
	return span_trim(s);
}

/* Whether s ends in a word, in small letters here and in any there. */
static bool
ends_in(struct span s, struct span word)
{
	if (s.n < word.n)
		return false;
	for (size_t i = 0; i < word.n; i++)
		if ((s.p[s.n - word.n + i] | ' ') != word.p[i])
			return false;
	return s.n == word.n || s.p[s.n - word.n - 1] == ' ';
}

/* Without the country that stands behind: not Roissy en France, Latour de
 * France. */
static struct span
cut_country(struct span town)
{
	struct span s = span_trim(town);

	if (!ends_in(s, SPAN("france")))
		return town;
	s = span_trim(span_make(s.p, s.n - SPAN("france").n));
	return ends_in(s, SPAN("en")) || ends_in(s, SPAN("de")) ? town : s;
}

bool
address_read(struct span text, struct address *a)
{
	for (size_t i = text.n; i-- > 0;)
		if (stands_alone(text, i)) {
			a->postal = span_make(text.p + i, POSTAL_DIGITS);
			a->street = span_make(text.p, i);
			a->line = span_trim(
			    cut_line(trim(span_from(text, i + POSTAL_DIGITS))));
			a->town = span_trim(cut_country(cut_dash(a->line)));
			return true;
		}
	return false;
}
