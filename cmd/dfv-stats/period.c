#include "period.h"

enum { DAYS = 7, MONTHS = 12, QUARTERS = 4, THURSDAY = 3 };

static int
floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

/* 1970-01-01 is a Thursday: its week is 0. */
static int
week_of(struct date d)
{
	return floor_div(d.days + THURSDAY, DAYS);
}

static struct date
week_monday(int week)
{
	return (struct date){week * DAYS - THURSDAY};
}

int
period_of(struct date d, enum date_period kind)
{
	int year, month, day;

	date_to_ymd(d, &year, &month, &day);
	switch (kind) {
	case DATE_WEEK:
		return week_of(d);
	case DATE_MONTH:
		return year * MONTHS + month - 1;
	case DATE_QUARTER:
		return year * QUARTERS + (month - 1) / 3;
	case DATE_YEAR:
		return year;
	case DATE_DAY:
		break;
	}
	return d.days;
}

/* A day of the period: its first. */
static struct date
period_day(int p, enum date_period kind)
{
	struct date d = {p};

	switch (kind) {
	case DATE_WEEK:
		return week_monday(p);
	case DATE_MONTH:
		date_from_ymd(p / MONTHS, p % MONTHS + 1, 1, &d);
		break;
	case DATE_QUARTER:
		date_from_ymd(p / QUARTERS, p % QUARTERS * 3 + 1, 1, &d);
		break;
	case DATE_YEAR:
		date_from_ymd(p, 1, 1, &d);
		break;
	case DATE_DAY:
		break;
	}
	return d;
}

/* n digits at s[at], or -1. */
static int
digits(struct span s, size_t at, size_t n)
{
	int v = 0;

	if (at + n > s.n)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return -1;
		v = v * 10 + (s.p[i] - '0');
	}
	return v;
}

/* The fourth of January is always in week 1. */
static bool
week_named(int year, int week, int *out)
{
	struct date d;
	int y, w;

	if (!date_from_ymd(year, 1, 4, &d))
		return false;
	*out = week_of(d) + week - 1;
	date_to_week(week_monday(*out), &y, &w);
	return y == year && w == week;
}

bool
period_parse(struct span s, enum date_period kind, int *out)
{
	static const struct {
		struct span sign;
		size_t ndigit;
	} tails[] = {
	    [DATE_WEEK] = {{"-W", 2}, 2},
	    [DATE_MONTH] = {{"-", 1}, 2},
	    [DATE_QUARTER] = {{"-Q", 2}, 1},
	    [DATE_YEAR] = {{"", 0}, 0},
	};
	struct span sign = tails[kind].sign;
	int year = digits(s, 0, 4);
	int part = digits(s, 4 + sign.n, tails[kind].ndigit);
	struct date d;

	if (year < 0 || part < 0 || s.n != 4 + sign.n + tails[kind].ndigit ||
	    !span_starts(span_from(s, 4), sign))
		return false;
	if (kind == DATE_WEEK)
		return week_named(year, part, out);
	if (kind == DATE_QUARTER)
		part = part * 3 - 2;
	if (!date_from_ymd(year, kind == DATE_YEAR ? 1 : part, 1, &d))
		return false;
	*out = period_of(d, kind);
	return true;
}

void
period_format(struct buf *b, int p, enum date_period kind)
{
	date_format(b, period_day(p, kind), kind);
}

int
period_last(struct date d, enum date_period kind)
{
	int p = period_of(d, kind);

	return period_of((struct date){d.days + 1}, kind) == p ? p - 1 : p;
}

bool
period_year_ago(int p, enum date_period kind, int *out)
{
	int year, week;

	switch (kind) {
	case DATE_WEEK:
		date_to_week(week_monday(p), &year, &week);
		return week_named(year - 1, week, out);
	case DATE_MONTH:
		*out = p - MONTHS;
		break;
	case DATE_QUARTER:
		*out = p - QUARTERS;
		break;
	default:
		*out = p - 1;
	}
	return true;
}
