#ifndef DFV_ORDER_H
#define DFV_ORDER_H

#include <stdbool.h>

#include "buf.h"
#include "columns.h"
#include "diag.h"
#include "number.h"
#include "span.h"

/*
 * Sort keys as bytes: records are in order when memcmp() of their keys is, so
 * that sorting knows nothing of numbers or of French. A missing value comes
 * last, in either direction.
 */
enum order_kind { ORDER_TEXT, ORDER_NUMBER, ORDER_FRENCH };

struct order {
	enum order_kind kind;
	bool reverse;
};

/*
 * Reads one sort key as users write it: `name`, `-name`, `name:n`, `-name:fr`,
 * the name maybe in braces; what is a column's name as it stands is that. 0
 * with its column, or -1 after a report.
 */
int order_parse(struct span item, const struct columns *, struct order *,
    size_t *col, struct diag *);

/* Appends what a value adds to a key: nothing there, text (decoded), or a
 * number. */
void order_put_missing(struct buf *);
void order_put_text(struct buf *, const struct order *, struct span text);
void order_put_number(struct buf *, const struct order *, struct number);

#endif
