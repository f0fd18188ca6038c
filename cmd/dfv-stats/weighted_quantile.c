#include "accumulators.h"

#include <stdlib.h>

#include "dot.h"
#include "mem.h"
#include "state.h"

/* All the values that weigh something, each with its weight. */
struct weighted {
	struct number value;
	struct number weight;
};

struct weighted_sample {
	struct weighted *one;
	size_t n;
	size_t cap;
	size_t nsorted; /* so many of them are in order */
};

static void
add_weighted(
    struct weighted_sample *s, struct number value, struct number weight)
{
	if (number_cmp(weight, number_int(0)) == 0)
		return;
	s->one = mem_grow(s->one, &s->cap, s->n + 1, sizeof *s->one);
	s->one[s->n++] = (struct weighted){value, weight};
}

static void
weighted_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		add_weighted((struct weighted_sample *)(v->group[i] + offset),
		    values_number(v, i), v->weight[i]);
}

static void
weighted_merge(void *into, const void *from)
{
	const struct weighted_sample *f = from;

	for (size_t i = 0; i < f->n; i++)
		add_weighted(into, f->one[i].value, f->one[i].weight);
}

static void
weighted_release(void *state)
{
	struct weighted_sample *s = state;

	mem_free(s->one);
}

/* By value, then by weight; of equal ones those that are exact first. */
static int
by_value(const void *a, const void *b)
{
	const struct weighted *x = a, *y = b;
	int c = number_cmp(x->value, y->value);

	if (c == 0)
		c = y->value.exact - x->value.exact;
	if (c == 0)
		c = number_cmp(x->weight, y->weight);
	return c != 0 ? c : y->weight.exact - x->weight.exact;
}

static void
sort_sample(struct weighted_sample *s)
{
	if (s->nsorted < s->n)
		qsort(s->one, s->n, sizeof *s->one, by_value);
	s->nsorted = s->n;
}

static void
weighted_save(const void *state, struct buf *b)
{
	struct weighted_sample copy = {.n = 0};

	weighted_merge(&copy, state);
	sort_sample(&copy);
	state_put_count(b, copy.n);
	for (size_t i = 0; i < copy.n; i++) {
		state_put_number(b, copy.one[i].value);
		state_put_number(b, copy.one[i].weight);
	}
	weighted_release(&copy);
}

static bool
weighted_load(void *state, struct span *rest)
{
	struct number value, weight;
	uint64_t n;

	if (!state_get_count(rest, &n))
		return false;
	for (; n > 0; n--) {
		if (!state_get_number(rest, &value) ||
		    !state_get_number(rest, &weight) ||
		    number_cmp(weight, number_int(0)) < 0)
			return false;
		add_weighted(state, value, weight);
	}
	return true;
}

const struct accumulator accumulator_weighted_sample = {
    sizeof(struct weighted_sample), weighted_add, weighted_merge,
    weighted_release, weighted_save, weighted_load};

/*
 * The inverse of the weighted empirical distribution function: the least value
 * up to which the weights come to p of all of them. Both sides are exact sums,
 * brought to one scale by counting in units of p's last digit.
 */
static struct value
weighted_quantile(struct weighted_sample *s, struct number p)
{
	struct number unit = {p.exact, p.scale, 1, 1};
	struct dot wanted = {.low = 0}, upto = {.low = 0};
	size_t i;

	if (s->n == 0)
		return value_missing();
	for (; p.exact && unit.scale > 0; unit.scale--)
		unit.mant *= 10;
	unit.scale = p.exact ? p.scale : 0;
	sort_sample(s);
	for (i = 0; i < s->n; i++)
		dot_add(&wanted, s->one[i].weight, p);
	for (i = 0; i < s->n; i++) {
		dot_add(&upto, s->one[i].weight, unit);
		if (i + 1 == s->n || dot_cmp(&upto, &wanted) >= 0)
			break;
	}
	dot_release(&wanted);
	dot_release(&upto);
	return value_number(s->one[i].value);
}

struct value
weighted_quantile_final(void *state, const struct aggregate_args *args)
{
	return weighted_quantile(state, args->p);
}

struct value
weighted_median_final(void *state, const struct aggregate_args *args)
{
	(void)args;
	return weighted_quantile(state, (struct number){true, 1, 5, 0});
}
