#ifndef DFV_GEO_BELONG_H
#define DFV_GEO_BELONG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "resolve.h"

/* The territories that a record is in, at a level. */
enum level { LEVEL_REGION, LEVEL_DEPARTEMENT, LEVEL_EPCI };

struct belonging {
	uint32_t *id; /* distinct, indexes of level_table() */
	size_t n;
	size_t cap;
	bool lost;  /* for one of its places it cannot be said */
	bool quick; /* the caller does not ask for communes beside */
	bool named; /* records are of territories, which their own column of
	             * the level names: it comes before communes */
};

const struct territories *level_table(const struct gazetteer *, enum level);

/* The territory of a commune, or TERRITORY_NONE. */
uint32_t level_of(const struct gazetteer *, enum level, const struct commune *);

/* Whether the input has columns that can say it. */
bool belonging_possible(const struct clues *, enum level);

/*
 * By the record's communes (but see `named`); where nothing there can be
 * placed, and nothing contradicts, by its own columns of departments and
 * regions. The resolver's
 * whereabouts are the record's then.
 */
void belonging_find(struct belonging *, struct resolver *, enum level,
    const struct block *, size_t rec);

bool belonging_has(const struct belonging *, uint32_t id);

void belonging_release(struct belonging *);

#endif
