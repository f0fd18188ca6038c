#include "nearby.h"

#include <math.h>

#include "grid.h"
#include "mem.h"

/* A chord's square that nothing is beyond. */
static const double globe_chord2 = 5;

/* What is remembered: cells 16 degrees apart displace each other. */
enum { KEPT = 512, LOOKED_THROUGH = 64 };

/* A cell has to be asked about twice before its rivals are looked for. There
 * may be nothing near enough; they are told apart in the plane where they are
 * few and near, or with their vectors, or, where there are too many, by the
 * tree. */
enum { ASKED_ONCE, NOTHING, PLANE, VECTORS, CROWDED };

enum { FEW = 7, MANY = 14, FAR_M = 32000 };

/* A line of the processor's cache: the places that a cell's points may have for
 * their nearest. */
struct vicinity {
	uint32_t cell; /* its number, from 1 */
	uint16_t state;
	uint16_t n;
	union {
		double within_chord2; /* of NOTHING: none is so near */
		uint32_t at[MANY];    /* in the tree */
		struct {
			int16_t east_m[FEW];  /* of the cell's middle; FAR_M */
			int16_t north_m[FEW]; /* behind the n-th */
			uint32_t at[FEW];
		} plane;
	};
};

static const double radian = 3.14159265358979323846 / 180;
static const double radius_m = 6371008.8;

/*
 * How wrong the difference of two distances in the plane may be. The plane
 * touches the sphere in the cell's middle. A place is rounded to a metre both
 * ways, 0.71 m; within FAR_M the sphere falls away from the plane by 80 m, which
 * makes the distance 0.1 m longer; a point's metres are those of the middle's
 * latitude, which for 1.8 km at most is 0.5 m off, and a parallel's bend 0.2 m.
 */
static const float doubt_m = 4;

static struct vec
vec_between(struct vec a, struct vec b)
{
	return (struct vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static double
vec_dot(struct vec a, struct vec b)
{
	return a.x * b.x + a.y * b.y + a.z * b.z;
}

static struct vec
place_vec(const struct rtree *t, uint32_t at)
{
	return (struct vec){t->x[at], t->y[at], t->z[at]};
}

enum { CORNERS = 4 };

static void
cell_corners(int row, int col, struct vec corner[CORNERS])
{
	const int32_t side = POINT_DEGREE / GRID_SIDE;

	for (int i = 0; i < CORNERS; i++)
		corner[i] = sphere_vec(
		    (struct point){(row + i / 2) * side - 90 * POINT_DEGREE,
			(int32_t)((int64_t)(col + i % 2) * side -
			    INT64_C(180) * POINT_DEGREE)});
}

/*
 * Whether a is at least as near as b to all of a cell: to its corners, for half
 * a sphere is nearer to a, and by 1e-6 of what parts them, for the cell bends
 * by less than 1e-7.
 */
static bool
beats(struct vec a, struct vec b, const struct vec corner[CORNERS])
{
	struct vec by = vec_between(a, b);
	double least = 1e-6 * sqrt(vec_dot(by, by));

	for (int i = 0; i < CORNERS; i++)
		if (vec_dot(by, corner[i]) < least)
			return false;
	return true;
}

/* Takes a place, the next one from the middle, unless it is beaten. */
static void
add_rival(struct vicinity *v, const struct rtree *t, uint32_t at,
    const struct vec corner[CORNERS])
{
	for (uint32_t i = 0; i < v->n; i++)
		if (beats(place_vec(t, v->at[i]), place_vec(t, at), corner))
			return;
	if (v->n == MANY)
		v->state = CROWDED;
	else
		v->at[v->n++] = at;
}

/* How far the corners are from the middle of a cell, as a chord. */
static double
cell_reach(struct vec middle, const struct vec corner[CORNERS])
{
	double reach2 = 0;

	for (int i = 0; i < CORNERS; i++)
		reach2 = fmax(reach2, vec_chord2(middle, corner[i]));
	return sqrt(reach2) * (1 + 1e-6);
}

/* Puts the rivals into the plane, unless they are many or far. */
static void
flatten(struct nearby *b, struct vicinity *v, struct point middle, int row)
{
	double lat = middle.lat_e7 * radian / POINT_DEGREE;
	double lon = middle.lon_e7 * radian / POINT_DEGREE;
	struct vec east = {-sin(lon), cos(lon), 0};
	struct vec north = {
	    -sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)};
	struct vicinity flat = {.cell = v->cell, .state = PLANE, .n = v->n};

	for (uint32_t i = 0; i < FEW; i++)
		flat.plane.east_m[i] = flat.plane.north_m[i] = FAR_M;
	for (uint32_t i = 0; i < v->n; i++) {
		struct vec at = place_vec(b->tree, v->at[i]);
		double east_m = vec_dot(at, east) * radius_m;
		double north_m = vec_dot(at, north) * radius_m;

		if (v->n > FEW || fmax(fabs(east_m), fabs(north_m)) > FAR_M ||
		    vec_dot(at, sphere_vec(middle)) < 0)
			return;
		flat.plane.east_m[i] = (int16_t)lrint(east_m);
		flat.plane.north_m[i] = (int16_t)lrint(north_m);
		flat.plane.at[i] = v->at[i];
	}
	b->width_m[row] = (float)(cos(lat) * radius_m * radian);
	*v = flat;
}

/* The rivals are no further from the middle than the nearest place and twice
 * what the corners are. */
static void
fill(struct nearby *b, struct vicinity *v, int row, int col,
    double within_chord2)
{
	struct rtree_hit hit[LOOKED_THROUGH];
	struct point middle = grid_middle(row, col);
	struct vec at = sphere_vec(middle), corner[CORNERS];
	double reach, most;
	size_t n;

	cell_corners(row, col, corner);
	reach = cell_reach(at, corner);
	most = sqrt(within_chord2) * (1 + 1e-6) + reach;
	v->state = NOTHING;
	v->within_chord2 = within_chord2;
	if (rtree_nearest(b->tree, at, 1, most * most, hit) == 0)
		return;
	most = sqrt(hit[0].chord2) * (1 + 1e-6) + 2 * reach;
	n = rtree_nearest(b->tree, at, LOOKED_THROUGH, most * most, hit);
	v->n = 0;
	v->state = n < LOOKED_THROUGH ? VECTORS : CROWDED;
	for (size_t i = 0; i < n && v->state != CROWDED; i++)
		add_rival(v, b->tree, hit[i].at, corner);
	if (v->state != CROWDED)
		flatten(b, v, middle, row);
}

static struct rtree_hit
nearest_of(
    const struct rtree *t, const uint32_t *rival, uint32_t n, struct point p)
{
	struct rtree_hit best = {.chord2 = 5};
	struct vec at = sphere_vec(p);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = rival[i];
		double chord2 = vec_chord2(place_vec(t, k), at);

		if (chord2 < best.chord2 ||
		    (chord2 == best.chord2 && t->id[k] < best.id))
			best = (struct rtree_hit){chord2, t->id[k], k};
	}
	return best;
}

