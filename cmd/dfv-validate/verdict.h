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
	struct lexicon *words; /* its pattern is made of, or NULL */
};

struct key_part;
struct memo;

struct check {
	const struct schema *schema;
	const struct columns *columns;
	size_t *col;                 /* by field: its column, or COLUMN_NONE */
	struct check_column *column; /* those whose cells are looked at */
	size_t ncolumn;
	struct key_part
	    *key; /* the primary key, if all its columns are there */
	size_t nkey;
	struct span cause; /* of everything; p NULL for none */
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
	struct memo *memo; /* by check.column: cells that were good */
	bool plain;        /* no cell of the block has a backslash */
};

#define VERDICT_EMPTY ((struct verdict){.list = {.arena = {NULL, NULL, 0}}})

/* Pairs fields and columns. The schema and the columns outlive it. */
void check_init(struct check *, const struct schema *, const struct columns *,
    struct arena *);

/* The findings about the columns themselves, by fieldsMatch. `where` is the
 * stream's first file and, if it has one, the line of its header. Where the
 * columns cannot be told apart, .cause is set: that is what all follows from. */
void check_labels(
    struct check *, struct place where, struct findings *, struct arena *);

/* The findings about the block's cells, each cell by itself, and its rows of
 * wrong length. The block need not be sequenced. */
void check_block(const struct check *, const struct block *, struct verdict *);

/* ragged.c: the findings about its rows of wrong length. check_block() calls
 * it. */
void check_ragged(const struct check *, const struct block *, struct verdict *);

/* shift.c: makes of findings about the cells of one row a finding about the
 * row, when its cells stand in the wrong columns. check_block() calls it. */
void check_shifts(const struct check *, const struct block *, struct verdict *);

/* settle.c: finds the columns of the primary key. check_init() calls it. */
void check_find_key(struct check *, struct arena *);

/* Settles the findings of a block, and tells their records' keys. */
void check_settle(
    const struct check *, const struct block *, struct findings *);

/* The primary key of a record as it is shown, its parts with commas; p NULL
 * where it has none. */
struct span check_key(const struct check *, const struct block *, size_t rec,
    struct arena *, struct buf scratch[2]);

/* Whether all is well with a cell that is not missing, and with one value of
 * one, decoded. */
bool check_cell(const struct field *, struct span cell, struct verdict *);
bool check_text(const struct field *, struct span text, struct verdict *);

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
