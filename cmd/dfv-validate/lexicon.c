#include "lexicon.h"

#include <string.h>

#include "suggest.h"
#include "utf8.h"

/* Behind the class, the escape or the character that starts at `at`. */
static size_t
skip_one(struct span s, size_t at)
{
	if (s.p[at] == '\\')
		return at + 2 < s.n ? at + 2 : s.n;
	if (s.p[at] != '[')
		return at + 1;
	for (at++; at < s.n && s.p[at] != ']'; at++)
		if (s.p[at] == '\\')
			at++;
	return at < s.n ? at + 1 : s.n;
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* A word without its escapes, or false where it is more than a word. */
static bool
take_word(struct span s, struct arena *a, struct span *word)
{
	char *out = arena_alloc(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\') {
			if (++i == s.n || is_alnum(s.p[i]))
				return false;
		} else if (strchr("[](){}*+?^$", s.p[i]) != NULL) {
			return false;
		}
		out[n++] = s.p[i];
	}
	*word = span_make(out, n);
	return n > 0;
}

/* The alternatives of a group without groups in it, if all are words. */
static void
read_group(struct lexicon *v, struct span group, struct arena *a)
{
	struct lexicon found = {.word = NULL};
	size_t start = 0, nmax = 1;

	if (span_starts(group, SPAN("?:")))
		group = span_from(group, 2);
	for (size_t i = 0; i < group.n; i++)
		nmax += group.p[i] == '|';
	if (nmax < 2 || nmax <= v->n)
		return;
	found.word = ARENA_ARRAY(a, struct span, nmax);
	for (size_t at = 0; at <= group.n;) {
		if (at < group.n && group.p[at] != '|') {
			at = skip_one(group, at);
			continue;
		}
		if (!take_word(span_make(group.p + start, at - start), a,
			&found.word[found.n]))
			return;
		found.n++;
		start = ++at;
	}
	if (found.n > 1) {
		v->word = found.word;
		v->n = found.n;
	}
}

/* What may part words is what stands in the pattern outside of its words. */
static void
note_between(struct lexicon *v, struct span s)
{
	static const char marks[] = ";,/+|";
	size_t n = strlen(v->between);

	v->spaced |= span_find(s, ' ') < s.n;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\0' && strchr(marks, s.p[i]) != NULL &&
		    strchr(v->between, s.p[i]) == NULL)
			v->between[n++] = s.p[i];
}

bool
lexicon_read(struct lexicon *v, struct span s, struct arena *a)
{
	size_t open = 0;
	bool in_group = false, grouped = false;

	*v = (struct lexicon){.word = NULL};
	for (size_t at = 0; at < s.n;) {
		char c = s.p[at];

		if (c == '(') {
			if (!in_group || at > open)
				note_between(
				    v, span_make(s.p + open, at - open));
			in_group = grouped = true;
			open = at + 1;
		} else if (c == ')') {
			struct span group = span_make(s.p + open, at - open);
			size_t before = v->n;

			if (in_group)
				read_group(v, group, a);
			if (!in_group || v->n == before)
				note_between(v, group);
			in_group = false;
			open = at + 1;
		}
		at = c == '(' || c == ')' ? at + 1 : skip_one(s, at);
	}
	if (!grouped) {
		if (s.n > 0 && s.p[0] == '^')
			s = span_from(s, 1);
		if (s.n > 0 && s.p[s.n - 1] == '$')
			s.n--;
		read_group(v, s, a);
	}
	return v->n > 1;
}

static bool
has_word(const struct lexicon *v, struct span text)
{
	for (size_t i = 0; i < v->n; i++)
		if (span_eq(v->word[i], text))
			return true;
	return false;
}

/* The nearest word; p NULL where none is near. */
static struct span
pick_nearest(const struct lexicon *v, struct span text)
{
	size_t near = suggest_nearest(text, v->word, v->n);

	return near == SUGGEST_NONE ? span_make(NULL, 0) : v->word[near];
}

/* The one word that folds to the same; p NULL where there are none or two. */
static struct span
pick_same(const struct lexicon *v, struct span text)
{
	struct buf folded = {NULL, 0, 0}, word = {NULL, 0, 0};
	struct span same = {NULL, 0};
	bool two = false;

	utf8_fold(&folded, text);
	for (size_t i = 0; i < v->n; i++) {
		buf_reset(&word);
		utf8_fold(&word, v->word[i]);
		if (!span_eq(buf_span(&word), buf_span(&folded)))
			continue;
		two |= same.p != NULL && !span_eq(same, v->word[i]);
		same = v->word[i];
	}
	buf_release(&folded);
	buf_release(&word);
	return two ? span_make(NULL, 0) : same;
}

/* Where the next of the marks is, that part words, or s.n. */
static size_t
find_mark(const struct lexicon *v, struct span s)
{
	size_t at = 0;

	while (at < s.n &&
	    (s.p[at] == '\0' || strchr(v->between, s.p[at]) == NULL))
		at++;
	return at;
}

/* Word by word; what parts them stays, and so do blanks before one, where there
 * may be any. */
static bool
put_words(const struct lexicon *v, struct span text,
    struct span (*pick)(const struct lexicon *, struct span), struct buf *out)
{
	struct span rest = text;

	while (rest.p != NULL) {
		size_t n = find_mark(v, rest), lead = 0;
		struct span part = span_make(rest.p, n), word;

		while (lead < n && part.p[lead] == ' ')
			lead++;
		if (v->spaced)
			buf_add(out, span_make(part.p, lead));
		part = span_trim(part);
		word = has_word(v, part) ? part : pick(v, part);
		if (word.p == NULL)
			return false;
		buf_add(out, word);
		if (n < rest.n)
			buf_byte(out, rest.p[n]);
		rest = n < rest.n ? span_from(rest, n + 1) : span_make(NULL, 0);
	}
	return true;
}

bool
lexicon_nearest(const struct lexicon *v, struct span text, struct buf *out)
{
	return put_words(v, text, pick_nearest, out);
}

bool
lexicon_same(const struct lexicon *v, struct span text, struct buf *out)
{
	return put_words(v, text, pick_same, out);
}
