#ifndef DFV_FILTER_CHOICE_H
#define DFV_FILTER_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "join.h"
#include "opt.h"
#include "select.h"

/* dfv-filter: the records and columns that the command line asks for. */

/* Its words; lists are NULL-ended, NULL is what was not said. */
struct choice_opts {
	const char **where;
	bool invert;
	const char **in;
	struct select_opts select;
	const char **unique;
	const char **sort;
	struct join_opts join;
	size_t limit; /* SIZE_MAX: all */
	size_t skip;
	size_t sample; /* SIZE_MAX: all */
	size_t seed;
	bool seeded;
	bool count_only; /* a number comes out, not records */
	const struct opt_common *common;
	const char **operand;
	size_t noperand;
};

/* Gives how many records came out: 0, or -1 after a report. */
int choice_run(const struct choice_opts *, struct diag *, size_t *count);

#endif
