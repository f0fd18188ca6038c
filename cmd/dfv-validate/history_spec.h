#ifndef DFV_HISTORY_SPEC_H
#define DFV_HISTORY_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "diag.h"
#include "node.h"
#include "schema.h"

/* What a schema's `history` says, in the arena. */
struct history_state {
	struct span name;
	struct span *next; /* that may follow it */
	size_t n;
	struct span shown; /* these, with commas */
};

struct history_field {
	const struct field *field;
	bool cumulative;
	double limit; /* of outliers; 0: none */
	struct history_state *state;
	size_t nstate; /* 0: anything may follow anything */
};

struct history_spec {
	struct schema_key key;
	struct history_field *item;
	size_t n;
};

/* Without a `history`, records are looked for by their primary key, and that
 * is all. NULL after a report: of every mistake, or that there is no key. */
const struct history_spec *history_load(const struct node *schema_node,
    const struct schema *, struct arena *, struct diag *);

/* The state a cell is in, or NULL where nothing is said of it. */
const struct history_state *history_state(
    const struct history_field *, struct span cell);
bool history_allows(const struct history_state *, struct span cell);

#endif
