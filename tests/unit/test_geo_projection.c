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

/* Oracle: PROJ 9.1.1, `cs2cs -f %.4f EPSG:4326 EPSG:5490` and so on. */
static void
test_utm(void)
{
	unit_check(
	    near_m(utm(-61.55, 16.25, 20), 654957.4536, 1797138.0712, 0.001),
	    "projection: Guadeloupe is where PROJ puts it in zone 20");
	unit_check(near_m(utm(-52.3, 4.9, 22), 355855.4384, 541750.1636, 0.001),
	    "projection: so is Guyane in zone 22");
	unit_check(
	    near_m(utm(55.45, -20.9, 40), 338788.5299, 7688141.5378, 0.001),
	    "projection: so is La Reunion in zone 40, south");
	unit_check(
	    near_m(utm(45.2, -12.8, 38), 521705.5480, 8584972.9625, 0.001),
	    "projection: so is Mayotte in zone 38, south");
	unit_check(
	    isfinite(utm(0, 90, 31).y_m) && isfinite(utm(0, -90, 31).y_m),
	    "projection: a pole gives finite numbers here too");
}

int
main(void)
{
	test_lambert93();
	test_utm();
	return unit_done();
}
