#include "nearby.h"

#include <math.h>

#include "grid.h"
#include "mem.h"

/* What is remembered: cells 16 degrees apart displace each other. Places that
 * coincide, which estimates do, are looked through, and one is remembered. */
enum { KEPT = 512, ROOM = 14, LOOKED_THROUGH = 64 };

/* The states of a cell that have no list of places: a list has to be asked for
 * twice to be made, and to be short. */
enum { ASKED_ONCE = ROOM + 1, CROWDED };

/* A line of the processor's cache. */
struct vicinity {
	uint32_t cell;     /* its number, from 1 */
	uint32_t n;        /* places, or a state */
	uint32_t at[ROOM]; /* in the tree */
};

/* How far a corner is from the middle of a cell, at most: of the haversine,
 * 4 sin²(a/2) is below a², and the two cosines below the greatest. */
static double
cell_reach(struct point middle)
{
	const double radian = 3.14159265358979323846 / 180;
	const double half = radian / (2 * GRID_SIDE) * (1 + 1e-6);
	double lat = fabs(middle.lat_e7 * radian / POINT_DEGREE) - half;
	double width = half * cos(fmax(lat, 0));

	return sqrt(half * half + width * width);
}

static bool
coincide(const struct kdtree *t, uint32_t a, uint32_t b)
{
	return t->x[a] == t->x[b] && t->y[a] == t->y[b] && t->z[a] == t->z[b];
}

/* Of places that coincide the lowest number is first among the hits. */
static void
fill(struct vicinity *v, const struct kdtree *t, struct point middle)
{
	struct kd_hit hit[LOOKED_THROUGH] = {{.chord2 = 4}};
	struct vec at = sphere_vec(middle);
	double most;
	size_t n;

	kdtree_nearest(t, at, 1, 4, hit);
	most = sqrt(hit[0].chord2) + 2 * cell_reach(middle);
	n = kdtree_nearest(
	    t, at, LOOKED_THROUGH, most * most * (1 + 1e-9), hit);
	v->n = n < LOOKED_THROUGH ? 0 : CROWDED;
	for (size_t i = 0; i < n && v->n != CROWDED; i++) {
		if (v->n > 0 && coincide(t, v->at[v->n - 1], hit[i].at))
			continue;
		if (v->n == ROOM)
			v->n = CROWDED;
		else
			v->at[v->n++] = hit[i].at;
	}
}

static struct kd_hit
nearest_of(const struct kdtree *t, const struct vicinity *v, struct vec at)
{
	struct kd_hit best = {.chord2 = 5};

	for (uint32_t i = 0; i < v->n; i++) {
		uint32_t k = v->at[i];
		double chord2 =
		    vec_chord2((struct vec){t->x[k], t->y[k], t->z[k]}, at);

		if (chord2 < best.chord2 ||
		    (chord2 == best.chord2 && t->id[k] < best.id))
			best = (struct kd_hit){chord2, t->id[k], k};
	}
	return best;
}

bool
nearby_find(struct nearby *b, struct point p, struct vec at,
    double within_chord2, struct kd_hit *hit)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	uint32_t cell = (uint32_t)row * GRID_COLS + (uint32_t)col + 1;
	struct vicinity *v;

	if (b->cell == NULL)
		b->cell = mem_alloc((size_t)KEPT * KEPT, sizeof *b->cell);
	v = &b->cell[row % KEPT * KEPT + col % KEPT];
	if (v->cell != cell)
		*v = (struct vicinity){.cell = cell, .n = ASKED_ONCE};
	else if (v->n == ASKED_ONCE)
		fill(v, b->tree, grid_middle(row, col));
	if (v->n > ROOM)
		return kdtree_nearest(b->tree, at, 1, within_chord2, hit) > 0;
	*hit = nearest_of(b->tree, v, at);
	return hit->chord2 <= within_chord2;
}

void
nearby_release(struct nearby *b)
{
	mem_free(b->cell);
	*b = NEARBY_EMPTY;
}
