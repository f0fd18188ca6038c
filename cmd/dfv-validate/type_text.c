#include "type.h"

#include <string.h>

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Labels of letters, digits and inner hyphens, at least two of them. Bytes of
 * other scripts are letters. */
static bool
is_domain(struct span s)
{
	size_t labels = 0;

	while (s.n > 0) {
		size_t n = span_find(s, '.');

		if (n == 0 || n > 63 || s.p[0] == '-' || s.p[n - 1] == '-')
			return false;
		for (size_t i = 0; i < n; i++)
			if (!is_alnum(s.p[i]) && s.p[i] != '-' &&
			    (s.p[i] & 0x80) == 0)
				return false;
		labels++;
		if (n == s.n)
			return labels >= 2;
		s = span_from(s, n + 1);
	}
	return false;
}

/* An addr-spec as people have them: no quoted local part, no comment. */
bool
type_email(const struct field *f, struct span s, struct number *order)
{
	static const char others[] = "!#$%&'*+-/=?^_`{|}~.";
	size_t at = span_find(s, '@');

	(void)f, (void)order;
	if (at == 0 || at > 64 || at == s.n || s.p[0] == '.' ||
	    s.p[at - 1] == '.')
		return false;
	for (size_t i = 0; i < at; i++) {
		char c = s.p[i];

		if (!is_alnum(c) && (c & 0x80) == 0 &&
		    (c == '\0' || strchr(others, c) == NULL))
			return false;
		if (c == '.' && s.p[i + 1] == '.')
			return false;
	}
	return is_domain(span_from(s, at + 1));
}

/* RFC 3986: a scheme, then characters that a URI has. Letters of other scripts
 * are let pass (RFC 3987). */
bool
type_uri(const struct field *f, struct span s, struct number *order)
{
	static const char others[] = "-._~:/?#[]@!$&'()*+,;=%";
	size_t colon = span_find(s, ':');

	(void)f, (void)order;
	if (colon == 0 || colon + 1 >= s.n || !is_alnum(s.p[0]) ||
	    (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < colon; i++)
		if (!is_alnum(s.p[i]) && strchr("+-.", s.p[i]) == NULL)
			return false;
	for (size_t i = colon + 1; i < s.n; i++) {
		char c = s.p[i];

		if (!is_alnum(c) && (c & 0x80) == 0 &&
		    (c == '\0' || strchr(others, c) == NULL))
			return false;
		if (c == '%' &&
		    (s.n - i < 3 || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2])))
			return false;
	}
	/* http: wants a host */
	if (!span_starts(s, SPAN("http:")) && !span_starts(s, SPAN("https:")))
		return true;
	s = span_from(s, colon + 1);
	return s.n > 2 && s.p[0] == '/' && s.p[1] == '/' && s.p[2] != '/';
}

bool
type_uuid(const struct field *f, struct span s, struct number *order)
{
	(void)f, (void)order;
	if (s.n != 36)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

		if (hyphen ? s.p[i] != '-' : !is_hex(s.p[i]))
			return false;
	}
	return true;
}

bool
type_binary(const struct field *f, struct span s, struct number *order)
{
	size_t n = s.n;

	(void)f, (void)order;
	if (n % 4 != 0)
		return false;
	for (int pad = 0; pad < 2 && n > 0 && s.p[n - 1] == '='; pad++)
		n--;
	for (size_t i = 0; i < n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '+' && s.p[i] != '/')
			return false;
	return true;
}
