#ifndef DFV_TABLE_H
#define DFV_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "key.h"
#include "reader.h"
#include "verdict.h"

/* A record of a table in memory. */
struct table_row {
	uint32_t block;
	uint32_t rec;
};

/* A table held in memory, with what was found about each of its blocks. */
struct table_block {
	struct block block;
	struct verdict verdict;
};

struct table {
	struct span name;
	const char *path;
	struct schema *schema; /* or NULL: nothing is checked */
	struct reader *reader;
	const struct columns *columns;
	struct check check;
	struct findings labels;
	struct memo *memo; /* of each block's verdict in its turn */
	struct table_block **block;
	size_t nblock;
	size_t block_cap;
	size_t nrec;
	struct table_index *index; /* made where they are asked for */
};

/* Tells the schema what the reader's format has of its own. */
void table_take_format(struct table *);

/* Where findings about the columns stand: the header, if the format has one. */
struct place table_header_place(const struct reader *, const char *file);

/*
 * Opens the files, checks the columns, and reads all of it. The schema is the
 * table's from then on. 0, or -1 after a report.
 */
int table_load(struct table *, const char *const *file, size_t nfile,
    const struct reader_opts *, struct arena *, struct diag *);

/* Reads what the table's reader has, and checks cells, rows and keys. */
int table_read(struct table *, struct arena *, struct diag *);

/* Every record: for (r = table_first(t); table_has(t, r);
 * r = table_next(t, r)) */
static inline bool
table_has(const struct table *t, struct table_row r)
{
	return r.block < t->nblock;
}

struct table_row table_first(const struct table *);
struct table_row table_next(const struct table *, struct table_row);

static inline const struct block *
table_block(const struct table *t, struct table_row r)
{
	return &t->block[r.block]->block;
}

/* The records that have a value in a column, in order; at most one index a
 * column, which lives as long as the table. */
const struct table_index *table_index(struct table *, size_t col);

/* Those whose cell is written as `cell` is: *n of them, in file order. */
const struct table_row *table_lookup(
    const struct table_index *, struct span cell, size_t *n);

/* The field of the schema that a column is, or NULL. */
const struct field *table_field(const struct table *, size_t col);

void table_release(struct table *);

#endif
