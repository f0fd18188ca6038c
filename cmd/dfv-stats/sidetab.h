#ifndef DFV_STATS_SIDETAB_H
#define DFV_STATS_SIDETAB_H

#include <stdbool.h>
#include <stddef.h>

#include "indicator.h"
#include "keytab.h"
#include "reader.h"

/*
 * What an indicators file takes from the tables beside it, by key. Keys and
 * values are TSV cells, keys of several cells are joined by TAB.
 */
struct sidetab {
	const struct indicator_side *side;
	struct keytab key;
	struct span **value; /* by key's number, then column */
	size_t cap;
	size_t ncell; /* of a value */
	struct sidetab *next;
};

/* Those of a run, each read once. */
struct sidetabs {
	struct sidetab *first;
	struct reader_opts reader;
	bool decimal_comma;
	struct arena *arena;
	struct diag *diag;
};

/* What the side is for. */
enum sidetab_use {
	SIDETAB_OWED,      /* keys: those who owe a report; no values */
	SIDETAB_JOIN,      /* key: `on`, values: the columns */
	SIDETAB_PUBLISHED, /* keys: id and by, value: a list of figures */
};

/* The table, read when it is first asked for; NULL after a report. */
const struct sidetab *sidetab_get(
    struct sidetabs *, const struct indicator_side *, enum sidetab_use);

/* The values of a key, or NULL. */
const struct span *sidetab_find(const struct sidetab *, struct span key);

/* Whether a list of published figures has one. */
bool sidetab_lists(struct span list, struct span figure);

void sidetabs_release(struct sidetabs *);

#endif
