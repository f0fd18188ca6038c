#ifndef DFV_VALIDATE_SEEN_H
#define DFV_VALIDATE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keylog.h"

enum { SEEN_WORDS = 16 };

/* How many tags there are, and then they: as many as come from memory at once,
 * for that is what takes the time. */
struct seen_bucket {
	uint32_t word[SEEN_WORDS];
};

/*
 * Which keys have been there. As long as they ascend, none can have been: that
 * takes a comparison and no table. From the first one on that does not, a table
 * of 32 bits of each key's hash, besides the bits that say where it belongs,
 * tells what surely is new; only a key that it cannot tell from an earlier one is
 * looked for among all.
 */
struct seen {
	struct keylog log;
	unsigned orders; /* in which all keys ascend: SEEN_BY_… */
	struct buf last; /* the last key, as long as they do */
	struct seen_bucket *bucket;
	size_t nbucket;
	size_t expected; /* keys, in the end */
};

enum {
	SEEN_BY_BYTES = 1,  /* names */
	SEEN_BY_LENGTH = 2, /* then by bytes: numbers */
	SEEN_BATCH = KEYLOG_GROUP
};

#define SEEN_EMPTY                                                             \
	((struct seen){                                                        \
	    .log = {.n = 0}, .orders = SEEN_BY_BYTES | SEEN_BY_LENGTH})

/* A key that was there before: which of a batch, and where it was first. */
struct seen_again {
	size_t i;
	struct place first;
};

/* Adds at most SEEN_BATCH keys, but those that were there before, the batch's own
 * earlier ones among them: how many those are, which go to again[SEEN_BATCH]. */
size_t seen_add(
    struct seen *, const struct keylog_keys *, struct seen_again *again);

/* All keys will be so many, or 0, as far as anyone can tell: a table of the right
 * size early on need not grow. */
void seen_foresee(struct seen *, size_t all);

void seen_release(struct seen *);

#endif
