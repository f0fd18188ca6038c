#ifndef DFV_GEO_STRATUM_H
#define DFV_GEO_STRATUM_H

#include <stdbool.h>
#include <stddef.h>

#include "gazetteer.h"

/*
 * Layers of a geography (dfv-geography(5)): files of any record format keyed by
 * code_commune, whose columns are added to communes as NAME_COLUMN. A commune
 * with several rows has lists.
 */
struct stratum {
	struct span name;
	const char *file;
	size_t ncol;
	struct span *column; /* their names as they are added */
	struct span *cell;   /* ncol a commune, missing ones empty */
	bool *has;           /* by commune: whether a row is about it */
};

struct strata {
	struct stratum *item;
	size_t n;
	size_t cap;
	const char *encoding; /* of those that are CSV, as reader.h has it */
};

/* Takes "NAME", a file of the geography folder, or "NAME=FILE". 0, or -1 after
 * a report. arg outlives the strata. */
int strata_choose(struct strata *, const char *arg, struct diag *);

/* Reads them: the gazetteer has its communes. Everything lives in the arena. 0,
 * or -1 after a report; rows about no commune are reported as warnings. */
int strata_load(struct strata *, const struct gazetteer *, const char *dir,
    struct arena *, struct diag *);

/* A commune's cell of a layer. */
static inline struct span
stratum_cell(const struct stratum *s, uint32_t commune, size_t col)
{
	return s->cell[commune * s->ncol + col];
}

/* Whether a list, as cells have it, holds a value as cells have it. */
bool stratum_list_has(struct span list, struct span value);

void strata_release(struct strata *);

#endif
