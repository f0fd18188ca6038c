#ifndef DFV_GEO_ROOM_H
#define DFV_GEO_ROOM_H

#include <stdbool.h>

#include "frame.h"
#include "shapes.h"

/* Where in a territory there is room for a label. All is in pixels. */
struct box {
	double x0, y0, x1, y1;
};

static inline struct box
box_about(struct pixel at, double w, double h)
{
	return (struct box){
	    at.x - w / 2, at.y - h / 2, at.x + w / 2, at.y + h / 2};
}

/* The largest ring of a shape. */
struct outline {
	struct pixel *at; /* NULL: the shape has none */
	size_t n;
	struct pixel centroid;
	double area; /* twice that */
	struct box box;
};

/* For outline_release(). */
struct outline outline_of(const struct frame *, const struct shape *);

/* The place nearest to the centroid, on a grid, about which a box of w by h is
 * inside; false when there is none. */
bool outline_room(const struct outline *, double w, double h, struct pixel *);

void outline_release(struct outline *);

#endif
