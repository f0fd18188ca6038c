#ifndef DFV_READER_H
#define DFV_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "block.h"
#include "columns.h"
#include "diag.h"
#include "progress.h"

/*
 * Operands in, blocks of records out: several files are one stream, with the
 * first file's columns, whatever format each is in.
 */
struct reader_opts {
	const char *from; /* format name, or NULL: suffix, else first bytes */
	const char *encoding; /* of CSV: "utf-8" (NULL), "windows-1252" */
	bool keep_ragged;     /* rows of wrong length go to block.ragged */
	enum progress_when progress;
	size_t block_bytes;   /* 0: the default; tests choose small ones */
	const char *mismatch; /* said where a later file's columns differ; or
			       * NULL: what to do about them */
};

struct reader;

/*
 * Opens the operands (n == 0, or "-", is standard input) up to the first
 * one's columns. The names in file[] must outlive the reader. NULL after a
 * report in diag. Free with reader_free().
 */
struct reader *reader_open(const char *const file[], size_t n,
    const struct reader_opts *, struct diag *);

/* The columns of the whole stream, the reader's; valid until reader_free. */
const struct columns *reader_columns(const struct reader *);

/* The name of the first operand's format ("tsv", "csv"…): static. And for
 * CSV its delimiter, else 0. */
const char *reader_format(const struct reader *);
char reader_delimiter(const struct reader *);

/*
 * The next block in the caller's b, which keeps its memory from call to call:
 * 1, 0 at the end, -1 after a report. What b held before is gone.
 */
int reader_next(struct reader *, struct block *b);

/*
 * The same in the steps that threads take apart:
 * reader_fill, one thread at a time (the reader locks): bytes of whole records;
 *     1, 0 at the end (also after a fault of its own, which it left in the
 *     last block it gave);
 * reader_index, any number at once: cells found, format checked; mistakes go
 *     to b->fault;
 * reader_sequence, in input order: what came before is known, b's lines get
 *     their numbers. When b->fault is set, the nrec records before it are good
 *     and are to be used first.
 */
int reader_fill(struct reader *, struct block *b);
void reader_index(const struct reader *, struct block *b);
void reader_sequence(struct reader *, struct block *b);

/* Reports a fault of b, which has been sequenced, at its place: b->fault or
 * one that a tool's work met in a cell. Always -1. */
int reader_fault(struct reader *, struct block *b, struct fault *);

/* The physical line and column where a cell of a record of b starts; col
 * COLUMN_NONE is the record, and has no column. b has been sequenced. */
struct place reader_place(const struct block *b, size_t rec, size_t col);

/* How much of all operands the blocks are that have been sequenced, from 0 to
 * 1, by their bytes; 0 where that cannot be told. */
double reader_share(const struct reader *);

/*
 * A record's bytes as they stood in the input, without the line end; p NULL
 * where they are not in the first operand's format, delimiter and column order,
 * or cannot be told (TSV is its own source; YAML; another encoding).
 */
struct span reader_source(
    const struct reader *, const struct block *b, size_t rec);

void reader_free(struct reader *);

#endif
