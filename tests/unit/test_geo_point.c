/*
 * link: cmd/dfv-geo/point.c
 */
#include <stdio.h>
#include <string.h>

#include "point.h"
#include "unit.h"

static uint64_t state = 1;

/* Knuth's MMIX generator, its high bits. */
static uint32_t
random_below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

static bool
is(const char *text, int limit_deg, int32_t e7)
{
	int32_t got = 1;

	return point_degrees(span_of(text), false, limit_deg, &got) &&
	    got == e7;
}

static bool
refused(const char *text, int limit_deg)
{
	int32_t got;

	return !point_degrees(span_of(text), false, limit_deg, &got);
}

static void
test_known(void)
{
	unit_check(is("46.63", 90, 466300000) && is("-1.06", 180, -10600000) &&
		is("0.0000001", 90, 1) && is("-0.1234567", 90, -1234567) &&
		is("2", 90, 20000000) && is("180.0", 180, 1800000000),
	    "point: degrees are ten-millionths of them");
	unit_check(is("1.00000004", 90, 10000000) &&
		is("1.00000005", 90, 10000001) &&
		is("-1.00000005", 90, -10000001) && is("1e1", 90, 100000000),
	    "point: more decimals than seven are rounded, halves outward");
	unit_check(is("90.0", 90, 900000000) && refused("90.0000001", 90) &&
		refused("-90.0000001", 90) && refused("999.9", 180) &&
		refused("1234.5", 180) && refused("1e9", 180),
	    "point: there are no degrees beyond the limit");
	unit_check(refused("", 90) && refused("-", 90) && refused(".", 90) &&
		refused("1.2.3", 90) && refused("1.2x", 90) &&
		refused("4,5", 90) && refused("--1.5", 90) &&
		refused("1.1234567x", 90) && refused("nord", 90),
	    "point: what is no number is refused");
}

static void
test_usual(void)
{
	int32_t e7 = 0;

	unit_check(point_usual(SPAN("1.5,46.25]"), 180, &e7) == 3 &&
		e7 == 15000000 && point_usual(SPAN("-1.5"), 180, &e7) == 4 &&
		e7 == -15000000,
	    "point: the usual form is read off the start of a text");
	unit_check(point_usual(SPAN("1.12345678"), 180, &e7) == 0 &&
		point_usual(SPAN("15"), 180, &e7) == 0 &&
		point_usual(SPAN("180.5"), 180, &e7) == 0 &&
		point_usual(SPAN(".5"), 180, &e7) == 0 &&
		point_usual(span_make(NULL, 0), 180, &e7) == 0,
	    "point: what is not in it is left to others");
}

/* A text of the characters of numbers. */
static size_t
make_text(char *text, size_t most)
{
	static const char any[] = "0123456789012345678901234567890123456789..-";
	size_t n = random_below((uint32_t)most);

	for (size_t i = 0; i < n; i++)
		text[i] = any[random_below(sizeof any - 1)];
	return n;
}

static void
test_both_ways(void)
{
	bool same = true;
	int good = 0;

	for (int i = 0; i < 1000000 && same; i++) {
		char text[16] = " ";
		size_t n = 1 + make_text(text + 1, sizeof text - 2);
		int32_t a = 0, b = 0;
		/* A space leads past the usual form. */
		bool ok = point_degrees(span_make(text, n), false, 180, &a);

		same = point_degrees(
			   span_make(text + 1, n - 1), false, 180, &b) == ok &&
		    (!ok || a == b);
		good += ok;
	}
	unit_check(same && good > 10000,
	    "point: the usual form gives what any number's does");
}

int
main(void)
{
	test_known();
	test_usual();
	test_both_ways();
	return unit_done();
}
