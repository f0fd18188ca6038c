#include "type.h"

#include "date.h"
#include "moment.h"
#include "schema.h"

/* The mean month of the Gregorian calendar, to order durations by. */
enum { MONTH_S = 2629746, DAY_S = 86400, MAX_UNITS = 1000000000 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
put_order(struct number *order, struct number value)
{
	if (order != NULL)
		*order = value;
}

static void
put_days(struct number *order, struct date d)
{
	put_order(order, number_int((int64_t)d.days * DAY_S));
}

bool
type_date(const struct field *f, struct span s, struct number *order)
{
	struct date d;

	(void)f;
	if (!date_parse(s, &d))
		return false;
	put_days(order, d);
	return true;
}

/* Tries patterns in turn: the first that reads the text counts. */
static bool
any_pattern(const char *const *pattern, struct span s, struct number *order)
{
	struct moment m;

	for (; *pattern != NULL; pattern++)
		if (moment_parse(span_of(*pattern), s, &m)) {
			put_order(order, moment_order(&m));
			return true;
		}
	return false;
}

/* The ways to write a date that a Frenchman or a spreadsheet has; a day comes
 * before its month. */
bool
type_date_any(const struct field *f, struct span s, struct number *order)
{
	static const char *const patterns[] = {"%Y-%m-%d", "%d/%m/%Y",
	    "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d/%m/%y",
	    "%d %B %Y", "%A %d %B %Y", NULL};

	(void)f;
	return any_pattern(patterns, s, order);
}

static bool
by_pattern(const struct field *f, struct span s, struct number *order)
{
	struct moment m;

	if (!moment_parse(f->format, s, &m))
		return false;
	put_order(order, moment_order(&m));
	return true;
}

bool
type_date_pattern(const struct field *f, struct span s, struct number *order)
{
	return by_pattern(f, s, order);
}

bool
type_time_pattern(const struct field *f, struct span s, struct number *order)
{
	return by_pattern(f, s, order);
}

bool
type_datetime_pattern(
    const struct field *f, struct span s, struct number *order)
{
	return by_pattern(f, s, order);
}

bool
type_time(const struct field *f, struct span s, struct number *order)
{
	static const char *const shorter[] = {
	    "%H:%M", "%Hh%M", "%I:%M %p", "%I:%M:%S %p", NULL};
	struct moment m;

	if (moment_iso_time(s, &m)) {
		put_order(order, moment_order(&m));
		return true;
	}
	return span_eq(f->format, SPAN("any")) &&
	    any_pattern(shorter, s, order);
}

bool
type_datetime(const struct field *f, struct span s, struct number *order)
{
	struct moment m;

	(void)f;
	if (!moment_iso(s, false, &m))
		return false;
	put_order(order, moment_order(&m));
	return true;
}

bool
type_datetime_any(const struct field *f, struct span s, struct number *order)
{
	static const char *const patterns[] = {"%d/%m/%Y %H:%M:%S",
	    "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M",
	    "%Y/%m/%d %H:%M:%S", "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", NULL};
	struct moment m;

	(void)f;
	if (!moment_iso(s, true, &m))
		return any_pattern(patterns, s, order);
	put_order(order, moment_order(&m));
	return true;
}

bool
type_year(const struct field *f, struct span s, struct number *order)
{
	struct span digits = s;
	struct number number;

	(void)f;
	if (digits.n > 0 && digits.p[0] == '-')
		digits = span_from(digits, 1);
	if (digits.n < 4 || digits.n > 9 || (digits.n > 4 && *digits.p == '0'))
		return false;
	for (size_t i = 0; i < digits.n; i++)
		if (!is_digit(digits.p[i]))
			return false;
	return number_parse(s, false, order == NULL ? &number : order);
}

bool
type_yearmonth(const struct field *f, struct span s, struct number *order)
{
	struct moment m;

	(void)f;
	if (s.n != 7 || !moment_parse(SPAN("%Y-%m"), s, &m))
		return false;
	put_order(order, number_int(m.year * 12 + m.month - 1));
	return true;
}

/* One `12M` or, for seconds, `1.5S`: how many thousandths of its unit. */
static bool
take_amount(struct span *s, int64_t *thousandths, char *unit)
{
	int64_t v = 0;
	size_t at = 0, places = 0;
	bool point = false;

	for (; at < s->n; at++) {
		if (is_digit(s->p[at])) {
			if (v > MAX_UNITS)
				return false;
			if (!point || places < 3) {
				v = v * 10 + (s->p[at] - '0');
				places += point;
			}
		} else if (s->p[at] == '.' && !point && at > 0) {
			point = true;
		} else {
			break;
		}
	}
	if (at == 0 || at == s->n || s->p[at - 1] == '.')
		return false;
	for (; places < 3; places++)
		v *= 10;
	*unit = s->p[at];
	*thousandths = v;
	*s = span_from(*s, at + 1);
	return !point || *unit == 'S';
}

static int64_t
unit_seconds(char unit, bool of_day)
{
	switch (unit) {
	case 'Y':
		return 12 * MONTH_S;
	case 'M':
		return of_day ? 60 : MONTH_S;
	case 'W':
		return 7 * DAY_S;
	case 'D':
		return DAY_S;
	case 'H':
		return 3600;
	default:
		return 1;
	}
}

/* ISO 8601: units in this order, each at most once, those of the day behind T. */
bool
type_duration(const struct field *f, struct span s, struct number *order)
{
	const char *units = "YMWD";
	bool minus = s.n > 0 && s.p[0] == '-', of_day = false, any = false;
	double seconds = 0;

	(void)f;
	if (minus)
		s = span_from(s, 1);
	if (s.n == 0 || s.p[0] != 'P')
		return false;
	s = span_from(s, 1);
	while (s.n > 0) {
		const char *at;
		int64_t amount;
		char unit;

		if (s.p[0] == 'T' && !of_day) {
			of_day = true;
			any = false;
			units = "HMS";
			s = span_from(s, 1);
			continue;
		}
		if (!take_amount(&s, &amount, &unit) || unit == '\0')
			return false;
		at = strchr(units, unit);
		if (at == NULL)
			return false;
		units = at + 1;
		any = true;
		seconds +=
		    (double)amount / 1000 * (double)unit_seconds(unit, of_day);
	}
	put_order(order, number_real(minus ? -seconds : seconds));
	return any;
}
