#include "respell.h"

#include "utf8.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *const offices[] = {
    "mairie ", "commune ", "ville ", "municipalite "};

/* What joins an office to a name, longer ones first, and the article that
 * stays. */
static const struct {
	const char *of;
	const char *article;
} joints[] = {
    {"de la ", "la "},
    {"de l'", "l'"},
    {"de l ", "l "},
    {"des ", "les "},
    {"du ", "le "},
    {"de ", ""},
    {"d'", ""},
    {"d ", ""},
};

/* Takes a word of a list off the front: its index, or n. */
static size_t
take_front(struct span *s, const char *(*at)(size_t), size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct span word = span_of(at(i));

		if (!span_starts(*s, word))
			continue;
		*s = span_from(*s, word.n);
		return i;
	}
	return n;
}

static const char *
office_at(size_t i)
{
	return offices[i];
}

static const char *
joint_at(size_t i)
{
	return joints[i].of;
}

bool
respell_office(struct span text, struct buf *b, struct span *name)
{
	size_t at = b->n, n, joint;
	struct span rest;

	utf8_fold(b, text);
	n = b->n - at;
	buf_room(b, n + 8); /* nothing moves below */
	rest = span_trim(span_make(b->p + at, n));
	if (take_front(&rest, office_at, COUNT(offices)) == COUNT(offices))
		return false;
	joint = take_front(&rest, joint_at, COUNT(joints));
	if (joint == COUNT(joints) || rest.n == 0)
		return false;
	at = b->n;
	buf_add(b, span_of(joints[joint].article));
	buf_add(b, rest);
	*name = span_make(b->p + at, b->n - at);
	return true;
}

static const char *const ordinals[] = {
    "e", "er", "eme", "ieme", "re", "ere", "nd", "nde"};

static const char *const arrondissements[] = {"arrondissement", "ardt", "arr"};

static bool
among(struct span s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(s, span_of(list[i])))
			return true;
	return false;
}

/* The next word of a key; false at its end. */
static bool
next_word(struct span *key, struct span *word)
{
	size_t n = span_find(*key, ' ');

	*word = span_make(key->p, n);
	*key = span_from(*key, n < key->n ? n + 1 : n);
	return word->n > 0;
}

/* "12", or "xii", "xiie", "ier" of up to 20, as its number; 0 for neither. */
static unsigned
word_number(struct span word)
{
	static const char *const ones[] = {
	    "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
	unsigned tens = 0, v = 0;
	size_t n = 0;

	for (; n < word.n && word.p[n] >= '0' && word.p[n] <= '9' && v < 100;
	     n++)
		v = 10 * v + (unsigned)(word.p[n] - '0');
	if (n > 0)
		return n == word.n ? v : 0;
	for (; n < word.n && word.p[n] == 'x' && tens < 20; n++)
		tens += 10;
	if (n < word.n && word.p[n] == 'x')
		return 0;
	for (unsigned one = COUNT(ones); one-- > 0;) {
		struct span rest = span_from(word, n);
		struct span roman = span_of(ones[one]);

		if (!span_starts(rest, roman))
			continue;
		rest = span_from(rest, roman.n);
		if (rest.n == 0 || among(rest, ordinals, COUNT(ordinals)))
			return tens + one;
	}
	return 0;
}

bool
respell_ordinal(struct span key, struct buf *b, struct span *respelt)
{
	struct span rest = key, word;
	size_t at = b->n;
	unsigned number = 0;

	if (!next_word(&rest, &word))
		return false;
	buf_add(b, word);
	while (number == 0 && next_word(&rest, &word)) {
		number = word_number(word);
		if (number == 0)
			buf_printf(b, " %.*s", (int)word.n, word.p);
	}
	while (next_word(&rest, &word))
		if (!among(word, ordinals, COUNT(ordinals)) &&
		    !among(word, arrondissements, COUNT(arrondissements)))
			return false;
	buf_printf(b, " %u", number);
	*respelt = span_make(b->p + at, b->n - at);
	return number > 0;
}

bool
respell_code(struct span key, struct span *name, struct span *code)
{
	size_t at = key.n;

	while (at > 0 && key.p[at - 1] != ' ')
		at--;
	if (at < 2 || key.p[at] < '0' || key.p[at] > '9')
		return false;
	*name = span_make(key.p, at - 1);
	*code = span_from(key, at);
	return true;
}

/* Longer than any commune's. */
enum { NAME_MOST = 128 };

/* Whether an elided article or preposition may start the word at `at`: l or d
 * before a vowel or h, of a longer word. */
static bool
may_elide(struct span key, size_t at)
{
	return (at == 0 || key.p[at - 1] == ' ') && at + 2 < key.n &&
	    (key.p[at] == 'l' || key.p[at] == 'd') &&
	    memchr("aeiouyh", key.p[at + 1], 7) != NULL && key.p[at + 2] != ' ';
}

/* The key with a space behind the characters at two places, or at one, twice
 * the same. */
static struct span
parted(struct span key, size_t a, size_t b, struct buf *out)
{
	size_t at = out->n;

	buf_add(out, span_make(key.p, a + 1));
	buf_byte(out, ' ');
	buf_add(out, span_make(key.p + a + 1, b - a));
	if (b > a)
		buf_byte(out, ' ');
	buf_add(out, span_from(key, b + 1));
	return span_make(out->p + at, out->n - at);
}

size_t
respell_elision(
    struct span key, struct buf *out, struct span respelt[RESPELT_MOST])
{
	size_t n = 0;

	if (key.n > NAME_MOST)
		return 0;
	buf_room(out, RESPELT_MOST * (key.n + 2)); /* nothing moves below */
	for (size_t a = 0; a < key.n; a++)
		for (size_t b = a; b < key.n && may_elide(key, a); b++)
			if (n < RESPELT_MOST && may_elide(key, b))
				respelt[n++] = parted(key, a, b, out);
	return n;
}
