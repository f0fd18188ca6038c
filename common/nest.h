#ifndef DFV_NEST_H
#define DFV_NEST_H

#include <stddef.h>

#include "arena.h"
#include "columns.h"
#include "span.h"

/*
 * How dotted columns come back nested: `lieu.commune` and `lieu.code` are the
 * keys of a mapping `lieu` when all columns of that beginning stand next to
 * each other, none of them has an empty part, and no column is named `lieu`.
 * Otherwise the name is written as it is, which reads back the same.
 */
enum { NEST_MAX_DEPTH = 32 };

struct nest {
	size_t depth;  /* mappings around the column's value */
	size_t shared; /* those of them that the column before it is in too */
};

/* One a column, in the arena. */
struct nest *nest_columns(const struct columns *, struct arena *);

/* The key of a column's name at a level: of a mapping when level < depth, of
 * the value when level == depth. */
struct span nest_key(struct span name, size_t depth, size_t level);

#endif
