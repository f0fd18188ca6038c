#ifndef DFV_GEO_ROOM_H
#define DFV_GEO_ROOM_H

#include <stdbool.h>

#include "frame.h"
#include "shapes.h"

/* Where in a territory there is room for a label. All is in pixels. */
struct rect {
	double x0, y0, x1, y1;
};

static inline struct rect
rect_about(struct pixel at, double w, double h)
{
	return (struct rect){
	    at.x - w / 2, at.y - h / 2, at.x + w / 2, at.y + h / 2};
}

/* Boxes that are taken; {NULL, 0, 0} is none. For mem_free(item). */
struct rects {
	struct rect *item;
	size_t n;
	size_t cap;
};

void rects_add(struct rects *, struct rect);

/* Whether a box meets none of them, the first `from` put aside. */
bool rects_clear(const struct rects *, size_t from, struct rect);

/* The largest ring of a shape. */
struct outline {
	struct pixel *at; /* NULL: the shape has none */
	size_t n;
	struct pixel centroid;
	double area; /* twice that */
	struct rect box;
};

/* For outline_release(). */
struct outline outline_of(const struct frame *, const struct shape *);

/* A box, and what it may not lie on (rects_clear). */
struct want {
	double w, h;
	const struct rects *taken;
	size_t from;
};

/* The place nearest to the centroid, on a grid, about which the box is inside
 * and clear; false when there is none. */
bool outline_room(const struct outline *, const struct want *, struct pixel *);

void outline_release(struct outline *);

#endif
