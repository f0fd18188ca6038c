#ifndef DFV_REPORT_COLUMN_H
#define DFV_REPORT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "finding.h"
#include "span.h"

/*
 * A column of findings as records, one row of a table: its text for a finding,
 * in the finding or in scratch. count is how many findings the first of a
 * summary's row stands for.
 */
struct report_column {
	const char *name;
	bool is_number;
	struct span (*get)(
	    const struct finding *, size_t count, struct buf *scratch);
};

/* The *n columns of findings, or of their summary. */
const struct report_column *report_columns(bool summary, size_t *n);

#endif
