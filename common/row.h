#ifndef DFV_ROW_H
#define DFV_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "block.h"
#include "buf.h"
#include "columns.h"
#include "diag.h"
#include "span.h"

/*
 * How records whose values have names (YAML, JSON Lines) become rows of a
 * table. Keys of nested mappings are joined by a point: {"lieu": {"commune":
 * "Blois"}} fills the column `lieu.commune`.
 *
 * A format's open() collects the keys of all records that start within the
 * first ROW_LOOK_BYTES of a file; they are its columns, in order of first
 * appearance. From then on another key is a mistake, one that is absent is a
 * missing cell, and struct keys is constant, so that threads share it.
 */
enum { ROW_LOOK_BYTES = 1 << 20, ROW_MAX_DEPTH = 64 };

struct keys {
	struct columns path;     /* every key, those of mappings too */
	struct columns *columns; /* those of them that have values */
	size_t *col;             /* by path: its column, or COLUMN_NONE */
	size_t cap;
	size_t bytes; /* of all paths */
	bool closed;  /* no more are taken */
};

void keys_init(struct keys *, struct columns *, struct arena *);
void keys_release(struct keys *);

struct row_cell {
	uint64_t serial; /* of the record that set it */
	size_t at;       /* its bytes in row.text */
	size_t n;
	size_t line; /* where it stands, as row_value_end() was told */
	size_t col;
};

/* One record being read, its keys in any order. One a thread. */
struct row {
	struct keys *keys;
	size_t outer;     /* path of the mapping whose keys come, COLUMN_NONE */
	size_t path;      /* of the last key */
	struct span name; /* the last key as a path; valid until the next */
	struct buf text;  /* cells, in the order in which they came */

	uint64_t serial; /* of the record at hand, from 1 */
	uint64_t *seen;  /* by path: the record that last had it */
	size_t seen_cap;
	size_t nseen;
	struct row_cell *cell; /* by column */
	size_t cell_cap;
	size_t ncell;
	size_t cell_col; /* of the value being read */
	size_t next;     /* the path that is likely to come next */
	struct buf join;
};

void row_init(struct row *, struct keys *);
void row_release(struct row *);

/* A new record; what was read of the last one is forgotten. */
void row_begin(struct row *);

/*
 * A key of the mapping row->outer. For the keys of its value, when that is a
 * mapping, the caller sets row->outer = row->path, and puts it back behind.
 */
enum row_status {
	ROW_OK,
	ROW_SEEN,     /* this record has the key already */
	ROW_UNKNOWN,  /* no record of the beginning had it */
	ROW_NAMELESS, /* the key is empty */
	ROW_TOO_MUCH  /* names come to more than memory should hold */
};
enum row_status row_key(struct row *, struct span key);

/* Around the value of row_key()'s key, which the caller appends to row->text
 * as a cell. row_value() gives ROW_OK or ROW_UNKNOWN. */
enum row_status row_value(struct row *);
void row_value_end(struct row *, size_t line, size_t col);

/* Puts a status other than ROW_OK into words. Returns -1. */
int row_refuse(
    const struct row *, enum row_status, struct place, struct fault *);

/* The cell of the record at hand, or NULL when it is absent. */
static inline const struct row_cell *
row_cell(const struct row *r, size_t col)
{
	return col < r->ncell && r->cell[col].serial == r->serial
	    ? &r->cell[col]
	    : NULL;
}

/* Appends the record as a TSV row with its LF; -1, with out unchanged, when
 * the block would come to more than 2 GiB. */
int row_write(const struct row *, struct buf *out);

#endif
