#include "areas.h"

#include <math.h>

#include "grid.h"
#include "mem.h"

/* Tiles are a degree. */
enum {
	SIDE = GRID_SIDE,
	TILE_COLS = 361,
	TILE_ROWS = 181,
	CELL_COLS = TILE_COLS * SIDE,
	CELL_ROWS = TILE_ROWS * SIDE
};

/* What a cell or an uncut tile may be besides in an area. */
#define CELL_MIXED (UINT32_MAX - 1)

static const double cell_e7 = (double)POINT_DEGREE / SIDE;
static const double degree_m = 6371008.8 * 3.14159265358979323846 / 180;

/* The edges that reach into a row of cells. */
struct band {
	size_t edge;
	size_t n;
};

struct tile {
	uint32_t member; /* the first of its areas */
	uint32_t nmember;
	uint32_t cell; /* where its cells are, behind 1; 0: it is all `in` */
	uint32_t in;
};

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
	    (size_t)(grid_row(p.lat_e7) - grid_row(a->least.lat_e7))];
	return edges_enclose(s->edge + band->edge, band->n, p);
}

static uint32_t
tile_find(const struct areas *s, const struct tile *t, struct point p)
{
	for (uint32_t i = 0; i < t->nmember; i++)
		if (area_has(s, s->member[t->member + i], p))
			return s->member[t->member + i];
	return AREA_NONE;
}

uint32_t
areas_find(const struct areas *s, struct point p, bool *near)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	const struct tile *t = &s->tile[row / SIDE * TILE_COLS + col / SIDE];
	uint32_t in = t->in;

	if (t->cell != 0)
		in = s->cell[t->cell - 1 +
		    (uint32_t)(row % SIDE * SIDE + col % SIDE)];
	if (near != NULL)
		*near = in == CELL_MIXED;
	return in == CELL_MIXED ? tile_find(s, t, p) : in;
}

/* The rows of cells that an edge reaches into. */
static void
edge_rows(const struct edge *e, int *first, int *last)
{
	int a = grid_row(e->a.lat_e7), b = grid_row(e->b.lat_e7);

	*first = a < b ? a : b;
	*last = a < b ? b : a;
}

