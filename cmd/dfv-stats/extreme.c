#include "accumulators.h"

#include "state.h"

/* The least and the greatest of numbers, or of dates as days. */
struct extreme {
	struct number number;
	bool any;
};

/* Exact numbers of one scale, the usual ones, compare as integers. */
static inline int
extreme_cmp(const struct number *a, const struct number *b)
{
	if (a->exact && b->exact && a->scale == b->scale)
		return (a->mant > b->mant) - (a->mant < b->mant);
	return number_cmp(*a, *b);
}

static inline void
offer(struct extreme *e, const struct number *v, int sign)
{
	if (e->any && sign * extreme_cmp(v, &e->number) <= 0)
		return;
	e->number = *v;
	e->any = true;
}

static void
min_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		offer((struct extreme *)(v->group[i] + offset), &v->number[i],
		    -1);
}

static void
max_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		offer(
		    (struct extreme *)(v->group[i] + offset), &v->number[i], 1);
}

static void
min_merge(void *into, const void *from)
{
	const struct extreme *f = from;

	if (f->any)
		offer(into, &f->number, -1);
}

static void
max_merge(void *into, const void *from)
{
	const struct extreme *f = from;

	if (f->any)
		offer(into, &f->number, 1);
}

static void
extreme_save(const void *state, struct buf *b)
{
	const struct extreme *e = state;

	if (e->any)
		state_put_number(b, e->number);
	else
		buf_add(b, SPAN("- "));
}

/* The state that a text stands for; empty for `-`. */
static bool
read_extreme(struct span *rest, struct extreme *e)
{
	struct span word, ahead = *rest;

	e->any = !state_get_word(&ahead, &word) || !span_eq(word, SPAN("-"));
	if (e->any)
		return state_get_number(rest, &e->number);
	*rest = ahead;
	return true;
}

static bool
min_load(void *state, struct span *rest)
{
	struct extreme e;

	if (!read_extreme(rest, &e))
		return false;
	min_merge(state, &e);
	return true;
}

static bool
max_load(void *state, struct span *rest)
{
	struct extreme e;

	if (!read_extreme(rest, &e))
		return false;
	max_merge(state, &e);
	return true;
}

const struct accumulator accumulator_min = {
    sizeof(struct extreme), min_add, min_merge, NULL, extreme_save, min_load};
const struct accumulator accumulator_max = {
    sizeof(struct extreme), max_add, max_merge, NULL, extreme_save, max_load};

struct value
extreme_final(void *state, const struct aggregate_args *args)
{
	const struct extreme *e = state;

	if (!e->any)
		return value_missing();
	if (args->kind == VALUE_DATE)
		return (struct value){
		    .kind = VALUE_DATE, .date = {(int32_t)e->number.mant}};
	return value_number(e->number);
}
