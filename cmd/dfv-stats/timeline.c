#include "timeline.h"

enum { YEAR_DIGITS = 4, MONTHS = 12, QUARTERS = 4 };

static bool
digits_parse(struct span s, int *v)
{
	*v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*v = *v * 10 + (s.p[i] - '0');
	}
	return s.n > 0;
}

/* The week of the ISO year that begins near 4 January, which is in week 1. */
static bool
week_parse(int year, int week, long *place)
{
	struct date d;
	int y, w;

	if (!date_from_ymd(year, 1, 4, &d))
		return false;
	d.days += 7 * (week - 1);
	date_to_week(d, &y, &w);
	/* Counted from a Monday before the year 1. */
	*place = (d.days + 719169L) / 7;
	return y == year && w == week;
}

/* What stands behind the year: "-W46", "-11", "-Q4". */
static bool
rest_parse(struct span rest, int year, struct moment *m)
{
	struct span digits = span_from(rest, rest.n < 2 ? rest.n : 2);
	int n;

	if (rest.n == 3 && digits_parse(span_from(rest, 1), &n)) {
		*m = (struct moment){DATE_MONTH, (long)year * MONTHS + n - 1};
		return n >= 1 && n <= MONTHS;
	}
	if (!digits_parse(digits, &n))
		return false;
	if (rest.n == 3 && rest.p[1] == 'Q') {
		*m = (struct moment){
		    DATE_QUARTER, (long)year * QUARTERS + n - 1};
		return n >= 1 && n <= QUARTERS;
	}
	m->kind = DATE_WEEK;
	return rest.n == 4 && rest.p[1] == 'W' &&
	    week_parse(year, n, &m->place);
}

bool
moment_parse(struct span s, struct moment *m)
{
	struct date d;
	int year;

	if (date_parse(s, &d)) {
		*m = (struct moment){DATE_DAY, d.days};
		return true;
	}
	if (s.n < YEAR_DIGITS ||
	    !digits_parse(span_make(s.p, YEAR_DIGITS), &year) || year == 0)
		return false;
	*m = (struct moment){DATE_YEAR, year};
	s = span_from(s, YEAR_DIGITS);
	return s.n == 0 || (s.p[0] == '-' && rest_parse(s, year, m));
}

static void
put_month(struct buf *b, int month)
{
	static const char *const names[] = {"janv.", "févr.", "mars", "avr.",
	    "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."};

	buf_printf(b, "%s\xC2\xA0", names[month - 1]);
}

bool
moment_put(struct buf *b, struct span text)
{
	struct moment m;
	int year, month, day;

	if (!moment_parse(text, &m))
		return false;
	if (m.kind == DATE_DAY) {
		date_to_ymd(
		    (struct date){(int32_t)m.place}, &year, &month, &day);
		buf_printf(b, "%d%s\xC2\xA0", day, day == 1 ? "er" : "");
		put_month(b, month);
	}
	if (m.kind == DATE_MONTH)
		put_month(b, (int)(m.place % MONTHS) + 1);
	if (m.kind == DATE_WEEK)
		buf_printf(b, "S%.2s\xC2\xA0", text.p + 6);
	if (m.kind == DATE_QUARTER)
		buf_printf(b, "T%.1s\xC2\xA0", text.p + 6);
	buf_add(b, span_make(text.p, YEAR_DIGITS));
	return true;
}

static bool
ends_with(struct span s, struct span end)
{
	return s.n >= end.n && span_eq(span_from(s, s.n - end.n), end);
}

bool
timeline_is_year(struct span name)
{
	static const struct span words[] = {
	    {"year", 4}, {"annee", 5}, {"année", 6}, {"periode", 7}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (ends_with(name, words[i]))
			return true;
	return false;
}
