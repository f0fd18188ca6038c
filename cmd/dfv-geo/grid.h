#ifndef DFV_GEO_GRID_H
#define DFV_GEO_GRID_H

#include <stdint.h>

#include "point.h"

/*
 * The globe in cells of a 32nd of a degree, at most 3.5 km wide. Rows go from
 * the south pole, columns from the antimeridian; the last row and column are
 * those of the north pole and the antimeridian themselves.
 */
enum {
	GRID_SIDE = 32,
	GRID_ROWS = 180 * GRID_SIDE + 1,
	GRID_COLS = 360 * GRID_SIDE + 1
};

static inline int
grid_row(int32_t lat_e7)
{
	return (int)((lat_e7 + INT64_C(90) * POINT_DEGREE) * GRID_SIDE /
	    POINT_DEGREE);
}

static inline int
grid_col(int32_t lon_e7)
{
	return (int)((lon_e7 + INT64_C(180) * POINT_DEGREE) * GRID_SIDE /
	    POINT_DEGREE);
}

/* The middle of a cell. */
static inline struct point
grid_middle(int row, int col)
{
	const int64_t half = POINT_DEGREE / (2 * GRID_SIDE);
	int64_t lat = (int64_t)row * POINT_DEGREE / GRID_SIDE + half;
	int64_t lon = (int64_t)col * POINT_DEGREE / GRID_SIDE + half;
	const int64_t north = INT64_C(180) * POINT_DEGREE;
	const int64_t east = INT64_C(360) * POINT_DEGREE;

	lat = lat < north ? lat : north;
	lon = lon < east ? lon : east;
	return (struct point){
	    (int32_t)(lat - north / 2), (int32_t)(lon - east / 2)};
}

#endif
