#ifndef DFV_GEO_SHAPES_H
#define DFV_GEO_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "span.h"

/* The boundaries of departments or regions, from a GeoJSON file (RFC 7946): a
 * FeatureCollection of Polygons and MultiPolygons with a property `code`. */
struct position {
	double lon_deg;
	double lat_deg;
};

struct ring {
	struct position *at;
	size_t n;
	bool outer; /* begins a polygon; its holes follow */
};

struct shape {
	struct span code;
	struct ring *ring; /* of all its polygons */
	size_t nring;
};

struct shapes {
	struct shape *item;
	size_t n;
	/* Whom to thank: the collection's own member `attribution` (RFC 7946,
	 * 6.1), or empty. */
	struct span attribution;
};

/* All of it lives in the arena. 0, or -1 after a report. */
int shapes_load(
    struct shapes *, const char *file, struct arena *, struct diag *);

#endif
