#include "records.h"

#include <string.h>

#include "words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * 2014. */
static uint64_t
random_next(struct row *row)
{
	uint64_t z = row->random += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* From 0 to n - 1. */
static uint32_t
random_below(struct row *row, uint32_t n)
{
	return (uint32_t)((random_next(row) >> 32) * n >> 32);
}

#define RANDOM_OF(row, array) ((array)[random_below(row, COUNT(array))])

static void
text_put(struct row *row, struct span s)
{
	memcpy(row->text + row->used, s.p, s.n);
	row->used += s.n;
}

static void
text_char(struct row *row, char c)
{
	row->text[row->used++] = c;
}

/* The last `width` digits of n, with leading zeros. */
static void
text_digits(struct row *row, uint32_t n, size_t width)
{
	for (size_t i = width; i-- > 0; n /= 10)
		row->text[row->used + i] = (char)('0' + n % 10);
	row->used += width;
}

static void
text_number(struct row *row, uint32_t n)
{
	size_t width = 1;

	for (uint32_t rest = n; rest >= 10; rest /= 10)
		width++;
	text_digits(row, n, width);
}

/* n / scale, with as many decimals as scale has zeros. */
static void
text_decimal(struct row *row, int32_t n, uint32_t scale, size_t decimals)
{
	uint32_t size = n < 0 ? (uint32_t)-n : (uint32_t)n;

	if (n < 0)
		text_char(row, '-');
	text_number(row, size / scale);
	text_char(row, '.');
	text_digits(row, size % scale, decimals);
}

static struct span
text_from(const struct row *row, size_t start)
{
	return span_make(row->text + start, row->used - start);
}

/* Numbers that never repeat, in no order: a step prime to 10^9. */
static struct span
make_report_id(struct row *row)
{
	size_t start = row->used;

	text_char(row, 'R');
	text_digits(row,
	    (uint32_t)(row->number % 1000000000 * 618033989 % 1000000000), 9);
	return text_from(row, start);
}

/* Days of a month, from January 2023, which is 0; 13 is of a leap year. */
static uint32_t
month_days(uint32_t month)
{
	static const uint8_t days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 13 ? 29 : days[month % 12];
}

/* The Mondays from 2023-01-02 to 2025-12-29. */
static struct span
make_week(struct row *row)
{
	size_t start = row->used;
	uint32_t day = 2 + 7 * random_below(row, 157), month = 0;

	for (; day > month_days(month); month++)
		day -= month_days(month);
	text_digits(row, 2023 + month / 12, 4);
	text_char(row, '-');
	text_digits(row, month % 12 + 1, 2);
	text_char(row, '-');
	text_digits(row, day, 2);
	return text_from(row, start);
}

/* A project gives the row its region, and one of its departments. */
static struct span
make_project(struct row *row)
{
	size_t start = row->used;
	uint32_t number = random_below(row, 204);
	const struct territory *t = territories;

	for (; number >= t->nproject; t++)
		number -= t->nproject;
	row->place = &places[t->first + random_below(row, t->nplace)];
	text_put(row, row->place->region);
	text_char(row, '-');
	text_digits(row, number + 1, 2);
	return text_from(row, start);
}

static struct span
make_region(struct row *row)
{
	return row->place->region;
}

static struct span
make_departement(struct row *row)
{
	return row->place->code;
}

static struct span
make_commune(struct row *row)
{
	size_t start = row->used;

	text_put(row, row->place->code);
	text_digits(row, 1 + random_below(row, 98), 5 - row->place->code.n);
	return text_from(row, start);
}

/* Within a third of a degree of the department's middle. */
static struct span
make_degrees(struct row *row, int middle)
{
	size_t start = row->used;
	int32_t off = (int32_t)random_below(row, 66666) - 33333;

	text_decimal(row, middle * 1000 + off, 100000, 5);
	return text_from(row, start);
}

static struct span
make_latitude(struct row *row)
{
	return make_degrees(row, row->place->lat);
}

static struct span
make_longitude(struct row *row)
{
	return make_degrees(row, row->place->lon);
}

/* One to three of the words, none twice. */
static struct span
make_list(struct row *row, const struct span *word, uint32_t nword)
{
	size_t start = row->used;
	uint32_t step = nword / 3, at = random_below(row, nword);

	text_put(row, word[at]);
	for (uint32_t more = random_below(row, 3); more > 0; more--) {
		at = (at + 1 + random_below(row, step)) % nword;
		text_char(row, '|');
		text_put(row, word[at]);
	}
	return text_from(row, start);
}

static struct span
make_themes(struct row *row)
{
	return make_list(row, themes, COUNT(themes));
}

static struct span
make_audiences(struct row *row)
{
	return make_list(row, audiences, COUNT(audiences));
}

static struct span
make_learners(struct row *row)
{
	size_t start = row->used;

	text_number(row, random_below(row, 31));
	return text_from(row, start);
}

/* Whole hours, or half an hour more. */
static struct span
make_hours(struct row *row)
{
	size_t start = row->used;
	uint32_t halves = 1 + random_below(row, 140);

	text_number(row, halves / 2);
	if (halves % 2 == 1)
		text_put(row, SPAN(".5"));
	return text_from(row, start);
}

static struct span
make_spent(struct row *row)
{
	size_t start = row->used;
	uint32_t cents = random_below(row, 60000) * (1 + random_below(row, 20));

	text_decimal(row, (int32_t)cents, 100, 2);
	return text_from(row, start);
}

static struct span
make_status(struct row *row)
{
	return RANDOM_OF(row, statuses);
}

static struct span
make_comment(struct row *row)
{
	size_t start = row->used;

	if (random_below(row, 20) == 0)
		return span_make("", 0);
	text_put(row, RANDOM_OF(row, subjects));
	text_put(row, RANDOM_OF(row, remarks));
	return text_from(row, start);
}

static struct span
make_station(struct row *row)
{
	row->station = random_below(row, COUNT(stations));
	return stations[row->station];
}

/* Each station has a mean, from 4 to 27 degrees; 15 more or less. */
static struct span
make_temperature(struct row *row)
{
	size_t start = row->used;
	uint64_t r = random_next(row);
	int32_t tenths = 40 + (int32_t)(row->station * 37 % 230) - 150;

	tenths += (int32_t)((r & 0xffffffff) * 150 >> 32);
	tenths += (int32_t)((r >> 32) * 150 >> 32);
	text_decimal(row, tenths, 10, 1);
	return text_from(row, start);
}

/* A row's project comes before what follows from it. */
static const struct table tables[] = {
    {"weekly", 15,
	{
	    {WORD("report_id"), NAME, make_report_id},
	    {WORD("week"), DATE, make_week},
	    {WORD("project_id"), NAME, make_project},
	    {WORD("region"), CODE, make_region},
	    {WORD("departement"), CODE, make_departement},
	    {WORD("commune"), CODE, make_commune},
	    {WORD("latitude"), NUMBER, make_latitude},
	    {WORD("longitude"), NUMBER, make_longitude},
	    {WORD("themes"), LIST, make_themes},
	    {WORD("audiences"), LIST, make_audiences},
	    {WORD("learners"), NUMBER, make_learners},
	    {WORD("hours"), NUMBER, make_hours},
	    {WORD("spent_eur"), NUMBER, make_spent},
	    {WORD("status"), NAME, make_status},
	    {WORD("comment"), PROSE, make_comment},
	}},
    {"measurements", 2,
	{
	    {WORD("station"), NAME, make_station},
	    {WORD("temperature"), NUMBER, make_temperature},
	}},
};

const struct table *
table_find(const char *name)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		if (name != NULL && strcmp(tables[i].name, name) == 0)
			return &tables[i];
	return NULL;
}
