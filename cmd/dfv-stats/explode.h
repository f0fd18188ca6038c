#ifndef DFV_STATS_EXPLODE_H
#define DFV_STATS_EXPLODE_H

#include <stddef.h>

#include "block.h"

/* A block with one row for each value of a list column; a row whose list is
 * missing stays one row. origin says which record of the source each is. */
struct exploded {
	struct block block;
	size_t *origin;
	size_t cap;
};

void explode(struct exploded *, const struct block *from, size_t col);
void exploded_release(struct exploded *);

#endif
