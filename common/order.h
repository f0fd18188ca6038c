#ifndef DFV_ORDER_H
#define DFV_ORDER_H

#include <stdbool.h>

#include "buf.h"
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
 * Reads one sort key as users write it: `name`, `-name`, `name:n`, `-name:fr`.
 * *name is the column's, maybe in braces. `is_column` says whether a name is
 * one, so that columns with such names are found. 0, or -1 after a report.
 */
int order_parse(struct span item,
    bool (*is_column)(const void *ctx, struct span name), const void *ctx,
    struct order *, struct span *name, struct diag *);

/* Appends what a value adds to a key: nothing there, text (decoded), or a
 * number. */
void order_put_missing(struct buf *);
void order_put_text(struct buf *, const struct order *, struct span text);
void order_put_number(struct buf *, const struct order *, struct number);

#endif
