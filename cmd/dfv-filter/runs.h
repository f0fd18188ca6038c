#ifndef DFV_FILTER_RUNS_H
#define DFV_FILTER_RUNS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "span.h"

/*
 * Sorted runs of entries on disk, and their merge. An entry is its lengths,
 * its key, its record, one behind the other. A run is a file in TMPDIR that
 * has no name from the moment it is opened, so that nothing of it is left
 * whatever ends the program.
 */
struct entry_lengths {
	uint32_t key;
	uint32_t record;
};

/* Of an entry that starts here; valid as long as it. */
struct span entry_key(const char *entry);
struct span entry_record(const char *entry);
size_t entry_bytes(const char *entry);

struct run;

struct runs {
	struct diag *diag;
	struct run *run;
	size_t n;
	size_t cap;
	struct buf out; /* what is still to be written to the last */
};

/* A new run, empty; then its entries, in order; then its end. 0, or -1 after a
 * report. */
int runs_begin(struct runs *);
int runs_add(struct runs *, struct span entry);
int runs_end(struct runs *);

/* Gives the records of all runs to put, by their keys and, where these are
 * equal, by their runs, until it returns something other than 0, which is
 * returned; -1 also after a report. */
int runs_merge(
    struct runs *, int (*put)(void *ctx, struct span record), void *ctx);

void runs_release(struct runs *);

#endif
