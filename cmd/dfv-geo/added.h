#ifndef DFV_GEO_ADDED_H
#define DFV_GEO_ADDED_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "gazetteer.h"
#include "resolve.h"

/*
 * What locate adds to a record, before what layers add and the last column,
 * `localisation`. Of a record in several communes it is a list: a value a
 * commune, in order, or the distinct values, so that two communes of one
 * region are one region.
 */
enum {
	ADDED_DEPARTEMENT = 2,
	ADDED_DEPARTEMENT_NAME,
	ADDED_REGION,
	ADDED_REGION_NAME,
	ADDED_LATITUDE = 7,
	ADDED_LONGITUDE,
	ADDED_PRECISION,
	ADDED_COLUMNS
};

struct added {
	const char *name;
	bool distinct;
	/* What a commune has: lives as long as the gazetteer. */
	struct span (*of)(const struct gazetteer *, const struct commune *);
};

extern const struct added added[ADDED_COLUMNS];

/* What a department has in one of the four columns of departments and regions;
 * lives as long as the gazetteer. */
struct span added_territory(
    const struct gazetteer *, uint32_t departement, size_t column);

/* Appends what a record's own place has in a column from the latitude on. */
void added_place(struct buf *, const struct fix *, size_t column);

#endif
