#include "point.h"

#include <math.h>

#include "number.h"

enum { DECIMALS = 7 };

static const int64_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000,
    10000000, 100000000, 1000000000, 10000000000, 100000000000};

/* An exact number, in ten-millionths; of 18 decimals at most, as it is. */
static bool
scale_exact(struct number v, int64_t *e7)
{
	int64_t unit, rest;

	if (v.scale <= DECIMALS)
		return !__builtin_mul_overflow(
		    v.mant, power[DECIMALS - v.scale], e7);
	unit = power[v.scale - DECIMALS];
	rest = v.mant % unit;
	*e7 = v.mant / unit + (2 * rest >= unit) - (2 * rest <= -unit);
	return true;
}

bool
point_degrees(struct span text, bool decimal_comma, int limit_deg, int32_t *e7)
{
	const int64_t limit = (int64_t)limit_deg * POINT_DEGREE;
	struct number v;
	int64_t at;

	if (!number_parse(text, decimal_comma, &v) &&
	    !number_parse(span_trim(text), decimal_comma, &v))
		return false;
	if (v.exact) {
		if (!scale_exact(v, &at))
			return false;
	} else if (fabs(v.real) <= limit_deg) {
		at = llround(v.real * POINT_DEGREE);
	} else {
		return false;
	}
	if (at < -limit || at > limit)
		return false;
	*e7 = (int32_t)at;
	return true;
}

bool
point_read(
    struct span lat, struct span lon, bool decimal_comma, struct point *p)
{
	return point_degrees(lat, decimal_comma, 90, &p->lat_e7) &&
	    point_degrees(lon, decimal_comma, 180, &p->lon_e7);
}

bool
point_parse(struct span text, struct point *p)
{
	size_t comma = span_find(text, ',');

	return comma < text.n &&
	    point_read(
		span_make(text.p, comma), span_from(text, comma + 1), false, p);
}

void
point_put(struct buf *b, int32_t e7)
{
	number_format(
	    b, (struct number){.exact = true, .scale = DECIMALS, .mant = e7});
}
