#define _XOPEN_SOURCE 700 /* M_PI */
#include "projection.h"

#include <math.h>

/* NTG_71, Lambert-93: exponent, constant, the pole's coordinates, GRS 80's
 * first eccentricity, and the origin meridian of 3 degrees east. */
static const double exponent = 0.7256077650;
static const double constant_m = 11754255.426;
static const double pole_x_m = 700000.0;
static const double pole_y_m = 12655612.050;
static const double eccentricity = 0.08181919106;
static const double lon0_deg = 3.0;

/* GRS 80's semi-major axis and flattening; UTM's scale on the central meridian
 * and what is added east, and north in the south. */
static const double axis_m = 6378137.0;
static const double flattening = 1 / 298.257222101;
static const double utm_scale = 0.9996;
static const double utm_east_m = 500000.0;
static const double utm_south_m = 10000000.0;

static double
radians(double deg)
{
	return deg * (M_PI / 180.0);
}

/* A pole is infinitely far away: it is cut to where numbers still behave. */
static double
isometric_latitude(double lat_deg)
{
	double lat = radians(fmax(-89.9, fmin(89.9, lat_deg)));
	double s = eccentricity * sin(lat);

	return log(tan(M_PI / 4 + lat / 2)) +
	    eccentricity / 2 * log((1 - s) / (1 + s));
}

struct plane
lambert93(double lon_deg, double lat_deg)
{
	double r = constant_m * exp(-exponent * isometric_latitude(lat_deg));
	double angle = exponent * radians(lon_deg - lon0_deg);

	return (struct plane){
	    pole_x_m + r * sin(angle), pole_y_m - r * cos(angle)};
}

/* The tangent of the conformal latitude. */
static double
conformal_tangent(double lat_deg)
{
	double s = sin(radians(fmax(-89.9, fmin(89.9, lat_deg))));
	double e = sqrt(flattening * (2 - flattening));

	return sinh(atanh(s) - e * atanh(e * s));
}

struct plane
utm(double lon_deg, double lat_deg, int zone)
{
	const double n = flattening / (2 - flattening), n2 = n * n;
	const double alpha[] = {
	    n / 2 - n2 * 2 / 3 + n * n2 * 5 / 16 + n2 * n2 * 41 / 180,
	    n2 * 13 / 48 - n * n2 * 3 / 5 + n2 * n2 * 557 / 1440,
	    n * n2 * 61 / 240 - n2 * n2 * 103 / 140,
	    n2 * n2 * 49561 / 161280,
	};
	const double radius_m =
	    axis_m / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64) * utm_scale;
	double lambda = radians(lon_deg - (6 * zone - 183));
	double t = conformal_tangent(lat_deg);
	double north = atan2(t, cos(lambda));
	double east = asinh(sin(lambda) / hypot(t, cos(lambda)));
	double y = north, x = east;

	for (int j = 0; j < 4; j++) {
		y += alpha[j] * sin(2 * (j + 1) * north) *
		    cosh(2 * (j + 1) * east);
		x += alpha[j] * cos(2 * (j + 1) * north) *
		    sinh(2 * (j + 1) * east);
	}
	return (struct plane){utm_east_m + radius_m * x,
	    radius_m * y + (lat_deg < 0 ? utm_south_m : 0)};
}
