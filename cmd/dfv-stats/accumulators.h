#ifndef DFV_STATS_ACCUMULATORS_H
#define DFV_STATS_ACCUMULATORS_H

#include "aggregate.h"

/*
 * The kinds of state there are, and what is worked out from each: the parts
 * of the aggregates' table. A file each, named after the state.
 */

/* count.c */
extern const struct accumulator accumulator_count;
struct value count_final(const void *, const struct aggregate_args *);

/* total.c: exact, whatever the order; see sum.h. */
extern const struct accumulator accumulator_total;
struct value sum_final(const void *, const struct aggregate_args *);
void sum_print(const void *, struct buf *);
struct value mean_final(const void *, const struct aggregate_args *);

/* extreme.c */
extern const struct accumulator accumulator_min;
extern const struct accumulator accumulator_max;
struct value extreme_final(const void *, const struct aggregate_args *);

/* textset.c */
extern const struct accumulator accumulator_textset;
struct value distinct_final(const void *, const struct aggregate_args *);

#endif
