#ifndef DFV_STATS_SIDE_H
#define DFV_STATS_SIDE_H

#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "node.h"
#include "reader.h"
#include "span.h"

/*
 * A small table beside the one that figures are of: who owes a report, what
 * was published, the region of each project. It is read once, whole.
 */
enum { SIDE_CELLS = 32 };

struct side {
	const char *file;
	const struct node *where;            /* an expression, or NULL */
	const struct node *cell[SIDE_CELLS]; /* expressions; NULL: missing */
	size_t ncell;
	bool decimal_comma;
	/* For each record for which `where` is true: the expressions' values
	 * as TSV cells, borrowed until it returns. 0, or -1 after a report. */
	int (*row)(void *ctx, const struct span *cell, struct place);
	void *ctx;
};

/* 0, or -1 after a report. */
int side_read(const struct side *, const struct reader_opts *, struct diag *);

#endif
