/*
 * link: cmd/dfv-geo/projection.c
 */
#include <math.h>

#include "projection.h"
#include "unit.h"

static bool
near_m(struct plane p, double x_m, double y_m, double within_m)
{
	return fabs(p.x_m - x_m) < within_m && fabs(p.y_m - y_m) < within_m;
}

/* Oracle: PROJ 9.1.1, `cs2cs -f %.3f EPSG:4171 EPSG:2154`. */
static void
test_lambert93(void)
{
	unit_check(near_m(lambert93(3, 46.5), 700000, 6600000, 0.01),
	    "projection: Lambert-93's origin is where its definition puts it");
	unit_check(
	    near_m(lambert93(2.3488, 48.85341), 652216.635, 6861682.612, 0.01),
	    "projection: Paris is where PROJ puts it");
	unit_check(near_m(lambert93(-4.48628, 48.39029), 146618.555,
		       6836251.416, 0.01),
	    "projection: so is Brest, in the west");
	unit_check(near_m(lambert93(9.15917, 41.38741), 1216147.237,
		       6051870.064, 0.01),
	    "projection: so is Bonifacio, in the south-east");
	unit_check(
	    near_m(lambert93(2.37681, 51.03456), 656188.361, 7104490.758, 0.01),
	    "projection: so is Dunkerque, in the north");
	unit_check(
	    isfinite(lambert93(0, -90).x_m) && isfinite(lambert93(0, 90).y_m),
	    "projection: a pole gives finite numbers");
}

static void
test_equirectangular(void)
{
	struct plane a = equirectangular(55, -21, -21);
	struct plane b = equirectangular(56, -21, -21);
	struct plane c = equirectangular(55, -20, -21);

	/* A degree of the mean sphere: 6371008.8 * pi / 180 metres. */
	unit_check(fabs(c.y_m - a.y_m - 111195.08) < 0.1,
	    "projection: a degree of latitude is 111,195 m");
	unit_check(
	    fabs(b.x_m - a.x_m - 111195.08 * cos(21 * acos(-1) / 180)) < 0.1,
	    "projection: a degree of longitude is true to scale at lat0");
}

int
main(void)
{
	test_lambert93();
	test_equirectangular();
	return unit_done();
}
