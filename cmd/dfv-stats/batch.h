#ifndef DFV_STATS_BATCH_H
#define DFV_STATS_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "block.h"
#include "number.h"
#include "span.h"

/*
 * Statistics work on a batch of records at a time, one column after the other,
 * so that each loop does one thing to what is already near: the records that
 * count, their groups, an argument's values, and then one aggregate's states.
 */
enum { BATCH_MAX = DECIMALS_BATCH };

struct batch {
	const struct block *block;
	size_t n;
	uint32_t rec[BATCH_MAX]; /* in the block */
	char *group[BATCH_MAX];  /* the memory of its group's states */
};

/*
 * What an argument comes to in the records of a batch; those where it is
 * missing are left out. Borrowed until the next batch.
 */
struct values {
	size_t n;
	char *const *group;              /* whose state a value goes to */
	const struct decimals *decimals; /* numbers of one scale, or NULL: */
	const struct number *number;     /* numbers; dates as days; truths as
					  * 1, 0 */
	const struct span *text;         /* or texts, TSV-encoded */
	const struct number
	    *weight; /* or NULL; missing ones are left out too */
	const uint32_t *rec;
	uint64_t order; /* of the block's first record, see order_of */
};

/* The i-th number, in whichever form they are. */
static inline struct number
values_number(const struct values *v, size_t i)
{
	if (v->decimals == NULL)
		return v->number[i];
	return (struct number){.exact = true,
	    .scale = v->decimals->scale,
	    .mant = v->decimals->mant[i]};
}

/*
 * Where in the whole input something stood: a number that orders records,
 * whatever the blocks and threads. The bits from ORDER_PART on are the part's
 * (see --part), so that parts of one input keep theirs.
 */
enum { ORDER_REC = 24, ORDER_PART = 48 };

static inline uint64_t
order_of_block(const struct block *b, uint64_t part)
{
	return part << ORDER_PART | b->serial << ORDER_REC;
}

/* A block has fewer than 2^24 records, or else the last ones share a place. */
static inline uint64_t
order_of(uint64_t block, uint32_t rec)
{
	const uint32_t last = (1U << ORDER_REC) - 1;

	return block | (rec < last ? rec : last);
}

#endif
