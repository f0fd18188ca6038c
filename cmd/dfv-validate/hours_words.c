#include "hours.h"

#include <stdio.h>
#include <string.h>

#include "listed.h"
#include "utf8.h"

/* What a text is made of, and what parts it. */
enum hours_part { NONE, DAY, TIME, STATE, RANGE, AND, NEXT, FILLER, UNKNOWN };

/* Words as they are without accents, in lower case and in the singular. */
static const struct {
	const char *words;
	enum hours_part part;
	const char *text;
} known[] = {
    {"lundi lun lu mo mon monday", DAY, "Mo"},
    {"mardi mar ma tu tue tuesday", DAY, "Tu"},
    {"mercredi mer me we wed wednesday", DAY, "We"},
    {"jeudi jeu je th thu thursday", DAY, "Th"},
    {"vendredi ven ve fr fri friday", DAY, "Fr"},
    {"samedi sam sa sat saturday", DAY, "Sa"},
    {"dimanche dim di su sun sunday", DAY, "Su"},
    {"ferie ph", DAY, "PH"},
    {"ferme fermee off closed", STATE, "off"},
    {"tous", DAY, "Mo-Su"},
    {"a au jusqu'a -", RANGE, "-"},
    {"et , & / puis", AND, ","},
    {"; |", NEXT, "; "},
    {"de du le la les jour ouvert : .", FILLER, ""},
};

enum { NKNOWN = sizeof known / sizeof known[0] };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The bytes of a word, or of one character that is in none. */
static size_t
word_length(struct span s)
{
	size_t n = 0;

	while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || s.p[n] == '\''))
		n++;
	if (n == 0)
		(void)utf8_decode(s, &n);
	return n;
}

static struct span
singular(struct span word)
{
	if (word.n > 2 && word.p[word.n - 1] == 's')
		word.n--;
	return word;
}

/* The next word or mark: its text. */
static enum hours_part
take_word(struct span *s, const char **text)
{
	struct span word = span_make(s->p, word_length(*s));

	*s = span_from(*s, word.n);
	for (size_t i = 0; i < NKNOWN; i++) {
		*text = known[i].text;
		if (span_listed(word, known[i].words, ' ') ||
		    span_listed(singular(word), known[i].words, ' '))
			return known[i].part;
	}
	return UNKNOWN;
}

static unsigned
take_digits(struct span *s)
{
	unsigned v = 0;

	for (; s->n > 0 && is_digit(s->p[0]) && v < 100; *s = span_from(*s, 1))
		v = v * 10 + (unsigned)(s->p[0] - '0');
	return v;
}

/* 9h, 9h30, 09:30, 9.30, 9 h 30 */
static enum hours_part
take_time(struct span *s, unsigned *minutes)
{
	unsigned hours = take_digits(s);
	bool words = false;

	*minutes = hours * 60;
	if (s->n > 1 && s->p[0] == ' ' && s->p[1] == 'h')
		*s = span_from(*s, 1);
	if (s->n == 0 || strchr("h:.", s->p[0]) == NULL)
		return UNKNOWN;
	words = s->p[0] == 'h';
	*s = span_from(*s, 1);
	if (words && s->n > 1 && s->p[0] == ' ' && is_digit(s->p[1]))
		*s = span_from(*s, 1);
	if (s->n > 1 && is_digit(s->p[0]) && is_digit(s->p[1]))
		*minutes += take_digits(s);
	else if (!words)
		return UNKNOWN;
	return hours <= 24 ? TIME : UNKNOWN;
}

/* What stands between two parts, where they are not parted by a mark. */
static const char *
between(enum hours_part before, enum hours_part part)
{
	if (before == DAY && (part == TIME || part == STATE))
		return " ";
	if ((before == TIME || before == STATE) && part == DAY)
		return "; ";
	return "";
}

static void
put(struct buf *out, enum hours_part *before, enum hours_part part,
    const char *text)
{
	if (part == FILLER)
		return;
	/* Days behind a time, or behind `off`, begin another rule. */
	if (part == DAY && *before == AND && out->n > 1 &&
	    (is_digit(out->p[out->n - 2]) || out->p[out->n - 2] == 'f')) {
		out->n--;
		*before = TIME;
	}
	buf_add(out, span_of(between(*before, part)));
	buf_add(out, span_of(text));
	*before = part;
}

static bool
put_parts(struct span s, struct buf *out)
{
	enum hours_part before = NONE;

	while (s.n > 0) {
		const char *text = "";
		char clock[32];
		enum hours_part part;
		unsigned minutes;

		if (s.p[0] == ' ') {
			s = span_from(s, 1);
			continue;
		}
		if (is_digit(s.p[0])) {
			part = take_time(&s, &minutes);
			snprintf(clock, sizeof clock, "%02u:%02u", minutes / 60,
			    minutes % 60);
			text = clock;
		} else {
			part = take_word(&s, &text);
		}
		if (part == UNKNOWN)
			return false;
		put(out, &before, part, text);
	}
	return true;
}

/* Round the clock, and every day. */
static bool
is_always(struct span s)
{
	return span_listed(
	    s, "24h/24,24/24,24h/24 7j/7,7j/7 24h/24,24h/24 et 7j/7", ',');
}

bool
hours_from_words(struct span s, struct buf *out)
{
	struct buf folded = {NULL, 0, 0};
	bool good;
	size_t at;

	if (hours_valid(s, &at))
		return false;
	utf8_fold(&folded, s);
	buf_reset(out);
	good = true;
	if (is_always(buf_span(&folded)))
		buf_add(out, SPAN("24/7"));
	else
		good = put_parts(buf_span(&folded), out);
	buf_release(&folded);
	return good && hours_valid(buf_span(out), &at);
}
