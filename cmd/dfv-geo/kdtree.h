#ifndef DFV_GEO_KDTREE_H
#define DFV_GEO_KDTREE_H

#include <stddef.h>
#include <stdint.h>

#include "sphere.h"

/*
 * The nearest of many places: a k-d tree with buckets (J. L. Bentley, CACM 18,
 * 1975; J. H. Friedman, J. L. Bentley, R. A. Finkel, ACM TOMS 3, 1977) of unit
 * vectors in three dimensions, where the sphere has no edge to cross. Built
 * once, then only read, so that threads share it.
 */
struct kdtree {
	double *x, *y, *z; /* n of each, leaf after leaf */
	uint32_t *id;
	size_t n;
	double *split; /* by node, the root is 1, node i's children 2i, 2i+1 */
	uint8_t *axis;
	size_t nleaf; /* a power of two: node i is leaf i - nleaf */
};

#define KDTREE_EMPTY ((struct kdtree){.n = 0})

struct kd_hit {
	double chord2;
	uint32_t id;
	uint32_t at; /* where it is in x, y, z */
};

/* Place i has the number i. at[] is not kept. */
void kdtree_build(struct kdtree *, const struct vec *at, size_t n);

/*
 * The k nearest, or as many as are within the chord's square, in the order of
 * distance; of equal ones the lower number first. hit has room for k. How
 * many there are.
 */
size_t kdtree_nearest(const struct kdtree *, struct vec at, size_t k,
    double within_chord2, struct kd_hit *hit);

void kdtree_release(struct kdtree *);

#endif
