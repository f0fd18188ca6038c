/* link: cmd/dfv-stats/timeline.c */
#include "timeline.h"
#include "unit.h"

static struct buf out;

static bool
is_moment(const char *text, enum date_period kind)
{
	struct moment m;

	return moment_parse(span_of(text), &m) && m.kind == kind;
}

static bool
is_none(const char *text)
{
	struct moment m;

	return !moment_parse(span_of(text), &m);
}

static bool
follows(const char *before, const char *after)
{
	struct moment a, b;

	return moment_parse(span_of(before), &a) &&
	    moment_parse(span_of(after), &b) && b.place == a.place + 1;
}

static bool
is_called(const char *text, const char *want)
{
	buf_reset(&out);
	moment_put(&out, span_of(text));
	return span_eq(buf_span(&out), span_of(want));
}

int
main(void)
{
	unit_check(is_moment("2025-11-10", DATE_DAY) &&
		is_moment("2025-W46", DATE_WEEK) &&
		is_moment("2025-11", DATE_MONTH) &&
		is_moment("2025-Q4", DATE_QUARTER) &&
		is_moment("2025", DATE_YEAR),
	    "timeline: the periods of dates");
	unit_check(is_none("2025-02-29") && is_none("2025-W53") &&
		is_none("2025-W00") && is_none("2025-13") &&
		is_none("2025-00") && is_none("2025-Q5") && is_none("0000") &&
		is_none("") && is_none("20") && is_none("2025-") &&
		is_none("2025-W4") && is_none("2025-1x") && is_none("20255"),
	    "timeline: what is none");
	unit_check(follows("2025-02-28", "2025-03-01") &&
		follows("2020-W53", "2021-W01") &&
		follows("2024-W52", "2025-W01") &&
		follows("2025-12", "2026-01") &&
		follows("2025-Q4", "2026-Q1") && follows("1999", "2000") &&
		follows("0001-W01", "0001-W02"),
	    "timeline: each is one more than the one before it");
	unit_check(is_called("2025-11-01", "1er\u00a0nov.\u00a02025") &&
		is_called("2025-08-10", "10\u00a0août\u00a02025") &&
		is_called("2025-W06", "S06\u00a02025") &&
		is_called("2025-05", "mai\u00a02025") &&
		is_called("2025-Q4", "T4\u00a02025") &&
		is_called("2025", "2025"),
	    "timeline: what French readers call them");
	unit_check(timeline_is_year(SPAN("debut_year")) &&
		timeline_is_year(SPAN("annee")) &&
		!timeline_is_year(SPAN("code")),
	    "timeline: four digits are years by the column's name");
	buf_release(&out);
	return unit_done();
}
