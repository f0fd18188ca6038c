#include "point.h"

#include <math.h>

#include "number.h"

/* A sign, three digits, a point and these decimals are the usual form. */
enum { DECIMALS = 7, USUAL_BYTES = 12 };

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

static inline bool
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

/* The usual form, of any sign, digits, a point, at most seven decimals: whether
 * text has it. */
static bool
read_usual(struct span text, int64_t *e7)
{
	bool minus = text.n > 0 && text.p[0] == '-';
	const char *p = text.p + minus, *first = p, *end = text.p + text.n;
	int64_t v = 0;
	size_t decimals;

	if (text.n > USUAL_BYTES)
		return false;
	for (; p < end && is_digit(*p); p++)
		v = 10 * v + (*p - '0');
	if (p == first || p == end || *p++ != '.')
		return false;
	decimals = (size_t)(end - p);
	if (decimals > DECIMALS)
		return false;
	for (; p < end && is_digit(*p); p++)
		v = 10 * v + (*p - '0');
	v *= power[DECIMALS - decimals];
	*e7 = minus ? -v : v;
	return p == end;
}

bool
point_degrees(struct span text, bool decimal_comma, int limit_deg, int32_t *e7)
{
	const int64_t limit = (int64_t)limit_deg * POINT_DEGREE;
	struct number v;
	int64_t at;

	if (read_usual(text, &at)) {
		*e7 = (int32_t)at;
		return at >= -limit && at <= limit;
	}
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
	char *p = buf_room(b, USUAL_BYTES), *start = p;
	uint32_t size = e7 < 0 ? 0 - (uint32_t)e7 : (uint32_t)e7;
	uint32_t whole = size / POINT_DEGREE, rest = size % POINT_DEGREE;

	if (e7 < 0)
		*p++ = '-';
	if (whole >= 100)
		*p++ = (char)('0' + whole / 100);
	if (whole >= 10)
		*p++ = (char)('0' + whole / 10 % 10);
	*p++ = (char)('0' + whole % 10);
	if (rest > 0)
		*p++ = '.';
	for (; rest > 0; rest = rest % (POINT_DEGREE / 10) * 10)
		*p++ = (char)('0' + rest / (POINT_DEGREE / 10));
	b->n += (size_t)(p - start);
}
