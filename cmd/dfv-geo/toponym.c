#include "toponym.h"

#include "utf8.h"

static const struct {
	const char *word;
	const char *full;
} abbreviations[] = {
    {"st", "saint"},
    {"ste", "sainte"},
    {"sts", "saints"},
    {"stes", "saintes"},
};

static const char *const articles[] = {"le", "la", "les", "l"};

static const char *const ordinals[] = {
    "", "e", "er", "eme", "re", "ere", "nd", "nde"};

static const char *const arrondissements[] = {"arrondissement", "ardt", "arr"};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
span_among(struct span s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(s, span_of(list[i])))
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    is_digit(c) || (unsigned char)c >= 0x80;
}

/* "12", "3e", "1er", "08": its digits without the leading zeros. */
static bool
word_number(struct span word, struct span *digits)
{
	size_t n = 0;

	while (n < word.n && is_digit(word.p[n]))
		n++;
	if (n == 0 ||
	    !span_among(span_from(word, n), ordinals, COUNT(ordinals)))
		return false;
	*digits = span_make(word.p, n);
	while (digits->n > 1 && digits->p[0] == '0')
		*digits = span_from(*digits, 1);
	return true;
}

/* A key under construction: what was put there starts at `at`. */
struct key {
	struct buf *out;
	size_t at;
	bool number; /* the last word was one */
	bool cedex;  /* all that follows is the post's */
};

static void
key_put(struct key *k, struct span word)
{
	if (k->out->n > k->at)
		buf_byte(k->out, ' ');
	buf_add(k->out, word);
}

/* next: the character behind the word. */
static void
key_word(struct key *k, struct span word, char next)
{
	struct span digits;
	bool was_number = k->number;

	k->number = false;
	if (span_eq(word, SPAN("cedex")) && k->out->n > k->at)
		k->cedex = true;
	if (k->cedex ||
	    (was_number &&
		span_among(word, arrondissements, COUNT(arrondissements))))
		return;
	if (word_number(word, &digits)) {
		k->number = true;
		word = digits;
	} else if (word.n == 1 && word.p[0] == 's' && next == '/')
		word = SPAN("sur");
	else if (word.n == 3 && word.p[1] == '/')
		word = SPAN("sous");
	for (size_t i = 0; i < COUNT(abbreviations); i++)
		if (span_eq(word, span_of(abbreviations[i].word)))
			word = span_of(abbreviations[i].full);
	key_put(k, word);
}

/* How long the word that starts a text is: "s/s" is one. */
static size_t
word_length(struct span text)
{
	size_t n = 0;

	if (span_starts(text, SPAN("s/s")) &&
	    (text.n == 3 || !is_word(text.p[3])))
		return 3;
	while (n < text.n && is_word(text.p[n]))
		n++;
	return n;
}

/* "boulogne/mer": a slash that joins two words is "sur". */
static bool
joins(struct span text, size_t i)
{
	return i + 1 < text.n && text.p[i] == '/' && is_word(text.p[i + 1]);
}

static void
key_words(struct key *k, struct span text)
{
	for (size_t i = 0; i < text.n;) {
		struct span rest = span_from(text, i);
		struct span word = span_make(rest.p, word_length(rest));

		i += word.n > 0 ? word.n : 1;
		if (word.n == 0)
			continue;
		key_word(k, word, i < text.n ? text.p[i] : '\0');
		if (joins(text, i) && !span_eq(word, SPAN("s")))
			key_put(k, SPAN("sur"));
	}
}

/* Whether there is a dash or slash with spaces around it at i. */
static bool
is_dash(struct span s, size_t i)
{
	return (s.p[i] == '-' || s.p[i] == '/') && i > 0 && s.p[i - 1] == ' ' &&
	    i + 1 < s.n && s.p[i + 1] == ' ';
}

/* Where "(…)" or "[…]" at the end begins, or what follows a comma, or a dash
 * where these count; s.n for none. */
static size_t
tail_start(struct span s, bool dashes)
{
	size_t i = s.n;
	char at = ',';

	if (i > 0 && (s.p[i - 1] == ')' || s.p[i - 1] == ']')) {
		at = s.p[i - 1] == ')' ? '(' : '[';
		dashes = false;
	}
	while (i > 0 && s.p[i - 1] != at && !(dashes && is_dash(s, i - 1)))
		i--;
	return i == 0 ? s.n : i - 1;
}

