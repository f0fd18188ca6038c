#ifndef DFV_COLUMNS_H
#define DFV_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "span.h"

/*
 * The names of a stream's columns, in order. Names are text (not TSV-escaped),
 * unique and not empty. Everything lives in the arena given to _init.
 */
struct columns {
	struct span *name;
	size_t n;
	size_t cap;
	size_t *slot; /* hash of names: index + 1, 0 is free */
	size_t nslot;
	struct arena *arena;
};

#define COLUMN_NONE ((size_t)-1)

void columns_init(struct columns *, struct arena *);

/* Adds a name (copied) and returns its index, or COLUMN_NONE when it is
 * there already. */
size_t columns_add(struct columns *, struct span name);

/* The index of a name, or COLUMN_NONE. */
size_t columns_find(const struct columns *, struct span name);

/*
 * The next item of a list such as `a,{b,c},d`, one a call: list ends with p
 * NULL. A comma inside braces parts nothing. columns_bare takes the braces off
 * an item that is all in them.
 */
bool columns_next(struct span *list, struct span *item);
struct span columns_bare(struct span item);

/*
 * The index of a name; where there is none, reports `unknown column` with the
 * nearest name as a suggestion, and returns COLUMN_NONE.
 */
size_t columns_need(const struct columns *, struct span name, struct diag *);

/* The names nearest to a mistyped one, as "did you mean 'x'?", or a list of
 * the columns there are; in the arena. */
struct span columns_suggest(
    const struct columns *, struct span name, struct arena *);

#endif
