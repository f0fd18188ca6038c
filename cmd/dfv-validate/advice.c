#include "advice.h"

#include <string.h>

#include "date.h"
#include "french.h"
#include "hours.h"
#include "listed.h"
#include "moment.h"
#include "repair.h"
#include "utf8.h"

/*
 * Guesses, in the form of repairs: too uncertain to be made, good enough to be
 * shown to someone who knows.
 */
#define GUESS(name)                                                            \
	static bool name(const struct field *f, const struct lexicon *words,   \
	    struct span s, struct buf *out)

enum { ZEROS = 3 }; /* more of them a code hardly has lost */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One whose values are written like 2025-11-10. */
static bool
is_date(const struct field *f)
{
	return strcmp(f->type->name, "date") == 0 &&
	    (f->type->format != NULL || span_eq(f->format, SPAN("%Y-%m-%d")));
}

/* A space of any kind, or a part of one or of a sign. */
static bool
is_blank(char c)
{
	return c == ' ' || ((unsigned char)c & 0x80) != 0;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Without the unit that it ends with, and the space before: not without what
 * multiplies it, nor without a percent sign. */
static bool
take_unit(struct span *s)
{
	size_t n = s->n;

	while (n > 0 && (is_letter(s->p[n - 1]) || is_blank(s->p[n - 1])))
		n--;
	if (n == s->n || n == 0 || span_listed(span_from(*s, n), "k K M", ' '))
		return false;
	s->n = n;
	return true;
}

/* `1200 €`, `1 200,50 EUR`, `22 kW`: the number, with a decimal point. */
GUESS(guess_amount)
{
	(void)words;
	if ((f->type->is & TYPE_NUMERIC) == 0 || !take_unit(&s) ||
	    s.n - span_find(s, ',') == 4) /* which may part thousands */
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_digit(s.p[i]) || s.p[i] == '-' || s.p[i] == '.')
			buf_byte(out, s.p[i]);
		else if (s.p[i] == ',')
			buf_byte(out, '.');
		else if (!is_blank(s.p[i]))
			return false;
	}
	return true;
}

/* `12,0` and `12.00` for a whole number. */
GUESS(guess_whole)
{
	size_t at = 0;

	(void)words;
	if (strcmp(f->type->name, "integer") != 0)
		return false;
	while (at < s.n && s.p[at] != '.' && s.p[at] != ',')
		at++;
	for (size_t i = at + 1; i < s.n; i++)
		if (s.p[i] != '0')
			return false;
	buf_add(out, span_make(s.p, at));
	return at < s.n;
}

/* The day before the month, as France has it. */
GUESS(guess_day_first)
{
	static const char *const patterns[] = {
	    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y%m%d"};

	(void)words;
	for (size_t i = 0;
	     is_date(f) && i < sizeof patterns / sizeof patterns[0]; i++) {
		struct moment m = MOMENT_EMPTY;

		if (!moment_parse(span_of(patterns[i]), s, &m))
			continue;
		buf_printf(out, "%04d-%02d-%02d", m.year, m.month, m.day);
		return true;
	}
	return false;
}

/* A spreadsheet's number of a day, counted from the end of 1899: those of five
 * digits are from 1927 to 2173. */
GUESS(guess_day_number)
{
	struct date day;
	int32_t n = 0;

	(void)words;
	if (!is_date(f) || s.n != 5 || !date_from_ymd(1899, 12, 30, &day))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	day.days += n;
	date_format(out, day, DATE_DAY);
	return true;
}

/* Yes and no, in other words than the field's. */
GUESS(guess_boolean)
{
	static const char yes[] = "true vrai oui yes o v t y 1 x";
	static const char no[] = "false faux non no f n 0";
	struct buf folded = {NULL, 0, 0};
	const struct keytab *set = NULL;

	(void)words;
	if (strcmp(f->type->name, "boolean") != 0)
		return false;
	utf8_fold(&folded, s);
	if (span_listed(buf_span(&folded), yes, ' '))
		set = &f->truths;
	else if (span_listed(buf_span(&folded), no, ' '))
		set = &f->untruths;
	buf_release(&folded);
	if (set == NULL || set->n == 0)
		return false;
	buf_add(out, keytab_key(set, 0));
	return true;
}

/* How many digits are a pattern, `^\d{5}$` or `[0-9]{5}`; 0 for any other. */
static size_t
digits_wanted(struct span pattern)
{
	size_t n = 0;

	if (span_starts(pattern, SPAN("^")))
		pattern = span_from(pattern, 1);
	if (pattern.n > 0 && pattern.p[pattern.n - 1] == '$')
		pattern.n--;
	if (span_starts(pattern, SPAN("\\d{")))
		pattern = span_from(pattern, 3);
	else if (span_starts(pattern, SPAN("[0-9]{")))
		pattern = span_from(pattern, 6);
	else
		return 0;
	for (; pattern.n > 0 && is_digit(pattern.p[0]) && n < 100;
	     pattern = span_from(pattern, 1))
		n = n * 10 + (size_t)(pattern.p[0] - '0');
	return span_eq(pattern, SPAN("}")) ? n : 0;
}

/* All the zeros in front, where a pattern wants so many digits: 00074 for 74. */
GUESS(guess_zeros)
{
	size_t wanted = 0;

	(void)words;
	for (size_t i = 0; i < f->nconstraint; i++)
		if (f->constraint[i].regex != NULL)
			wanted = digits_wanted(f->constraint[i].shown);
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	for (size_t n = s.n; n < wanted; n++)
		buf_byte(out, '0');
	buf_add(out, s);
	return s.n < wanted && wanted - s.n <= ZEROS;
}

/* A number of digits without what parts them, */
GUESS(guess_digits)
{
	bool parted = false;

	(void)words;
	if ((f->type->is & (TYPE_NUMERIC | TYPE_ORDERED)) != 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_digit(s.p[i]) || (i == 0 && s.p[i] == '+'))
			buf_byte(out, s.p[i]);
		else if (strchr(" .-/()\xC2\xA0\xE2\x80\xAF", s.p[i]) == NULL ||
		    s.p[i] == '\0')
			return false;
		else
			parted = true;
	}
	return parted;
}

