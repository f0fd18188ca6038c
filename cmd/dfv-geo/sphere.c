#include "sphere.h"

#include <math.h>

#include "number.h"

static const double pi = 3.14159265358979323846;
static const double radius_km = 6371.0088;

static double
radians(double e7)
{
	return e7 / POINT_DEGREE * (pi / 180);
}

struct vec
sphere_vec(struct point p)
{
	double lat = radians(p.lat_e7), lon = radians(p.lon_e7);
	double ring = cos(lat);

	return (struct vec){ring * cos(lon), ring * sin(lon), sin(lat)};
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
	number_format(b,
	    (struct number){
		.exact = true, .scale = 3, .mant = llround(km * 1000)});
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
