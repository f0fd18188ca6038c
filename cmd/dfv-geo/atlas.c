#include "atlas.h"

#include <math.h>
#include <unistd.h>

#include "grid.h"
#include "mem.h"

/*
 * How far outlines may be off: those of the full folder, IGN's simplified, by
 * 1.5 km at most (its SOURCES.md). Where a department has no outline, what is
 * this near to one of its communes is in it.
 */
static const double margin_m = 1500, vicinity_km = 5;

enum { AROUND = 8, LOOKED_THROUGH = 64, AROUND_MOST = 256 };

/* Whether the communes around the points of a cell have places of their own:
 * to be asked for each point, of all of them, or of none. */
enum placed { PLACED_ASK, PLACED_ALL, PLACED_SOME, PLACED_STATES };

/* Cells 16 degrees apart displace each other. */
enum { KEPT = 512 };

/* Which department an area of the file is. */
static int
find_departement(
    struct atlas *a, const char *file, size_t area, struct diag *diag)
{
	struct span code = a->outline.area[area].code;
	const struct keymap_entry *e =
	    keymap_find(&a->g->departement.by_code, code);

	if (e == NULL) {
		diag_report(diag, DIAG_BAD_GEOGRAPHY,
		    &(struct place){file, 0, 0}, code, "%s",
		    code.n == 0 ? "a feature needs a property 'code'"
				: "departements.tsv has no such code");
		return -1;
	}
	a->departement[area] = e->id;
	a->outlined[e->id] = true;
	return 0;
}

static int
load_outlines(
    struct atlas *a, const char *dir, struct arena *arena, struct diag *diag)
{
	const char *file =
	    arena_printf(arena, "%s/departements.geojson", dir).p;

	if (access(file, F_OK) != 0)
		return 0;
	if (polygons_load(&a->outline, file, DIAG_BAD_GEOGRAPHY, arena, diag) <
	    0)
		return -1;
	areas_build(&a->areas, &a->outline, margin_m);
	a->departement = mem_alloc(a->outline.n + 1, sizeof *a->departement);
	for (size_t i = 0; i < a->outline.n; i++)
		if (find_departement(a, file, i, diag) < 0)
			return -1;
	return 0;
}

static void
plant_tree(struct atlas *a)
{
	const struct gazetteer *g = a->g;
	struct point *at = mem_alloc((size_t)g->ncommune + 1, sizeof *at);
	uint32_t *commune = mem_alloc((size_t)g->ncommune + 1, sizeof *commune);
	size_t n = 0;

	for (uint32_t i = 0; i < g->ncommune; i++)
		if (g->commune[i].how != PRECISION_NONE) {
			a->placed =
			    a->placed && g->commune[i].how == PRECISION_COMMUNE;
			at[n] = g->commune[i].at;
			commune[n++] = i;
		}
	rtree_build(&a->tree, at, n);
	a->place = mem_alloc(n + 1, sizeof *a->place);
	for (size_t i = 0; i < n; i++) {
		uint32_t id = commune[a->tree.id[i]];

		a->place[i] = (struct located){id, g->commune[id].departement};
	}
	mem_free(at);
	mem_free(commune);
}

int
atlas_load(struct atlas *a, const struct gazetteer *g, const char *dir,
    struct arena *arena, struct diag *diag)
{
	*a = (struct atlas){.g = g,
	    .placed = true,
	    .vicinity_chord2 = sphere_chord2(vicinity_km)};
	a->outlined = mem_alloc(g->departement.n + 1, sizeof *a->outlined);
	plant_tree(a);
	return load_outlines(a, dir, arena, diag);
}

/* The nearest commune of a department that the hits reach, or none. */
static uint32_t
nearest_of(const struct atlas *a, struct vec at, uint32_t departement)
{
	struct rtree_hit hit[AROUND_MOST];

	for (size_t k = AROUND; k <= AROUND_MOST; k *= 2) {
		size_t n = rtree_nearest(&a->tree, at, k, 4, hit);

		for (size_t i = 0; i < n; i++) {
			const struct located *l = &a->place[hit[i].at];

			if (l->departement == departement)
				return l->commune;
		}
	}
	return TERRITORY_NONE;
}

static bool
is_placed(const struct atlas *a, const struct rtree_hit *hit)
{
	uint32_t commune = a->place[hit->at].commune;

	return a->g->commune[commune].how == PRECISION_COMMUNE;
}

/* Whether the communes around have places of their own. */
static bool
all_placed_at(const struct atlas *a, struct point p)
{
	struct rtree_hit hit[AROUND];
	size_t n = rtree_nearest(&a->tree, sphere_vec(p), AROUND, 4, hit);

	for (size_t i = 0; i < n; i++)
		if (!is_placed(a, &hit[i]))
			return false;
	return true;
}

/*
 * The same for all points of a cell, the farthest of which is `reach` from its
 * middle: what is d from the middle is d - reach to d + reach from a point.
 * With an estimate at d, there is one around each point if no more than seven
 * places that are none are within d + 2 reach; there is none around any point
 * if none is as near as the eighth place and 2 reach.
 */
static enum placed
all_placed_in(const struct atlas *a, int row, int col)
{
	const double half = 3.14159265358979323846 / 180 / (2 * GRID_SIDE);
	struct vec middle = sphere_vec(grid_middle(row, col));
	double widest = half + hypot(middle.x, middle.y); /* its parallel */
	double reach = 1.001 * hypot(half, half * widest);
	struct rtree_hit hit[LOOKED_THROUGH];
	size_t n = rtree_nearest(&a->tree, middle, AROUND, 4, hit);
	size_t i = 0, nplaced = 0;
	double most;

	if (n < AROUND)
		return PLACED_ASK;
	while (i < AROUND - 1 && is_placed(a, &hit[i]))
		i++;
	most = sqrt(hit[i].chord2) + 2 * reach;
	n = rtree_nearest(&a->tree, middle, LOOKED_THROUGH, most * most, hit);
	for (i = 0; i < n; i++)
		nplaced += is_placed(a, &hit[i]);
	if (n == LOOKED_THROUGH)
		return PLACED_ASK;
	if (nplaced < AROUND)
		return PLACED_SOME;
	return nplaced == n ? PLACED_ALL : PLACED_ASK;
}

