/*
 * link: cmd/dfv-geo/rtree.c cmd/dfv-geo/sphere.c cmd/dfv-geo/point.c
 */
#include <stdlib.h>

#include "rtree.h"
#include "unit.h"

/* The tree against looking at every place: the same hits, in the same order. */

enum { MOST = 700, K = 5, QUESTIONS = 300 };

static uint64_t state = 1;

/* Knuth's MMIX generator, its high bits. */
static uint32_t
random_below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

/* Coarse on request, so that places coincide and distances are equal. */
static struct point
random_point(bool coarse)
{
	const int32_t step = coarse ? 15 * POINT_DEGREE : 1;
	const uint32_t turn = coarse ? 24 : 3600000000u;

	return (struct point){
	    (int32_t)((int64_t)random_below(turn / 2 + 1) * step -
		INT64_C(90) * POINT_DEGREE),
	    (int32_t)((int64_t)random_below(turn) * step -
		INT64_C(180) * POINT_DEGREE)};
}

static int
by_distance(const void *a, const void *b)
{
	const struct rtree_hit *x = a, *y = b;

	if (x->chord2 != y->chord2)
		return x->chord2 < y->chord2 ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static bool
agrees(const struct rtree *t, const struct point *at, size_t n, struct vec q,
    double within)
{
	static struct rtree_hit all[MOST], hit[K];
	size_t wanted = 0, found = rtree_nearest(t, q, K, within, hit);

	for (size_t i = 0; i < n; i++) {
		double chord2 = vec_chord2(sphere_vec(at[i]), q);

		if (chord2 <= within)
			all[wanted++] = (struct rtree_hit){
			    .chord2 = chord2, .id = (uint32_t)i};
	}
	qsort(all, wanted, sizeof *all, by_distance);
	wanted = wanted < K ? wanted : K;
	for (size_t i = 0; i < wanted && i < found; i++)
		if (all[i].id != hit[i].id || all[i].chord2 != hit[i].chord2)
			return false;
	return found == wanted;
}

static bool
all_agree(size_t n, bool coarse, double within)
{
	static struct point at[MOST];
	struct rtree t;
	bool good = true;

	for (size_t i = 0; i < n; i++)
		at[i] = random_point(coarse);
	rtree_build(&t, at, n);
	for (int i = 0; i < QUESTIONS && good; i++)
		good =
		    agrees(&t, at, n, sphere_vec(random_point(coarse)), within);
	rtree_release(&t);
	return good;
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 7, 8, 9, 16, 17, 63, 204, MOST};
	bool fine = true, coarse = true, within = true;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		fine = fine && all_agree(sizes[i], false, 4);
		coarse = coarse && all_agree(sizes[i], true, 4);
		within =
		    within && all_agree(sizes[i], false, sphere_chord2(800));
	}
	unit_check(fine, "rtree: the nearest are those that brute force finds");
	unit_check(
	    coarse, "rtree: of equally near places the first comes first");
	unit_check(within, "rtree: none is further than was asked for");
	return unit_done();
}
