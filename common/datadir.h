#ifndef DFV_DATADIR_H
#define DFV_DATADIR_H

#include <stddef.h>

#include "buf.h"
#include "diag.h"

/*
 * Sets the buffer to the path of `sub` ("reference/communes.tsv") under the
 * toolkit's data directory, with a NUL behind its end: DFV_DATA when it is set,
 * else the data/ of the checkout that holds the running program (build/bin/../../
 * data), else share/dfv beside the bin/ it is installed in. 0, or -1 after a
 * report.
 */
int datadir_path(struct buf *, const char *sub, struct diag *);

/* The directory of the running program, or "" where /proc does not tell. */
void datadir_program(char *out, size_t size);

#endif
