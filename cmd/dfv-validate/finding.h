#ifndef DFV_FINDING_H
#define DFV_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "block.h"
#include "buf.h"
#include "diag.h"
#include "reader.h"
#include "span.h"

#define FINDING(id, code, what) FINDING_##id,
enum finding_id {
#include "finding_list.h"
	FINDING_COUNT
};
#undef FINDING

/* The row of the list that an id stands for; strings are static. */
struct finding_kind {
	const char *code;
	const char *what;
};

const struct finding_kind *finding_kind(enum finding_id);

enum { FINDING_BEFORE, FINDING_AT }; /* a ragged row stands before a record */

/* What comes of it. Only what is open counts. */
enum finding_status {
	FOUND_OPEN,
	FOUND_CAUSED, /* it follows from .cause */
	FOUND_KNOWN,  /* the baseline has it */
	FOUND_WAIVED, /* by .waiver */
	FOUND_NOTE    /* nothing is wrong any more: a repair */
};

/*
 * What is wrong at one place. A text that is absent has p == NULL; texts live
 * in the arena of the list that the finding is in.
 */
struct finding {
	enum finding_id id;
	enum diag_level level;
	enum finding_status status;
	bool passes; /* it is known or waived, or follows from what is */
	size_t rec;  /* of its block */
	size_t col;  /* of the stream, or COLUMN_NONE for the whole record */
	int at;      /* FINDING_BEFORE or FINDING_AT */
	size_t line; /* of a row that stands before, within the block */
	size_t seq;  /* order of coming, which breaks ties */
	struct place place; /* known from the start, or by findings_settle() */
	struct span table;
	struct span field;
	struct span value; /* decoded */
	struct span expected;
	struct span difference; /* value less expected, of two figures */
	struct span unit;       /* of the figures */
	struct span message;    /* what replaces the kind's words */
	struct span suggestion;
	struct span rule;
	struct span key;   /* the record's primary key, its parts with commas */
	struct span stake; /* what is lost if this stays: an amount, */
	struct span stake_unit;
	struct span cause;  /* where the finding is that this follows from */
	struct span waiver; /* who, until when and why */
	struct span source; /* the line it is in, where it is to be shown */
};

/* The findings of one block, or of what has no block. */
struct findings {
	struct finding *item;
	size_t n;
	size_t cap;
	struct arena arena;
};

#define FINDINGS_EMPTY ((struct findings){.arena = {NULL, NULL, 0}})

/* A new one at the end, an error, about a cell (or COLUMN_NONE) of a record;
 * valid until the next is added. */
struct finding *findings_add(
    struct findings *, enum finding_id, size_t rec, size_t col);

/* Puts them in the order of the file: the rows of a block, what others follow
 * from before these. */
void findings_sort(struct findings *);

/* Puts them in the order of the file and gives each its place. The block has
 * been sequenced by the reader. */
void findings_settle(struct findings *, const struct block *);

/* Tells those that are FOUND_CAUSED and know no cause that it is the nearest
 * one before them that is not. findings_settle() does it by itself. */
void findings_link(struct findings *);

/* Its file's name as UTF-8: bytes that are none become U+FFFD. It is empty
 * without a file, and lives as long as the name and scratch do. */
struct span finding_file(const struct finding *, struct buf *scratch);

/* Where a finding is and its code: `sessions.csv:3:5 type-error`. */
struct span finding_name(const struct finding *, struct arena *);

/* The row that a finding that stands before a record is about, or NULL. */
const struct block_ragged *finding_row(
    const struct finding *, const struct block *);

/* Keeps with each finding the line of the file that it is in, where that can
 * be told. They have been settled. */
void findings_show(
    struct findings *, const struct reader *, const struct block *);

/*
 * Appends what stays the same about a finding from one file to the next: code,
 * rule, table, field, the record's key, the value; not the line.
 */
void finding_identity(struct buf *, const struct finding *);

/* Empty again; the room stays. */
void findings_reset(struct findings *);
void findings_release(struct findings *);

#endif
