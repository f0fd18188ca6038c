#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "number.h"
#include "span.h"
#include "unit.h"

/* The text of a number that was read from text; NULL when it is none. Valid
 * until the next call. */
static const char *
reprint(const char *text, bool decimal_comma)
{
	static char out[1024];
	struct number x;
	struct buf b = {NULL, 0, 0};

	if (!number_parse(span_of(text), decimal_comma, &x))
		return NULL;
	number_format(&b, x);
	buf_byte(&b, '\0');
	memcpy(out, b.p, b.n);
	buf_release(&b);
	return out;
}

static bool
prints(struct number x, const char *want)
{
	struct buf b = {NULL, 0, 0};
	bool same;

	number_format(&b, x);
	same = span_eq(buf_span(&b), span_of(want));
	if (!same)
		printf("# %.*s, not %s\n", (int)b.n, b.p, want);
	buf_release(&b);
	return same;
}

/* want NULL: not a number. */
struct reading {
	const char *text;
	const char *want;
};

static bool
read_all(const struct reading *r, bool decimal_comma)
{
	bool good = true;
	const char *got;

	for (; r->text != NULL; r++) {
		got = reprint(r->text, decimal_comma);
		if (got == NULL ? r->want == NULL
				: r->want != NULL && strcmp(got, r->want) == 0)
			continue;
		printf("# '%s' is read as %s\n", r->text, got ? got : "text");
		good = false;
	}
	return good;
}

static const struct reading plain[] = {
    {"0", "0"},
    {"7", "7"},
    {"-12", "-12"},
    {"+5", "5"},
    {"007", "7"},
    {"1.50", "1.5"},
    {"-0.001", "-0.001"},
    {"5.", "5"},
    {".5", "0.5"},
    {"-.5", "-0.5"},
    {"12345678", "12345678"},
    {"1234567.8", "1234567.8"},
    {"12345678.9", "12345678.9"},
    {"1.23456789", "1.23456789"},
    {"1234567890123456", "1234567890123456"},
    {"123456789012345.6", "123456789012345.6"},
    {".123456789012345", "0.123456789012345"},
    {"123456789012345678", "123456789012345678"},
    {"0.123456789012345678", "0.123456789012345678"},
    {"9223372036854775807", "9223372036854775807"},
    {"-9223372036854775807", "-9223372036854775807"},
    {"1.0000000000000000000000000", "1"},
    {NULL, NULL},
};

static const struct reading exponents[] = {
    {"1e3", "1000"},
    {"1.5e2", "150"},
    {"12e-3", "0.012"},
    {"1E+2", "100"},
    {"5.e1", "50"},
    {"0e99999999999999999999", "0"},
    {"100000000000000000000e-20", "1"},
    {"1e18", "1000000000000000000"},
    {"1e20", "100000000000000000000"},
    {"1e21", "1e21"},
    {"1e308", "1e308"},
    {"1e-400", "0"},
    {"-1e-400", "0"},
    {"1.5e-9", "0.0000000015"},
    {"2.5e-30", "2.5e-30"},
    {"1e309", NULL},
    {"-1e309", NULL},
    {"1e99999999999999999999", NULL},
    {NULL, NULL},
};

static const struct reading not_numbers[] = {
    {"", NULL},
    {".", NULL},
    {"-", NULL},
    {"+", NULL},
    {"+-1", NULL},
    {"--1", NULL},
    {"e5", NULL},
    {"1e", NULL},
    {"1e+", NULL},
    {".e1", NULL},
    {"1.2.3", NULL},
    {"1..2", NULL},
    {" 1", NULL},
    {"1 ", NULL},
    {"1,5", NULL},
    {"1 234", NULL},
    {"0x10", NULL},
    {"inf", NULL},
    {"-inf", NULL},
    {"nan", NULL},
    {"NaN", NULL},
    {"1_000", NULL},
    {"1e5.0", NULL},
    {"12a", NULL},
    {"a", NULL},
    {"1234567x", NULL},
    {"x1234567", NULL},
    {"123456789x", NULL},
    {"x123456789", NULL},
    {"1/2", NULL},
    {"1:2", NULL},
    {"\xD9\xA3", NULL},
    {"1\xC2\xA0", NULL},
    {"........", NULL},
    {"12345678.12345.8", NULL},
    {NULL, NULL},
};

