#ifndef DFV_FILTER_SELECT_H
#define DFV_FILTER_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "expr.h"

/*
 * Which columns come out: each is one of the input's, or an expression's
 * value, under a name. Built from the options in the order -s, -c or -x, -r.
 */
struct out_column {
	struct span name;
	size_t from;             /* the input's column, or COLUMN_NONE */
	const struct expr *expr; /* when it is computed */
};

struct selection {
	struct out_column *out;
	size_t n;
	bool identity; /* all of the input's columns, as they stand */
	/* What there is to choose from: the input's columns and the computed
	 * ones, also those that do not come out. */
	struct columns names;
	struct out_column *all;
	struct expr **expr; /* of the computed ones, for selection_release */
	size_t nexpr;
};

/* The column of that name among all: 0, or -1 after a report. */
int selection_need(const struct selection *, struct span name, struct diag *,
    struct out_column *);

void selection_release(struct selection *);

/* The cell of a column for the record at hand, TSV-encoded; a computed one is
 * valid until the next. */
struct span out_column_cell(const struct out_column *, struct expr_run *);

/* What the options said; lists end with NULL, each may be empty. */
struct select_opts {
	const char **set;    /* NAME=EXPR */
	const char **keep;   /* COLS */
	const char **drop;   /* COLS */
	const char **rename; /* OLD=NEW */
};

/* Fills the selection and its column names; 0, or -1 after a report. All of
 * it lives in env->arena. */
int select_columns(struct selection *, struct columns *names,
    const struct select_opts *, const struct expr_env *env);

#endif
