#ifndef DFV_STATS_GROUP_H
#define DFV_STATS_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "span.h"

/*
 * The group table: a key's bytes (the group cells, TSV-encoded, joined by
 * TAB) to a piece of memory for its states. Open addressing, at most half
 * full; a group's memory stays where it is.
 */
struct group {
	struct span key;
	uint64_t hash;
	uint64_t first_block; /* where it was first met: the block's serial */
	size_t first_rec;     /* and the record within it */
	void *state;
};

struct group_table {
	struct group **slot;
	size_t size;
	struct group **all; /* in the order in which they came here */
	size_t n;
	size_t cap;
	size_t state_bytes; /* of one group */
	struct arena arena;
};

void group_table_init(struct group_table *, size_t state_bytes);

/* The group of a key, which is copied when it is new; *fresh tells. */
struct group *group_find(struct group_table *, struct span key, bool *fresh);

/* Orders `all` by where each group was first met. */
void group_table_sort(struct group_table *);

/* States are the caller's to release first. */
void group_table_release(struct group_table *);

#endif
