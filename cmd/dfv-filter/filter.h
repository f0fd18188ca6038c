#ifndef DFV_FILTER_FILTER_H
#define DFV_FILTER_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "expr.h"
#include "reader.h"
#include "select.h"
#include "sink.h"

/* What a run does, set up by main.c and constant while it runs. */
struct filter {
	struct reader *reader;
	struct expr **where; /* all must hold; NULL-ended */
	bool invert;
	struct selection selection;
	size_t skip;
	size_t limit; /* SIZE_MAX: no limit */
	bool count_only;
	unsigned jobs;
	struct sink *sink; /* NULL with count_only */
};

/* How many records were selected in *count. 0, or -1 after a report, or when
 * the output's reader went away. */
int filter_run(const struct filter *, size_t *count);

#endif
