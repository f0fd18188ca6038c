#ifndef DFV_STATS_GROUPING_H
#define DFV_STATS_GROUPING_H

#include "batch.h"
#include "group.h"
#include "request.h"

/* Finds each record's group by its key cells, in a table of its own. */
struct grouping {
	const struct request *request;
	uint64_t part;
	struct group_table groups;
	/*
	 * Where some key is a period: the cells as they stand to the group of
	 * what they come to, so that a date is read once, not once a record.
	 * A state is the other group's memory.
	 */
	struct group_table spelled;
	struct buf joined;   /* a key */
	char *packed;        /* the keys of a batch */
	size_t packed_bytes; /* of a key */
	uint64_t hash[BATCH_MAX];
	bool too_long[BATCH_MAX]; /* a key that cannot be packed */
	bool any_too_long;
};

void grouping_init(struct grouping *, const struct request *, uint64_t part);

/* Gives each record of the batch its group; *fault at the first cell that
 * should be a date and is none. */
void grouping_find(struct grouping *, struct batch *, struct fault *);

/* The states in the groups are the caller's to release first. */
void grouping_release(struct grouping *);

#endif
