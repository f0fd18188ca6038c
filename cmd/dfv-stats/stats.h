#ifndef DFV_STATS_STATS_H
#define DFV_STATS_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include "group.h"
#include "reader.h"
#include "request.h"

/* records -> groups: 0, or -1 after a report. The table is initialised here
 * and the caller's to release with groups_release. */
struct stats_run {
	struct reader *reader;
	const struct request *request;
	size_t explode_col; /* or COLUMN_NONE */
	unsigned jobs;
};

int stats_run(const struct stats_run *, struct group_table *);

void stats_release(const struct request *, struct group_table *);

#endif
