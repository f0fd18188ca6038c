#ifndef DFV_STATS_STATS_H
#define DFV_STATS_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include "group.h"
#include "reader.h"
#include "request.h"

/* records -> groups. */
struct stats_run {
	struct reader *reader;
	const struct request *request;
	size_t explode_col; /* or COLUMN_NONE */
	unsigned jobs;
	uint64_t part; /* of the whole input: see batch.h */
};

/* 0, or -1 after a report. The table is initialised here and is the caller's to
 * release with stats_release. */
int stats_run(const struct stats_run *, struct group_table *);

/* Puts groups in the order in which they were first met; without group columns
 * there is one, even of nothing. */
void stats_order_groups(const struct request *, struct group_table *);

void stats_release(const struct request *, struct group_table *);

#endif
