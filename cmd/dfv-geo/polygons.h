#ifndef DFV_GEO_POLYGONS_H
#define DFV_GEO_POLYGONS_H

#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "point.h"
#include "span.h"

/*
 * What a GeoJSON file (RFC 7946) encloses: a FeatureCollection, a Feature or a
 * geometry of Polygons and MultiPolygons. Edges are straight in degrees
 * (3.1.1), and do not cross the antimeridian (3.1.9).
 */
struct edge {
	struct point a, b;
};

/* A feature: the edges of all its rings, outer and inner ones alike. */
struct area {
	struct span code; /* its property `code`; may be missing */
	size_t edge;      /* its first */
	size_t nedge;
	struct point least; /* of its bounding box */
	struct point most;
};

struct polygons {
	struct edge *edge;
	size_t nedge;
	size_t edge_cap;
	struct area *area;
	size_t n;
	size_t cap;
};

#define POLYGONS_EMPTY ((struct polygons){.n = 0})

/* Codes live in the arena; a mistake is reported as the diagnostic that is
 * given. 0, or -1 after a report; to be released in either case. */
int polygons_load(struct polygons *, const char *file, enum diag_id,
    struct arena *, struct diag *);

void polygons_release(struct polygons *);

#endif
