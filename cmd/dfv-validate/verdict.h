#ifndef DFV_VERDICT_H
#define DFV_VERDICT_H

#include <stddef.h>

#include "arena.h"
#include "block.h"
#include "buf.h"
#include "columns.h"
#include "diag.h"
#include "finding.h"
#include "reader.h"
#include "schema.h"

/*
 * A schema held against the columns of a stream: constant once set up, so that
 * threads can share it.
 */
struct check_column {
	size_t col;
	const struct field *field;
};

struct check {
	const struct schema *schema;
	const struct columns *columns;
	size_t *col;                 /* by field: its column, or COLUMN_NONE */
	struct check_column *column; /* those whose cells are looked at */
	size_t ncolumn;
};

/* What one block came to. One a thread, used again for block after block. */
struct verdict {
	struct findings list;
	struct buf scratch; /* the text of a cell */
	struct room other;  /* what is worked out from it */
	struct fault fault; /* a cell that breaks its format */
	size_t *blank;      /* records in which no cell has a value */
	size_t nblank;
	size_t blank_cap;
	bool plain; /* no cell of the block has a backslash */
};

#define VERDICT_EMPTY ((struct verdict){.list = {.arena = {NULL, NULL, 0}}})

/* Pairs fields and columns. The schema and the columns outlive it. */
void check_init(struct check *, const struct schema *, const struct columns *,
    struct arena *);

/* The findings about the columns themselves, by fieldsMatch. `where` is the
 * stream's first file and, if it has one, the line of its header. */
void check_labels(const struct check *, struct place where, struct findings *);

/* The findings about the block's cells, each cell by itself, and its rows of
 * wrong length. The block need not be sequenced. */
void check_block(const struct check *, const struct block *, struct verdict *);

/* Whether a cell has no value, the field's own missing values counted. */
bool check_missing(const struct field *, struct span cell, struct buf *scratch);

/* The values of a cell, one a call: one where it is no list. Each is text in
 * scratch or in the cell; false at the end, or when the cell breaks its
 * format (with .bad set). Start with {.rest = cell, .field = f}. */
struct check_values {
	const struct field *field;
	struct span rest; /* the cell; p NULL at the end */
	bool native;      /* a list with bars */
	bool split;       /* rest is decoded, to be cut at `cut` */
	struct span cut;
	bool bad;
};

bool check_value(struct check_values *, struct buf *scratch, struct span *text);

void verdict_release(struct verdict *);

#endif