/* and a phone number as it is called from abroad. */
GUESS(guess_phone)
{
	struct buf digits = {NULL, 0, 0};

	if (!guess_digits(f, words, s, &digits)) {
		buf_reset(&digits);
		buf_add(&digits, s);
	}
	if (digits.n == 10 && digits.p[0] == '0') {
		buf_add(out, SPAN("+33"));
		buf_add(out, span_from(buf_span(&digits), 1));
	}
	buf_release(&digits);
	return out->n > 0;
}

/* Opening hours in words, where a pattern wants OpenStreetMap's. */
GUESS(guess_hours)
{
	(void)words;
	return f->type->check == NULL && hours_from_words(s, out);
}

/* The two numbers of a text, by what it parts them with. */
static bool
two_numbers(struct span s, struct span part[2])
{
	struct span rest = span_trim(s);
	size_t n;

	if (rest.n > 1 && rest.p[0] == '[' && rest.p[rest.n - 1] == ']')
		rest = span_trim(span_make(rest.p + 1, rest.n - 2));
	for (n = 0; n < rest.n && strchr(",; |", rest.p[n]) == NULL;)
		n++;
	if (n == rest.n)
		return false;
	part[0] = span_make(rest.p, n);
	rest = span_from(rest, n);
	while (rest.n > 0 && strchr(",; |", rest.p[0]) != NULL)
		rest = span_from(rest, 1);
	part[1] = rest;
	return rest.n > 0;
}

/* `48.85 2.35`: a longitude and a latitude, the other way round where that is in
 * France and this is not. */
GUESS(guess_position)
{
	bool array = f->type->check == type_geopoint_array;
	struct span part[2];
	struct number a, b;
	bool turn;

	(void)words;
	if ((!array && f->type->check != type_geopoint) ||
	    !two_numbers(s, part) || !number_parse(part[0], false, &a) ||
	    !number_parse(part[1], false, &b))
		return false;
	turn = !french_place(number_double(a), number_double(b)) &&
	    french_place(number_double(b), number_double(a));
	buf_printf(out, array ? "[%.*s, %.*s]" : "%.*s, %.*s",
	    (int)part[turn].n, part[turn].p, (int)part[!turn].n, part[!turn].p);
	return true;
}

static const struct repair_kind guesses[] = {
    {"amount", false, guess_amount},
    {"whole", false, guess_whole},
    {"day-first", false, guess_day_first},
    {"day-number", false, guess_day_number},
    {"boolean", false, guess_boolean},
    {"zeros", false, guess_zeros},
    {"digits", false, guess_digits},
    {"phone", false, guess_phone},
    {"hours", false, guess_hours},
    {"position", false, guess_position},
};

/* What the first of some kinds makes of a text, so that it is good. */
static struct span
first_good(const struct repair_kind *kind, size_t n,
    const struct check_column *c, struct span text, struct verdict *v,
    struct arena *a)
{
	struct buf out = {NULL, 0, 0};
	struct span found = {NULL, 0};

	for (size_t i = 0; i < n && found.p == NULL; i++) {
		buf_reset(&out);
		if (kind[i].mend(c->field, c->words, text, &out) && out.n > 0 &&
		    check_text(c->field, buf_span(&out), v))
			found = arena_span(a, buf_span(&out));
	}
	buf_release(&out);
	return found;
}

struct span
advise(const struct check_column *c, struct span text, struct verdict *v,
    struct arena *a)
{
	struct span found =
	    first_good(repair_kinds, repair_count, c, text, v, a);

	if (found.p != NULL)
		return found;
	return first_good(
	    guesses, sizeof guesses / sizeof guesses[0], c, text, v, a);
}
