#include "accumulators.h"

#include "dot.h"
#include "mem.h"
#include "sample.h"
#include "state.h"

static void
quantile_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		sample_add((struct sample *)(v->group[i] + offset),
		    values_number(v, i));
}

static void
quantile_merge(void *into, const void *from)
{
	sample_merge(into, from);
}

static void
quantile_release(void *state)
{
	sample_release(state);
}

/* In ascending order, each with how often it comes: `12.5 3`. */
static void
quantile_save(const void *state, struct buf *b)
{
	size_t n;
	struct repeated *all = sample_sorted(state, &n);

	state_put_count(b, n);
	for (size_t i = 0; i < n; i++) {
		state_put_number(b, all[i].value);
		state_put_count(b, all[i].times);
	}
	mem_free(all);
}

static bool
quantile_load(void *state, struct span *rest)
{
	const uint64_t most = UINT64_C(1) << 56;
	uint64_t n, times;
	struct number v;

	if (!state_get_count(rest, &n))
		return false;
	for (; n > 0; n--) {
		if (!state_get_number(rest, &v) ||
		    !state_get_count(rest, &times))
			return false;
		sample_add_times(state, v, times);
		if (sample_size(state) > most)
			return false;
	}
	return true;
}

const struct accumulator accumulator_sample = {sizeof(struct sample),
    quantile_add, quantile_merge, quantile_release, quantile_save,
    quantile_load};

/* a * (1 - way) + b * way: exact where it fits, else rounded once. */
static struct number
between(struct number a, struct number b, struct number way)
{
	struct dot sum = {.low = 0}, one = {.low = 1};
	struct number back, v;

	if (number_sub(b, a, &v) && number_mul(v, way, &v) &&
	    number_add(a, v, &v) && v.exact)
		return v;
	number_sub(number_int(1), way, &back);
	dot_add(&sum, a, back);
	dot_add(&sum, b, way);
	dot_ratio(&sum, &one, &v);
	dot_release(&sum);
	return v;
}

/* R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, 1996:
 * definition 7. */
static struct value
sample_quantile(struct sample *s, struct number p)
{
	struct sample_pair pair;
	struct number way;
	uint64_t k;

	if (sample_size(s) == 0)
		return value_missing();
	k = sample_place(sample_size(s), p, &way);
	pair = sample_select(s, k);
	return value_number(between(pair.at[0], pair.at[1], way));
}

bool
quantile_slow(const void *state)
{
	return sample_is_large(state);
}

struct value
quantile_final(void *state, const struct aggregate_args *args)
{
	return sample_quantile(state, args->p);
}

struct value
median_final(void *state, const struct aggregate_args *args)
{
	const struct number half = {true, 1, 5, 0};

	(void)args;
	return sample_quantile(state, half);
}
