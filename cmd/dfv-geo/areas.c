#include "areas.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "bands.h"
#include "cells.h"
#include "grid.h"
#include "mem.h"

/* A tile is a degree. */
enum { SIDE = CELLS_SIDE, TILE_COLS = 361, TILE_ROWS = 181 };

static const double degree_m = 6371008.8 * 3.14159265358979323846 / 180;

/* What all cells of a tile are: as if it were one of them, or one of these. */
#define TILE_CELLS  UINT32_C(0x7ffffffe) /* this and that: see its cells */
#define TILE_UNSEEN UINT32_C(0x7ffffffd) /* no point of it was asked for */

/* All zeros where there is no area: memory that is not touched. */
struct tile {
	_Atomic uint32_t in; /* stored last: who reads it can read the cells */
	uint32_t member;     /* the first of its areas, from 1 */
	uint32_t nmember;
	uint32_t *cell; /* of TILE_CELLS */
};

/* What is worked out while there are questions, by one thread at a time. */
struct survey {
	pthread_mutex_t lock;
	struct arena arena;
};

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

static uint32_t
tile_find(const struct areas *s, const struct tile *t, struct point p)
{
	const uint32_t *member = s->member + t->member - 1;

	for (uint32_t i = 0; i < t->nmember; i++)
		if (in_bounds(&s->p->area[member[i]], p) &&
		    bands_enclose(&s->bands[member[i]], p))
			return member[i];
	return AREA_NONE;
}

/* What a cell that no edge cuts is, by its middle. */
static uint32_t
uncut(const struct areas *s, const struct tile *t, int row, int col)
{
	return tile_find(s, t, grid_middle(row, col)) + 1;
}

/* The cells that no edge cuts: neighbours are in the same area. */
static void
fill_cells(const struct areas *s, const struct tile *t, struct cells *c)
{
	uint32_t *cell = c->cell;

	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++, cell++) {
			if (*cell == CELL_CUT)
				continue;
			if (x > 0 && cell[-1] != CELL_CUT)
				*cell |= cell[-1] & ~CELL_NEAR;
			else if (y > 0 && cell[-SIDE] != CELL_CUT)
				*cell |= cell[-SIDE] & ~CELL_NEAR;
			else
				*cell |= uncut(s, t, c->row + y, c->col + x);
		}
}

static void
mark_cells(const struct areas *s, const struct tile *t, struct cells *c)
{
	struct marker cut, near;

	marker_init(&cut, c, CELL_CUT, 0);
	marker_init(&near, c, CELL_NEAR, s->margin_e7);
	for (uint32_t i = 0; i < t->nmember; i++) {
		uint32_t area = s->member[t->member - 1 + i];
		struct bands *b = &s->bands[area];

		if (b->band == NULL)
			bands_build(b, s->p, area, &s->survey->arena);
		marker_mark(&cut, b);
		if (s->margin_e7 > 0)
			marker_mark(&near, b);
	}
}

/* Works out a tile: what all of its cells are. */
static uint32_t
tile_survey(const struct areas *s, struct tile *t)
{
	int at = (int)(t - s->tile);
	struct cells c = {
	    .row = at / TILE_COLS * SIDE, .col = at % TILE_COLS * SIDE};

	mark_cells(s, t, &c);
	if (!c.marked)
		return uncut(s, t, c.row + SIDE / 2, c.col + SIDE / 2);
	fill_cells(s, t, &c);
	t->cell = ARENA_ARRAY(&s->survey->arena, uint32_t, CELLS);
	memcpy(t->cell, c.cell, sizeof c.cell);
	return TILE_CELLS;
}

/* The same for the first thread that asks; others wait. */
static uint32_t
tile_see(const struct areas *s, struct tile *t)
{
	uint32_t in;

	pthread_mutex_lock(&s->survey->lock);
	in = atomic_load_explicit(&t->in, memory_order_relaxed);
	if (in == TILE_UNSEEN) {
		in = tile_survey(s, t);
		atomic_store_explicit(&t->in, in, memory_order_release);
	}
	pthread_mutex_unlock(&s->survey->lock);
	return in;
}

