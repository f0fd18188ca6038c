#ifndef DFV_YAML_PLAN_H
#define DFV_YAML_PLAN_H

#include <stddef.h>

#include "arena.h"
#include "columns.h"
#include "span.h"

/*
 * How these tools lay out records in YAML: one sequence of block mappings, so
 * that files can be put behind each other. Dotted columns come back nested
 * (nest.h). A scalar a line, never folded; the keys and their indentation are
 * the same in each record:
 *
 *     - a: text          before[0] "- a:", and a blank and a scalar
 *       b:               before[1] "  b:", and nothing: a missing cell
 *       c:               before[2] "  c:", and on each further line
 *       - x              item[2] "  - " and a scalar: a list
 *       d:
 *         e: text        before[3] "  d:\n    e:"
 *
 * write_yaml.c writes that, and yaml_rows.c knows it again.
 */
struct yaml_plan {
	size_t ncol;
	struct span *before; /* by column: all up to the value, with a colon */
	struct span *item;   /* by column: what starts a list's line */
	size_t nlines;       /* of a record without lists */
};

/* In the arena. */
struct yaml_plan *yaml_plan_new(const struct columns *, struct arena *);

#endif
