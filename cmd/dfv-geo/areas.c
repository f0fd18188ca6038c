#include "areas.h"

#include <math.h>

#include "grid.h"
#include "mem.h"

/* Tiles are a degree; a cell has four bands, since edges are short. */
enum {
	SIDE = GRID_SIDE,
	TILE_COLS = 361,
	TILE_ROWS = 181,
	CELL_COLS = TILE_COLS * SIDE,
	CELL_ROWS = TILE_ROWS * SIDE,
	CELL_BANDS = 4
};

/* What a cell is: the area that all of it is in, from 1, or one of these, and
 * whether an edge comes near. */
#define CELL_OUTSIDE UINT32_C(0)
#define CELL_CUT     UINT32_C(0x7fffffff)
#define CELL_NEAR    UINT32_C(0x80000000)

static const double cell_e7 = (double)POINT_DEGREE / SIDE;
static const double degree_m = 6371008.8 * 3.14159265358979323846 / 180;

/* The edges that reach into a quarter of a row of cells. */
struct band {
	size_t edge;
	size_t n;
};

/* All zeros where there is no area: memory that is not touched. */
struct tile {
	uint32_t member; /* the first of its areas, from 1 */
	uint32_t nmember;
	uint32_t cell; /* where its cells are, behind 1; 0: all are as `in` */
	uint32_t in;
};

static inline int
band_row(int32_t lat_e7)
{
	return (int)((lat_e7 + INT64_C(90) * POINT_DEGREE) *
	    (SIDE * CELL_BANDS) / POINT_DEGREE);
}

/*
 * Whether a ray from p to the east cuts the edge, which turns *odd round; true
 * when p is on the edge itself. Products stay below 2^63: 180 by 360 degrees.
 */
static inline bool
edge_cuts(const struct edge *e, struct point p, bool *odd)
{
	int64_t rise = (int64_t)e->b.lat_e7 - e->a.lat_e7;
	int64_t run = (int64_t)e->b.lon_e7 - e->a.lon_e7;
	int64_t north = (int64_t)p.lat_e7 - e->a.lat_e7;
	int64_t east = (int64_t)p.lon_e7 - e->a.lon_e7;
	int64_t left, right;

	if (rise == 0)
		return north == 0 &&
		    (run > 0 ? east >= 0 && east <= run
			     : east <= 0 && east >= run);
	if (rise > 0 ? north < 0 || north > rise : north > 0 || north < rise)
		return false;
	left = run * north;
	right = east * rise;
	if (left == right)
		return true;
	/* Of two edges that meet at p's latitude one counts: the upper. */
	if ((e->a.lat_e7 > p.lat_e7) != (e->b.lat_e7 > p.lat_e7))
		*odd ^= rise > 0 ? right < left : right > left;
	return false;
}

static bool
edges_enclose(const struct edge *e, size_t n, struct point p)
{
	bool odd = false;

	for (size_t i = 0; i < n; i++)
		if (edge_cuts(&e[i], p, &odd))
			return true;
	return odd;
}

static inline bool
in_bounds(const struct area *a, struct point p)
{
	return p.lat_e7 >= a->least.lat_e7 && p.lat_e7 <= a->most.lat_e7 &&
	    p.lon_e7 >= a->least.lon_e7 && p.lon_e7 <= a->most.lon_e7;
}

uint32_t
areas_find_slowly(const struct polygons *p, struct point at)
{
	for (size_t i = 0; i < p->n; i++)
		if (in_bounds(&p->area[i], at) &&
		    edges_enclose(
			p->edge + p->area[i].edge, p->area[i].nedge, at))
			return (uint32_t)i;
	return AREA_NONE;
}

static bool
area_has(const struct areas *s, uint32_t i, struct point p)
{
	const struct area *a = &s->p->area[i];
	const struct band *band;

	if (!in_bounds(a, p))
		return false;
	band = &s->band[s->band_first[i] +
	    (size_t)(band_row(p.lat_e7) - band_row(a->least.lat_e7))];
	return edges_enclose(s->edge + band->edge, band->n, p);
}

