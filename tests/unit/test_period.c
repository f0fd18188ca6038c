/*
 * link: cmd/dfv-stats/period.c
 */
#include "period.h"
#include "unit.h"

enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

static const enum date_period kinds[] = {
    DATE_WEEK, DATE_MONTH, DATE_QUARTER, DATE_YEAR};

/* Over all days there are: a period is that of the day before, or the next
 * one; its name is the one date_format() gives, and reads back as it. */
static bool
all_days(enum date_period kind)
{
	struct buf name = {NULL, 0, 0}, want = {NULL, 0, 0};
	int before = period_of((struct date){FIRST_DAY}, kind) - 1, p, back;
	bool good = true;

	for (int day = FIRST_DAY; day <= LAST_DAY && good; day++) {
		p = period_of((struct date){day}, kind);
		if (p == before)
			continue;
		buf_reset(&name);
		buf_reset(&want);
		period_format(&name, p, kind);
		date_format(&want, (struct date){day}, kind);
		good = p == before + 1 &&
		    span_eq(buf_span(&name), buf_span(&want)) &&
		    period_parse(buf_span(&name), kind, &back) && back == p;
		before = p;
	}
	buf_release(&name);
	buf_release(&want);
	return good;
}

static bool
last_is(const char *as_of, enum date_period kind, const char *want)
{
	struct buf b = {NULL, 0, 0};
	struct date d;
	bool same;

	if (!date_parse(span_of(as_of), &d))
		return false;
	period_format(&b, period_last(d, kind), kind);
	same = span_eq(buf_span(&b), span_of(want));
	buf_release(&b);
	return same;
}

/* want NULL: there is none. */
static bool
year_ago_is(const char *name, enum date_period kind, const char *want)
{
	struct buf b = {NULL, 0, 0};
	int p;
	bool has, same;

	if (!period_parse(span_of(name), kind, &p))
		return false;
	has = period_year_ago(p, kind, &p);
	if (has)
		period_format(&b, p, kind);
	same = has ? want != NULL && span_eq(buf_span(&b), span_of(want))
		   : want == NULL;
	buf_release(&b);
	return same;
}

static bool
refused(const char *name, enum date_period kind)
{
	int p;

	return !period_parse(span_of(name), kind, &p);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		unit_check(all_days(kinds[i]),
		    "period: every day is in a period of its name, one after another");
	unit_check(last_is("2025-11-16", DATE_WEEK, "2025-W46") &&
		last_is("2025-11-15", DATE_WEEK, "2025-W45") &&
		last_is("2025-11-30", DATE_MONTH, "2025-11") &&
		last_is("2025-11-29", DATE_MONTH, "2025-10") &&
		last_is("2024-02-28", DATE_MONTH, "2024-01") &&
		last_is("2025-09-30", DATE_QUARTER, "2025-Q3") &&
		last_is("2025-12-30", DATE_YEAR, "2024") &&
		last_is("2025-12-31", DATE_YEAR, "2025"),
	    "period: a period is over when its last day ends");
	unit_check(year_ago_is("2021-W01", DATE_WEEK, "2020-W01") &&
		year_ago_is("2021-W52", DATE_WEEK, "2020-W52") &&
		year_ago_is("2024-02", DATE_MONTH, "2023-02") &&
		year_ago_is("2024-Q1", DATE_QUARTER, "2023-Q1") &&
		year_ago_is("2024", DATE_YEAR, "2023"),
	    "period: the year before has a period of the same name");
	unit_check(year_ago_is("2020-W53", DATE_WEEK, NULL) &&
		year_ago_is("2026-W53", DATE_WEEK, NULL),
	    "period: a week 53 has none where the year before is of 52 weeks");
	unit_check(refused("", DATE_WEEK) && refused("2025-W00", DATE_WEEK) &&
		refused("2025-W53", DATE_WEEK) &&
		refused("2025-W461", DATE_WEEK) &&
		refused("2025-46", DATE_WEEK) &&
		refused("2025-13", DATE_MONTH) &&
		refused("2025-Q5", DATE_QUARTER) &&
		refused("2025-1", DATE_YEAR) && refused("abcd", DATE_YEAR),
	    "period: what is no period's name is refused");
	return unit_done();
}
