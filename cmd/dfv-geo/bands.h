#ifndef DFV_GEO_BANDS_H
#define DFV_GEO_BANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "grid.h"
#include "polygons.h"

/*
 * The edges of one area by latitude: a row of the grid has four bands, since
 * edges are short. A ray is cut with those of a point's band (M. Shimrat's
 * algorithm 112, CACM 5, 1962), in whole numbers and so without rounding. A
 * point on an edge or at a corner, of a hole as well, is inside.
 */
enum { BANDS_A_ROW = 4 };

struct band {
	size_t edge; /* its first */
	size_t n;
};

struct bands {
	struct band *band; /* NULL before bands_build */
	struct edge *edge; /* band after band; long ones are in several */
	int south;         /* the number of the first band */
	int n;
};

/* Bands are numbered from the south pole. */
static inline int
band_row(int32_t lat_e7)
{
	return (int)((lat_e7 + INT64_C(90) * POINT_DEGREE) *
	    (GRID_SIDE * BANDS_A_ROW) / POINT_DEGREE);
}

/* The rows, of bands or of cells, that an edge reaches into. */
static inline void
edge_rows(
    const struct edge *e, int (*row)(int32_t lat_e7), int *first, int *last)
{
	int a = row(e->a.lat_e7), b = row(e->b.lat_e7);

	*first = a < b ? a : b;
	*last = a < b ? b : a;
}

/* For one of the polygons' areas; all of it lives in the arena. */
void bands_build(
    struct bands *, const struct polygons *, size_t area, struct arena *);

/* Whether the area has the point, whose latitude is within the bands. */
bool bands_enclose(const struct bands *, struct point);

/* The same of any rings. */
bool edges_enclose(const struct edge *, size_t n, struct point);

#endif
