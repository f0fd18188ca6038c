#ifndef DFV_GEO_RTREE_H
#define DFV_GEO_RTREE_H

#include <stddef.h>
#include <stdint.h>

#include "sphere.h"

/*
 * The nearest of many places: an R-tree (A. Guttman, SIGMOD 1984) packed once
 * from places in the order of Hilbert's curve (I. Kamel, C. Faloutsos, CIKM
 * 1993), of unit vectors in three dimensions, where the sphere has no edge to
 * cross. Then only read, so that threads share it.
 */
struct rtree {
	double *x, *y, *z; /* n of each, along the curve */
	uint32_t *id;
	size_t n;
	struct rtree_node *node; /* level after level, from the lowest */
	size_t *level;           /* where each level's nodes start */
	size_t nlevel;           /* the last one's node is the root */
};

#define RTREE_EMPTY ((struct rtree){.n = 0})

struct rtree_hit {
	double chord2;
	uint32_t id;
	uint32_t at; /* where it is in x, y, z */
};

/* Place i has the number i. at[] is not kept. */
void rtree_build(struct rtree *, const struct point *at, size_t n);

/*
 * The k nearest, or as many as are within the chord's square, in the order of
 * distance; of equal ones the lower number first. hit has room for k. How
 * many there are.
 */
size_t rtree_nearest(const struct rtree *, struct vec at, size_t k,
    double within_chord2, struct rtree_hit *hit);

void rtree_release(struct rtree *);

#endif
