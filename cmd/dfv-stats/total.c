#include "accumulators.h"

#include "state.h"
#include "sum.h"

/* Exact totals: what sums and means are worked out from. */
struct total {
	struct sum sum;
	uint64_t n;
};

static void
total_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct total *t = (struct total *)(v->group[i] + offset);

		sum_add(&t->sum, values_number(v, i));
		t->n++;
	}
}

static void
total_merge(void *into, const void *from)
{
	struct total *t = into;
	const struct total *f = from;

	sum_merge(&t->sum, &f->sum);
	t->n += f->n;
}

static void
total_release(void *state)
{
	struct total *t = state;

	sum_release(&t->sum);
}

static void
total_save(const void *state, struct buf *b)
{
	const struct total *t = state;

	state_put_count(b, t->n);
	sum_save(&t->sum, b);
}

static bool
total_load(void *state, struct span *rest)
{
	struct total *t = state;

	return state_add_count(rest, &t->n) && sum_load(&t->sum, rest);
}

const struct accumulator accumulator_total = {sizeof(struct total), total_add,
    total_merge, total_release, total_save, total_load};

struct value
sum_final(void *state, const struct aggregate_args *args)
{
	const struct total *t = state;

	(void)args;
	return t->n > 0 ? value_number(sum_number(&t->sum)) : value_missing();
}

void
sum_print(const void *state, struct buf *b)
{
	const struct total *t = state;

	sum_format(b, &t->sum);
}

struct value
mean_final(void *state, const struct aggregate_args *args)
{
	const struct total *t = state;
	struct number mean;

	(void)args;
	if (t->n == 0)
		return value_missing();
	if (!number_div(sum_number(&t->sum), number_int((int64_t)t->n), &mean))
		mean = number_real(sum_large_mean(&t->sum, t->n));
	return value_number(mean);
}
