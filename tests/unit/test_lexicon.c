/*
 * link: cmd/dfv-validate/lexicon.c
 */
#include "unit.h"
#include "lexicon.h"

/* What reading a pattern gives: its words with commas; "" where it has none. */
static const char *
words_of(const char *pattern, struct arena *a)
{
	struct lexicon v;
	struct buf b = {NULL, 0, 0};
	struct span text;

	if (!lexicon_read(&v, span_of(pattern), a))
		return "";
	for (size_t i = 0; i < v.n; i++) {
		if (i > 0)
			buf_byte(&b, ',');
		buf_add(&b, v.word[i]);
	}
	text = arena_span(a, buf_span(&b));
	buf_release(&b);
	return text.p;
}

static bool
is_words(const char *pattern, const char *words)
{
	struct arena a = ARENA_EMPTY;
	bool same = strcmp(words_of(pattern, &a), words) == 0;

	arena_release(&a);
	return same;
}

/* Whether text becomes `wanted` by one of the two ways; NULL for nothing. */
static bool
becomes(const char *pattern, const char *text, const char *wanted,
    bool (*how)(const struct lexicon *, struct span, struct buf *))
{
	struct arena a = ARENA_EMPTY;
	struct buf out = {NULL, 0, 0};
	struct lexicon v;
	bool found, good;

	if (!lexicon_read(&v, span_of(pattern), &a))
		return false;
	found = how(&v, span_of(text), &out);
	good = wanted == NULL
	    ? !found
	    : found && span_eq(buf_span(&out), span_of(wanted));
	buf_release(&out);
	arena_release(&a);
	return good;
}

int
main(void)
{
	const char *list = "(?:(?:^|, )(bois|métal|cuir))+$";

	unit_check(is_words("a|b|c", "a,b,c") &&
		is_words("^(a|b|c)$", "a,b,c") &&
		is_words("^(?:un mot|d\\'or)$", "un mot,d'or"),
	    "alternatives are words, with or without anchors");
	unit_check(is_words(list, "bois,métal,cuir") &&
		is_words("^(x|y|z)(;(x|y|z))*$", "x,y,z"),
	    "the words of a list are found among its groups");
	unit_check(is_words("[0-9]{2}", "") && is_words("abc", "") &&
		is_words("(a+|b)", "") && is_words("(\\d|b)", "") &&
		is_words("(a|)", "") && is_words("[a|b]", ""),
	    "what is more than words is no vocabulary");
	unit_check(is_words("", "") && is_words("(", "") && is_words(")", "") &&
		is_words("(a|b", "") && is_words("a|\\", "") &&
		is_words("[a|", "") && is_words("))((||", ""),
	    "what is no pattern is no vocabulary");
	unit_check(becomes(list, "boi, plastique", NULL, lexicon_nearest) &&
		becomes(list, "bos,  metal", "bois,  métal", lexicon_nearest) &&
		becomes(list, "cuir", "cuir", lexicon_nearest),
	    "the nearest word takes a part's place, and marks stay");
	unit_check(becomes("(?:(?:^|;)(bois|métal))+$", "bois; metal",
		       "bois;métal", lexicon_same),
	    "a blank where the pattern has none goes");
	unit_check(becomes(list, "BOIS, metal", "bois, métal", lexicon_same) &&
		becomes(list, "boi", NULL, lexicon_same) &&
		becomes("cote|côté", "COTE", NULL, lexicon_same) &&
		becomes("cote|côté", "cote", "cote", lexicon_same),
	    "the same word is the only one but for case and accents");
	unit_check(becomes(list, "bois,", NULL, lexicon_same) &&
		becomes(list, "", NULL, lexicon_nearest),
	    "an empty part has no word");
	return unit_done();
}
