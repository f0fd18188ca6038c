/* link: cmd/dfv-stats/french_number.c */
#include "french_number.h"
#include "unit.h"

#define N "\xE2\x80\xAF"
#define M "\xE2\x88\x92"

static struct buf out;

/* A column of one number. */
static bool
shows(const char *number, const char *want)
{
	struct french f = {.decimals = 0};

	buf_reset(&out);
	french_see(&f, span_of(number));
	french_settle(&f);
	french_put(&f, &out, span_of(number));
	return span_eq(buf_span(&out), span_of(want));
}

/* The number in a column that shows so many decimals. */
static bool
rounds(const char *number, int decimals, const char *want)
{
	struct french f = {.decimals = decimals, .ascii = true};
	bool exact;

	buf_reset(&out);
	exact = french_put(&f, &out, span_of(number));
	return !exact && span_eq(buf_span(&out), span_of(want));
}

static bool
is_short(double v, double most, const char *want)
{
	buf_reset(&out);
	french_short(&out, v, most);
	return span_eq(buf_span(&out), span_of(want));
}

static void
test_decimals(void)
{
	struct french f = {.decimals = 0};

	french_see(&f, SPAN("12"));
	french_see(&f, SPAN("-1.5"));
	french_settle(&f);
	buf_reset(&out);
	unit_check(french_put(&f, &out, SPAN("12")) &&
		span_eq(buf_span(&out), SPAN("12,0")),
	    "french: a column's numbers have as many decimals");
	f = (struct french){.decimals = 0};
	french_see(&f, SPAN("0.3333333333333333"));
	french_see(&f, SPAN("1234.5"));
	french_settle(&f);
	unit_check(f.decimals == 1,
	    "french: long fractions are cut to what the largest bears");
	unit_check(rounds("2.45", 1, "2,5") && rounds("-0.449", 1, "-0,4") &&
		rounds("9.95", 1, "10,0") &&
		rounds("999999.99", 0, "1 000 000"),
	    "french: halves are rounded away from zero, nines carry");
	unit_check(
	    rounds("0.00423", 1, "0,004") && rounds("-0.042", 0, "-0,04"),
	    "french: what is not zero does not become zero");
	unit_check(rounds("123456789012345.678", 2, "123 456 789 012 345,68"),
	    "french: digits beyond a double's are all there");
}

int
main(void)
{
	unit_check(shows("1234567.5", "1" N "234" N "567,5") &&
		shows("-12", M "12") && shows("999", "999") &&
		shows("0", "0") && shows("-1000", M "1" N "000"),
	    "french: groups of three, a comma, a true minus");
	unit_check(shows("999999999999999999",
		       "999" N "999" N "999" N "999" N "999" N "999") &&
		shows("1e25", "1" N "×" N "10²⁵") &&
		shows("-1.2345e-7", M "1,23" N "×" N "10⁻⁷") &&
		shows("1234567890123456789", "1,23" N "×" N "10¹⁸"),
	    "french: the huge and the tiny have a power of ten");
	test_decimals();
	unit_check(is_short(0, 10, "0") && is_short(2500, 4000, "2" N "500") &&
		is_short(2.5e6, 4e6, "2,5" N "M") &&
		is_short(-5e5, 1e6, M "0,5" N "M") &&
		is_short(3e9, 3e9, "3" N "Md") && is_short(0.25, 1, "0,25") &&
		is_short(2e20, 4e20, "2" N "×" N "10²⁰"),
	    "french: a scale's ticks have short names");
	unit_check(french_is_number(SPAN("-0.5")) &&
		french_is_number(SPAN("1e-308")) &&
		french_is_number(SPAN("10")),
	    "french: figures are numbers");
	unit_check(!french_is_number(SPAN("01004")) &&
		!french_is_number(SPAN("+5")) &&
		!french_is_number(SPAN("5.")) && !french_is_number(SPAN("")) &&
		!french_is_number(SPAN("-")) && !french_is_number(SPAN("1e")) &&
		!french_is_number(SPAN("1e999")) &&
		!french_is_number(SPAN("1 2")),
	    "french: codes and what is written otherwise are not");
	buf_release(&out);
	return unit_done();
}
