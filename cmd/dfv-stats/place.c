#include "accumulators.h"

#include "buf.h"
#include "state.h"

/*
 * The value that stands first in the input, or last. Of two at one place,
 * which only parts of the same number have, the lesser by its bytes counts as
 * the first, so that merging does not depend on the order.
 */
struct place_value {
	uint64_t order;
	struct buf text; /* a p that is never NULL once there is a value */
};

static void
offer(struct place_value *s, uint64_t order, struct span text, int sign)
{
	if (s->text.p != NULL) {
		int c = (order > s->order) - (order < s->order);

		if (c == 0)
			c = span_cmp(text, buf_span(&s->text));
		if (c * sign <= 0)
			return;
	}
	s->order = order;
	buf_reset(&s->text);
	buf_room(&s->text, text.n + 1);
	buf_add(&s->text, text);
}

static void
offer_values(const struct values *v, size_t offset, int sign)
{
	for (size_t i = 0; i < v->n; i++)
		offer((struct place_value *)(v->group[i] + offset),
		    order_of(v->order, v->rec[i]), v->text[i], sign);
}

static void
offer_state(struct place_value *into, const struct place_value *from, int sign)
{
	if (from->text.p != NULL)
		offer(into, from->order, buf_span(&from->text), sign);
}

static bool
offer_text(struct place_value *into, struct span *rest, int sign)
{
	uint64_t any, order;
	struct span text;

	if (!state_get_count(rest, &any) || any > 1)
		return false;
	if (any == 0)
		return true;
	if (!state_get_order(rest, &order) || !state_get_text(rest, &text))
		return false;
	offer(into, order, text, sign);
	return true;
}

static void
first_add(const struct values *v, size_t offset)
{
	offer_values(v, offset, -1);
}

static void
first_merge(void *into, const void *from)
{
	offer_state(into, from, -1);
}

static bool
first_load(void *state, struct span *rest)
{
	return offer_text(state, rest, -1);
}

static void
last_add(const struct values *v, size_t offset)
{
	offer_values(v, offset, 1);
}

static void
last_merge(void *into, const void *from)
{
	offer_state(into, from, 1);
}

static bool
last_load(void *state, struct span *rest)
{
	return offer_text(state, rest, 1);
}

static void
place_release(void *state)
{
	struct place_value *s = state;

	buf_release(&s->text);
}

/* `0`, or `1`, where it was, and the text. */
static void
place_save(const void *state, struct buf *b)
{
	const struct place_value *s = state;

	state_put_count(b, s->text.p != NULL);
	if (s->text.p == NULL)
		return;
	state_put_count(b, s->order);
	state_put_text(b, buf_span(&s->text));
}

const struct accumulator accumulator_first = {sizeof(struct place_value),
    first_add, first_merge, place_release, place_save, first_load};
const struct accumulator accumulator_last = {sizeof(struct place_value),
    last_add, last_merge, place_release, place_save, last_load};

struct value
place_final(void *state, const struct aggregate_args *args)
{
	const struct place_value *s = state;

	(void)args;
	return s->text.p == NULL
	    ? value_missing()
	    : (struct value){.kind = VALUE_LIST, .text = buf_span(&s->text)};
}
