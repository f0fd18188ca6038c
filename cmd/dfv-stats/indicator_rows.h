#ifndef DFV_STATS_INDICATOR_ROWS_H
#define DFV_STATS_INDICATOR_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "pass.h"
#include "roll.h"
#include "sink.h"

/* What comes out of an indicators file: a row a period, indicator and group.
 * Its columns depend on the file alone, never on the records. */

enum compare { COMPARE_PREVIOUS, COMPARE_YEAR_AGO };

struct period_span {
	int first;
	int last;
};

struct indicator_rows {
	struct passes *passes;
	struct sink *sink;
	enum compare compare;
	struct period_span periods; /* none when first > last */

	/* made by indicator_rows_init() */
	struct columns names;
	size_t ngroup; /* group columns of all indicators, behind the period */
	bool dated;
	bool published;
	struct expr_run run;
	struct buf text; /* of the row at hand; cell i ends at end[i] */
	size_t *end;
	struct span *cell;
	size_t ncell;
	struct buf out;
	size_t nout;
};

/* Works out the columns. 0, or -1 after a report. */
int indicator_rows_init(struct indicator_rows *);

/* 0, or -1 after a report, or when the output is closed. */
int indicator_rows_write(struct indicator_rows *);

void indicator_rows_release(struct indicator_rows *);

#endif
