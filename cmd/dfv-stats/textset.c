#include "accumulators.h"

#include <stdlib.h>

#include "keytab.h"
#include "mem.h"
#include "state.h"

/* The different texts there are. */

static void
textset_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++)
		keytab_add((struct keytab *)(v->group[i] + offset), v->text[i]);
}

static void
textset_merge(void *into, const void *from)
{
	const struct keytab *f = from;

	for (size_t i = 0; i < f->n; i++)
		keytab_add(into, keytab_key(f, i));
}

static void
textset_release(void *state)
{
	keytab_release(state);
}

static int
by_bytes(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

/* In the order of their bytes, not of their coming. */
static void
textset_save(const void *state, struct buf *b)
{
	const struct keytab *t = state;
	struct span *text = mem_alloc(t->n + 1, sizeof *text);

	for (size_t i = 0; i < t->n; i++)
		text[i] = keytab_key(t, i);
	qsort(text, t->n, sizeof *text, by_bytes);
	state_put_count(b, t->n);
	for (size_t i = 0; i < t->n; i++)
		state_put_text(b, text[i]);
	mem_free(text);
}

static bool
textset_load(void *state, struct span *rest)
{
	struct span text;
	uint64_t n;

	if (!state_get_count(rest, &n))
		return false;
	for (; n > 0; n--) {
		if (!state_get_text(rest, &text))
			return false;
		keytab_add(state, text);
	}
	return true;
}

const struct accumulator accumulator_textset = {sizeof(struct keytab),
    textset_add, textset_merge, textset_release, textset_save, textset_load};

struct value
distinct_final(void *state, const struct aggregate_args *args)
{
	const struct keytab *t = state;

	(void)args;
	return value_number(number_int((int64_t)t->n));
}
