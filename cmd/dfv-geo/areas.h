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
 * 2001). In the others a ray is cut with the edges of the point's latitude
 * (bands.h). A degree of cells is worked out when a point of it is first asked
 * for, since most requests are of one country or one town.
 *
 * A point on an edge or at a corner, of a hole as well, is inside. Of several
 * areas that a point is in, as where two of them touch, the first counts.
 *
 * Threads share it: what one of them works out the others wait for.
 */
struct areas {
	const struct polygons *p;
	double margin_e7;    /* along a meridian */
	struct tile *tile;   /* the globe by degrees */
	struct bands *bands; /* of each area, when a tile of it was asked for */
	uint32_t *member;    /* the areas of tiles */
	uint32_t nmember;
	struct survey *survey;
};

#define AREAS_EMPTY ((struct areas){.p = NULL})
#define AREA_NONE   UINT32_MAX

/* For polygons that outlive it. Points that are less than about margin_m from
 * an edge are told apart from the others. To be released. */
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
