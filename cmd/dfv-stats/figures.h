#ifndef DFV_STATS_FIGURES_H
#define DFV_STATS_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "opt.h"
#include "request.h"
#include "result.h"

/* dfv-stats -a: the figures that the command line asks for. */

/* Its words; lists are NULL-ended, NULL is what was not said. Those of a merge
 * are completed by what its states say. */
struct figures_opts {
	struct request_opts words;
	const char *explode;
	struct result_opts result;
	bool partial; /* states come out, not figures */
	bool has_part;
	size_t part; /* which part of the whole input this is */
	bool merge;  /* states come in, not records */
	const struct opt_common *common;
	const char **operand;
	size_t noperand;
};

/* 0, or -1 after a report. */
int figures_run(struct figures_opts *, struct diag *);

#endif
