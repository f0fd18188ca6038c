#ifndef DFV_STATS_AGGREGATE_H
#define DFV_STATS_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "expr.h"

/*
 * The aggregates: one row each of a table. An aggregate's state is a piece of
 * its group's memory, all zeros to begin with; states of the same aggregate
 * are merged in any order with the same outcome.
 */
enum aggregate_takes {
	TAKES_NOTHING, /* count() */
	TAKES_ANY,     /* any value, as the text of a cell */
	TAKES_ORDERED, /* a number or a date; a bare column is a number */
	TAKES_NUMBER
};

struct aggregate {
	const char *name;
	enum aggregate_takes takes;
	size_t state_bytes;
	/* A value that is not missing; v.text is borrowed. */
	void (*add)(void *state, const struct value *v);
	void (*merge)(void *into, const void *from);
	/* What it comes to: a number, a date or missing; an infinite double
	 * when it is out of range. */
	struct value (*final)(const void *state);
	/* Appends what is not missing with all its digits; NULL: as final
	 * gives it. */
	void (*print)(const void *state, struct buf *);
	void (*release)(void *state); /* may be NULL */
	const char *help;
};

/* By name and whether there is an argument; NULL for none. */
const struct aggregate *aggregate_find(struct span name, bool has_arg);

/* The i-th name, NULL behind the last: for suggestions. */
const char *aggregate_name(size_t i);

#endif
