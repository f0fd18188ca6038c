#ifndef DFV_FINDING_H
#define DFV_FINDING_H

#include <stddef.h>

#include "arena.h"
#include "block.h"
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

/*
 * What is wrong at one place. A text that is absent has p == NULL; texts live
 * in the arena of the list that the finding is in.
 */
struct finding {
	enum finding_id id;
	enum diag_level level;
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

/* Puts them in the order of the file and gives each its place. The block has
 * been sequenced by the reader. */
void findings_settle(
    struct findings *, const struct reader *, const struct block *);

/* Empty again; the room stays. */
void findings_reset(struct findings *);
void findings_release(struct findings *);

#endif