/* Without brackets, commas, spaces and apostrophes around it. */
static struct span
tail_text(struct span s)
{
	while (s.n > 0 && !is_word(s.p[0]))
		s = span_from(s, 1);
	while (s.n > 0 && !is_word(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Puts a moved article, "blanc (le)", in front: what is left of the text. */
static struct span
put_article(struct key *k, struct span text)
{
	struct span article;
	size_t cut;

	text = span_trim(text);
	cut = tail_start(text, false);
	article = tail_text(span_from(text, cut));
	if (!span_among(article, articles, COUNT(articles)))
		return text;
	key_words(k, article);
	return span_make(text.p, cut);
}

/* Writes out an abbreviation that starts at `word`; p is behind it, and there is
 * room. Returns where the full word ends. */
static char *
write_out(char *word, char *p)
{
	struct span abbreviated = span_make(word, (size_t)(p - word));

	if (*word != 's' || abbreviated.n > 4)
		return p;
	for (size_t i = 0; i < COUNT(abbreviations); i++)
		if (span_eq(abbreviated, span_of(abbreviations[i].word))) {
			struct span full = span_of(abbreviations[i].full);

			memcpy(word, full.p, full.n);
			return word + full.n;
		}
	return p;
}

/*
 * The usual case, letters with spaces, hyphens and apostrophes between words,
 * in one go: appends the key. False, and nothing is appended, for any other
 * text, and for one with "cedex" or a dash. There is room.
 */
static bool
read_plain(struct span folded, struct buf *out)
{
	char *start = out->p + out->n, *p = start, *word = start;

	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];

		if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80) {
			*p++ = c;
			continue;
		}
		if (c != '\'' && c != ' ' && (c != '-' || is_dash(folded, i)))
			return false;
		if (p == word)
			continue;
		if (span_eq(span_make(word, (size_t)(p - word)), SPAN("cedex")))
			return false;
		p = write_out(word, p);
		*p++ = ' ';
		word = p;
	}
	if (span_eq(span_make(word, (size_t)(p - word)), SPAN("cedex")))
		return false;
	p = p > word ? write_out(word, p) : p > start ? p - 1 : p;
	out->n += (size_t)(p - start);
	return true;
}

struct toponym
toponym_read(struct span text, struct buf *scratch)
{
	size_t at = scratch->n, n, head_n;
	struct key key = {.out = scratch};
	struct span folded, head, tail;

	utf8_fold(scratch, text);
	n = scratch->n - at;
	/* A word grows by at most five bytes, "s/" to "sur ", and there is
	 * room for two keys: no span taken below moves. */
	buf_room(scratch, 8 * n + 16);
	folded = span_trim(span_make(scratch->p + at, n));
	key.at = scratch->n;
	if (read_plain(folded, scratch)) {
		struct span whole =
		    span_make(scratch->p + key.at, scratch->n - key.at);

		return (struct toponym){
		    whole, whole, span_from(whole, whole.n), {NULL, 0}};
	}
	head = put_article(&key, folded);
	tail = span_make(NULL, 0);
	if (scratch->n == key.at) {
		size_t cut = tail_start(folded, true);

		tail = tail_text(span_from(folded, cut));
		head = put_article(&key, span_make(folded.p, cut));
	}
	key_words(&key, head);
	head_n = scratch->n - key.at;
	key.cedex = false;
	key_words(&key, tail);
	return (struct toponym){
	    span_make(scratch->p + key.at, scratch->n - key.at),
	    span_make(scratch->p + key.at, head_n),
	    span_trim(span_make(
		scratch->p + key.at + head_n, scratch->n - key.at - head_n)),
	    tail};
}

bool
toponym_article(struct span key, struct span *bare)
{
	size_t n = span_find(key, ' ');

	if (n == key.n ||
	    !span_among(span_make(key.p, n), articles, COUNT(articles)))
		return false;
	*bare = span_from(key, n + 1);
	return true;
}
