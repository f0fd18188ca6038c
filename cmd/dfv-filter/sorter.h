#ifndef DFV_FILTER_SORTER_H
#define DFV_FILTER_SORTER_H

#include <stddef.h>

#include "diag.h"
#include "span.h"

/*
 * Sorts any number of records by their keys' bytes, stably. Up to a limit of
 * memory they are kept; beyond it, sorted runs go to temporary files, which
 * have no name from the moment they are opened, so that nothing of them is
 * left whatever ends the program.
 */
struct sorter;

/* limit_bytes of keys and records are kept in memory. No more than the first
 * `wanted` records in order will be asked for, or SIZE_MAX: it may drop others. */
struct sorter *sorter_new(size_t limit_bytes, size_t wanted, struct diag *);

/* Both are copied. 0, or -1 after a report (a full disk). */
int sorter_add(struct sorter *, struct span key, struct span record);

/* Gives every record in order to put, until it returns something other than
 * 0, which is returned; -1 also after a report. */
int sorter_finish(
    struct sorter *, int (*put)(void *ctx, struct span record), void *ctx);

void sorter_free(struct sorter *);

#endif
