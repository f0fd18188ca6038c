#ifndef DFV_STATS_INDICATORS_H
#define DFV_STATS_INDICATORS_H

#include "diag.h"
#include "opt.h"

/* dfv-stats -i: the figures of an indicators file, dfv-indicators(5). */

/* The command line's words; NULL for what was not said. */
struct indicators_opts {
	const char *file;
	const char *period;
	const char *as_of;
	const char *compare;
	const struct opt_common *common;
	const char *const *operand;
	size_t noperand;
};

/* 0, or -1 after a report. */
int indicators_run(const struct indicators_opts *, struct diag *);

#endif
