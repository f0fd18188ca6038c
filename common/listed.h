#ifndef DFV_LISTED_H
#define DFV_LISTED_H

#include <stdbool.h>

#include "span.h"

/*
 * Whether s is one of the items of a list such as a table's row may have
 * ("yaml,yml"), with the character `between` between them. A list that is NULL
 * or empty has none.
 */
static inline bool
span_listed(struct span s, const char *list, char between)
{
	struct span rest = span_of(list);

	while (rest.n > 0) {
		size_t n = span_find(rest, between);

		if (span_eq(span_make(rest.p, n), s))
			return true;
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	return false;
}

#endif
