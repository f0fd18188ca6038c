#ifndef DFV_FILTER_JOIN_H
#define DFV_FILTER_JOIN_H

#include <stdbool.h>
#include <stddef.h>

#include "block.h"
#include "columns.h"
#include "diag.h"
#include "opt.h"

/*
 * --join FILE --on KEYS: the file's other columns behind the stream's, by key.
 * The file is held in memory with an index; the stream goes through.
 */
struct join;

struct join_opts {
	const char *file;
	const char *on; /* a,b=c: the stream's b is the file's c */
	bool left;      /* keep records without a match, the cells missing */
	bool many;      /* a key may stand in several rows of the file */
};

/* NULL after a report. names are the columns that come out of it, and live in
 * the arena. */
struct join *join_open(const struct join_opts *, const struct columns *in,
    struct columns *names, const struct opt_common *, struct arena *,
    struct diag *);

/* A block of joined records: origin says which of the source each is. */
struct joined {
	struct block block;
	size_t *origin;
	size_t cap;
};

void join_block(const struct join *, const struct block *, struct joined *);

void joined_release(struct joined *);
void join_free(struct join *);

#endif