static uint32_t
tile_find(const struct areas *s, const struct tile *t, struct point p)
{
	const uint32_t *member = s->member + t->member - 1;

	for (uint32_t i = 0; i < t->nmember; i++)
		if (area_has(s, member[i], p))
			return member[i];
	return AREA_NONE;
}

/* What is known of a cell: of a tile without cells, of the tile. */
static inline const uint32_t *
cell_at(const struct areas *s, const struct tile *t, int row, int col)
{
	return t->cell == 0
	    ? &t->in
	    : &s->cell[t->cell - 1 + (uint32_t)row % SIDE * SIDE +
		  (uint32_t)col % SIDE];
}

static inline struct tile *
tile_at(const struct areas *s, int row, int col)
{
	return &s->tile[(uint32_t)row / SIDE * TILE_COLS +
	    (uint32_t)col / SIDE];
}

void
areas_prepare(const struct areas *s, struct point p)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);

	__builtin_prefetch(cell_at(s, tile_at(s, row, col), row, col));
}

uint32_t
areas_find(const struct areas *s, struct point p, bool *near)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	const struct tile *t = tile_at(s, row, col);
	uint32_t is = *cell_at(s, t, row, col);

	if (near != NULL)
		*near = (is & CELL_NEAR) != 0;
	is &= ~CELL_NEAR;
	if (is == CELL_CUT)
		return tile_find(s, t, p);
	return is - 1; /* AREA_NONE for CELL_OUTSIDE */
}

/* The rows, of bands or cells, that an edge reaches into. */
static void
edge_rows(
    const struct edge *e, int (*row)(int32_t lat_e7), int *first, int *last)
{
	int a = row(e->a.lat_e7), b = row(e->b.lat_e7);

	*first = a < b ? a : b;
	*last = a < b ? b : a;
}

/* The bands of one area: counted, given room, then filled. */
static void
build_bands(struct areas *s, size_t i, size_t *cap, size_t *nedge)
{
	const struct area *a = &s->p->area[i];
	const struct edge *edge = s->p->edge + a->edge;
	int south = band_row(a->least.lat_e7), first, last;
	size_t nband = (size_t)(band_row(a->most.lat_e7) - south) + 1;
	struct band *band = s->band + s->band_first[i];

	for (size_t e = 0; e < a->nedge; e++) {
		edge_rows(&edge[e], band_row, &first, &last);
		for (int r = first; r <= last; r++)
			band[r - south].n++;
	}
	for (size_t r = 0; r < nband; r++) {
		band[r].edge = *nedge;
		*nedge += band[r].n;
		band[r].n = 0;
	}
	s->edge = mem_grow(s->edge, cap, *nedge, sizeof *s->edge);
	for (size_t e = 0; e < a->nedge; e++) {
		edge_rows(&edge[e], band_row, &first, &last);
		for (int r = first; r <= last; r++) {
			struct band *b = &band[r - south];

			s->edge[b->edge + b->n++] = edge[e];
		}
	}
}

static void
build_all_bands(struct areas *s)
{
	size_t n = 0, cap = 0, nedge = 0;

	s->band_first = mem_alloc(s->p->n + 1, sizeof *s->band_first);
	for (size_t i = 0; i < s->p->n; i++) {
		const struct area *a = &s->p->area[i];

		s->band_first[i] = n;
		n += (size_t)(band_row(a->most.lat_e7) -
			 band_row(a->least.lat_e7)) +
		    1;
	}
	s->band = mem_alloc(n + 1, sizeof *s->band);
	for (size_t i = 0; i < s->p->n; i++)
		build_bands(s, i, &cap, &nedge);
}

/* A rectangle of cells or tiles, its ends included. */
struct rect {
	int south, north, west, east;
};

static struct rect
area_tiles(const struct area *a)
{
	return (struct rect){grid_row(a->least.lat_e7) / SIDE,
	    grid_row(a->most.lat_e7) / SIDE, grid_col(a->least.lon_e7) / SIDE,
	    grid_col(a->most.lon_e7) / SIDE};
}

/* Calls back for each tile that an area's bounding box reaches into, area after
 * area. */