/* The bands of one area: counted, given room, then filled. */
static void
build_bands(struct areas *s, size_t i, size_t *cap, size_t *nedge)
{
	const struct area *a = &s->p->area[i];
	const struct edge *edge = s->p->edge + a->edge;
	int south = grid_row(a->least.lat_e7), first, last;
	size_t nband = (size_t)(grid_row(a->most.lat_e7) - south) + 1;
	struct band *band = s->band + s->band_first[i];

	for (size_t e = 0; e < a->nedge; e++) {
		edge_rows(&edge[e], &first, &last);
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
		edge_rows(&edge[e], &first, &last);
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
		n += (size_t)(grid_row(a->most.lat_e7) -
			 grid_row(a->least.lat_e7)) +
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

/* The areas whose bounding boxes reach into each tile. */
static void
build_members(struct areas *s)
{
	uint32_t n = 0;

	for (int filled = 0; filled < 2; filled++) {
		for (size_t i = 0; i < s->p->n; i++) {
			struct rect r = area_tiles(&s->p->area[i]);

			for (int y = r.south; y <= r.north; y++)
				for (int x = r.west; x <= r.east; x++) {
					struct tile *t =
					    &s->tile[y * TILE_COLS + x];

					if (filled)
						s->member[t->member +
						    t->nmember] = (uint32_t)i;
					t->nmember++;
				}
		}
		for (int i = 0; !filled && i < TILE_ROWS * TILE_COLS; i++) {
			s->tile[i].member = n;
			n += s->tile[i].nmember;
			s->tile[i].nmember = 0;
		}
		if (!filled)
			s->member = mem_alloc((size_t)n + 1, sizeof n);
	}
}

/* How cells are marked while the index is built. */
struct marker {
	struct areas *s;
	size_t ncell;
	size_t cap;
	double margin_e7; /* along a meridian */
};

/* A tile gets cells, AREA_NONE all of them. */
static void
cut_tile(struct marker *m, struct tile *t)
{
	struct areas *s = m->s;

	s->cell =
	    mem_grow(s->cell, &m->cap, m->ncell + SIDE * SIDE, sizeof *s->cell);
	for (size_t i = 0; i < SIDE * SIDE; i++)
		s->cell[m->ncell + i] = AREA_NONE;
	t->cell = (uint32_t)m->ncell + 1;
	m->ncell += SIDE * SIDE;
}

static void
mark_cell(struct marker *m, int row, int col)
{
	struct tile *t = &m->s->tile[row / SIDE * TILE_COLS + col / SIDE];

	if (t->cell == 0)
		cut_tile(m, t);
	m->s->cell[t->cell - 1 + (uint32_t)(row % SIDE * SIDE + col % SIDE)] =
	    CELL_MIXED;
}

static int
clamp(double v, int most)
{
	return v < 0 ? 0 : v > most ? most : (int)v;
}

/* Marks what of one row of cells comes near the edge. */
static void
mark_row(struct marker *m, const struct edge *e, int row)
{
	const double south = -90.0 * POINT_DEGREE;
	double lat = e->a.lat_e7, lon = e->a.lon_e7;
	double rise = e->b.lat_e7 - lat, run = e->b.lon_e7 - lon;
	double low = south + row * cell_e7 - m->margin_e7 - 1;
	double high = south + (row + 1) * cell_e7 + m->margin_e7 + 1;
	double from = 0, to = 1, west, east, widen;

	/* The part of the edge, from 0 to 1, that is so far north. */
	if (rise != 0) {
		double u = (low - lat) / rise, v = (high - lat) / rise;

		from = fmax(from, fmin(u, v));
		to = fmin(to, fmax(u, v));
	}
	if (from > to)
		return;
	widen = fmax(fabs(low), fabs(high)) / POINT_DEGREE;
	widen = widen < 89 ? widen : 89;
	widen = m->margin_e7 / cos(widen / 180 * 3.14159265358979323846) + 2;
	west = lon + fmin(run * from, run * to) - widen;
	east = lon + fmax(run * from, run * to) + widen;
	west = (west + 180.0 * POINT_DEGREE) / cell_e7;
	east = (east + 180.0 * POINT_DEGREE) / cell_e7;
	for (int col = clamp(west, CELL_COLS - 1);
	     col <= clamp(east, CELL_COLS - 1); col++)
		mark_cell(m, row, col);
}

static void
mark_edges(struct marker *m)
{
	const struct polygons *p = m->s->p;
	int margin = (int)(m->margin_e7 / cell_e7) + 1;

	for (size_t i = 0; i < p->nedge; i++) {
		int first, last;

		edge_rows(&p->edge[i], &first, &last);
		first = first < margin ? 0 : first - margin;
		last += margin;
		last = last < CELL_ROWS ? last : CELL_ROWS - 1;
		for (int row = first; row <= last; row++)
			mark_row(m, &p->edge[i], row);
	}
}

/* The cells that no edge comes near: neighbours are in the same area. */
static void
fill_tile(struct areas *s, struct tile *t, int row, int col)
{
	uint32_t *cell = s->cell + t->cell - 1;

	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++, cell++) {
			struct point middle = grid_middle(row + y, col + x);

			if (*cell == CELL_MIXED)
				continue;
			*cell = x > 0 && cell[-1] != CELL_MIXED
			    ? cell[-1]
			    : tile_find(s, t, middle);
		}
}

static void
fill_tiles(struct areas *s)
{
	for (int y = 0; y < TILE_ROWS; y++)
		for (int x = 0; x < TILE_COLS; x++) {
			struct tile *t = &s->tile[y * TILE_COLS + x];
			int row = y * SIDE, col = x * SIDE;

			t->in = AREA_NONE;
			if (t->cell != 0)
				fill_tile(s, t, row, col);
			else if (t->nmember > 0)
				t->in = tile_find(s, t,
				    grid_middle(
					row + SIDE / 2, col + SIDE / 2));
		}
}

void
areas_build(struct areas *s, const struct polygons *p, double margin_m)
{
	struct marker m = {
	    .s = s, .margin_e7 = margin_m / degree_m * POINT_DEGREE};

	*s = (struct areas){.p = p};
	s->tile = mem_alloc((size_t)TILE_ROWS * TILE_COLS, sizeof *s->tile);
	build_all_bands(s);
	build_members(s);
	mark_edges(&m);
	fill_tiles(s);
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
