#ifndef DFV_GEO_TALLY_H
#define DFV_GEO_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "drawing.h"
#include "session.h"

/*
 * The figures of a map out of records: of territories, how many records, or
 * the number or text of one record each; of communes, how many, or the sum of
 * a column. A record in several places counts in each.
 */
struct tally {
	struct session *s;
	bool by; /* territories have figures */
	enum level level;
	bool points;      /* communes have */
	bool text;        /* the value's column is text */
	size_t value_col; /* COLUMN_NONE: records are counted */
	size_t size_col;  /* the same, of communes */

	struct figure *figure; /* by territory, in the session's arena */
	struct figure *here;   /* by commune */
	struct span name[CLASSES_MAX]; /* the texts, as first met */
	size_t nname;
	struct buf scratch;
};

/* Reads all records of the session, which is open, as are its columns. 0, or
 * -1 after a report. */
int tally_run(struct tally *);

void tally_release(struct tally *);

#endif
