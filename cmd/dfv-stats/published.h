#ifndef DFV_STATS_PUBLISHED_H
#define DFV_STATS_PUBLISHED_H

#include "buf.h"
#include "pass.h"
#include "span.h"

/* Appends what was published of an indicator's row, as the values of a list
 * cell, each once. The group's cells are parted by tabs; p NULL is the row over
 * all groups. */
void published_add(struct buf *list, const struct plan *, struct span group);

#endif
