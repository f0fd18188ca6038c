#ifndef DFV_GEO_POINT_H
#define DFV_GEO_POINT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * A place on Earth, WGS 84, in ten-millionths of a degree: 11 mm at most, as
 * OpenStreetMap keeps them. Being whole numbers, two places are the same or
 * not, and whether one is on an edge is exact.
 */
struct point {
	int32_t lat_e7;
	int32_t lon_e7;
};

enum { POINT_DEGREE = 10000000 };

/* Degrees, at most limit_deg either way, spaces around them put aside; rounded
 * to the seventh decimal, halves away from zero. */
bool point_degrees(struct span, bool decimal_comma, int limit_deg, int32_t *e7);

/* The same of what a text starts with, if it is in the usual form, "-1.25", of
 * one to seven decimals: how many bytes, or 0. */
size_t point_usual(struct span, int limit_deg, int32_t *e7);

/* A latitude and a longitude. */
bool point_read(
    struct span lat, struct span lon, bool decimal_comma, struct point *);

/* "46.63,1.06", as an option's argument. */
bool point_parse(struct span text, struct point *);

/* Appends degrees. */
void point_put(struct buf *, int32_t e7);

/* How far east lon_e7 is of from_e7, the shorter way round: from -180 degrees
 * to 180. */
static inline int64_t
point_east_e7(int32_t lon_e7, int32_t from_e7)
{
	const int64_t turn = INT64_C(360) * POINT_DEGREE;
	int64_t east = (int64_t)lon_e7 - from_e7;

	if (east > turn / 2)
		return east - turn;
	return east < -turn / 2 ? east + turn : east;
}

#endif
