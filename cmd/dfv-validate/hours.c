#include "hours.h"

#include <stddef.h>
#include <string.h>

/* What is left to be read. Functions named take_… read what they are named
 * after, or leave the reading where it was and give false. */
struct reading {
	struct span all;
	size_t at;
};

static const char *const weekdays[] = {
    "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", NULL};
static const char *const holidays[] = {"PH", "SH", NULL};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL};
static const char *const events[] = {"sunrise", "sunset", "dawn", "dusk", NULL};
static const char *const modifiers[] = {
    "open", "off", "closed", "unknown", NULL};

static char
peek(const struct reading *r)
{
	return r->at < r->all.n ? r->all.p[r->at] : '\0';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether a number that was just read is an hour: minutes follow. */
static bool
in_time(const struct reading *r)
{
	return peek(r) == ':' && r->at + 1 < r->all.n &&
	    is_digit(r->all.p[r->at + 1]);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
skip_spaces(struct reading *r)
{
	while (peek(r) == ' ')
		r->at++;
}

static bool
take(struct reading *r, const char *text)
{
	struct span rest = span_from(r->all, r->at);

	if (!span_starts(rest, span_of(text)))
		return false;
	r->at += strlen(text);
	return true;
}

/* The same with spaces around. */
static bool
take_mark(struct reading *r, const char *text)
{
	size_t start = r->at;

	skip_spaces(r);
	if (!take(r, text)) {
		r->at = start;
		return false;
	}
	skip_spaces(r);
	return true;
}

/* One of some words, which no letter follows. */
static bool
take_word(struct reading *r, const char *const *words)
{
	size_t start = r->at;

	for (; *words != NULL; words++) {
		if (take(r, *words) && !is_letter(peek(r)))
			return true;
		r->at = start;
	}
	return false;
}

/* A number of min to max digits, from low to high. */
static bool
take_number(
    struct reading *r, size_t min, size_t max, unsigned low, unsigned high)
{
	size_t start = r->at;
	unsigned v = 0;

	while (r->at - start < max && is_digit(peek(r)))
		v = v * 10 + (unsigned)(r->all.p[r->at++] - '0');
	if (r->at - start >= min && !is_digit(peek(r)) && v >= low && v <= high)
		return true;
	r->at = start;
	return false;
}

/* Items parted by commas; at least one. */
static bool
take_list(struct reading *r, bool (*item)(struct reading *))
{
	size_t end;

	if (!item(r))
		return false;
	do {
		end = r->at;
	} while (take_mark(r, ",") && item(r));
	r->at = end;
	return true;
}

static bool
take_clock(struct reading *r, unsigned last_hour)
{
	size_t start = r->at;

	if (take_number(r, 1, 2, 0, last_hour) && take(r, ":") &&
	    take_number(r, 2, 2, 0, 59))
		return true;
	r->at = start;
	return false;
}

/* 09:30, sunset, (sunset-01:00); an end may be beyond midnight, to 48:00. */
static bool
take_moment(struct reading *r, unsigned last_hour)
{
	size_t start = r->at;

	if (take_clock(r, last_hour) || take_word(r, events))
		return true;
	if (take(r, "(") && take_word(r, events) &&
	    (take(r, "+") || take(r, "-")) && take_clock(r, 24) && take(r, ")"))
		return true;
	r->at = start;
	return false;
}

/* 09:00-12:30, 09:00+, 09:00-17:00+, 10:00-16:00/01:30, a moment by itself. */
static bool
take_timespan(struct reading *r)
{
	if (!take_moment(r, 24))
		return false;
	if (take_mark(r, "-")) {
		if (!take_moment(r, 48))
			return false;
		if (take_mark(r, "/"))
			return take_clock(r, 24) ||
			    take_number(r, 1, 4, 1, 1440);
	}
	(void)take(r, "+");
	return true;
}

static bool
take_nth(struct reading *r)
{
	(void)take(r, "-");
	if (!take_number(r, 1, 1, 1, 5))
		return false;
	return !take(r, "-") || take_number(r, 1, 1, 1, 5);
}

/* ` +1 day`, ` -2 days` */
static void
take_offset(struct reading *r)
{
	size_t start = r->at;

	skip_spaces(r);
	if ((take(r, "+") || take(r, "-")) && take_number(r, 1, 3, 0, 999)) {
		skip_spaces(r);
		if (take(r, "days") || take(r, "day"))
			return;
	}
	r->at = start;
}

static bool
take_holiday(struct reading *r)
{
	if (!take_word(r, holidays))
		return false;
	take_offset(r);
	return true;
}

/* Mo, Mo-Fr, Th[1,-1], Su[1] +1 day, PH */
static bool
take_weekday(struct reading *r)
{
	if (take_holiday(r))
		return true;
	if (!take_word(r, weekdays))
		return false;
	if (take(r, "[")) {
		if (!take_list(r, take_nth) || !take(r, "]"))
			return false;
		take_offset(r);
		return true;
	}
	return !take_mark(r, "-") || take_word(r, weekdays);
}

/* Dec 25, 2025 Dec 25, easter +1 day, 12 */
static bool
take_date(struct reading *r)
{
	size_t start = r->at, end;

	if (take_number(r, 4, 4, 1900, 2999))
		skip_spaces(r);
	if (take(r, "easter")) {
		take_offset(r);
		return true;
	}
	if (!take_word(r, months)) {
		r->at = start;
		return false;
	}
	end = r->at;
	skip_spaces(r);
	if (!take_number(r, 1, 2, 1, 31) || in_time(r))
		r->at = end;
	take_offset(r);
	return true;
}

/* Jan-Mar, Dec 24-26, Dec 25-Jan 1, Apr+ */
static bool
take_monthday(struct reading *r)
{
	size_t end;

	if (!take_date(r))
		return false;
	end = r->at;
	if (take(r, "+"))
		return true;
	if (take_mark(r, "-")) {
		if (take_date(r))
			return true;
		if (take_number(r, 1, 2, 1, 31) && !in_time(r))
			return true;
	}
	r->at = end;
	return true;
}

/* 2025, 2025-2027, 2025-2031/2, 2025+ */
static bool
take_year(struct reading *r)
{
	size_t start = r->at;

	if (!take_number(r, 4, 4, 1900, 2999))
		return false;
	if (peek(r) == ':') { /* no year, but a time of four digits */
		r->at = start;
		return false;
	}
	if (take(r, "+"))
		return true;
	if (take(r, "-") && !take_number(r, 4, 4, 1900, 2999))
		return false;
	return !take(r, "/") || take_number(r, 1, 4, 1, 9999);
}

static bool
take_week(struct reading *r)
{
	if (!take_number(r, 1, 2, 1, 53))
		return false;
	if (take(r, "-") && !take_number(r, 1, 2, 1, 53))
		return false;
	return !take(r, "/") || take_number(r, 1, 2, 1, 53);
}

static bool
take_comment(struct reading *r)
{
	size_t start = r->at;

	if (take(r, "\"")) {
		while (r->at < r->all.n && peek(r) != '"')
			r->at++;
		if (take(r, "\""))
			return true;
	}
	r->at = start;
	return false;
}

/* Years, months and days, weeks: any of them, in this order. */
static bool
take_wide(struct reading *r)
{
	size_t start = r->at;
	bool any = false;

	/* A year before a month is a part of that date. */
	if (!take_list(r, take_monthday)) {
		if (take_list(r, take_year)) {
			any = true;
			skip_spaces(r);
		}
	} else {
		any = true;
		skip_spaces(r);
	}
	if (any)
		(void)take_list(r, take_monthday);
	skip_spaces(r);
	if (take(r, "week")) {
		skip_spaces(r);
		if (!take_list(r, take_week)) {
			r->at = start;
			return false;
		}
		any = true;
	} else if (!any && take_comment(r)) {
		any = peek(r) == ':';
	}
	if (!any) {
		r->at = start;
		return false;
	}
	(void)take_mark(r, ":");
	return true;
}

/* Mo-Fr,PH; and those of holidays: SH Mo-Fr */
static bool
take_days(struct reading *r)
{
	size_t start = r->at;

	if (take_list(r, take_holiday) && take(r, " ") &&
	    take_list(r, take_weekday))
		return true;
	r->at = start;
	return take_list(r, take_weekday);
}

/* Days, then times. */
static bool
take_small(struct reading *r)
{
	bool any = take_days(r);

	skip_spaces(r);
	if (any && peek(r) == ':')
		r->at++;
	skip_spaces(r);
	return take_list(r, take_timespan) || any;
}

/* When, then whether: at least one of them. */
static bool
take_rule(struct reading *r)
{
	bool any = take(r, "24/7");

	if (!any)
		any = take_wide(r);
	skip_spaces(r);
	any |= take_small(r);
	skip_spaces(r);
	any |= take_word(r, modifiers);
	skip_spaces(r);
	any |= take_comment(r);
	skip_spaces(r);
	return any;
}

bool
hours_valid(struct span s, size_t *at)
{
	struct reading r = {s, 0};
	bool good;

	skip_spaces(&r);
	do {
		good = take_rule(&r);
	} while (good &&
	    (take_mark(&r, ";") || take_mark(&r, "||") || take_mark(&r, ",")) &&
	    r.at < s.n);
	*at = r.at;
	return good && r.at == s.n;
}