static void
each_tile(struct areas *s,
    void (*visit)(struct areas *, struct tile *, uint32_t area))
{
	for (size_t i = 0; i < s->p->n; i++) {
		struct rect r = area_tiles(&s->p->area[i]);

		for (int y = r.south; y <= r.north; y++)
			for (int x = r.west; x <= r.east; x++)
				visit(s, &s->tile[y * TILE_COLS + x],
				    (uint32_t)i);
	}
}

static void
count_member(struct areas *s, struct tile *t, uint32_t area)
{
	(void)area;
	t->nmember++;
	s->nmember++;
}

/* At its first area a tile is given room for all of them. */
static void
add_member(struct areas *s, struct tile *t, uint32_t area)
{
	if (t->member == 0) {
		t->member = s->nmember + 1;
		s->nmember += t->nmember;
		t->nmember = 0;
	}
	s->member[t->member - 1 + t->nmember++] = area;
}

static void
build_members(struct areas *s)
{
	each_tile(s, count_member);
	s->member = mem_alloc((size_t)s->nmember + 1, sizeof *s->member);
	s->nmember = 0;
	each_tile(s, add_member);
}

/* How cells are marked while the index is built. */
struct marker {
	struct areas *s;
	size_t ncell;
	size_t cap;
	uint32_t mark;    /* CELL_CUT or CELL_NEAR */
	double margin_e7; /* along a meridian: what else is marked */
	struct marked_row *row;
};

/* A tile gets cells, CELL_OUTSIDE all of them. */
static void
cut_tile(struct marker *m, struct tile *t)
{
	struct areas *s = m->s;

	s->cell =
	    mem_grow(s->cell, &m->cap, m->ncell + SIDE * SIDE, sizeof *s->cell);
	for (size_t i = 0; i < SIDE * SIDE; i++)
		s->cell[m->ncell + i] = CELL_OUTSIDE;
	t->cell = (uint32_t)m->ncell + 1;
	m->ncell += SIDE * SIDE;
}

static inline void
mark_cell(struct marker *m, int row, int col)
{
	struct tile *t = tile_at(m->s, row, col);
	uint32_t *cell;

	if (t->cell == 0)
		cut_tile(m, t);
	cell = &m->s->cell[t->cell - 1 + (uint32_t)row % SIDE * SIDE +
	    (uint32_t)col % SIDE];
	*cell = m->mark == CELL_CUT ? CELL_CUT : *cell | CELL_NEAR;
}

static int
clamp(double v, int most)
{
	return v < 0 ? 0 : v > most ? most : (int)v;
}

static inline double
lesser(double a, double b)
{
	return a < b ? a : b;
}

static inline double
greater(double a, double b)
{
	return a > b ? a : b;
}

/* A row of cells with its margin, and with a unit or two for what is rounded. */
struct marked_row {
	double south_e7, north_e7;
	double widen_e7; /* how far east and west of an edge; 0: not yet */
};

static struct marked_row
plan_row(const struct marker *m, int row)
{
	const double south = -90.0 * POINT_DEGREE;
	const double radian = 3.14159265358979323846 / 180;
	struct marked_row r = {
	    .south_e7 = south + row * cell_e7 - m->margin_e7 - 1,
	    .north_e7 = south + (row + 1) * cell_e7 + m->margin_e7 + 1};
	double lat_deg =
	    greater(fabs(r.south_e7), fabs(r.north_e7)) / POINT_DEGREE;

	r.widen_e7 = m->margin_e7 / cos(lesser(lat_deg, 89) * radian) + 2;
	return r;
}