static const struct reading commas[] = {
    {"1 234,56", "1234.56"},
    {"1\xC2\xA0"
     "234,56",
	"1234.56"},
    {"1\xE2\x80\xAF"
     "234\xE2\x80\xAF"
     "567",
	"1234567"},
    {"1\xE2\x80\x89"
     "234,5",
	"1234.5"},
    {"12,5", "12.5"},
    {"-1 000 000,01", "-1000000.01"},
    {"12.5", "12.5"},
    {",5", "0.5"},
    {"5,", "5"},
    {"1 234.5", "1234.5"},
    {"1,5e3", "1500"},
    {"123456789,125", "123456789.125"},
    {"1.234,56", NULL},
    {"1,234,56", NULL},
    {"1,234.56", NULL},
    {"12 34", NULL},
    {"1234 567", NULL},
    {"1 2345", NULL},
    {"1  234", NULL},
    {"1 23", NULL},
    {" 123", NULL},
    {"123 ", NULL},
    {"1 234 ", NULL},
    {"0,123 456", NULL},
    {",", NULL},
    {"-,", NULL},
    {"1 ,5", NULL},
    {NULL, NULL},
};

/* Marsaglia's xorshift. */
static uint64_t
draw(void)
{
	static uint64_t x = UINT64_C(88172645463325252);

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

/* A decimal of up to `most` digits, NUL-terminated, in text[most + 4]. */
static void
draw_decimal(char *text, size_t most)
{
	size_t n = 1 + draw() % most, point = draw() % (n + 1), i;

	if (draw() % 2)
		*text++ = '-';
	for (i = 0; i < n; i++) {
		if (i == point)
			*text++ = '.';
		*text++ = (char)('0' + draw() % 10);
	}
	*text = '\0';
}

static bool
agrees_with_strtod(size_t most, bool want_exact)
{
	char text[1100];
	struct number x;
	bool good;
	double want;
	int i;

	for (i = 0; i < 20000; i++) {
		draw_decimal(text, most);
		want = strtod(text, NULL);
		good = number_parse(span_of(text), false, &x);
		if (good != !!isfinite(want) ||
		    (good && number_double(x) != want) ||
		    (want_exact && !x.exact)) {
			printf("# %s\n", text);
			return false;
		}
	}
	return true;
}

/* No byte outside the cell may count. */
static bool
minds_its_end(void)
{
	char text[] = "1234567890.12345678";
	struct number x;
	size_t n, from;
	char copy[20];

	for (from = 0; from < 11; from++) {
		for (n = 1; from + n < sizeof text; n++) {
			memcpy(copy, text + from, n);
			copy[n] = '\0';
			if (!number_parse(span_make(text + from, n), false, &x))
				return n == 1 && text[from] == '.';
			if (number_double(x) != strtod(copy, NULL))
				return false;
		}
	}
	return true;
}

static struct number
num(const char *text)
{
	struct number x = number_int(0);

	if (!number_parse(span_of(text), false, &x))
		printf("# %s is not a number\n", text);
	return x;
}

static bool
long_cells(void)
{
	static char text[1 << 20];
	struct number x;
	bool good;

	memset(text, '0', sizeof text);
	text[1] = '.';
	text[sizeof text - 1] = '1';
	good = number_parse(span_make(text, sizeof text), false, &x) &&
	    number_double(x) == 0;
	memset(text, '1', sizeof text);
	good = good && !number_parse(span_make(text, sizeof text), false, &x);
	text[1] = '.';
	good = good && number_parse(span_make(text, sizeof text), false, &x) &&
	    number_double(x) == 10.0 / 9;
	memset(text, '0', sizeof text);
	memcpy(text, "0.", 2);
	memcpy(text + sizeof text - 9, "1e1048566", 9);
	return good && number_parse(span_make(text, sizeof text), false, &x) &&
	    number_cmp(x, number_int(1)) == 0;
}

/* 1 + 2^-53, exactly halfway to the next double, and a little above. */
static bool
halfway(void)
{
	static const char half[] =
	    "1.00000000000000011102230246251565404236316680908203125";
	char text[1000];

	memset(text, '0', sizeof text);
	memcpy(text, half, sizeof half - 1);
	text[sizeof text - 2] = '1';
	text[sizeof text - 1] = '\0';
	return number_double(num(half)) == 1.0 &&
	    number_double(num(text)) == nextafter(1.0, 2.0);
}

static bool
round_trips(void)
{
	struct buf b = {NULL, 0, 0};
	struct number back;
	uint64_t bits;
	bool good = true;
	double x;
	int i;

	for (i = 0; i < 50000 && good; i++) {
		bits = draw();
		memcpy(&x, &bits, sizeof x);
		if (!isfinite(x))
			continue;
		buf_reset(&b);
		number_format(&b, number_real(x));
		good = number_parse(buf_span(&b), false, &back) &&
		    number_double(back) == x;
	}
	buf_release(&b);
	return good;
}

static void
test_format(void)
{
	struct number tenth = {.exact = true, .scale = 1, .mant = 1};

	unit_check(
	    prints(
		(struct number){.exact = true, .scale = 2, .mant = 1500}, "15"),
	    "number: zeros behind the point are not printed");
	unit_check(
	    prints((struct number){.exact = true, .scale = 18, .mant = -1},
		"-0.000000000000000001"),
	    "number: an exact number never has an exponent");
	unit_check(prints((struct number){.exact = true, .scale = 3}, "0"),
	    "number: zero is printed without a point");
	unit_check(prints(tenth, "0.1"),
	    "number: there is a digit before the "
	    "point");
	unit_check(prints(number_int(INT64_MIN), "-9223372036854775808"),
	    "number: the least integer is printed");
	unit_check(prints(number_real(-0.0), "0"),
	    "number: minus zero is printed as zero");
	unit_check(prints(number_real(0.1), "0.1") &&
		prints(number_real(0.1 + 0.2), "0.30000000000000004") &&
		prints(number_real(1.0 / 3), "0.3333333333333333") &&
		prints(number_real(5e-324), "5e-324"),
	    "number: a double is printed in the fewest digits");
	unit_check(prints(number_real(1e-7), "0.0000001") &&
		prints(number_real(9.5e-8), "9.5e-8") &&
		prints(number_real(123456789e12), "123456789000000000000") &&
		prints(number_real(-1.25e21), "-1.25e21"),
	    "number: a double has an exponent below 1e-7 and from 1e21");
	unit_check(
	    round_trips(), "number: a printed double reads back the same");
}

static bool
gives(bool (*operation)(struct number, struct number, struct number *),
    const char *a, const char *b, const char *want, bool exact)
{
	struct number out;

	if (!operation(num(a), num(b), &out))
		return want == NULL;
	return want != NULL && prints(out, want) && out.exact == exact;
}

static void
test_arithmetic(void)
{
	struct number sum = number_int(0);
	int i;

	for (i = 0; i < 10; i++)
		number_add(sum, num("0.1"), &sum);
	unit_check(sum.exact && prints(sum, "1"), "number: ten times 0.1 is 1");
	unit_check(gives(number_add, "1.5", "2.25", "3.75", true) &&
		gives(number_sub, "1", "0.999999999999999999",
		    "0.000000000000000001", true) &&
		gives(number_add, "999999999999999999", "0.1",
		    "1000000000000000000", false) &&
		gives(number_add, "9223372036854775807", "1",
		    "9223372036854776000", false),
	    "number: a sum is exact where it fits, else the nearest double");
	unit_check(gives(number_mul, "1.1", "1.1", "1.21", true) &&
		gives(number_mul, "0.0000000005", "0.000000002",
		    "0.000000000000000001", true) &&
		gives(number_mul, "4000000000", "-4000000000",
		    "-16000000000000000000", false),
	    "number: a product is exact where it fits");
	unit_check(gives(number_div, "1", "8", "0.125", true) &&
		gives(number_div, "0.3", "3", "0.1", true) &&
		gives(number_div, "-7.5", "0.0025", "-3000", true) &&
		gives(number_div, "0", "-7", "0", true) &&
		gives(number_div, "1", "3", "0.3333333333333333", false) &&
		gives(number_div, "-0.1", "0.3", "-0.3333333333333333", false),
	    "number: a quotient is exact where its digits end");
	unit_check(gives(number_div, "1", "0", NULL, false) &&
		gives(number_div, "1", "0.00", NULL, false) &&
		gives(number_div, "1e300", "1e-300", NULL, false) &&
		gives(number_mul, "1e200", "-1e200", NULL, false) &&
		gives(number_add, "1.7e308", "1.7e308", NULL, false),
	    "number: division by zero and overflow are refused");
	number_sub(number_int(0), number_int(INT64_MIN), &sum);
	unit_check(prints(sum, "9223372036854776000"),
	    "number: the least integer can be taken away");
}

static void
test_round(void)
{
	unit_check(prints(number_round(num("2.345"), 2), "2.35") &&
		prints(number_round(num("-2.345"), 2), "-2.35") &&
		prints(number_round(num("2.5"), 0), "3") &&
		prints(number_round(num("-0.4"), 0), "0"),
	    "number: halves are rounded away from zero");
	unit_check(prints(number_round(number_real(2.675), 2), "2.68") &&
		number_round(number_real(2.675), 2).exact,
	    "number: a double is rounded as it is printed");
	unit_check(prints(number_round(num("1250"), -2), "1300") &&
		prints(number_round(num("49"), -2), "0") &&
		prints(number_round(num("9223372036854775807"), -18),
		    "9000000000000000000") &&
		prints(number_round(num("1.5"), 18), "1.5") &&
		prints(number_round(num("1.5"), 1000), "1.5") &&
		prints(number_round(num("5"), -1000), "0") &&
		prints(number_round(number_real(1e-300), 2), "0") &&
		prints(number_round(number_real(1e300), 2), "1e300"),
	    "number: any number of places can be asked for");
	unit_check(prints(number_floor(num("2.9")), "2") &&
		prints(number_floor(num("-2.1")), "-3") &&
		prints(number_ceil(num("2.1")), "3") &&
		prints(number_ceil(num("-2.9")), "-2") &&
		prints(number_floor(num("-0.5")), "-1") &&
		prints(number_ceil(num("-0.5")), "0") &&
		prints(number_floor(number_real(-1e-300)), "-1") &&
		prints(number_ceil(number_real(1e-300)), "1") &&
		prints(number_floor(number_int(INT64_MIN)),
		    "-9223372036854775808"),
	    "number: floor goes down and ceil goes up");
}

/* Numbers that are alike as doubles and are not the same. */
static const char *const close[] = {
    "-1e300",
    "-9007199254740993",
    "-0.1",
    "0",
    "1e-300",
    "0.000000000000000001",
    "0.1",
    "0.10",
    "0.100000000000000003",
    "0.1000000000000000055511151231257827021181583404541015625",
    "0.3",
    "0.33333333333333333",
    "0.3333333333333333333333",
    "1",
    "9007199254740992",
    "9007199254740993",
    "9007199254740994",
    "900719925474099.3",
    "123456789012345678",
    "1234567890123456789",
    "12345678901234567890",
    "1e18",
    "1e19",
    "9223372036854775807",
    "9223372036854775808",
    "1e300",
};

enum { NCLOSE = sizeof close / sizeof close[0] };

static bool
total_order(void)
{
	struct number x[NCLOSE];
	int a, b, c;

	for (a = 0; a < NCLOSE; a++)
		x[a] = num(close[a]);
	for (a = 0; a < NCLOSE; a++) {
		for (b = 0; b < NCLOSE; b++) {
			if (number_cmp(x[a], x[b]) != -number_cmp(x[b], x[a]))
				return false;
			for (c = 0; c < NCLOSE; c++)
				if (number_cmp(x[a], x[b]) <= 0 &&
				    number_cmp(x[b], x[c]) <= 0 &&
				    number_cmp(x[a], x[c]) > 0)
					return false;
		}
	}
	return true;
}

static void
test_special(void)
{
	unit_check(prints(number_real((double)INFINITY), "INF") &&
		prints(number_real(-(double)INFINITY), "-INF") &&
		prints(number_real((double)NAN), "NaN"),
	    "format: what is not finite has a name");
}

int
main(void)
{
	test_special();
	unit_check(read_all(plain, false), "number: decimals are read exactly");
	unit_check(read_all(plain, true),
	    "number: with a decimal comma the point goes on being read");
	unit_check(read_all(exponents, false),
	    "number: exponents are read, exactly where that can be");
	unit_check(read_all(not_numbers, false),
	    "number: what is not a number is refused");
	unit_check(read_all(commas, true),
	    "number: a decimal comma and groups of three are read");
	unit_check(agrees_with_strtod(17, true),
	    "number: up to 17 digits are exact and near to their double");
	unit_check(agrees_with_strtod(18, true), "number: 18 digits are exact");
	unit_check(
	    agrees_with_strtod(40, false) && agrees_with_strtod(1000, false),
	    "number: more digits give the nearest double");
	unit_check(
	    halfway(), "number: a digit far behind decides what is halfway");
	unit_check(minds_its_end(), "number: nothing behind the cell is read");
	unit_check(long_cells(), "number: cells of a megabyte are read");
	test_format();
	test_arithmetic();
	test_round();
	unit_check(number_cmp(num("1.50"), num("1.5")) == 0 &&
		number_cmp(num("0.1"), num("0.10000")) == 0 &&
		number_cmp(num("999999999999999999"),
		    num("0.999999999999999999")) > 0 &&
		number_cmp(num("-2"), num("1")) < 0,
	    "number: scales do not matter in a comparison");
	unit_check(number_cmp(num("9007199254740993"),
		       number_real(9007199254740992.0)) > 0 &&
		number_cmp(number_real(0.5), num("0.5")) == 0 &&
		number_cmp(number_real(0), num("0.00")) == 0,
	    "number: an exact number and a double are compared exactly");
	unit_check(total_order(), "number: comparison is a total order");
	return unit_done();
}
