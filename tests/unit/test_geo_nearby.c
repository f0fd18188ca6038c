/*
 * link: cmd/dfv-geo/nearby.c cmd/dfv-geo/rtree.c cmd/dfv-geo/sphere.c
 * link: cmd/dfv-geo/point.c
 */
#include "nearby.h"
#include "unit.h"

/* What is remembered of cells against the tree, which test_geo_rtree holds
 * against brute force: the same place, bit for bit, each time it is asked. */

enum { MOST = 3000, QUESTIONS = 3000, TIMES = 3 };

static uint64_t state = 1;

/* Knuth's MMIX generator, its high bits. */
static uint32_t
random_below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

/* A window of the globe, in which places and questions lie; of `step` of a
 * degree each, so that many coincide when it is coarse. */
struct window {
	int32_t lat_deg, lon_deg, deg;
	int32_t step_e7;
};

static struct point
random_point(const struct window *w)
{
	uint32_t n =
	    (uint32_t)((int64_t)w->deg * POINT_DEGREE / w->step_e7) + 1;

	return (struct point){
	    w->lat_deg * POINT_DEGREE + (int32_t)random_below(n) * w->step_e7,
	    w->lon_deg * POINT_DEGREE + (int32_t)random_below(n) * w->step_e7};
}

static bool
agrees(
    const struct rtree *t, struct nearby *near, struct point p, double within)
{
	struct vec at = sphere_vec(p);
	struct rtree_hit wanted, hit;
	bool found = rtree_nearest(t, at, 1, within, &wanted) > 0;

	for (int i = 0; i < TIMES; i++)
		if (nearby_find(near, p, within, &hit) != found ||
		    (found &&
			(hit.id != wanted.id || hit.chord2 != wanted.chord2)))
			return false;
	return within < 4 || t->n == 0 ||
	    t->id[nearby_place(near, p)] == wanted.id;
}

static bool
all_agree(size_t n, const struct window *w, double within)
{
	static struct point at[MOST];
	struct rtree t;
	struct nearby near = {.tree = &t};
	bool good = true;

	for (size_t i = 0; i < n; i++)
		at[i] = random_point(w);
	rtree_build(&t, at, n);
	for (int i = 0; i < QUESTIONS && good; i++)
		good = agrees(&t, &near, random_point(w), within);
	nearby_release(&near);
	rtree_release(&t);
	return good;
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 14, 15, 204, MOST};
	static const struct window country = {43, 0, 5, 1},
				   corner = {43, 0, 1, POINT_DEGREE / 64},
				   pole = {89, 100, 1, 1},
				   east = {-17, 179, 1, 1},
				   south = {-90, -180, 1, 1000};
	bool fine = true, coarse = true, ends = true, within = true;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		fine = fine && all_agree(sizes[i], &country, 4);
		coarse = coarse && all_agree(sizes[i], &corner, 4);
		ends = ends && all_agree(sizes[i], &pole, 4) &&
		    all_agree(sizes[i], &east, 4) &&
		    all_agree(sizes[i], &south, 4);
		within =
		    within && all_agree(sizes[i], &country, sphere_chord2(5));
	}
	unit_check(fine, "nearby: what is remembered is what the tree says");
	unit_check(coarse,
	    "nearby: on the lines of the grid too, where places "
	    "coincide and are equally near");
	unit_check(ends, "nearby: at the poles and at the antimeridian");
	unit_check(within, "nearby: none is further than was asked for");
	return unit_done();
}
