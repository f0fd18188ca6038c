#include "repair.h"

#include <utf8proc.h>

#include "mem.h"
#include "moment.h"
#include "utf8.h"
#include "lexicon.h"

/* White space at either end, that of typesetters and byte order marks too. */
static size_t
blank_at_start(struct span s)
{
	static const char *const blanks[] = {" ", "\t", "\n", "\r",
	    "\xC2\xA0" /* no-break */, "\xE2\x80\xAF" /* narrow no-break */,
	    "\xE2\x80\x8B" /* zero width */, "\xEF\xBB\xBF"};

	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
		if (span_starts(s, span_of(blanks[i])))
			return strlen(blanks[i]);
	return 0;
}

static size_t
blank_at_end(struct span s)
{
	for (size_t n = 1; n <= 3 && n <= s.n; n++)
		if (blank_at_start(span_from(s, s.n - n)) == n)
			return n;
	return 0;
}

static bool
mend_trim(const struct field *f, const struct lexicon *words, struct span s,
    struct buf *out)
{
	size_t n, before = s.n;

	(void)f, (void)words;
	while ((n = blank_at_start(s)) > 0)
		s = span_from(s, n);
	while ((n = blank_at_end(s)) > 0)
		s.n -= n;
	buf_add(out, s);
	return s.n < before;
}

/* Unicode's form C: one character for a letter and its accents. */
static bool
mend_compose(const struct field *f, const struct lexicon *words, struct span s,
    struct buf *out)
{
	const int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	struct buf points = {NULL, 0, 0};
	utf8proc_ssize_t n;
	size_t room = s.n * 4 + 16;

	(void)f, (void)words;
	/* One more for the NUL that reencoding ends with. */
	buf_room(&points, (room + 1) * sizeof(utf8proc_int32_t));
	n = utf8proc_decompose((const utf8proc_uint8_t *)s.p,
	    (utf8proc_ssize_t)s.n, (void *)points.p, (utf8proc_ssize_t)room,
	    options);
	if (n >= 0 && (size_t)n <= room)
		n = utf8proc_reencode(
		    (void *)points.p, n, (utf8proc_option_t)options);
	else
		n = -1;
	if (n >= 0)
		buf_add(out, span_make(points.p, (size_t)n));
	buf_release(&points);
	return n >= 0;
}

/*
 * `1 234,56` for 1234.56. A comma before three digits may part thousands, and a
 * point or an exponent says something else: those are left alone.
 */
static bool
mend_decimal_comma(const struct field *f, const struct lexicon *words,
    struct span s, struct buf *out)
{
	size_t comma = span_find(s, ',');
	struct number n;

	(void)words;
	if ((f->type->is & TYPE_NUMERIC) == 0 || !number_parse(s, true, &n) ||
	    s.n - comma == 4 || span_find(s, '.') < s.n ||
	    span_find(s, 'e') < s.n || span_find(s, 'E') < s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',')
			buf_add(out, f->decimal_char);
		else if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' ||
		    s.p[i] == '+')
			buf_byte(out, s.p[i]);
	}
	return true;
}

/* The zero that a spreadsheet takes away from 01004. */
static bool
mend_leading_zero(const struct field *f, const struct lexicon *words,
    struct span s, struct buf *out)
{
	(void)words;
	if ((f->type->is & TYPE_NUMERIC) != 0 || s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	buf_byte(out, '0');
	buf_add(out, s);
	return true;
}

/* By a pattern of %d, %m, %Y and what stands between them; false for more. */
static bool
put_date(struct buf *out, struct span pattern, const struct moment *m)
{
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];

		if (c != '%') {
			buf_byte(out, c);
			continue;
		}
		c = ++i < pattern.n ? pattern.p[i] : '\0';
		if (c == 'd' || c == 'm')
			buf_printf(out, "%02d", c == 'd' ? m->day : m->month);
		else if (c == 'Y')
			buf_printf(out, "%04d", m->year);
		else
			return false;
	}
	return true;
}

static bool
is_separator(char c)
{
	return c == '/' || c == '-' || c == '.' || c == ' ';
}

/* A field's own order of day, month and year, parted by other characters. */
static bool
read_own_order(struct span pattern, struct span s, struct moment *m)
{
	static const char marks[] = "/-. ";
	char other[64];

	if (pattern.n >= sizeof other)
		return false;
	for (size_t k = 0; k < 4; k++) {
		for (size_t i = 0; i < pattern.n; i++)
			other[i] = is_separator(pattern.p[i]) ? marks[k]
							      : pattern.p[i];
		*m = MOMENT_EMPTY;
		if (moment_parse(span_make(other, pattern.n), s, m))
			return true;
	}
	return false;
}

/* What can be read in one way only: the year first, the month by its name, or
 * a day that is no month. A time of midnight is a spreadsheet's. */
static bool
read_plain(struct span s, struct moment *m)
{
	static const struct {
		const char *pattern;
		bool day_first;
	} forms[] = {{"%Y-%m-%d", false}, {"%Y/%m/%d", false},
	    {"%Y.%m.%d", false}, {"%Y-%m-%d %H:%M:%S", false},
	    {"%Y-%m-%dT%H:%M:%S", false}, {"%d %B %Y", false},
	    {"%d/%m/%Y", true}, {"%d-%m-%Y", true}, {"%d.%m.%Y", true}};

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		*m = MOMENT_EMPTY;
		if (!moment_parse(span_of(forms[i].pattern), s, m))
			continue;
		return m->hour == 0 && m->minute == 0 && m->second == 0 &&
		    (!forms[i].day_first || m->day > 12);
	}
	return false;
}

static bool
mend_date_order(const struct field *f, const struct lexicon *words,
    struct span s, struct buf *out)
{
	struct span pattern = SPAN("%Y-%m-%d");
	bool own = f->type->format == NULL;
	struct moment m;

	(void)words;
	if (strcmp(f->type->name, "date") != 0)
		return false;
	if (own)
		pattern = f->format;
	if (!(own && read_own_order(pattern, s, &m)) && !read_plain(s, &m))
		return false;
	return put_date(out, pattern, &m);
}

/* All the words that a set has, as a vocabulary of single words. */
static bool
same_in_set(const struct keytab *set, struct span s, struct buf *out)
{
	struct lexicon v = {.n = set->n};
	bool found;

	if (set->n == 0)
		return false;
	v.word = mem_alloc(set->n, sizeof *v.word);
	for (size_t i = 0; i < set->n; i++)
		v.word[i] = keytab_key(set, i);
	found = lexicon_same(&v, s, out);
	mem_free(v.word);
	return found;
}

/* Of an enumeration, of a pattern of words, or of a boolean's values. */
static bool
mend_vocabulary(const struct field *f, const struct lexicon *words,
    struct span s, struct buf *out)
{
	for (size_t i = 0; i < f->nconstraint; i++) {
		const struct constraint *c = &f->constraint[i];
		const struct lexicon v = {.word = c->word, .n = c->nword};

		if (c->nword > 0)
			return lexicon_same(&v, s, out);
	}
	if (words != NULL)
		return lexicon_same(words, s, out);
	return same_in_set(&f->truths, s, out) ||
	    same_in_set(&f->untruths, s, out);
}

const struct repair_kind repair_kinds[] = {
    {"trim", true, mend_trim},
    {"unicode-form", true, mend_compose},
    {"decimal-comma", false, mend_decimal_comma},
    {"leading-zero", false, mend_leading_zero},
    {"date-order", false, mend_date_order},
    {"vocabulary", false, mend_vocabulary},
};

const size_t repair_count = sizeof repair_kinds / sizeof repair_kinds[0];
