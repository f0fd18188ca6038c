#include "moment.h"

#include <stdint.h>
#include <string.h>

#include "date.h"

enum { MAX_NESTING = 2 }; /* %T stands for a pattern, never for itself */

static const int ten_to[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/* min to max digits at the start of *s. */
static bool
take_digits(struct span *s, size_t min, size_t max, int *value, size_t *used)
{
	size_t n = 0;
	int v = 0;

	while (n < max && n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (s->p[n++] - '0');
	if (n < min)
		return false;
	*value = v;
	*s = span_from(*s, n);
	if (used != NULL)
		*used = n;
	return true;
}

static bool
take_range(struct span *s, size_t min_digits, int low, int high, int *value)
{
	return take_digits(s, min_digits, 2, value, NULL) && *value >= low &&
	    *value <= high;
}

static bool
take_char(struct span *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = span_from(*s, 1);
	return true;
}

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Bytes that have capitals (é and É differ in their last byte only) are taken
 * as equal when they differ by that bit. */
static bool
same_letter(char a, char b)
{
	return lower(a) == lower(b) ||
	    ((a & 0x80) != 0 && (a | 0x20) == (b | 0x20));
}

static bool
take_word(struct span *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!same_letter(s->p[i], word[i]))
			return false;
	*s = span_from(*s, n);
	return true;
}

/* One of the names of a thing, which end with NULL; where one begins another,
 * the longer one is listed first. */
static bool
take_name(struct span *s, const char *const *name)
{
	for (; *name != NULL; name++)
		if (take_word(s, *name))
			return true;
	return false;
}

static bool
take_month(struct span *s, int *month)
{
	static const char *const names[12][6] = {
	    {"january", "janvier", "janv.", "jan"},
	    {"february", "février", "févr.", "feb"},
	    {"march", "mars", "mar"},
	    {"april", "avril", "avr.", "apr"},
	    {"may", "mai"},
	    {"june", "juin", "jun"},
	    {"july", "juillet", "juil.", "jul"},
	    {"august", "août", "aug"},
	    {"september", "septembre", "sept.", "sept", "sep"},
	    {"october", "octobre", "oct.", "oct"},
	    {"november", "novembre", "nov.", "nov"},
	    {"december", "décembre", "déc.", "dec"},
	};

	for (int i = 0; i < 12; i++)
		if (take_name(s, names[i])) {
			*month = i + 1;
			return true;
		}
	return false;
}

static bool
take_weekday(struct span *s)
{
	static const char *const names[7][5] = {
	    {"monday", "lundi", "lun.", "mon"},
	    {"tuesday", "mardi", "mar.", "tue"},
	    {"wednesday", "mercredi", "mer.", "wed"},
	    {"thursday", "jeudi", "jeu.", "thu"},
	    {"friday", "vendredi", "ven.", "fri"},
	    {"saturday", "samedi", "sam.", "sat"},
	    {"sunday", "dimanche", "dim.", "sun"},
	};

	for (int i = 0; i < 7; i++)
		if (take_name(s, names[i]))
			return true;
	return false;
}

/* Z, +02:00, +0200 or +02. */
static bool
take_zone(struct span *s, int *offset_min)
{
	int sign = s->n > 0 && s->p[0] == '-' ? -1 : 1, hours, minutes = 0;

	if (take_char(s, 'Z')) {
		*offset_min = 0;
		return true;
	}
	if (!take_char(s, '+') && !take_char(s, '-'))
		return false;
	if (!take_range(s, 2, 0, 14, &hours))
		return false;
	if (take_char(s, ':')) {
		if (!take_range(s, 2, 0, 59, &minutes))
			return false;
	} else if (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9' &&
	    !take_range(s, 2, 0, 59, &minutes)) {
		return false;
	}
	*offset_min = sign * (hours * 60 + minutes);
	return true;
}

static bool
take_letters(struct span *s)
{
	size_t n = 0;

	while (n < s->n && lower(s->p[n]) >= 'a' && lower(s->p[n]) <= 'z')
		n++;
	*s = span_from(*s, n);
	return n > 0;
}

static bool
take_micro(struct span *s, int *micro)
{
	size_t used;

	if (!take_digits(s, 1, 6, micro, &used))
		return false;
	*micro *= ten_to[6 - used];
	return true;
}

/* What the directives leave to be settled together. */
struct reading {
	struct span rest;
	struct moment *m;
	bool half_day; /* %p was there */
	bool after_noon;
	int day_of_year; /* 0: none */
};

static bool
take_year_of_century(struct span *s, int *year)
{
	if (!take_digits(s, 2, 2, year, NULL))
		return false;
	*year += *year < 69 ? 2000 : 1900;
	return true;
}

static bool
take_half_day(struct reading *r)
{
	r->half_day = true;
	r->after_noon = take_word(&r->rest, "pm");
	return r->after_noon || take_word(&r->rest, "am");
}

/* What a directive that abbreviates others stands for, or NULL. */
static const char *
pattern_of(char directive)
{
	switch (directive) {
	case 'F':
		return "%Y-%m-%d";
	case 'D':
		return "%m/%d/%y";
	case 'T':
		return "%H:%M:%S";
	case 'R':
		return "%H:%M";
	default:
		return NULL;
	}
}

static bool
take_directive(struct reading *r, char directive)
{
	struct span *s = &r->rest;
	struct moment *m = r->m;

	switch (directive) {
	case 'Y':
		return take_digits(s, 4, 4, &m->year, NULL);
	case 'y':
		return take_year_of_century(s, &m->year);
	case 'm':
		return take_range(s, 1, 1, 12, &m->month);
	case 'b':
	case 'B':
		return take_month(s, &m->month);
	case 'e':
	case 'd':
		return take_range(s, 1, 1, 31, &m->day);
	case 'j':
		return take_digits(s, 1, 3, &r->day_of_year, NULL) &&
		    r->day_of_year >= 1;
	case 'a':
	case 'A':
		return take_weekday(s);
	case 'H':
		return take_range(s, 1, 0, 23, &m->hour);
	case 'I':
		return take_range(s, 1, 1, 12, &m->hour);
	case 'M':
		return take_range(s, 1, 0, 59, &m->minute);
	case 'S':
		return take_range(s, 1, 0, 60, &m->second);
	case 'f':
		return take_micro(s, &m->micro);
	case 'p':
		return take_half_day(r);
	case 'z':
		return take_zone(s, &m->offset_min);
	case 'Z':
		return take_letters(s);
	case '%':
		return take_char(s, '%');
	default:
		return false;
	}
}

static bool
take_pattern(struct reading *r, struct span pattern, int nesting)
{
	while (pattern.n > 0) {
		char c = pattern.p[0];
		const char *stands_for;

		pattern = span_from(pattern, 1);
		if (c != '%') {
			if (!take_char(&r->rest, c))
				return false;
			continue;
		}
		if (pattern.n == 0)
			return false;
		c = pattern.p[0];
		pattern = span_from(pattern, 1);
		stands_for = pattern_of(c);
		if (stands_for == NULL ? !take_directive(r, c)
				       : nesting == MAX_NESTING ||
			    !take_pattern(r, span_of(stands_for), nesting + 1))
			return false;
	}
	return true;
}

static bool
is_day(const struct moment *m)
{
	struct date d;

	return date_from_ymd(m->year, m->month, m->day, &d);
}

static bool
set_day_of_year(struct moment *m, int day_of_year)
{
	struct date d;
	int year;

	if (!date_from_ymd(m->year, 1, 1, &d))
		return false;
	d.days += day_of_year - 1;
	date_to_ymd(d, &year, &m->month, &m->day);
	return year == m->year;
}

bool
moment_parse(struct span pattern, struct span text, struct moment *m)
{
	struct reading r = {.rest = text, .m = m};

	*m = MOMENT_EMPTY;
	if (!take_pattern(&r, pattern, 0) || r.rest.n > 0)
		return false;
	if (r.half_day)
		m->hour = m->hour % 12 + (r.after_noon ? 12 : 0);
	if (r.day_of_year > 0)
		return set_day_of_year(m, r.day_of_year);
	return is_day(m);
}

bool
moment_pattern(struct span pattern, struct span *bad)
{
	static const char known[] = "YymbBedjaAHIMSfpzZ%FDTR";

	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] != '%')
			continue;
		if (i + 1 < pattern.n && pattern.p[i + 1] != '\0' &&
		    strchr(known, pattern.p[i + 1]) != NULL) {
			i++;
			continue;
		}
		*bad = span_make(pattern.p + i, i + 1 < pattern.n ? 2 : 1);
		return false;
	}
	return true;
}

