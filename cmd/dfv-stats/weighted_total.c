#include "accumulators.h"

#include "dot.h"

/* Exact sums of the weights, and of the values times theirs. */
struct weighted_total {
	struct dot weights;
	struct dot values;
};

static void
weighted_total_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct weighted_total *t =
		    (struct weighted_total *)(v->group[i] + offset);

		dot_add(&t->weights, v->weight[i], number_int(1));
		dot_add(&t->values, v->weight[i], values_number(v, i));
	}
}

static void
weighted_total_merge(void *into, const void *from)
{
	struct weighted_total *t = into;
	const struct weighted_total *f = from;

	dot_merge(&t->weights, &f->weights);
	dot_merge(&t->values, &f->values);
}

static void
weighted_total_release(void *state)
{
	struct weighted_total *t = state;

	dot_release(&t->weights);
	dot_release(&t->values);
}

static void
weighted_total_save(const void *state, struct buf *b)
{
	const struct weighted_total *t = state;

	dot_save(&t->weights, b);
	dot_save(&t->values, b);
}

static bool
weighted_total_load(void *state, struct span *rest)
{
	struct weighted_total *t = state;

	return dot_load(&t->weights, DOT_NUMBERS, rest) &&
	    dot_load(&t->values, DOT_PRODUCTS, rest);
}

const struct accumulator accumulator_weighted_total = {
    sizeof(struct weighted_total), weighted_total_add, weighted_total_merge,
    weighted_total_release, weighted_total_save, weighted_total_load};

struct value
weighted_mean_final(void *state, const struct aggregate_args *args)
{
	const struct weighted_total *t = state;
	struct number mean;

	(void)args;
	if (dot_is_zero(&t->weights))
		return value_missing();
	dot_ratio(&t->values, &t->weights, &mean); /* or it is infinite */
	return value_number(mean);
}
