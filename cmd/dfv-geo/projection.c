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

static const double earth_radius_m = 6371008.8; /* IUGG mean radius R1 */

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

struct plane
equirectangular(double lon_deg, double lat_deg, double lat0_deg)
{
	return (struct plane){
	    earth_radius_m * radians(lon_deg) * cos(radians(lat0_deg)),
	    earth_radius_m * radians(lat_deg)};
}
