#ifndef DFV_BLOCK_H
#define DFV_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "span.h"

/*
 * A block is a run of whole records, the unit that readers fill, threads take
 * and tools work on. Whatever the input's format was, its bytes p[0..n) are
 * TSV: cells ended by TAB, records by LF, never CR LF; inside a cell the
 * escapes of dfv-records(5). So a tool does not know which format came in, and
 * for TSV nothing has been copied.
 *
 * sep holds the offset of every TAB and LF, record after record: cell c of
 * record r ends at sep[r * ncol + c] and starts behind the separator before
 * it; sep[-1] exists and is UINT32_MAX, so that the first start comes out 0.
 *
 * A block that holds a mistake ends before it: nrec counts the good records
 * that come first, fault says what is wrong with the next one.
 */
struct block {
	const char *p;
	size_t n; /* bytes of the nrec records */
	const uint32_t *sep;
	size_t nrec;
	size_t ncol;
	struct fault fault;

	/* Where it came from: reader.h gives the place of a cell. */
	const struct decoder *from;
	size_t first_line; /* of the block's first byte; 0 until known */
	size_t nlines;     /* physical lines it covers */
	uint64_t taken;    /* bytes of its file, packed as it is */
	uint64_t serial;   /* 0, 1, 2… in input order */

	struct span raw; /* bytes of the input; BLOCK_SLACK more may be read */

	/* The reader's: what p and sep point into, kept to be used again. */
	struct buf own;   /* what raw points into, unless into a mapped file */
	struct buf text;  /* bytes re-written as TSV, where raw is not */
	struct buf spare; /* bytes re-written once more */
	uint32_t *sep_room;
	size_t sep_cap;
	struct block_mark *mark; /* one a record or one a cell, or none */
	size_t nmark;
	size_t mark_cap;
	size_t mark_step;            /* marks a record: 0, 1 or ncol */
	bool sourced;                /* marks say where records are in raw */
	struct block_ragged *ragged; /* rows taken out, where asked for */
	size_t nragged;
	size_t ragged_cap;
};

/* Where a record, or each cell, of a re-written block starts: the line,
 * counted within the block from 0, and the column, from 1; or, where the block
 * is `sourced`, the offset in raw. */
struct block_mark {
	uint32_t line;
	uint32_t col;
	uint32_t end; /* where the block is `sourced`: behind it in raw */
};

/* A row with the wrong number of cells that reader_opts.keep_ragged took out
 * of the block: it stood before record `before`. */
struct block_ragged {
	size_t before;
	size_t line; /* within the block, from 0 */
	size_t ncell;
	struct span text; /* its bytes, TSV-encoded, without the line end */
};

#define BLOCK_EMPTY ((struct block){0})

/*
 * Behind raw stand the bytes that follow it in the input, as far as they have
 * been read, and then LFs: parsers need not look for the end at each step.
 */
enum { BLOCK_SLACK = 64 };

/* Makes raw the first n bytes of own. */
void block_take_own(struct block *, size_t n);

/* One column of a block, for loops over its cells. */
struct block_column {
	const char *p;
	const uint32_t *end; /* end[rec * step] is behind the record's cell */
	size_t step;
};

static inline struct block_column
block_column(const struct block *b, size_t col)
{
	return (struct block_column){b->p, b->sep + col, b->ncol};
}

static inline struct span
block_column_cell(const struct block_column *c, size_t rec)
{
	const uint32_t *end = c->end + rec * c->step;
	uint32_t start = end[-1] + 1;

	return span_make(c->p + start, *end - start);
}

/* A cell's bytes, TSV-encoded (cell.h decodes); valid as long as the block. */
static inline struct span
block_cell(const struct block *b, size_t rec, size_t col)
{
	struct block_column c = block_column(b, col);

	return block_column_cell(&c, rec);
}

/* A record's bytes without the LF; with it they are one longer. */
static inline struct span
block_record(const struct block *b, size_t rec)
{
	const uint32_t *end = b->sep + (rec + 1) * b->ncol;
	uint32_t start = end[-1 - (ptrdiff_t)b->ncol] + 1;

	return span_make(b->p + start, end[-1] - start);
}

/*
 * Finds the cells of p[0..n), which ends with LF: sep, nrec, ncol; takes CRs
 * before LF out; checks UTF-8 and NUL unless told that they are; checks that
 * each row has ncol cells. The first mistake ends the block and goes to fault,
 * its line counted within the block; or, with take_ragged, rows of the wrong
 * length go to ragged and the others stay.
 */
struct block_rules {
	size_t ncol;
	bool valid_utf8;
	bool take_ragged;
};

void block_index(struct block *, const struct block_rules *);

/* Rewrites the rows with the columns order[0..ncol): for files whose columns
 * stand in another order than the first file's. */
void block_reorder(struct block *, const size_t *order);

/* The line of a record within the block, from 0. */
size_t block_line(const struct block *, size_t rec);

/* A record's bytes in raw, without the line end, where the block is sourced. */
struct span block_source(const struct block *, size_t rec);

/* Whether its bytes are those of a mapped file, which stay where they are until
 * reader_free. */
static inline bool
block_is_mapped(const struct block *b)
{
	return b->own.n == 0 && b->text.n == 0 && b->spare.n == 0;
}

/* An empty block that keeps its memory. */
void block_reset(struct block *);
void block_release(struct block *);

#endif
