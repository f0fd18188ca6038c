#ifndef DFV_GEO_CLASSES_H
#define DFV_GEO_CLASSES_H

#include <stddef.h>

#include "number.h"

/*
 * The classes of a choropleth map: quantiles, in which equal values stay
 * together. Up to CLASSES_MAX different values are a class each.
 */
enum { CLASSES_MAX = 5 };

struct classes {
	size_t n;
	struct {
		struct number min;
		struct number max;
		size_t count; /* values in it */
	} item[CLASSES_MAX];
};

/* Of n values, which are sorted by it. n == 0 makes no class. */
void classes_make(struct classes *, struct number *value, size_t n);

/* The class a value of those falls into. */
size_t classes_find(const struct classes *, struct number);

/*
 * Its colour, "#rrggbb", light to dark: Cynthia Brewer's YlGnBu, which people
 * with any colour vision can read (colorbrewer2.org, Apache License 2.0).
 */
const char *classes_color(const struct classes *, size_t i);

/* The colour to write in on it. */
const char *classes_ink(const struct classes *, size_t i);

#endif