/* Marks what of one row of cells comes near the edge. */
static void
mark_row(struct marker *m, const struct edge *e, int row)
{
	struct marked_row *r = &m->row[row];
	double lat = e->a.lat_e7, lon = e->a.lon_e7;
	double rise = e->b.lat_e7 - lat, run = e->b.lon_e7 - lon;
	double from = 0, to = 1, west, east;

	if (r->widen_e7 == 0)
		*r = plan_row(m, row);
	/* Where an edge is level all the rows around it are near. */
	if (rise != 0 &&
	    (greater(lat, lat + rise) < r->south_e7 ||
		lesser(lat, lat + rise) > r->north_e7))
		return;
	/* The part of the edge, from 0 to 1, that is so far north. */
	if (rise != 0 &&
	    (lesser(lat, lat + rise) < r->south_e7 ||
		greater(lat, lat + rise) > r->north_e7)) {
		double u = (r->south_e7 - lat) / rise;
		double v = (r->north_e7 - lat) / rise;

		from = greater(from, lesser(u, v));
		to = lesser(to, greater(u, v));
	}
	west = lon + lesser(run * from, run * to) - r->widen_e7;
	east = lon + greater(run * from, run * to) + r->widen_e7;
	west = (west + 180.0 * POINT_DEGREE) / cell_e7;
	east = (east + 180.0 * POINT_DEGREE) / cell_e7;
	for (int col = clamp(west, CELL_COLS - 1);
	     col <= clamp(east, CELL_COLS - 1); col++)
		mark_cell(m, row, col);
}

static void
mark_edges(struct marker *m, uint32_t mark, double margin_e7)
{
	const struct polygons *p = m->s->p;
	int margin = (int)(margin_e7 / cell_e7) + 1;

	m->mark = mark;
	m->margin_e7 = margin_e7;
	m->row = mem_alloc(CELL_ROWS, sizeof *m->row);
	for (size_t i = 0; i < p->nedge; i++) {
		const struct edge *e = &p->edge[i];
		int first, last, col = grid_col(e->a.lon_e7);

		edge_rows(e, grid_row, &first, &last);
		/* Most edges are short, and cut one cell. */
		if (mark == CELL_CUT && first == last &&
		    col == grid_col(e->b.lon_e7)) {
			mark_cell(m, first, col);
			continue;
		}
		first = first < margin ? 0 : first - margin;
		last += margin;
		last = last < CELL_ROWS ? last : CELL_ROWS - 1;
		for (int row = first; row <= last; row++)
			mark_row(m, e, row);
	}
	mem_free(m->row);
}

/* What a cell that no edge cuts is, by its middle. */
static uint32_t
uncut(const struct areas *s, const struct tile *t, int row, int col)
{
	return tile_find(s, t, grid_middle(row, col)) + 1;
}

/* The cells that no edge cuts: neighbours are in the same area. */
static void
fill_tile(struct areas *s, struct tile *t, int row, int col)
{
	uint32_t *cell = s->cell + t->cell - 1;

	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++, cell++) {
			uint32_t near = *cell & CELL_NEAR, is = CELL_CUT;

			if ((*cell & ~near) == CELL_CUT)
				continue;
			if (x > 0)
				is = cell[-1] & ~CELL_NEAR;
			if (is == CELL_CUT && y > 0)
				is = cell[-SIDE] & ~CELL_NEAR;
			if (is == CELL_CUT)
				is = uncut(s, t, row + y, col + x);
			*cell = near | is;
		}
}

/* Deals with a tile once, at the first of its areas. */
static void
fill(struct areas *s, struct tile *t, uint32_t area)
{
	int at = (int)(t - s->tile);
	int row = at / TILE_COLS * SIDE, col = at % TILE_COLS * SIDE;

	if (s->member[t->member - 1] != area)
		return;
	if (t->cell != 0)
		fill_tile(s, t, row, col);
	else
		t->in = uncut(s, t, row + SIDE / 2, col + SIDE / 2);
}

void
areas_build(struct areas *s, const struct polygons *p, double margin_m)
{
	struct marker m = {.s = s};

	*s = (struct areas){.p = p};
	s->tile = mem_alloc((size_t)TILE_ROWS * TILE_COLS, sizeof *s->tile);
	build_all_bands(s);
	build_members(s);
	mark_edges(&m, CELL_CUT, 0);
	mark_edges(&m, CELL_NEAR, margin_m / degree_m * POINT_DEGREE);
	each_tile(s, fill);
}

void
areas_release(struct areas *s)
{
	mem_free(s->band);
	mem_free(s->band_first);
	mem_free(s->edge);
	mem_free(s->tile);
	mem_free(s->member);
	mem_free(s->cell);
	*s = AREAS_EMPTY;
}