static bool
take_iso_time(struct span *s, struct moment *m)
{
	size_t used;

	if (!take_range(s, 2, 0, 23, &m->hour) || !take_char(s, ':') ||
	    !take_range(s, 2, 0, 59, &m->minute) || !take_char(s, ':') ||
	    !take_range(s, 2, 0, 60, &m->second))
		return false;
	if (take_char(s, '.')) {
		if (!take_digits(s, 1, 6, &m->micro, &used))
			return false;
		m->micro *= ten_to[6 - used];
		while (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9')
			*s = span_from(*s, 1);
	}
	return s->n == 0 || take_zone(s, &m->offset_min);
}

bool
moment_iso_time(struct span s, struct moment *m)
{
	*m = MOMENT_EMPTY;
	return take_iso_time(&s, m) && s.n == 0;
}

bool
moment_iso(struct span s, bool loose, struct moment *m)
{
	*m = MOMENT_EMPTY;
	if (!take_digits(&s, 4, 4, &m->year, NULL) || !take_char(&s, '-') ||
	    !take_range(&s, 2, 1, 12, &m->month) || !take_char(&s, '-') ||
	    !take_range(&s, 2, 1, 31, &m->day) || !is_day(m))
		return false;
	if (!take_char(&s, 'T') && !(loose && take_char(&s, ' ')))
		return false;
	return take_iso_time(&s, m) && s.n == 0;
}

struct number
moment_order(const struct moment *m)
{
	struct date d = {0};
	int64_t seconds;

	date_from_ymd(m->year, m->month, m->day, &d);
	seconds = (int64_t)d.days * 86400 + m->hour * 3600 + m->minute * 60 +
	    m->second - m->offset_min * 60;
	return (struct number){
	    .exact = true, .scale = 6, .mant = seconds * 1000000 + m->micro};
}
