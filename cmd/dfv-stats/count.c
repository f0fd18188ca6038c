#include "accumulators.h"

/* How many records, or values. */

static void
count_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		++*(uint64_t *)(v->group[i] + offset);
}

static void
count_merge(void *into, const void *from)
{
	*(uint64_t *)into += *(const uint64_t *)from;
}

const struct accumulator accumulator_count = {
    sizeof(uint64_t), count_add, count_merge, NULL};

struct value
count_final(const void *state, const struct aggregate_args *args)
{
	(void)args;
	return value_number(number_int((int64_t) * (const uint64_t *)state));
}
