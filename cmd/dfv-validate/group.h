#ifndef DFV_GROUP_H
#define DFV_GROUP_H

#include <stddef.h>

#include "keytab.h"
#include "key.h"
#include "table.h"

/*
 * The records of a table that agree in some columns, in order of their first.
 * Records without a value in one of these are in no group.
 */
struct group {
	struct key_part *part; /* the columns */
	size_t n;
	struct keytab keys; /* what they agree in, by group */
	size_t *start;      /* by group, and one more: row[start[g]...] */
	struct table_row *row;
};

/* part and n are set before. The table outlives it. */
void group_build(struct group *, const struct table *);
void group_release(struct group *);

#endif