/* The rival that is nearest in the plane, or FEW where two may be. */
static uint32_t
nearest_flat(const struct nearby *b, const struct vicinity *v, struct point p,
    int row, struct point middle)
{
	const double degree_m = radius_m * radian;
	float east_m =
	    (float)(p.lon_e7 - middle.lon_e7) / POINT_DEGREE * b->width_m[row];
	float north_m =
	    (float)(p.lat_e7 - middle.lat_e7) / POINT_DEGREE * (float)degree_m;
	float first = INFINITY, second = INFINITY;
	uint32_t best = 0;

	for (uint32_t i = 0; i < FEW; i++) {
		float e = east_m - v->plane.east_m[i];
		float n = north_m - v->plane.north_m[i];
		float far = e * e + n * n;
		bool nearer = far < first;

		second = nearer ? first : far < second ? far : second;
		first = nearer ? far : first;
		best = nearer ? i : best;
	}
	first = sqrtf(first) + doubt_m;
	return first * first < second ? best : FEW;
}

static inline struct vicinity *
vicinity_slot(const struct nearby *b, int row, int col)
{
	return &b->cell[row % KEPT * KEPT + col % KEPT];
}

static void
begin(struct nearby *b)
{
	if (b->cell != NULL)
		return;
	b->room = mem_alloc_table((size_t)KEPT * KEPT + 1, sizeof *b->cell);
	b->cell = (struct vicinity *)(void *)((char *)b->room +
	    (0 - (uintptr_t)b->room) % sizeof *b->cell);
	b->width_m = mem_alloc(GRID_ROWS, sizeof *b->width_m);
}

/* What is remembered of a cell, now that it is asked about. */
static struct vicinity *
ask(struct nearby *b, int row, int col, double within_chord2)
{
	uint32_t cell = (uint32_t)row * GRID_COLS + (uint32_t)col + 1;
	struct vicinity *v;

	begin(b);
	v = vicinity_slot(b, row, col);
	if (v->cell != cell)
		*v = (struct vicinity){.cell = cell, .state = ASKED_ONCE};
	else if (v->state == ASKED_ONCE ||
	    (v->state == NOTHING && v->within_chord2 < within_chord2))
		fill(b, v, row, col, within_chord2);
	return v;
}

bool
nearby_find(struct nearby *b, struct point p, double within_chord2,
    struct rtree_hit *hit)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	const struct vicinity *v = ask(b, row, col, within_chord2);

	switch (v->state) {
	case NOTHING:
		return false;
	case PLANE:
		*hit = nearest_of(b->tree, v->plane.at, v->n, p);
		return hit->chord2 <= within_chord2;
	case VECTORS:
		*hit = nearest_of(b->tree, v->at, v->n, p);
		return hit->chord2 <= within_chord2;
	default:
		return rtree_nearest(
			   b->tree, sphere_vec(p), 1, within_chord2, hit) > 0;
	}
}

uint32_t
nearby_place(struct nearby *b, struct point p)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	const struct vicinity *v = ask(b, row, col, globe_chord2);
	struct rtree_hit hit = {.at = 0};
	uint32_t i = FEW;

	if (v->state == PLANE)
		i = nearest_flat(b, v, p, row, grid_middle(row, col));
	if (i < FEW)
		return v->plane.at[i];
	nearby_find(b, p, globe_chord2, &hit);
	return hit.at;
}

void
nearby_prepare(struct nearby *b, struct point p)
{
	begin(b);
	__builtin_prefetch(
	    vicinity_slot(b, grid_row(p.lat_e7), grid_col(p.lon_e7)));
}

void
nearby_release(struct nearby *b)
{
	mem_free(b->room);
	mem_free(b->width_m);
	*b = NEARBY_EMPTY;
}
