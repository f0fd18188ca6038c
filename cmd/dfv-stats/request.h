#ifndef DFV_STATS_REQUEST_H
#define DFV_STATS_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "aggregate.h"
#include "columns.h"
#include "date.h"
#include "expr.h"

/* What is asked for: which records, grouped how, which figures. */

/* A group column: an input column, or the period of its date. */
struct stat_key {
	struct span text; /* as an item of -g */
	size_t col;
	bool dated;
	enum date_period period;
};

/*
 * What is worked out once for each record that counts: an argument's value,
 * where the call's own condition holds. Calls that say the same share it.
 */
struct stat_source {
	enum aggregate_takes takes;
	struct span text[3];       /* argument, weight, condition: as written */
	const struct expr *arg;    /* NULL for count() */
	const struct expr *weight; /* NULL: each counts as one */
	const struct expr *where;  /* NULL: all of them */
	size_t col; /* the argument is this column's cell, or COLUMN_NONE */
	enum value_kind kind;
};

/* A state in each group's memory, fed from one source. */
struct stat_state {
	const struct accumulator *keeps;
	size_t source;
	size_t offset;
};

/* One call of an aggregate in a figure. */
struct stat_term {
	const struct aggregate *aggregate;
	struct aggregate_args args;
	bool weighted;
	size_t offset; /* of its state */
};

/* A figure that comes out: a call, or arithmetic between calls. */
struct stat_figure {
	struct span text; /* as it was asked for */
	struct expr *expr;
	size_t bare;      /* the term it is nothing but, or SIZE_MAX */
	size_t end_state; /* those up to here that no figure before it has are
			   * its own */
};

struct request {
	const struct expr **where; /* all must hold; NULL-ended */
	struct stat_key *key;
	size_t nkey;
	bool dated; /* some key is a period */
	struct stat_source *source;
	size_t nsource;
	size_t source_cap;
	struct stat_state *state;
	size_t nstate;
	size_t state_cap;
	struct stat_term *term;
	size_t nterm;
	size_t term_cap;
	struct stat_figure *figure;
	size_t nfigure;
	size_t state_bytes;
	struct columns names;  /* of what comes out: keys, then figures */
	char *group;           /* the memory of the one at hand */
	struct expr_host host; /* that gives figures the terms' values */
	struct arena *arena;
	bool decimal_comma;
	bool of_states;
	struct expr **compiled; /* all of them, for request_release */
	size_t ncompiled;
	size_t compiled_cap;
};

/* The command line's words for it; lists end with NULL. */
struct request_opts {
	const char **where;
	const char **group;
	const char **figure;
	bool of_states; /* for merging: there are no columns */
};

/* 0, or -1 after a report. The request lives in env->arena, and where it is:
 * it must not move. */
int request_init(
    struct request *, const struct request_opts *, const struct expr_env *env);

/* The input's columns that it reads: marks[i] is set for each. */
void request_columns(const struct request *, bool *marks);

/* Merges or releases all the states of a group's memory. */
void request_merge(const struct request *, char *into, const char *from);
void request_release_states(const struct request *, char *group);

/* Works out ahead what takes long, for a group whose values have all come. */
void request_work_out(const struct request *, char *group);

/* Figure i of a group, with a fault where it cannot be worked out. */
struct value request_value(
    struct request *, size_t i, char *group, struct expr_run *);

/* Appends it as a TSV cell, with all its digits. */
void request_print(
    struct request *, size_t i, char *group, struct expr_run *, struct buf *);

void request_release(struct request *);

#endif
