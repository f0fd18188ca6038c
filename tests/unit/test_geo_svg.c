/*
 * link: cmd/dfv-geo/svg.c cmd/dfv-geo/frame.c cmd/dfv-geo/projection.c
 */
#include <stdio.h>

#include "svg.h"
#include "unit.h"

static struct buf out;

static bool
number_is(const char *text, const char *want)
{
	struct number v;

	buf_reset(&out);
	if (!number_parse(span_of(text), false, &v))
		return false;
	svg_number(&out, v);
	return span_eq(buf_span(&out), span_of(want));
}

static bool
coord_is(double v, const char *want)
{
	buf_reset(&out);
	svg_coord(&out, v);
	return span_eq(buf_span(&out), span_of(want));
}

static bool
path_is(struct position *at, size_t n, const char *want)
{
	struct ring ring = {at, n, true};
	struct shape shape = {SPAN("971"), &ring, 1};
	/* Where zone 31 meets the equator a pixel is a thousandth of a degree;
	 * north is up. */
	struct frame f = {
	    .utm_zone = 31, .min_x_m = 500000, .y0 = 100, .scale = 1 / 110.9};

	for (size_t i = 0; i < n; i++) {
		at[i].lon_deg = 3 + at[i].lon_deg / 1000;
		at[i].lat_deg /= 1000;
	}

	buf_reset(&out);
	svg_path(&out, &f, &shape);
	return span_eq(buf_span(&out), span_of(want));
}

static void
test_path(void)
{
	struct position square[] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
	struct position dense[] = {
	    {0, 0}, {0.1, 0.1}, {10, 0}, {10.2, 0.1}, {10, 10}, {0, 0}};
	struct position speck[] = {{0, 0}, {0.1, 0}, {0.1, 0.1}, {0, 0}};

	unit_check(path_is(square, 5, "M0 100l 10 0 0-10-10 0z"),
	    "svg: a ring is steps from its first point, closed by z");
	unit_check(path_is(dense, 6, "M0 100l 10 0 0-10z"),
	    "svg: points nearer than a third of a pixel are left out");
	unit_check(path_is(speck, 4, ""),
	    "svg: a ring too small to be seen is left out");
	unit_check(path_is(square, 0, ""), "svg: an empty ring draws nothing");
}

int
main(void)
{
	unit_check(number_is("1234567.5",
		       "1\xE2\x80\xAF"
		       "234\xE2\x80\xAF"
		       "567,5"),
	    "svg: numbers have a decimal comma and groups of three");
	unit_check(number_is("-12",
		       "\xE2\x88\x92"
		       "12") &&
		number_is("999", "999") && number_is("0.25", "0,25"),
	    "svg: short ones are as they are, with a true minus");
	unit_check(coord_is(12.34, "12.3") && coord_is(-0.44, "-.4") &&
		coord_is(7, "7") && coord_is(-0.01, "0") && coord_is(0, "0"),
	    "svg: a coordinate has a tenth, and nothing that is not needed");
	buf_reset(&out);
	svg_text(&out, SPAN("a<b & \"c\">\x01"));
	unit_check(span_eq(buf_span(&out),
		       SPAN("a&lt;b &amp; &quot;c&quot;&gt;\xEF\xBF\xBD")),
	    "svg: what XML reserves is escaped, what it forbids replaced");
	test_path();
	buf_release(&out);
	return unit_done();
}
