#ifndef DFV_PUMP_H
#define DFV_PUMP_H

#include <stddef.h>

#include "block.h"
#include "reader.h"

/*
 * Runs a reader's blocks through a tool's work on several threads, and takes
 * the results in input order: what comes out does not depend on how many
 * threads there are, nor on how the input was cut.
 */
struct pump_task {
	struct block block;
	void *result;       /* the tool's, made by result_new */
	struct fault fault; /* a mistake work met: of_cell, after the records
	                     * whose results count */
};

struct pump {
	struct reader *reader;
	unsigned jobs;
	void *ctx;
	/* A thread's own state, and a task's result; each may be NULL. */
	void *(*worker_new)(void *ctx);
	void (*worker_free)(void *ctx, void *worker);
	void *(*result_new)(void *ctx);
	void (*result_free)(void *ctx, void *result);
	/* In parallel. */
	void (*work)(void *worker, struct pump_task *);
	/* In order, one at a time: 0 to go on, 1 to stop, -1 after a failure.
	 * May be NULL. */
	int (*emit)(void *ctx, struct pump_task *);
};

/* 0 at the end, 1 when emit stopped it, -1 after a report. */
int pump_run(const struct pump *);

#endif
