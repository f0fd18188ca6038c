#ifndef DFV_GEO_PRECISION_H
#define DFV_GEO_PRECISION_H

#include <stdbool.h>

#include "span.h"

/* How well a place is known, from the best to the worst (dfv-geography(5)). A
 * distance is as good as the worse of its ends. */
enum precision {
	PRECISION_POINT,       /* coordinates of its own */
	PRECISION_COMMUNE,     /* that of its commune */
	PRECISION_POSTAL_CODE, /* estimated from the postal code's communes */
	PRECISION_EPCI,        /* estimated from the EPCI's */
	PRECISION_NONE         /* no place is known */
};

/* As cells have it: point, commune, code-postal, epci; nothing. Static. */
struct span precision_name(enum precision);

/* The precision of a name; false when there is none such. */
bool precision_find(struct span name, enum precision *);

static inline bool
precision_estimated(enum precision p)
{
	return p == PRECISION_POSTAL_CODE || p == PRECISION_EPCI;
}

static inline enum precision
precision_worse(enum precision a, enum precision b)
{
	return a > b ? a : b;
}

#endif
