#ifndef DFV_STATS_EXPLODE_H
#define DFV_STATS_EXPLODE_H

#include <stdbool.h>
#include <stddef.h>

#include "block.h"
#include "buf.h"
#include "diag.h"

/* A block with one row for each value of a list column; a row whose list is
 * missing stays one row. origin says which record of the source each is. All
 * zeros to begin with. */
struct exploded {
	struct block block;
	size_t *origin;
	size_t cap;
	struct buf before; /* the list of the record at hand */
	struct buf behind;
};

/* Of the other columns only those marked in `used` are filled. Rows that come
 * to more than a block may hold are a fault of their record: the block then
 * ends before it. */
void explode(struct exploded *, const struct block *from, size_t col,
    const bool *used, struct fault *);

void exploded_release(struct exploded *);

#endif
