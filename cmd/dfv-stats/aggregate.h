#ifndef DFV_STATS_AGGREGATE_H
#define DFV_STATS_AGGREGATE_H

#include <stdbool.h>
#include <stddef.h>

#include "batch.h"
#include "buf.h"
#include "expr.h"

/*
 * What an aggregate keeps of a group. A state is a piece of the group's
 * memory, all zeros to begin with; states are merged in any order with the
 * same outcome. Several aggregates may be worked out from one kind of state:
 * the sum and the mean of the same values share it.
 */
struct accumulator {
	size_t state_bytes;
	/* Adds each value to the state at `offset` in its group's memory. */
	void (*add)(const struct values *, size_t offset);
	/* `from` keeps its own. */
	void (*merge)(void *into, const void *from);
	void (*release)(void *state); /* may be NULL */
	/* A state as text (state.h), the same for the same values in whatever
	 * order they came; and what such a text stands for merged into a state:
	 * false when it is none. */
	void (*save)(const void *state, struct buf *);
	bool (*load)(void *state, struct span *rest);
};

/* What the argument has to be. */
enum aggregate_takes {
	TAKES_NOTHING, /* count() */
	TAKES_ANY,     /* any value, as the text of a cell */
	TAKES_ORDERED, /* a number or a date; a bare column is a number */
	TAKES_NUMBER,
	TAKES_TRUTH /* a condition */
};

/* What a figure's call says beyond its argument. */
struct aggregate_args {
	enum value_kind kind; /* the argument's: a number, a date, text */
	struct number p;      /* quantile's, 0 to 1 */
};

struct aggregate {
	const char *name;
	const char *usage; /* sum(x) */
	enum aggregate_takes takes;
	bool takes_p;
	const struct accumulator *keeps;
	const struct accumulator *weighted; /* with weight=, or NULL */
	/* What it comes to. It may keep in the state what it worked out. Text
	 * is valid until the state changes. */
	struct value (*final)(void *state, const struct aggregate_args *);
	/* Whether that takes long now, and not a second time; or NULL. */
	bool (*slow)(const void *state);
	struct value (*final_weighted)(
	    void *state, const struct aggregate_args *);
	/* Appends what is not missing with all its digits; NULL: as final
	 * gives it. */
	void (*print)(const void *state, struct buf *);
	/* Of what kind it is: VALUE_MISSING for what it takes, VALUE_LIST for
	 * text as it stands in a cell. */
	enum value_kind gives;
	const char *help;
};

/* By name and whether there is an argument; NULL for none. */
const struct aggregate *aggregate_find(struct span name, bool has_arg);

/* The i-th name, NULL behind the last: for suggestions. How it is written, and
 * what it is: for --help. */
const char *aggregate_name(size_t i);
const char *aggregate_usage(size_t i);
const char *aggregate_help(size_t i);

/* How final says that there was nothing, or a number. */
static inline struct value
value_missing(void)
{
	return (struct value){.kind = VALUE_MISSING};
}

static inline struct value
value_number(struct number n)
{
	return (struct value){.kind = VALUE_NUMBER, .number = n};
}

#endif
