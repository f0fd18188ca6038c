#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "date.h"
#include "span.h"
#include "unit.h"

enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

static bool
prints(const char *date, enum date_period period, const char *want)
{
	struct buf b = {NULL, 0, 0};
	struct date d;
	bool same;

	if (!date_parse(span_of(date), &d))
		return false;
	date_format(&b, d, period);
	same = span_eq(buf_span(&b), span_of(want));
	if (!same)
		printf("# %s gives %.*s\n", date, (int)b.n, b.p);
	buf_release(&b);
	return same;
}

static bool
days_of(const char *date, int32_t days)
{
	struct date d;

	return date_parse(span_of(date), &d) && d.days == days;
}

/* Every day there is, printed, read, and counted on by a plain calendar. */
static bool
all_days(void)
{
	static const int length[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	struct buf b = {NULL, 0, 0};
	int y = 1, m = 1, d = 1, year, month, day;
	struct date date, back;
	bool good = true, leap;

	for (date.days = FIRST_DAY; good && date.days <= LAST_DAY;
	     date.days++) {
		date_to_ymd(date, &year, &month, &day);
		buf_reset(&b);
		date_format(&b, date, DATE_DAY);
		good = year == y && month == m && day == d &&
		    date_parse(buf_span(&b), &back) && back.days == date.days;
		leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		if (++d > length[m - 1] + (m == 2 && leap)) {
			d = 1;
			m = m % 12 + 1;
			y += m == 1;
		}
	}
	buf_release(&b);
	return good && y == 10000;
}

/* Weeks are of seven days and count on by one, but to 1 in a new year. */
static bool
all_weeks(void)
{
	int year = 1, week = 1, y, w;
	struct date date;

	for (date.days = FIRST_DAY; date.days <= LAST_DAY; date.days++) {
		date_to_week(date, &y, &w);
		if ((date.days - FIRST_DAY) % 7 == 0 && date.days > FIRST_DAY) {
			if (w != week + 1 &&
			    (w != 1 || y != year + 1 || week < 52))
				return false;
			year = y;
			week = w;
		}
		if (y != year || w != week || w > 53)
			return false;
	}
	return true;
}

static const char *const not_dates[] = {
    "",
    "2025",
    "2025-11",
    "2025-11-1",
    "2025-11-100",
    "2025-11-10 ",
    "2025-11-10T10:00:00Z",
    "2025-11-10 10:00",
    "10/11/2025",
    "2025/11/10",
    "20251110",
    "2025-13-01",
    "2025-00-01",
    "2025-01-00",
    "2025-01-32",
    "2025-04-31",
    "2025-02-29",
    "1900-02-29",
    "0000-01-01",
    "-025-01-01",
    "2025-1a-01",
    "2025-W46-1",
    "+025-01-01",
    "2025-11-\xD9\xA1",
    NULL,
};

static bool
none_is_date(void)
{
	struct date d;
	int i;

	for (i = 0; not_dates[i] != NULL; i++) {
		if (date_parse(span_of(not_dates[i]), &d)) {
			printf("# %s\n", not_dates[i]);
			return false;
		}
	}
	return true;
}

static bool
period_is(const char *name, enum date_period want)
{
	enum date_period got;

	return date_period_parse(span_of(name), &got) && got == want;
}

int
main(void)
{
	enum date_period period;
	struct date d;

	unit_check(days_of("1970-01-01", 0) && days_of("2000-03-01", 11017) &&
		days_of("1969-12-31", -1) && days_of("0001-01-01", FIRST_DAY) &&
		days_of("9999-12-31", LAST_DAY) && days_of("2024-02-29", 19782),
	    "date: days are counted from 1970");
	unit_check(none_is_date(), "date: what is not a date is refused");
	unit_check(!date_from_ymd(2025, 2, 29, &d) &&
		!date_from_ymd(10000, 1, 1, &d) &&
		!date_from_ymd(0, 1, 1, &d) &&
		!date_from_ymd(2025, -1, 1, &d) &&
		date_from_ymd(2000, 2, 29, &d),
	    "date: a day that is not in the calendar is refused");
	unit_check(all_days(), "date: every day of 9999 years reads back");
	unit_check(
	    all_weeks(), "date: every week of 9999 years has seven days");
	/* The examples of ISO 8601's week dates. */
	unit_check(prints("2005-01-01", DATE_WEEK, "2004-W53") &&
		prints("2005-01-02", DATE_WEEK, "2004-W53") &&
		prints("2005-12-31", DATE_WEEK, "2005-W52") &&
		prints("2007-01-01", DATE_WEEK, "2007-W01") &&
		prints("2008-12-29", DATE_WEEK, "2009-W01") &&
		prints("2010-01-03", DATE_WEEK, "2009-W53") &&
		prints("2025-11-10", DATE_WEEK, "2025-W46"),
	    "date: a week belongs to the year of its Thursday");
	unit_check(prints("2025-11-10", DATE_DAY, "2025-11-10") &&
		prints("2025-11-10", DATE_MONTH, "2025-11") &&
		prints("2025-11-10", DATE_QUARTER, "2025-Q4") &&
		prints("2025-03-31", DATE_QUARTER, "2025-Q1") &&
		prints("2025-04-01", DATE_QUARTER, "2025-Q2") &&
		prints("0987-01-01", DATE_YEAR, "0987"),
	    "date: periods are printed");
	unit_check(period_is("day", DATE_DAY) && period_is("week", DATE_WEEK) &&
		period_is("month", DATE_MONTH) &&
		period_is("quarter", DATE_QUARTER) &&
		period_is("year", DATE_YEAR) &&
		!date_period_parse(SPAN("weeks"), &period) &&
		!date_period_parse(SPAN(""), &period) &&
		!date_period_parse(SPAN("Week"), &period),
	    "date: periods have names");
	return unit_done();
}
