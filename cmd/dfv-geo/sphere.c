#include "sphere.h"

#include <math.h>

/* "20015.115" and more. */
enum { KM_BYTES = 16 };

static const double pi = 3.14159265358979323846;
static const double radius_km = 6371.0088;

static double
radians(double e7)
{
	return e7 / POINT_DEGREE * (pi / 180);
}

struct turn {
	double sin, cos;
};

/*
 * The sine and cosine of degrees. Quarters of a turn are taken off in whole
 * numbers; of the rest, 45 degrees at most, Taylor's series to the 16th power
 * is right to the last bit or the one before.
 */
static struct turn
turn_of(int32_t e7)
{
	const int64_t quarter = INT64_C(90) * POINT_DEGREE;
	const int64_t whole = INT64_C(360) * POINT_DEGREE;
	int64_t quarters = (e7 + whole + quarter / 2) / quarter;
	double x = radians((double)(e7 + whole - quarters * quarter));
	double z = x * x, s, c;

	s = -1 / 1307674368000.0;
	s = 1 / 6227020800.0 + z * s;
	s = -1 / 39916800.0 + z * s;
	s = 1 / 362880.0 + z * s;
	s = -1 / 5040.0 + z * s;
	s = 1 / 120.0 + z * s;
	s = x + x * z * (-1 / 6.0 + z * s);
	c = 1 / 20922789888000.0;
	c = -1 / 87178291200.0 + z * c;
	c = 1 / 479001600.0 + z * c;
	c = -1 / 3628800.0 + z * c;
	c = 1 / 40320.0 + z * c;
	c = -1 / 720.0 + z * c;
	c = 1 / 24.0 + z * c;
	c = 1 - z / 2 + z * z * c;
	switch (quarters % 4) {
	case 0:
		return (struct turn){s, c};
	case 1:
		return (struct turn){c, -s};
	case 2:
		return (struct turn){-s, -c};
	default:
		return (struct turn){-c, s};
	}
}

struct vec
sphere_vec(struct point p)
{
	struct turn lat = turn_of(p.lat_e7), lon = turn_of(p.lon_e7);

	return (struct vec){lat.cos * lon.cos, lat.cos * lon.sin, lat.sin};
}

double
sphere_km(double chord2)
{
	double half = sqrt(chord2) / 2;

	return 2 * radius_km * asin(half < 1 ? half : 1);
}

double
sphere_chord2(double km)
{
	double half = km / (2 * radius_km);
	double chord = half < pi / 2 ? 2 * sin(half) : 2;

	return chord * chord;
}

void
sphere_put_km(struct buf *b, double km)
{
	char text[KM_BYTES], *end = text + KM_BYTES, *p = end;
	uint32_t m = (uint32_t)(km * 1000 + 0.5), decimals = 3;

	for (; decimals > 0 && m % 10 == 0; decimals--)
		m /= 10;
	for (; decimals > 0; decimals--, m /= 10) {
		*--p = (char)('0' + m % 10);
		if (decimals == 1)
			*--p = '.';
	}
	do
		*--p = (char)('0' + m % 10);
	while ((m /= 10) > 0);
	buf_add(b, span_make(p, (size_t)(end - p)));
}

struct box
sphere_box(struct point centre, double km)
{
	const double most = 180.0 * POINT_DEGREE, e7 = 180 / pi * POINT_DEGREE;
	double angle = km / radius_km, lat = radians(centre.lat_e7);
	double height = angle * e7 + 2, width = most;

	/* Where the circle does not reach a pole, its easternmost point has
	 * the sine sin(angle) / cos(lat) of longitude. */
	if (fabs(lat) + angle < pi / 2)
		width = asin(sin(angle) / cos(lat)) * e7 + 2;
	return (struct box){.centre = centre,
	    .lat_e7 = (int64_t)fmin(height, most),
	    .lon_e7 = (int64_t)fmin(width, most)};
}
