#include "aggregate.h"

#include "accumulators.h"

/* clang-format off */
static const struct aggregate aggregates[] = {
    {.name = "count", .takes = TAKES_NOTHING, .keeps = &accumulator_count,
	.final = count_final, .gives = VALUE_NUMBER, .help = "records"},
    {.name = "count", .takes = TAKES_ANY, .keeps = &accumulator_count,
	.final = count_final, .gives = VALUE_NUMBER,
	.help = "values that are not missing"},
    {.name = "sum", .takes = TAKES_NUMBER, .keeps = &accumulator_total,
	.final = sum_final, .print = sum_print, .gives = VALUE_NUMBER,
	.help = "the exact sum"},
    {.name = "mean", .takes = TAKES_NUMBER, .keeps = &accumulator_total,
	.final = mean_final, .gives = VALUE_NUMBER,
	.help = "the arithmetic mean"},
    {.name = "min", .takes = TAKES_ORDERED, .keeps = &accumulator_min,
	.final = extreme_final, .help = "the least number or date"},
    {.name = "max", .takes = TAKES_ORDERED, .keeps = &accumulator_max,
	.final = extreme_final, .help = "the greatest number or date"},
    {.name = "distinct", .takes = TAKES_ANY, .keeps = &accumulator_textset,
	.final = distinct_final, .gives = VALUE_NUMBER,
	.help = "how many different values"},
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
