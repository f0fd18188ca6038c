#include "precision.h"

static const struct span names[] = {
    [PRECISION_POINT] = {"point", 5},
    [PRECISION_COMMUNE] = {"commune", 7},
    [PRECISION_POSTAL_CODE] = {"code-postal", 11},
    [PRECISION_EPCI] = {"epci", 4},
    [PRECISION_NONE] = {"", 0},
};

struct span
precision_name(enum precision p)
{
	return names[p];
}

bool
precision_find(struct span name, enum precision *p)
{
	for (int i = 0; i < PRECISION_NONE; i++)
		if (span_eq(name, names[i])) {
			*p = (enum precision)i;
			return true;
		}
	return false;
}
