#ifndef DFV_GEO_AREAS_H
#define DFV_GEO_AREAS_H

#include <stdbool.h>
#include <stdint.h>

#include "point.h"
#include "polygons.h"

/*
 * In which polygon a point is. The globe is a grid of cells, most of which no
 * edge comes near: what they are in is worked out once (the cell-based
 * containment of B. Zalik and I. Kolingerova, Computers & Geosciences 27,
 * 2001). In the others a ray is cut with the edges of the point's latitude,
 * band by band (M. Shimrat's algorithm 112, CACM 5, 1962), in whole numbers
 * and so without rounding.
 *
 * A point on an edge or at a corner, of a hole as well, is inside. Of several
 * areas that a point is in, as where two of them touch, the first counts.
 *
 * Built once, then only read, so that threads share it.
 */
struct areas {
	const struct polygons *p;
	struct band *band;  /* of each area, from the south */
	size_t *band_first; /* an area's first band */
	struct edge *edge;  /* those of the bands, which share some */
	struct tile *tile;  /* the globe by degrees */
	uint32_t *member;   /* the areas of tiles */
	uint32_t nmember;
	uint32_t *cell; /* of tiles that edges cross */
};

#define AREAS_EMPTY ((struct areas){.p = NULL})
#define AREA_NONE   UINT32_MAX

/* For polygons that outlive it. Points that are less than about margin_m from
 * an edge are told apart from the others. */
void areas_build(struct areas *, const struct polygons *, double margin_m);

/*
 * The area a point is in, or AREA_NONE. *near, unless NULL: an edge is no
 * further than the margin, or at most a cell (3 km) further.
 */
uint32_t areas_find(const struct areas *, struct point, bool *near);

/* Fetches what areas_find looks at into the processor's cache: a while before. */
void areas_prepare(const struct areas *, struct point);

/* The same by looking at every edge: what is right. */
uint32_t areas_find_slowly(const struct polygons *, struct point);

void areas_release(struct areas *);

#endif
