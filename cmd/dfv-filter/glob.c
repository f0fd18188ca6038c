#include "glob.h"

#include "utf8.h"

static uint32_t
take_char(struct span *s)
{
	size_t n;
	uint32_t c = utf8_decode(*s, &n);

	*s = span_from(*s, n);
	return c;
}

static bool
take_mark(struct span *s, char mark)
{
	if (s->n == 0 || s->p[0] != mark)
		return false;
	*s = span_from(*s, 1);
	return true;
}

/* Whether c is in the set whose bracket was taken, which is taken too; a first
 * `]` is one of the set. false also when no bracket closes it. */
static bool
take_set(struct span *s, uint32_t c, bool *closed)
{
	bool others = take_mark(s, '!') || take_mark(s, '^'), found = false;
	bool first = true;

	for (; s->n > 0 && (first || s->p[0] != ']'); first = false) {
		uint32_t low = take_char(s), high = low;

		if (s->n > 1 && s->p[0] == '-' && s->p[1] != ']') {
			take_mark(s, '-');
			high = take_char(s);
		}
		found = found || (low <= c && c <= high);
	}
	*closed = take_mark(s, ']');
	return *closed && found != others;
}

/* Takes what stands for one character off the pattern: whether c is one that
 * it stands for. */
static bool
take_one(struct span *pattern, uint32_t c)
{
	struct span rest = *pattern;
	bool closed, found;

	if (take_mark(pattern, '?'))
		return true;
	if (take_mark(&rest, '[')) {
		found = take_set(&rest, c, &closed);
		if (closed) {
			*pattern = rest;
			return found;
		}
	}
	if (pattern->n > 1)
		take_mark(pattern, '\\');
	return take_char(pattern) == c;
}

/* Where it goes wrong, the last star takes one character more. */
bool
glob_matches(struct span pattern, struct span text)
{
	struct span behind_star = {NULL, 0}, from = text;

	for (;;) {
		if (take_mark(&pattern, '*')) {
			behind_star = pattern;
			from = text;
		} else if (text.n == 0) {
			return pattern.n == 0;
		} else if (pattern.n == 0 ||
		    !take_one(&pattern, take_char(&text))) {
			if (behind_star.p == NULL)
				return false;
			take_char(&from);
			pattern = behind_star;
			text = from;
		}
	}
}
