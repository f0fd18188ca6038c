#ifndef DFV_GEO_CLASSES_H
#define DFV_GEO_CLASSES_H

#include <stdbool.h>
#include <stddef.h>

#include "number.h"
#include "scale.h"

/* The classes of a choropleth map, and their colours. */
enum { CLASSES_MAX = 8, CLASSES_MOST = 7, CLASSES_USUAL = 5 };

enum class_rule {
	CLASSES_QUANTILE, /* about as many values in each; equal ones stay
	                   * together, and few different ones are a class each */
	CLASSES_EQUAL,    /* intervals of one width from least to most */
	CLASSES_GIVEN,    /* parted by bounds, each the least of its class */
	CLASSES_TEXT      /* values are numbers of texts, 0 to n - 1 */
};

/* What classes are wanted. */
struct class_plan {
	enum class_rule rule;
	size_t n; /* at most; of texts, that many */
	struct number bound[CLASSES_MOST - 1]; /* n - 1 of CLASSES_GIVEN */
	const struct scale *scale; /* NULL: YlGnBu, or RdBu about 0 */
};

#define CLASSES_DEFAULT                                                        \
	((struct class_plan){.rule = CLASSES_QUANTILE, .n = CLASSES_USUAL})

struct classes {
	enum class_rule rule;
	size_t n;
	struct {
		struct number min; /* of its values, or its lower bound */
		struct number max;
		size_t count; /* values in it */
		struct color color;
		struct color dark; /* on a dark ground: less is darker there */
		bool dotted;       /* a text that takes a colour again */
	} item[CLASSES_MAX];
};

/* Reads `quantile`, `equal`, either with `:N`, or rising bounds `10,20,50`.
 * NULL when all is well, else what is wrong. */
const char *class_plan_parse(struct class_plan *, const char *arg);

/* Of n values, which are sorted by it. n == 0 makes no class, but of text. */
void classes_make(struct classes *, const struct class_plan *,
    struct number *value, size_t n);

/* The class a value of those falls into. */
size_t classes_find(const struct classes *, struct number);

/* Whether a class ends where the next begins, which has that value. */
static inline bool
classes_touch(const struct classes *c)
{
	return c->rule == CLASSES_EQUAL || c->rule == CLASSES_GIVEN;
}

#endif
