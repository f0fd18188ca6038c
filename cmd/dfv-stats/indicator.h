#ifndef DFV_STATS_INDICATOR_H
#define DFV_STATS_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "date.h"
#include "diag.h"
#include "node.h"
#include "number.h"
#include "span.h"

/*
 * An indicators file, dfv-indicators(5), as it is written: what depends on the
 * columns of a table is still text here, in nodes that know their places.
 * Everything lives in the arena given to indicator_load().
 */

/* One text or a list of them. */
struct node_list {
	const struct node *item;
	size_t n;
};

/* A number for each period that it is given for. */
struct indicator_bound {
	bool given[DATE_YEAR + 1];
	struct number at[DATE_YEAR + 1];
};

/* A table beside the file that says who owes reports (by, where), what was
 * published (id, by, value, where), or has columns to join (on, columns). */
struct indicator_side {
	const struct node *node;
	const char *table;
	const struct node *where;
	const struct node *id;
	const struct node *by;
	const struct node *value;
	const struct node *on;
	struct node_list columns;
};

struct indicator {
	struct place place;
	struct span id;
	struct span label;
	struct span unit;
	struct node_list table;       /* none: the input */
	const struct node *date;      /* or NULL */
	const struct node *where;     /* or NULL */
	const struct node *figure[2]; /* aggregate; or numerator, denominator */
	struct node_list group;
	const struct node *explode; /* or NULL */
	struct node_list needs;
	struct span total; /* p NULL: no row over all groups */
	int decimals;      /* or -1: all there are */
	bool lower_is_better;
	struct indicator_bound target;
	struct indicator_bound total_target; /* of the row over all groups */
	bool has_near;
	struct number near;                /* in percent of the target */
	const struct indicator_side *owed; /* or NULL */
	const struct indicator_side **published;
	size_t npublished;
	const struct indicator_side **join;
	size_t njoin;
};

struct indicator_file {
	const char *path;
	struct span title; /* of a page; may be empty */
	bool has_period;
	enum date_period period;
	bool has_start;
	struct date start;
	struct indicator *indicator;
	size_t n;
};

/* 0, or -1 after reports of all mistakes, each with its place. */
int indicator_load(
    struct indicator_file *, const char *path, struct arena *, struct diag *);

/* A path relative to the indicators file; lives in the arena. */
const char *indicator_path(
    const struct indicator_file *, struct span name, struct arena *);

/* Reports a mistake at a node. Returns -1. */
int indicator_mistake(struct diag *, const struct node *, const char *what);

#endif
