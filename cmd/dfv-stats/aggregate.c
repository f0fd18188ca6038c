#include "aggregate.h"

#include "accumulators.h"

/* clang-format off */
static const struct aggregate aggregates[] = {
    {.name = "count", .usage = "count()",
	.takes = TAKES_NOTHING, .keeps = &accumulator_count,
	.final = count_final, .gives = VALUE_NUMBER, .help = "records"},
    {.name = "count", .usage = "count(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_count,
	.final = count_final, .gives = VALUE_NUMBER,
	.help = "values that are not missing"},
    {.name = "sum", .usage = "sum(x)",
	.takes = TAKES_NUMBER, .keeps = &accumulator_total,
	.final = sum_final, .print = sum_print, .gives = VALUE_NUMBER,
	.help = "the exact sum"},
    {.name = "mean", .usage = "mean(x)",
	.takes = TAKES_NUMBER, .keeps = &accumulator_total,
	.weighted = &accumulator_weighted_total, .final = mean_final,
	.final_weighted = weighted_mean_final, .gives = VALUE_NUMBER,
	.help = "the arithmetic mean"},
    {.name = "min", .usage = "min(x)",
	.takes = TAKES_ORDERED, .keeps = &accumulator_extremes,
	.final = min_final, .help = "the least number or date"},
    {.name = "max", .usage = "max(x)",
	.takes = TAKES_ORDERED, .keeps = &accumulator_extremes,
	.final = max_final, .help = "the greatest number or date"},
    {.name = "median", .usage = "median(x)",
	.takes = TAKES_NUMBER, .keeps = &accumulator_sample,
	.weighted = &accumulator_weighted_sample, .final = median_final,
	.slow = quantile_slow,
	.final_weighted = weighted_median_final, .gives = VALUE_NUMBER,
	.help = "the quantile of 0.5"},
    {.name = "quantile", .usage = "quantile(x, p)",
	.takes = TAKES_NUMBER, .takes_p = true,
	.keeps = &accumulator_sample,
	.weighted = &accumulator_weighted_sample, .final = quantile_final,
	.slow = quantile_slow,
	.final_weighted = weighted_quantile_final, .gives = VALUE_NUMBER,
	.help = "the value below which a share p lies"},
    {.name = "stddev", .usage = "stddev(x)",
	.takes = TAKES_NUMBER, .keeps = &accumulator_moments,
	.final = stddev_final, .gives = VALUE_NUMBER,
	.help = "the sample's standard deviation"},
    {.name = "variance", .usage = "variance(x)",
	.takes = TAKES_NUMBER, .keeps = &accumulator_moments,
	.final = variance_final, .gives = VALUE_NUMBER,
	.help = "the sample's variance"},
    {.name = "distinct", .usage = "distinct(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_textset,
	.final = distinct_final, .gives = VALUE_NUMBER,
	.help = "how many different values"},
    {.name = "first", .usage = "first(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_first,
	.final = place_final, .gives = VALUE_LIST,
	.help = "the value that stands first in the input"},
    {.name = "last", .usage = "last(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_last,
	.final = place_final, .gives = VALUE_LIST,
	.help = "the value that stands last"},
    {.name = "mode", .usage = "mode(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_frequency,
	.final = mode_final, .gives = VALUE_LIST,
	.help = "the most frequent value"},
    {.name = "list", .usage = "list(x)",
	.takes = TAKES_ANY, .keeps = &accumulator_items,
	.final = list_final, .gives = VALUE_LIST,
	.help = "the different values of cells or lists"},
    {.name = "share", .usage = "share(CONDITION)",
	.takes = TAKES_TRUTH, .keeps = &accumulator_share,
	.weighted = &accumulator_weighted_total, .final = share_final,
	.final_weighted = weighted_mean_final, .gives = VALUE_NUMBER,
	.help = "the share for which a condition holds"},
    {.name = "approx_quantile", .usage = "approx_quantile(x, p)",
	.takes = TAKES_NUMBER, .takes_p = true,
	.keeps = &accumulator_sketch, .final = approx_quantile_final,
	.gives = VALUE_NUMBER, .help = "a quantile in little memory"},
    {.name = "approx_distinct", .usage = "approx_distinct(x)",
	.takes = TAKES_ANY,
	.keeps = &accumulator_registers, .final = approx_distinct_final,
	.gives = VALUE_NUMBER, .help = "distinct() in little memory"},
};
/* clang-format on */

enum { AGGREGATE_COUNT = sizeof aggregates / sizeof *aggregates };

const struct aggregate *
aggregate_find(struct span name, bool has_arg)
{
	for (size_t i = 0; i < AGGREGATE_COUNT; i++)
		if (span_eq(span_of(aggregates[i].name), name) &&
		    has_arg == (aggregates[i].takes != TAKES_NOTHING))
			return &aggregates[i];
	return NULL;
}

const char *
aggregate_name(size_t i)
{
	return i < AGGREGATE_COUNT ? aggregates[i].name : NULL;
}

const char *
aggregate_usage(size_t i)
{
	return aggregates[i].usage;
}

const char *
aggregate_help(size_t i)
{
	return aggregates[i].help;
}
