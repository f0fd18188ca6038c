#ifndef DFV_GEO_NEARBY_H
#define DFV_GEO_NEARBY_H

#include <stdbool.h>

#include "kdtree.h"

/*
 * The nearest place of a tree for those who ask for many points of one country:
 * a cell of the grid is asked about once, and which places can be nearest to
 * any point of it is remembered. Those are the places no further from its
 * middle than the nearest one and twice what its corners are from there. One a
 * thread; the tree is shared, and outlives it.
 */
struct nearby {
	const struct kdtree *tree;
	struct vicinity *cell; /* NULL before the first question */
};

#define NEARBY_EMPTY ((struct nearby){.cell = NULL})

/* The nearest place to a point, `at` as a vector, as kdtree_nearest has it for
 * k = 1; false where none is within the chord's square. */
bool nearby_find(struct nearby *, struct point, struct vec at,
    double within_chord2, struct kd_hit *);

void nearby_release(struct nearby *);

#endif
