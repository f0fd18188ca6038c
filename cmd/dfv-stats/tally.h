#ifndef DFV_STATS_TALLY_H
#define DFV_STATS_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "expr.h"
#include "group.h"
#include "request.h"

/* One thread's counting: blocks of records to a group table of its own. */
struct tally;

struct tally *tally_new(const struct request *, uint64_t part);

/* Counts a block's records. A mistake in a cell goes to *fault, the first one
 * by its record; after that the tally is of no more use. */
void tally_block(struct tally *, const struct block *, struct fault *);

/* What has been counted: the tally's own, until it is freed. */
struct group_table *tally_groups(struct tally *);

/* The states in its groups are released too. */
void tally_free(struct tally *);

#endif
