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
	size_t col;
	bool dated;
	enum date_period period;
};

/* One call of an aggregate, over the records of a group. */
struct stat_term {
	const struct aggregate *aggregate;
	const struct expr *arg;   /* NULL for count() */
	const struct expr *where; /* NULL: all of them */
	size_t offset;            /* of its state in a group's memory */
};

/* A figure that comes out: a call, or arithmetic between calls. */
struct stat_figure {
	struct expr *expr;
	size_t bare; /* the term it is nothing but, or SIZE_MAX */
};

struct request {
	const struct expr **where; /* all must hold; NULL-ended */
	struct stat_key *key;
	size_t nkey;
	struct stat_term *term;
	size_t nterm;
	size_t term_cap;
	struct stat_figure *figure;
	size_t nfigure;
	size_t state_bytes;
	struct columns names;  /* of what comes out: keys, then figures */
	const char *state;     /* of the group whose figures are worked out */
	struct expr_host host; /* that gives figures the terms' values */
	struct arena *arena;
	struct expr **compiled; /* all of them, for request_release */
	size_t ncompiled;
	size_t compiled_cap;
};

/* The command line's words for it; lists end with NULL. */
struct request_opts {
	const char **where;
	const char **group;
	const char **figure;
};

/* 0, or -1 after a report. The request lives in env->arena, and where it is:
 * it must not move. */
int request_init(
    struct request *, const struct request_opts *, const struct expr_env *env);

/* Merges or releases all the states of a group's memory. */
void request_merge(const struct request *, void *into, const void *from);
void request_release_state(const struct request *, void *state);

/* Appends figure i of a group, as a TSV cell; with a fault where it cannot be
 * worked out. */
void request_print(struct request *, size_t i, const void *state,
    struct expr_run *, struct buf *);

void request_release(struct request *);

#endif
