#ifndef DFV_CSV_ROWS_H
#define DFV_CSV_ROWS_H

#include <stdbool.h>

#include "block.h"
#include "diag.h"

/*
 * The rows of CSV by RFC 4180, strictly: a quote inside a cell that does not
 * start with one is a mistake, since every way to mend it silently moves
 * cells. csv.h says what the text of a cell means. For read_csv.c alone.
 */
struct csv_dialect {
	char split;     /* the delimiter; for one column LF: no line has one */
	bool stop[256]; /* what ends a run of plain text: split, LF, quote */
};

void csv_dialect_init(struct csv_dialect *, char split);

/*
 * Reads the records of b->raw, which gets room behind its end, to b->text, up
 * to the first mistake, which goes to b->fault: rows of cells ended by LF. A
 * mark a record; its `col` is the record's offset in b->raw. b->nlines is how
 * many lines were read.
 */
void csv_read_rows(const struct csv_dialect *, struct block *b);

/* The delimiter or LF that ends the cell which starts at p, or end. Cells with
 * mistakes end somewhere too. */
const char *csv_skip_cell(
    const struct csv_dialect *, const char *p, const char *end);

/* The line of `at`, from 0, and its column, from 1, when a line starts at
 * start. The bytes need not be valid UTF-8. */
struct place csv_locate(const char *start, const char *at);

/* Takes empty cells behind the ncol-th off the rows that csv_read_rows wrote:
 * where the last columns have no name. What is not empty there stays, and makes
 * its row too long. */
void csv_drop_spare_cells(struct buf *text, size_t ncol);

#endif
