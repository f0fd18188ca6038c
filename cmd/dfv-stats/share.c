#include "accumulators.h"

#include "state.h"

/* How often a condition was asked, and held. */
struct share {
	uint64_t n;
	uint64_t held;
};

static void
share_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct share *s = (struct share *)(v->group[i] + offset);

		s->n++;
		s->held += values_number(v, i).mant != 0;
	}
}

static void
share_merge(void *into, const void *from)
{
	struct share *s = into;
	const struct share *f = from;

	s->n += f->n;
	s->held += f->held;
}

static void
share_save(const void *state, struct buf *b)
{
	const struct share *s = state;

	state_put_count(b, s->n);
	state_put_count(b, s->held);
}

static bool
share_load(void *state, struct span *rest)
{
	struct share *s = state;

	return state_add_count(rest, &s->n) && state_add_count(rest, &s->held);
}

const struct accumulator accumulator_share = {
    sizeof(struct share), share_add, share_merge, NULL, share_save, share_load};

struct value
share_final(void *state, const struct aggregate_args *args)
{
	const struct share *s = state;
	struct number share;

	(void)args;
	return number_div(number_int((int64_t)s->held),
		   number_int((int64_t)s->n), &share)
	    ? value_number(share)
	    : value_missing();
}
