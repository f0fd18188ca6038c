#ifndef DFV_GEO_CELLS_H
#define DFV_GEO_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "bands.h"
#include "grid.h"

/*
 * The cells of the grid that edges cut or come near, of one degree of the
 * globe: CELLS_SIDE rows from the south, of as many cells from the west.
 */
enum { CELLS_SIDE = GRID_SIDE, CELLS = CELLS_SIDE * CELLS_SIDE };

/* What a cell is: the area that all of it is in, from 1, or CELL_OUTSIDE, and
 * whether an edge comes near; or that an edge cuts it. */
#define CELL_OUTSIDE UINT32_C(0)
#define CELL_NEAR    UINT32_C(0x80000000)
#define CELL_CUT     UINT32_C(0xffffffff)

struct cells {
	int row, col; /* the south-western one's, of the grid */
	bool marked;  /* any of them */
	uint32_t cell[CELLS];
};

/* A row of cells with its margin, and with a unit or two for what is rounded. */
struct marked_row {
	double south_e7, north_e7;
	double widen_e7; /* how far east and west of an edge */
};

/* Marks what edges come near. */
struct marker {
	struct cells *cells;
	uint32_t mark;
	int margin; /* in rows */
	struct marked_row row[CELLS_SIDE];
	double west_e7, east_e7; /* edges beyond mark nothing */
};

/* For cells that are CELL_OUTSIDE before the first time: the mark is CELL_CUT
 * with no margin, or CELL_NEAR; the margin in ten-millionths of a degree along
 * a meridian. */
void marker_init(
    struct marker *, struct cells *, uint32_t mark, double margin_e7);

/* Marks the cells that one of an area's edges comes as near as the margin. */
void marker_mark(struct marker *, const struct bands *);

/* How many rows further than an area its edges' margin reaches, at most, and
 * how many columns, from a latitude or nearer to the equator. */
int cells_margin_rows(double margin_e7);
int cells_margin_cols(double margin_e7, int32_t lat_e7);

#endif
