#ifndef DFV_STATS_EXPLODE_H
#define DFV_STATS_EXPLODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "buf.h"
#include "diag.h"

/* A column whose cells are in the rows, and where that of the record at hand
 * ends: counted from the row's start, or from its list's end on. */
struct exploded_column {
	size_t col;
	uint32_t end;
};

/* A block with one row for each value of a list column; a row whose list is
 * missing stays one row. origin says which record of the source each is. All
 * zeros to begin with. */
struct exploded {
	struct block block;
	size_t *origin;
	size_t cap;

	struct exploded_column *kept; /* the list's is among them */
	size_t nkept;
	size_t kept_cap;
	struct buf before; /* the list of the record at hand */
	struct buf behind;

	uint32_t *sep; /* the block's, behind their sentinel */
	size_t sep_cap;
};

/* The rows have cells of the list's column and of those marked in `used`: others
 * must not be looked at. Rows that come to more than a block may hold are a
 * fault of their record: the block then ends before it. */
void explode(struct exploded *, const struct block *from, size_t col,
    const bool *used, struct fault *);

void exploded_release(struct exploded *);

#endif
