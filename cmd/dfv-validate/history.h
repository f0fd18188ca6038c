#ifndef DFV_HISTORY_H
#define DFV_HISTORY_H

#include "arena.h"
#include "diag.h"
#include "finding.h"
#include "node.h"
#include "table.h"
#include "verdict.h"

/*
 * Records against those of an earlier time (--against), which are matched by
 * their primary key, or by the fields that the schema's `history` names as its
 * key. What it asks for besides:
 *
 * cumulative   fields whose numbers never fall
 * transitions  by field: by state, the states that may follow it
 * outliers     fields whose numbers stay near their history: no further from
 *              its median than so many times the median absolute deviation,
 *              as 1.4826 of it estimates a standard deviation (Hampel 1974)
 */
struct history;

/*
 * old has been read without a schema, or with its own, and outlives the
 * history; so do schema and check. node is the schema's, where `history` is.
 * 0 with *h set; -1 after a report.
 */
int history_open(struct history **h, const struct node *schema,
    const struct check *, struct table *old, struct arena *, struct diag *);

/* Adds what is wrong with the records of a block. Blocks come in order. */
void history_check(struct history *, const struct block *, struct findings *);

/* Adds, with their places in the old file, the records that have not come. */
void history_end(struct history *, struct findings *);

void history_free(struct history *);

#endif
