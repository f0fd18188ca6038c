#ifndef DFV_EXPR_H
#define DFV_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "block.h"
#include "columns.h"
#include "date.h"
#include "diag.h"
#include "number.h"
#include "span.h"

/*
 * The expression language of dfv-expr(7): compiled once against a stream's
 * columns, with every mistake reported before input is read; evaluated for a
 * record without allocating.
 */
enum value_kind {
	VALUE_MISSING,
	VALUE_TEXT,
	VALUE_NUMBER,
	VALUE_DATE,
	VALUE_BOOL,
	VALUE_LIST /* a cell seen as a list; text holds it, encoded */
};

struct value {
	enum value_kind kind;
	bool truth;
	struct span text; /* decoded (VALUE_TEXT) or encoded (VALUE_LIST) */
	struct number number;
	struct date date;
};

/*
 * What names mean beyond columns, for rules and indicators: `this.code`, or a
 * call such as count(projets where region == this.code). A host that knows
 * none leaves it NULL.
 */
struct expr_host {
	void *ctx;
	/* A name that is no column: its handle (>= 0), -1 when the host does
	 * not know it either, -2 after a report of its own. */
	int (*name)(void *ctx, struct span name);
	/* A call name(args) in source form: likewise. `args` is the text
	 * between the parentheses. Asked before the language's own functions. */
	int (*call)(void *ctx, struct span name, struct span args);
	/* VALUE_NUMBER or VALUE_TEXT: what a handle's value will be, when it
	 * is not missing. */
	enum value_kind (*kind)(void *ctx, int handle);
	/* The value for the record at hand; text is valid until the next. */
	struct value (*value)(void *ctx, int handle);
};

struct expr_env {
	const struct columns *columns;
	bool decimal_comma;
	const struct expr_host *host; /* or NULL */
	struct arena *arena;          /* where the compiled form lives */
	struct diag *diag;
	const char
	    *what; /* shown in diagnostics: "--where", or a rule's name */
	struct place place; /* of the text in a file, or PLACE_NONE */
};

enum expr_want { EXPR_ANY, EXPR_BOOL, EXPR_NUMBER };

struct expr;
struct regex_room; /* regex.h */

/* Compiles text, which is UTF-8; NULL after a report with a caret under the
 * place. text must outlive the expression. */
struct expr *expr_compile(
    struct span text, enum expr_want, const struct expr_env *);

/* The kind its value has, when that is known before: VALUE_TEXT for a bare
 * column. */
enum value_kind expr_kind(const struct expr *);

/* The column whose cell is its value, as it stands or (of kind VALUE_NUMBER) as
 * a number; COLUMN_NONE when there is more to it. */
size_t expr_column(const struct expr *);

/* Whether it is nothing but one name or call of the host's. */
bool expr_is_host(const struct expr *);

/* The columns it reads: marks[i] is set for each. */
void expr_columns(const struct expr *, bool *marks);

/*
 * One thread's evaluation: scratch memory, the record, the first mistake met
 * (a cell that should be a number and is not: fault.rec and .col say where).
 * Once fault.id is set, results mean nothing.
 */
struct expr_run {
	const struct block *block;
	size_t rec;
	struct arena scratch; /* decoded texts of the record */
	struct fault fault;
	struct buf work;          /* a function's result while it grows */
	struct regex_room *match; /* once a pattern has run */
};

bool expr_true(const struct expr *, struct expr_run *);

/* The value for the record; its text lives until the next call. */
struct value expr_value(const struct expr *, struct expr_run *);

/* Appends a value as a TSV cell: text escaped, a missing one empty, booleans
 * `true` and `false`. */
void expr_put(struct buf *, const struct value *);

/* The text of a cell of the record at hand, valid as long as a value's; false,
 * with a fault at column col, when it holds an unknown escape. */
bool expr_text(
    struct expr_run *, struct span cell, size_t col, struct span *text);

void expr_run_release(struct expr_run *);

/* Whether the language has a function of that name. */
bool expr_has_function(struct span name);

/*
 * Cuts text at the first `at`, a bare word or a comma, that stands outside
 * quotes, braces and parentheses: true with what is before and after it.
 * For hosts, whose forms hold expressions: `count() where region == "76"`.
 */
bool expr_cut(
    struct span text, const char *at, struct span *before, struct span *after);

/* Frees what the arena does not hold: compiled regular expressions, sets. */
void expr_free(struct expr *);

#endif
