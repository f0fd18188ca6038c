#ifndef DFV_GEO_SPHERE_H
#define DFV_GEO_SPHERE_H

#include "buf.h"
#include "point.h"

/*
 * Great-circle distances on a sphere of the mean Earth radius (IUGG,
 * 6371.0088 km), which the ellipsoid is within 0.56 % of. Places are unit
 * vectors, compared by the square of the chord between them: that is the
 * haversine (R. W. Sinnott, Sky and Telescope 68, 1984) times four, grows with
 * the distance, needs no trigonometry a pair, and is right at the poles and
 * across the antimeridian.
 */
struct vec {
	double x, y, z;
};

struct vec sphere_vec(struct point);

static inline double
vec_chord2(struct vec a, struct vec b)
{
	double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;

	return x * x + y * y + z * z;
}

/* The distance of a chord's square (0 to 4), and back; half the Earth's
 * circumference is the most there is. */
double sphere_km(double chord2);
double sphere_chord2(double km);

/* Appends kilometres, rounded to a metre. */
void sphere_put_km(struct buf *, double km);

/*
 * The box around all that is within some distance: what is outside needs no
 * distance. Widened a little, so that rounding leaves nothing out.
 */
struct box {
	struct point centre;
	int64_t lat_e7; /* half its height */
	int64_t lon_e7; /* half its width; 180 degrees: all round */
};

struct box sphere_box(struct point centre, double km);

static inline bool
box_has_lat(const struct box *b, int32_t lat_e7)
{
	int64_t north = (int64_t)lat_e7 - b->centre.lat_e7;

	return north >= -b->lat_e7 && north <= b->lat_e7;
}

static inline bool
box_has_lon(const struct box *b, int32_t lon_e7)
{
	int64_t east = point_east_e7(lon_e7, b->centre.lon_e7);

	return east >= -b->lon_e7 && east <= b->lon_e7;
}

#endif
