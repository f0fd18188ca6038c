#include "date.h"

enum { MONTHS = 12, DAYS_PER_WEEK = 7 };

static bool
leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
month_days(int year, int month)
{
	static const char days[1 + MONTHS] = {
	    0,
	    31,
	    28,
	    31,
	    30,
	    31,
	    30,
	    31,
	    31,
	    30,
	    31,
	    30,
	    31,
	};

	return days[month] + (month == 2 && leap_year(year));
}

/* Years begin in March here, so that the day that leaps is their last. */
bool
date_from_ymd(int year, int month, int day, struct date *out)
{
	int era, of_era, of_year, march;

	if (year < 1 || year > 9999 || month < 1 || month > MONTHS || day < 1 ||
	    (day > 28 && day > month_days(year, month)))
		return false;
	march = (month + 9) % MONTHS;
	year -= month <= 2;
	era = year / 400;
	year %= 400;
	of_year = (153 * march + 2) / 5 + day - 1;
	of_era = year * 365 + year / 4 - year / 100 + of_year;
	out->days = era * 146097 + of_era - 719468;
	return true;
}

void
date_to_ymd(struct date date, int *year, int *month, int *day)
{
	int64_t days = (int64_t)date.days + 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int of_era = (int)(days - era * 146097);
	int year_of_era, of_year, march;

	year_of_era =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year =
	    of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	march = (5 * of_year + 2) / 153;
	*day = of_year - (153 * march + 2) / 5 + 1;
	*month = march < 10 ? march + 3 : march - 9;
	*year = (int)(era * 400) + year_of_era + (*month <= 2);
}

bool
date_parse(struct span s, struct date *out)
{
	static const unsigned char place[8] = {0, 1, 2, 3, 5, 6, 8, 9};
	unsigned digit[8], worst = 0;
	int i;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	for (i = 0; i < 8; i++) {
		digit[i] = (unsigned)((unsigned char)s.p[place[i]] - '0');
		worst = digit[i] > worst ? digit[i] : worst;
	}
	if (worst > 9)
		return false;
	return date_from_ymd(
	    (int)(digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3]),
	    (int)(digit[4] * 10 + digit[5]), (int)(digit[6] * 10 + digit[7]),
	    out);
}

/* Whether s begins like form, in which a 0 is any digit. */
static bool
looks_like(struct span s, const char *form)
{
	for (size_t i = 0; form[i] != '\0'; i++) {
		bool digit = i < s.n && s.p[i] >= '0' && s.p[i] <= '9';

		if (i == s.n || (form[i] == '0' ? !digit : s.p[i] != form[i]))
			return false;
	}
	return true;
}

const char *
date_advice(struct span s)
{
	static const struct {
		const char *form, *advice;
	} forms[] = {
	    {"0000-00-00T", "date(substr(x, 1, 10)) reads the day"},
	    {"0000-00-00 ", "date(substr(x, 1, 10)) reads the day"},
	    {"0000/00/00",
		"date(replace(substr(x, 1, 10), \"/\", \"-\")) reads the day"},
	    {"00/00/0000",
		"write it as 2025-11-10; dfv-expr(7) turns a column round"},
	};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (looks_like(s, forms[i].form))
			return forms[i].advice;
	return "";
}

/* A week belongs to the year that its Thursday is in. */
void
date_to_week(struct date date, int *year, int *week)
{
	int64_t since_monday = ((int64_t)date.days + 3) % DAYS_PER_WEEK;
	struct date thursday;
	int month, day;

	if (since_monday < 0)
		since_monday += DAYS_PER_WEEK;
	thursday.days = (int32_t)(date.days - since_monday + 3);
	date_to_ymd(thursday, year, &month, &day);
	for (day--; month > 1; month--)
		day += month_days(*year, month - 1);
	*week = day / DAYS_PER_WEEK + 1;
}

static const struct {
	struct span name;
	enum date_period period;
} periods[] = {
    {{"day", 3}, DATE_DAY},
    {{"week", 4}, DATE_WEEK},
    {{"month", 5}, DATE_MONTH},
    {{"quarter", 7}, DATE_QUARTER},
    {{"year", 4}, DATE_YEAR},
};

bool
date_period_parse(struct span s, enum date_period *out)
{
	size_t i;

	for (i = 0; i < sizeof periods / sizeof periods[0]; i++) {
		if (span_eq(s, periods[i].name)) {
			*out = periods[i].period;
			return true;
		}
	}
	return false;
}

/* The last `width` digits of v. */
static void
add_digits(struct buf *b, int v, int width)
{
	char *p = buf_room(b, (size_t)width);
	int i;

	for (i = width - 1; i >= 0; i--, v /= 10)
		p[i] = (char)('0' + v % 10);
	b->n += (size_t)width;
}

void
date_format(struct buf *b, struct date date, enum date_period period)
{
	int year, month, day, week;

	date_to_ymd(date, &year, &month, &day);
	if (period == DATE_WEEK)
		date_to_week(date, &year, &week);
	add_digits(b, year, 4);
	switch (period) {
	case DATE_DAY:
		buf_byte(b, '-');
		add_digits(b, month, 2);
		buf_byte(b, '-');
		add_digits(b, day, 2);
		break;
	case DATE_WEEK:
		buf_add(b, SPAN("-W"));
		add_digits(b, week, 2);
		break;
	case DATE_MONTH:
		buf_byte(b, '-');
		add_digits(b, month, 2);
		break;
	case DATE_QUARTER:
		buf_add(b, SPAN("-Q"));
		add_digits(b, (month + 2) / 3, 1);
		break;
	case DATE_YEAR:
		break;
	}
}
