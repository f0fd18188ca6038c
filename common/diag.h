#ifndef DFV_DIAG_H
#define DFV_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

enum diag_level { DIAG_WARNING, DIAG_ERROR };

#define DIAG(id, level, code, what, remedy) DIAG_##id,
enum diag_id {
	DIAG_NONE,
#include "diag_list.h"
	DIAG_COUNT
};
#undef DIAG

/* Where: any part may be absent (file NULL, line 0, column 0). Lines count
 * from 1; columns count characters (code points) from 1. */
struct place {
	const char *file;
	size_t line;
	size_t col;
};

#define PLACE_NONE ((struct place){NULL, 0, 0})

/* The row of the list that an id stands for; strings are static. */
struct diag_kind {
	enum diag_level level;
	const char *code;
	const char *what;
	const char *remedy;
};

const struct diag_kind *diag_kind(enum diag_id);

/* Where a program's diagnostics go (standard error) and how many there were. */
struct diag {
	const char *prog;
	bool quiet; /* nothing below error */
	bool color;
	size_t count[2]; /* by level */
};

/*
 * Prints one line,
 *   prog: file:line:col: level: what: 'value': detail or remedy [code]
 * with what is absent left out. Control characters are escaped, and a value is
 * cut at 80 characters; its p may be NULL for none. The detail, a format that
 * may be NULL, replaces the list's remedy.
 */
void diag_report(struct diag *, enum diag_id, const struct place *,
    struct span value, const char *detail, ...)
    __attribute__((format(printf, 5, 6)));

/* A piece of a text that is no file's line, such as an expression. */
struct excerpt {
	const char *what; /* where the text stands: "--where" */
	struct span text;
	size_t at;
	size_t len; /* of the piece, which may go beyond the text's end */
};

/* Reports what is wrong with an excerpt, and shows its line, with a caret under
 * it, on two more. */
void diag_caret(struct diag *, enum diag_id, const struct place *,
    const struct excerpt *, const char *message);

/*
 * A diagnostic kept as a value, for code that meets a mistake where it may not
 * report it: a worker thread, whose turn has not come. id DIAG_NONE is none.
 * of_cell: place is still to be worked out, from rec and col.
 */
struct fault {
	enum diag_id id;
	struct place place;
	bool of_cell;
	size_t rec; /* record within the block, from 0 */
	size_t col; /* column, from 0 */
	bool has_value;
	char value[256];
	char detail[256];
};

/* Fills f unless it already holds a fault: the first one counts. */
void fault_set(struct fault *f, enum diag_id, struct place, struct span value,
    const char *detail, ...) __attribute__((format(printf, 5, 6)));

/* The same about a cell of a block; col COLUMN_NONE (columns.h) for what was
 * worked out from several. */
void fault_set_cell(struct fault *f, enum diag_id, size_t rec, size_t col,
    struct span value, const char *detail, ...)
    __attribute__((format(printf, 6, 7)));

/* Reports f, and empties it. */
void diag_fault(struct diag *, struct fault *f);

/* Whether standard error is a terminal that can be written to in place. */
bool diag_on_terminal(void);

/* value as it is shown: escaped, cut, without quotes; returns out. */
const char *diag_quote(char *out, size_t size, struct span value);

/* Appends text as it is shown: escaped, so that it is one line and cannot move
 * a terminal's cursor. */
void diag_escape(struct buf *, struct span text);

#endif
