#include "cells.h"

#include <math.h>

static const double cell_e7 = (double)POINT_DEGREE / GRID_SIDE;

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

/* How much longitude a margin takes at a latitude. */
static double
widened(double margin_e7, double lat_e7)
{
	const double radian = 3.14159265358979323846 / 180;
	double lat_deg = lesser(fabs(lat_e7) / POINT_DEGREE, 89);

	return margin_e7 / cos(lat_deg * radian) + 2;
}

int
cells_margin_rows(double margin_e7)
{
	return (int)(margin_e7 / cell_e7) + 1;
}

int
cells_margin_cols(double margin_e7, int32_t lat_e7)
{
	double poleward = fabs((double)lat_e7) + margin_e7 + cell_e7 + 1;

	return (int)(widened(margin_e7, poleward) / cell_e7) + 1;
}

void
marker_init(struct marker *m, struct cells *c, uint32_t mark, double margin_e7)
{
	const double south = -90.0 * POINT_DEGREE, west = 2 * south;
	double widest = 0;

	m->cells = c;
	m->mark = mark;
	m->margin = cells_margin_rows(margin_e7);
	for (int y = 0; y < CELLS_SIDE; y++) {
		struct marked_row *r = &m->row[y];

		r->south_e7 = south + (c->row + y) * cell_e7 - margin_e7 - 1;
		r->north_e7 =
		    south + (c->row + y + 1) * cell_e7 + margin_e7 + 1;
		r->widen_e7 = widened(
		    margin_e7, greater(fabs(r->south_e7), fabs(r->north_e7)));
		widest = greater(widest, r->widen_e7);
	}
	m->west_e7 = west + c->col * cell_e7 - widest - 1;
	m->east_e7 = west + (c->col + CELLS_SIDE) * cell_e7 + widest + 1;
}

/* Marks the cells of a row from one column of the grid to another. */
static void
mark_cells(struct marker *m, int y, double west, double east)
{
	uint32_t *cell = m->cells->cell + y * CELLS_SIDE;
	double first = greater(west - m->cells->col, 0);
	double last = lesser(east - m->cells->col, CELLS_SIDE - 1);

	if (last < 0 || first >= CELLS_SIDE)
		return;
	m->cells->marked = true;
	for (int x = (int)first; x <= (int)last; x++)
		cell[x] |= m->mark;
}

/* Marks what of one row of cells comes near the edge. */
static void
mark_row(struct marker *m, const struct edge *e, int y)
{
	const struct marked_row *r = &m->row[y];
	double lat = e->a.lat_e7, lon = e->a.lon_e7;
	double rise = e->b.lat_e7 - lat, run = e->b.lon_e7 - lon;
	double from = 0, to = 1, west, east;

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
	mark_cells(m, y, (west + 180.0 * POINT_DEGREE) / cell_e7,
	    (east + 180.0 * POINT_DEGREE) / cell_e7);
}

static void
mark_edge(struct marker *m, const struct edge *e)
{
	double a = e->a.lon_e7, b = e->b.lon_e7;
	int first, last;

	if (greater(a, b) < m->west_e7 || lesser(a, b) > m->east_e7)
		return;
	edge_rows(e, grid_row, &first, &last);
	first -= m->margin + m->cells->row;
	last += m->margin - m->cells->row;
	first = first > 0 ? first : 0;
	last = last < CELLS_SIDE - 1 ? last : CELLS_SIDE - 1;
	for (int y = first; y <= last; y++)
		mark_row(m, e, y);
}

void
marker_mark(struct marker *m, const struct bands *b)
{
	int row = m->cells->row, first, last;
	int south = (row - m->margin) * BANDS_A_ROW;
	int north = (row + CELLS_SIDE + m->margin) * BANDS_A_ROW;

	south = south > b->south ? south : b->south;
	north = north < b->south + b->n ? north : b->south + b->n;
	for (int r = south; r < north; r++) {
		const struct band *band = &b->band[r - b->south];

		for (size_t i = 0; i < band->n; i++) {
			const struct edge *e = &b->edge[band->edge + i];

			/* In the first of its bands alone. */
			edge_rows(e, band_row, &first, &last);
			if (r == (first > south ? first : south))
				mark_edge(m, e);
		}
	}
}
