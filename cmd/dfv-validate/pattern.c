#include "pattern.h"

#include <stdbool.h>
#include <stdio.h>

#include "buf.h"

/*
 * Python, whose expressions schemas have, writes a code point as \\uHHHH or
 * \\UHHHHHHHH where PCRE2 has \\x{HHHH}. Rewrites them, and gives the offset of
 * a class taken from another ([a-z-[aeiou]], of XML Schema), which would pass
 * for something else; pattern.n when there is none.
 */
static size_t
to_pcre(struct span pattern, struct buf *out)
{
	bool in_class = false;

	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		char next = i + 1 < pattern.n ? pattern.p[i + 1] : '\0';
		size_t digits = next == 'u' ? 4 : next == 'U' ? 8 : 0;

		if (c == '\\' && digits > 0 && pattern.n - i >= digits + 2) {
			buf_printf(
			    out, "\\x{%.*s}", (int)digits, pattern.p + i + 2);
			i += digits + 1;
			continue;
		}
		if (in_class && c == '-' && next == '[')
			return i;
		in_class = c == '[' || (in_class && c != ']');
		buf_byte(out, c);
		if (c == '\\' && next != '\0') {
			buf_byte(out, next);
			i++;
		}
	}
	return pattern.n;
}

struct regex *
pattern_new(struct span pattern, char *why, size_t size, size_t *at)
{
	struct buf rewritten = {NULL, 0, 0};
	struct regex *re = NULL;

	*at = to_pcre(pattern, &rewritten);
	if (*at < pattern.n)
		snprintf(why, size, "a class less another is not supported");
	else
		re =
		    regex_new(buf_span(&rewritten), REGEX_WHOLE, why, size, at);
	buf_release(&rewritten);
	return re;
}
