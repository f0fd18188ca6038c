#ifndef DFV_VALIDATE_VERDICT_IMPL_H
#define DFV_VALIDATE_VERDICT_IMPL_H

#include "verdict.h"

/* What verdict.c, which finds the cells that something is wrong with, shares
 * with explain.c, which says what. */

/* Whether a value is of its field's type; sets its order. */
bool cell_is_of_type(const struct field *, struct span cell, struct subject *);

/* How many values or members a cell has, where its length is counted in them;
 * else SIZE_MAX. */
size_t cell_length(const struct field *, struct span cell, struct span text,
    struct buf *scratch);

/* The findings about a cell that is not good: the same checks once more,
 * slowly, saying what is wrong. */
void explain_cell(const struct check_column *, const struct block *, size_t rec,
    struct verdict *);

/* The finding about a cell that has to have a value. */
void explain_required(
    const struct check_column *, size_t rec, struct verdict *);

#endif
