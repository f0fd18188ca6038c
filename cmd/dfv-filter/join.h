#ifndef DFV_FILTER_JOIN_H
#define DFV_FILTER_JOIN_H

#include <stdbool.h>
#include <stddef.h>

#include "block.h"
#include "columns.h"
#include "expr.h"
#include "keytab.h"
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

/* NULL after a report. names become the columns that come out of it: those of
 * env, then the file's. They live in env->arena. */
struct join *join_open(const struct join_opts *, const struct opt_common *,
    const struct expr_env *env, struct columns *names);

/* Joined records of a block: origin says which of the source each is. All zeros
 * to begin with. */
struct joined {
	struct block block;
	size_t *origin;
	size_t cap;
	size_t at;                    /* the source's record at hand */
	size_t next;                  /* and the one behind it */
	const struct join_row *match; /* of the one at hand: to come, or NULL */
	/* Of the KEYTAB_MANY records that the one at hand is among: the first
	 * row that each is joined with, or NULL. */
	const struct join_row *found[KEYTAB_MANY];
	struct buf keys; /* theirs */
};

/*
 * Joins a block, piece by piece, as many rows may match each record:
 *     for (joined_start(&joined); join_next(join, block, &joined);)
 * false when there is nothing more. What the last piece was is gone.
 */
void joined_start(struct joined *);
bool join_next(const struct join *, const struct block *, struct joined *);

void joined_release(struct joined *);
void join_free(struct join *);

#endif