static inline struct tile *
tile_at(const struct areas *s, int row, int col)
{
	return &s->tile[(uint32_t)row / SIDE * TILE_COLS +
	    (uint32_t)col / SIDE];
}

static inline const uint32_t *
cell_at(const struct tile *t, int row, int col)
{
	return &t->cell[(uint32_t)row % SIDE * SIDE + (uint32_t)col % SIDE];
}

void
areas_prepare(const struct areas *s, struct point p)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	const struct tile *t = tile_at(s, row, col);

	if (atomic_load_explicit(&t->in, memory_order_acquire) == TILE_CELLS)
		__builtin_prefetch(cell_at(t, row, col));
}

uint32_t
areas_find(const struct areas *s, struct point p, bool *near)
{
	int row = grid_row(p.lat_e7), col = grid_col(p.lon_e7);
	struct tile *t = tile_at(s, row, col);
	uint32_t is = atomic_load_explicit(&t->in, memory_order_acquire);

	if (is == TILE_UNSEEN)
		is = tile_see(s, t);
	if (is == TILE_CELLS)
		is = *cell_at(t, row, col);
	if (near != NULL)
		*near = (is & CELL_NEAR) != 0;
	if (is == CELL_CUT)
		return tile_find(s, t, p);
	return (is & ~CELL_NEAR) - 1; /* AREA_NONE for CELL_OUTSIDE */
}

/* A rectangle of tiles, its ends included. */
struct rect {
	int south, north, west, east;
};

static int
clamp(int v, int most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

/* Those that an area's bounding box reaches into with its margin. */
static struct rect
area_tiles(const struct areas *s, const struct area *a)
{
	int rows = cells_margin_rows(s->margin_e7);
	int south_cols = cells_margin_cols(s->margin_e7, a->least.lat_e7);
	int north_cols = cells_margin_cols(s->margin_e7, a->most.lat_e7);
	int cols = south_cols > north_cols ? south_cols : north_cols;
	int south = grid_row(a->least.lat_e7) - rows;
	int north = grid_row(a->most.lat_e7) + rows;
	int west = grid_col(a->least.lon_e7) - cols;
	int east = grid_col(a->most.lon_e7) + cols;

	return (struct rect){clamp(south, GRID_ROWS - 1) / SIDE,
	    clamp(north, GRID_ROWS - 1) / SIDE,
	    clamp(west, GRID_COLS - 1) / SIDE,
	    clamp(east, GRID_COLS - 1) / SIDE};
}

/* Calls back for each tile that an area reaches into, area after area. */
static void
each_tile(struct areas *s,
    void (*visit)(struct areas *, struct tile *, uint32_t area))
{
	for (size_t i = 0; i < s->p->n; i++) {
		struct rect r = area_tiles(s, &s->p->area[i]);

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
		atomic_init(&t->in, TILE_UNSEEN);
	}
	s->member[t->member - 1 + t->nmember++] = area;
}

void
areas_build(struct areas *s, const struct polygons *p, double margin_m)
{
	*s = (struct areas){
	    .p = p, .margin_e7 = margin_m / degree_m * POINT_DEGREE};
	s->tile = mem_alloc((size_t)TILE_ROWS * TILE_COLS, sizeof *s->tile);
	s->bands = mem_alloc(p->n + 1, sizeof *s->bands);
	s->survey = mem_alloc(1, sizeof *s->survey);
	pthread_mutex_init(&s->survey->lock, NULL);
	each_tile(s, count_member);
	s->member = mem_alloc((size_t)s->nmember + 1, sizeof *s->member);
	s->nmember = 0;
	each_tile(s, add_member);
}

void
areas_release(struct areas *s)
{
	if (s->survey != NULL) {
		pthread_mutex_destroy(&s->survey->lock);
		arena_release(&s->survey->arena);
	}
	mem_free(s->survey);
	mem_free(s->bands);
	mem_free(s->tile);
	mem_free(s->member);
	*s = AREAS_EMPTY;
}
