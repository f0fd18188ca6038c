#include "accumulators.h"

#include <stdlib.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "state.h"

/* The different texts, how often each came, and where first. */
struct frequency {
	struct keytab texts;
	struct met {
		uint64_t count;
		uint64_t order;
		uint64_t item; /* of the cell's values */
	} * met;               /* one a text */
	size_t cap;
	struct buf joined; /* what list() came to */
};

/* <0, 0, >0: where each was first met. */
static int
met_cmp(const struct met *x, const struct met *y)
{
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return (x->item > y->item) - (x->item < y->item);
}

static void
add_text(struct frequency *f, struct span text, struct met met)
{
	size_t known = f->texts.n, i = keytab_add(&f->texts, text);
	uint64_t count = met.count;

	if (i == known) {
		f->met = mem_grow(f->met, &f->cap, known + 1, sizeof *f->met);
		f->met[i] = met;
		return;
	}
	count += f->met[i].count;
	if (met_cmp(&met, &f->met[i]) < 0)
		f->met[i] = met;
	f->met[i].count = count;
}

/* Cells as they stand, for mode(). */
static void
frequency_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		add_text((struct frequency *)(v->group[i] + offset), v->text[i],
		    (struct met){1, order_of(v->order, v->rec[i]), 0});
}

/* The values of each cell, for list(). */
static void
items_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct met met = {1, order_of(v->order, v->rec[i]), 0};
		struct span rest = v->text[i], item;

		for (; cell_value(&rest, &item); met.item++)
			if (!cell_missing(item))
				add_text(
				    (struct frequency *)(v->group[i] + offset),
				    item, met);
	}
}

static void
frequency_merge(void *into, const void *from)
{
	const struct frequency *f = from;

	for (size_t i = 0; i < f->texts.n; i++)
		add_text(into, keytab_key(&f->texts, i), f->met[i]);
}

static void
frequency_release(void *state)
{
	struct frequency *f = state;

	keytab_release(&f->texts);
	mem_free(f->met);
	buf_release(&f->joined);
}

/* A text as it was met. */
struct entry {
	struct span text;
	struct met met;
};

static int
by_order(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = met_cmp(&x->met, &y->met);

	return c != 0 ? c : span_cmp(x->text, y->text);
}

/* All of them in the order in which they were first met; mem_free() is the
 * caller's. */
static struct entry *
sorted_entries(const struct frequency *f)
{
	struct entry *e = mem_alloc(f->texts.n + 1, sizeof *e);

	for (size_t i = 0; i < f->texts.n; i++)
		e[i] = (struct entry){keytab_key(&f->texts, i), f->met[i]};
	qsort(e, f->texts.n, sizeof *e, by_order);
	return e;
}

static void
frequency_save(const void *state, struct buf *b)
{
	const struct frequency *f = state;
	struct entry *e = sorted_entries(f);

	state_put_count(b, f->texts.n);
	for (size_t i = 0; i < f->texts.n; i++) {
		state_put_count(b, e[i].met.order);
		state_put_count(b, e[i].met.item);
		state_put_count(b, e[i].met.count);
		state_put_text(b, e[i].text);
	}
	mem_free(e);
}

static bool
frequency_load(void *state, struct span *rest)
{
	struct span text;
	struct met met;
	uint64_t n;

	if (!state_get_count(rest, &n))
		return false;
	for (; n > 0; n--) {
		if (!state_get_order(rest, &met.order) ||
		    !state_get_count(rest, &met.item) ||
		    !state_get_count(rest, &met.count) ||
		    !state_get_text(rest, &text) || text.n == 0)
			return false;
		add_text(state, text, met);
	}
	return true;
}

const struct accumulator accumulator_frequency = {sizeof(struct frequency),
    frequency_add, frequency_merge, frequency_release, frequency_save,
    frequency_load};
const struct accumulator accumulator_items = {sizeof(struct frequency),
    items_add, frequency_merge, frequency_release, frequency_save,
    frequency_load};

/* The most frequent; of several the one met first. */
static bool
is_before(const struct frequency *f, size_t i, size_t k)
{
	const struct met *x = &f->met[i], *y = &f->met[k];

	int c = met_cmp(x, y);

	if (x->count != y->count)
		return x->count > y->count;
	if (c == 0)
		c = span_cmp(
		    keytab_key(&f->texts, i), keytab_key(&f->texts, k));
	return c < 0;
}

struct value
mode_final(void *state, const struct aggregate_args *args)
{
	const struct frequency *f = state;
	size_t best = 0;

	(void)args;
	if (f->texts.n == 0)
		return value_missing();
	for (size_t i = 1; i < f->texts.n; i++)
		if (is_before(f, i, best))
			best = i;
	return (struct value){
	    .kind = VALUE_LIST, .text = keytab_key(&f->texts, best)};
}

struct value
list_final(void *state, const struct aggregate_args *args)
{
	struct frequency *f = state;
	struct entry *e = sorted_entries(f);

	(void)args;
	buf_reset(&f->joined);
	for (size_t i = 0; i < f->texts.n; i++) {
		if (i > 0)
			buf_byte(&f->joined, '|');
		buf_add(&f->joined, e[i].text);
	}
	mem_free(e);
	return f->texts.n == 0
	    ? value_missing()
	    : (struct value){.kind = VALUE_LIST, .text = buf_span(&f->joined)};
}
