#include "accumulators.h"

#include "state.h"

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

static void
count_save(const void *state, struct buf *b)
{
	state_put_count(b, *(const uint64_t *)state);
}

static bool
count_load(void *state, struct span *rest)
{
	return state_add_count(rest, state);
}

const struct accumulator accumulator_count = {
    sizeof(uint64_t), count_add, count_merge, NULL, count_save, count_load};

struct value
count_final(void *state, const struct aggregate_args *args)
{
	(void)args;
	return value_number(number_int((int64_t) * (const uint64_t *)state));
}
