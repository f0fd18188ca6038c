#ifndef DFV_STATS_PASS_H
#define DFV_STATS_PASS_H

#include <stdbool.h>
#include <stddef.h>

#include "group.h"
#include "indicator.h"
#include "opt.h"
#include "reader.h"
#include "request.h"
#include "sidetab.h"

/*
 * One table, read once for all its indicators: a single request groups it by
 * all the columns that any of them needs, and roll.h merges these fine groups
 * into each indicator's own. States merge exactly, so the outcome is that of a
 * request of its own.
 */

/* A column that the request groups by, or the period of its date. */
struct pass_key {
	struct span name;
	bool dated;
};

struct pass {
	struct node_list table; /* none: the input */
	const char *name;       /* for diagnostics */
	struct reader *reader;
	struct pass_key *key;
	size_t nkey;
	size_t cap;
	const char **figure; /* the request's words, NULL-ended */
	size_t nfigure;
	size_t figure_cap;
	struct request request;
	struct group_table groups;
	bool ran;
};

/* Where the cell of a group column comes from: a key of the pass, or what a
 * joined table has for it. */
struct pass_cell {
	size_t key;
	const struct sidetab *join; /* or NULL */
	size_t col;                 /* of join */
};

/* How an indicator is worked out of a pass. */
struct plan {
	const struct indicator *of;
	struct pass *pass;
	bool computed;          /* false: a column that it needs is not there */
	size_t figure[2];       /* of the request */
	size_t date;            /* a key, or COLUMN_NONE */
	struct pass_cell *cell; /* one a group column */
	struct pass_cell ower;
	const struct sidetab *owed; /* or NULL */
	const struct sidetab **published;
	struct roll *roll; /* roll.h */
};

/* What all passes of a run share. */
struct passes {
	struct indicator_file file;
	enum date_period period;
	const struct opt_common *opts;
	const char *const *operand;
	size_t noperand;
	struct pass *pass;
	size_t npass;
	struct plan *plan; /* one an indicator */
	struct sidetabs sides;
	struct arena *arena;
	struct diag *diag;
};

/* Opens the tables and plans every indicator, so that all mistakes are told
 * before a record is counted. 0, or -1 after a report. */
int passes_plan(struct passes *);

/* Reads the tables. 0, or -1 after a report. */
int passes_count(struct passes *);

void passes_release(struct passes *);

#endif
