#ifndef DFV_STATS_ACCUMULATORS_H
#define DFV_STATS_ACCUMULATORS_H

#include "aggregate.h"

/*
 * The kinds of state there are, and what is worked out from each: the parts
 * of the aggregates' table. A file each, named after the state.
 */

/* count.c */
extern const struct accumulator accumulator_count;
struct value count_final(void *, const struct aggregate_args *);

/* total.c: exact, whatever the order; see sum.h. */
extern const struct accumulator accumulator_total;
struct value sum_final(void *, const struct aggregate_args *);
void sum_print(const void *, struct buf *);
struct value mean_final(void *, const struct aggregate_args *);

/* extremes.c: the least and the greatest. */
extern const struct accumulator accumulator_extremes;
struct value min_final(void *, const struct aggregate_args *);
struct value max_final(void *, const struct aggregate_args *);

/* textset.c */
extern const struct accumulator accumulator_textset;
struct value distinct_final(void *, const struct aggregate_args *);

/* quantile.c: all the values. */
extern const struct accumulator accumulator_sample;
struct value median_final(void *, const struct aggregate_args *);
bool quantile_slow(const void *state);
struct value quantile_final(void *, const struct aggregate_args *);

/* weighted_quantile.c: all the values with their weights. */
extern const struct accumulator accumulator_weighted_sample;
struct value weighted_median_final(void *, const struct aggregate_args *);
struct value weighted_quantile_final(void *, const struct aggregate_args *);

/* moments.c: exact sums of values and of their squares. */
extern const struct accumulator accumulator_moments;
struct value variance_final(void *, const struct aggregate_args *);
struct value stddev_final(void *, const struct aggregate_args *);

/* weighted_total.c: exact sums of weights and of values by weight. */
extern const struct accumulator accumulator_weighted_total;
struct value weighted_mean_final(void *, const struct aggregate_args *);

/* share.c */
extern const struct accumulator accumulator_share;
struct value share_final(void *, const struct aggregate_args *);

/* place.c: by where values stood in the input. */
extern const struct accumulator accumulator_first;
extern const struct accumulator accumulator_last;
struct value place_final(void *, const struct aggregate_args *);

/* frequency.c: the different texts, how often and where each was met. */
extern const struct accumulator accumulator_frequency;
extern const struct accumulator accumulator_items;
struct value mode_final(void *, const struct aggregate_args *);
struct value list_final(void *, const struct aggregate_args *);

/* sketch.c: DDSketch. */
extern const struct accumulator accumulator_sketch;
struct value approx_quantile_final(void *, const struct aggregate_args *);

/* registers.c: HyperLogLog. */
extern const struct accumulator accumulator_registers;
struct value approx_distinct_final(void *, const struct aggregate_args *);

#endif