/* Whether the communes around have places of their own, the nearest too. */
static bool
all_placed(
    const struct atlas *a, struct scout *s, struct point p, uint32_t nearest)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	uint32_t cell = (uint32_t)row * GRID_COLS + (uint32_t)col + 1;
	uint32_t *known;

	if (a->placed || a->g->commune[nearest].how != PRECISION_COMMUNE)
		return a->placed;
	if (s->placed == NULL)
		s->placed = mem_alloc((size_t)KEPT * KEPT, sizeof *s->placed);
	known = &s->placed[row % KEPT * KEPT + col % KEPT];
	if (*known / PLACED_STATES != cell)
		*known =
		    cell * PLACED_STATES + (uint32_t)all_placed_in(a, row, col);
	return *known % PLACED_STATES == PLACED_ASK
	    ? all_placed_at(a, p)
	    : *known % PLACED_STATES == PLACED_ALL;
}

/* The department, of what is known of the point and the nearest commune's. */
static uint32_t
settle(const struct atlas *a, const struct surroundings *s, uint32_t nearest)
{
	if (s->outline == TERRITORY_NONE)
		return nearest == TERRITORY_NONE || a->outlined[nearest]
		    ? TERRITORY_NONE
		    : nearest;
	return s->near_border && nearest != s->outline ? TERRITORY_NONE
						       : s->outline;
}

uint32_t
atlas_nearest(const struct atlas *a, struct point p, double *km)
{
	struct rtree_hit hit;

	if (rtree_nearest(&a->tree, sphere_vec(p), 1, 4, &hit) == 0)
		return TERRITORY_NONE;
	*km = sphere_km(hit.chord2);
	return a->place[hit.at].commune;
}

/* The nearest place, or none: outside of all outlines it has to be very near. */
static struct located
nearest_place(
    const struct atlas *a, struct nearby *near, struct point p, bool inside)
{
	const struct located none = {TERRITORY_NONE, TERRITORY_NONE};
	struct rtree_hit hit;

	if (a->tree.n == 0)
		return none;
	if (inside)
		return a->place[nearby_place(near, p)];
	return nearby_find(near, p, a->vicinity_chord2, &hit) ? a->place[hit.at]
							      : none;
}

void
atlas_prepare(const struct atlas *a, struct scout *scout, struct point p)
{
	nearby_prepare(&scout->near, p);
	if (a->areas.p != NULL)
		areas_prepare(&a->areas, p);
}

struct surroundings
atlas_look(const struct atlas *a, struct scout *scout, struct point p)
{
	struct surroundings s = {.departement = TERRITORY_NONE,
	    .commune = TERRITORY_NONE,
	    .nearest = TERRITORY_NONE,
	    .outline = TERRITORY_NONE};
	struct located nearest;

	if (a->areas.p != NULL) {
		uint32_t area = areas_find(&a->areas, p, &s.near_border);

		if (area != AREA_NONE)
			s.outline = a->departement[area];
	}
	nearest =
	    nearest_place(a, &scout->near, p, s.outline != TERRITORY_NONE);
	s.nearest = nearest.commune;
	s.departement = settle(a, &s, nearest.departement);
	if (s.departement != TERRITORY_NONE && s.nearest != TERRITORY_NONE &&
	    all_placed(a, scout, p, s.nearest))
		s.commune = nearest.departement == s.departement
		    ? s.nearest
		    : nearest_of(a, sphere_vec(p), s.departement);
	return s;
}

uint32_t
atlas_departement(const struct atlas *a, struct scout *scout, struct point p)
{
	bool border = true;
	uint32_t area = AREA_NONE;

	if (a->areas.p != NULL)
		area = areas_find(&a->areas, p, &border);
	return border || area == AREA_NONE ? atlas_look(a, scout, p).departement
					   : a->departement[area];
}

static double
find_neighbour_km(const struct atlas *a, uint32_t commune)
{
	struct vec at = sphere_vec(a->g->commune[commune].at);
	struct rtree_hit hit[2];
	size_t n = rtree_nearest(&a->tree, at, 2, 4, hit);

	return n < 2 ? 0 : sphere_km(hit[1].chord2);
}

double
atlas_neighbour_km(const struct atlas *a, struct scout *s, uint32_t commune)
{
	double *km;

	if (s->neighbour_km == NULL)
		s->neighbour_km =
		    mem_alloc(a->g->ncommune, sizeof *s->neighbour_km);
	km = &s->neighbour_km[commune];
	if (*km == 0)
		*km = find_neighbour_km(a, commune);
	return *km;
}

void
atlas_release(struct atlas *a)
{
	rtree_release(&a->tree);
	areas_release(&a->areas);
	polygons_release(&a->outline);
	mem_free(a->place);
	mem_free(a->departement);
	mem_free(a->outlined);
	*a = ATLAS_EMPTY;
}

void
scout_init(struct scout *s, const struct atlas *a)
{
	*s = (struct scout){.near = {.tree = &a->tree}};
}

void
scout_release(struct scout *s)
{
	nearby_release(&s->near);
	mem_free(s->placed);
	mem_free(s->neighbour_km);
}
