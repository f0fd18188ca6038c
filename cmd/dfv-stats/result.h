#ifndef DFV_STATS_RESULT_H
#define DFV_STATS_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "group.h"
#include "request.h"
#include "sink.h"

/* groups -> rows: how they come out. */
struct result_opts {
	const char **sort; /* the words of --sort, ended by NULL */
	size_t top;        /* how many of the groups, SIZE_MAX for all */
	bool subtotals;    /* then a row over each of the leading keys */
	bool totals;       /* last a row over all groups */
};

/* Writes the rows: 0, or -1 (see output_write) or after a report, of a sort
 * key that is no column or a figure that is out of range. */
int result_write(struct request *, struct group_table *,
    const struct result_opts *, struct sink *, struct diag *);

#endif
