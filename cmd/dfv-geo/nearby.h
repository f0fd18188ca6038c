#ifndef DFV_GEO_NEARBY_H
#define DFV_GEO_NEARBY_H

#include <stdbool.h>

#include "rtree.h"

/*
 * The nearest place of a tree for those who ask for many points of one country:
 * a cell of the grid is asked about once, and which places can be nearest to a
 * point of it is remembered. One a thread; the tree is shared, and outlives it.
 */
struct nearby {
	const struct rtree *tree;
	void *room;            /* what cell, which is aligned, lies in */
	struct vicinity *cell; /* NULL before the first question */
	float *width_m;        /* of a degree, by row of the grid; 0: not yet */
};

#define NEARBY_EMPTY ((struct nearby){.cell = NULL})

/* The nearest place to a point, as rtree_nearest has it for k = 1; false where
 * none is within the chord's square. */
bool nearby_find(
    struct nearby *, struct point, double within_chord2, struct rtree_hit *);

/* The same however far it is, for a tree that is not empty, without the
 * distance: where the place is in the tree. */
uint32_t nearby_place(struct nearby *, struct point);

/* Fetches what is remembered of a point's cell into the processor's cache: a
 * while before it is asked for. */
void nearby_prepare(struct nearby *, struct point);

void nearby_release(struct nearby *);

#endif
