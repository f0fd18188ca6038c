#ifndef DFV_GEO_AMOUNT_H
#define DFV_GEO_AMOUNT_H

#include <stddef.h>

#include "buf.h"
#include "classes.h"
#include "number.h"

/*
 * How the figures of a map are written in it, all alike: rounded where they
 * have more digits than their range calls for, and in millions or thousands
 * of millions where all are large. Exact ones stand in tooltips and tables.
 */
struct amount {
	int digits;       /* behind the comma, at most */
	int power;        /* of ten: 0, 6 or 9 */
	struct span unit; /* as the user calls it, or empty */
};

/* For the n values, of which the classes' bounds stay different; classes may
 * be NULL. */
struct amount amount_plan(const struct number *value, size_t n,
    const struct classes *, struct span unit);

/* Appends a value as it is shown in the map. */
void amount_put(struct buf *, const struct amount *, struct number);

/* Appends it exactly, with the unit, for a tooltip or a table: escaped. */
void amount_put_exact(struct buf *, const struct amount *, struct number);

/* Appends what the figures are, heading, unit and power: not escaped. */
void amount_put_heading(
    struct buf *, const struct amount *, struct span heading);

#endif
