#include "accumulators.h"

#include "state.h"

/*
 * The least and the greatest of numbers, or of dates as days. While both are
 * decimals at one scale, which is the usual case, what comes at that scale is
 * compared as a whole number.
 */
struct extremes {
	struct number least;
	struct number greatest;
	bool any;
	uint8_t at_scale; /* of both, plus one; 0: they have none in common */
};

/* Writes a decimal at a finer scale, if it fits. */
static void
refine(struct number *x, uint8_t scale)
{
	int64_t mant;

	if (!x->exact || x->scale >= scale ||
	    __builtin_mul_overflow(
		x->mant, number_pow10[scale - x->scale], &mant))
		return;
	x->mant = mant;
	x->scale = scale;
}

/* Of two that are equal the exact one is taken, whichever comes first. */
static void
offer_slowly(struct extremes *e, struct number v)
{
	int low = e->any ? number_cmp(v, e->least) : 0;
	int high = e->any ? number_cmp(v, e->greatest) : 0;

	if (!e->any || low < 0 || (low == 0 && v.exact))
		e->least = v;
	if (!e->any || high > 0 || (high == 0 && v.exact))
		e->greatest = v;
	e->any = true;
	refine(&e->least,
	    e->greatest.scale > v.scale ? e->greatest.scale : v.scale);
	refine(&e->greatest, e->least.scale);
	e->at_scale = e->least.exact && e->greatest.exact &&
		e->least.scale == e->greatest.scale
	    ? e->least.scale + 1
	    : 0;
}

static inline void
offer(struct extremes *e, struct number v)
{
	if (!v.exact || e->at_scale != v.scale + 1) {
		offer_slowly(e, v);
		return;
	}
	if (v.mant < e->least.mant)
		e->least.mant = v.mant;
	if (v.mant > e->greatest.mant)
		e->greatest.mant = v.mant;
}

static void
extremes_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		offer((struct extremes *)(v->group[i] + offset),
		    values_number(v, i));
}

static void
extremes_merge(void *into, const void *from)
{
	const struct extremes *f = from;

	if (!f->any)
		return;
	offer(into, f->least);
	offer(into, f->greatest);
}

static void
extremes_save(const void *state, struct buf *b)
{
	const struct extremes *e = state;

	if (!e->any) {
		buf_add(b, SPAN("- "));
		return;
	}
	state_put_number(b, e->least);
	state_put_number(b, e->greatest);
}

static bool
extremes_load(void *state, struct span *rest)
{
	struct span word, ahead = *rest;
	struct number least, greatest;

	if (state_get_word(&ahead, &word) && span_eq(word, SPAN("-"))) {
		*rest = ahead;
		return true;
	}
	if (!state_get_number(rest, &least) ||
	    !state_get_number(rest, &greatest) ||
	    number_cmp(least, greatest) > 0)
		return false;
	offer(state, least);
	offer(state, greatest);
	return true;
}

const struct accumulator accumulator_extremes = {sizeof(struct extremes),
    extremes_add, extremes_merge, NULL, extremes_save, extremes_load};

static struct value
value_of(struct number v, const struct aggregate_args *args)
{
	if (args->kind == VALUE_DATE)
		return (struct value){
		    .kind = VALUE_DATE, .date = {(int32_t)v.mant}};
	return value_number(v);
}

struct value
min_final(void *state, const struct aggregate_args *args)
{
	const struct extremes *e = state;

	return e->any ? value_of(e->least, args) : value_missing();
}

struct value
max_final(void *state, const struct aggregate_args *args)
{
	const struct extremes *e = state;

	return e->any ? value_of(e->greatest, args) : value_missing();
}
