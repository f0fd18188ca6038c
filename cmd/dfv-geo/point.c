#include "point.h"

#include <math.h>

#include "number.h"
#include "word.h"

/* A sign, three digits, a point and these decimals are at most so long. */
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

/* What a text starts with: digits, a point, at least one decimal. */
struct usual {
	size_t n; /* bytes; 0: something else */
	size_t decimals;
	int64_t value; /* as if there were no point */
};

/* The first eight bytes, all at once. */
static inline struct usual
read_eight(struct span s)
{
	const uint64_t zeros = UINT64_C(0x3030303030303030);
	uint64_t w = word_load(s.p, s.n) ^ zeros;
	uint64_t others = word_above_nine(w), later = others & (others - 1);
	unsigned point =
	    others == 0 ? 0 : (unsigned)__builtin_ctzll(others) & ~7u;
	unsigned end = later == 0 ? 64 : (unsigned)__builtin_ctzll(later) & ~7u;
	uint64_t whole = (UINT64_C(1) << point) - 1;

	if (point == 0 || (w >> point & 0xFF) != ('.' ^ '0') ||
	    end == point + 8)
		return (struct usual){.n = 0};
	/* The whole part moves up, over the point. */
	w = (w & whole) << 8 | (w & ~whole & ~(UINT64_C(0xFF) << point));
	return (struct usual){.n = end / 8,
	    .decimals = (end - point) / 8 - 1,
	    .value = (int64_t)word_digits(w << (64 - end))};
}

size_t
point_usual(struct span text, int limit_deg, int32_t *e7)
{
	const int64_t limit = (int64_t)limit_deg * POINT_DEGREE;
	bool minus = text.n > 0 && text.p[0] == '-';
	struct span s = span_from(text, minus);
	struct usual u = read_eight(s);

	if (u.n == 0)
		return 0;
	for (; u.n >= 8 && u.n < s.n && is_digit(s.p[u.n]); u.n++) {
		if (++u.decimals > DECIMALS)
			return 0;
		u.value = 10 * u.value + (s.p[u.n] - '0');
	}
	u.value *= power[DECIMALS - u.decimals];
	if (u.value > limit)
		return 0;
	*e7 = (int32_t)(minus ? -u.value : u.value);
	return u.n + minus;
}

bool
point_degrees(struct span text, bool decimal_comma, int limit_deg, int32_t *e7)
{
	const int64_t limit = (int64_t)limit_deg * POINT_DEGREE;
	struct number v;
	int64_t at;

	if (text.n > 0 && point_usual(text, limit_deg, e7) == text.n)
		return true;
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
