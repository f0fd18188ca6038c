#include "accumulators.h"

#include "keytab.h"

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

const struct accumulator accumulator_textset = {
    sizeof(struct keytab), textset_add, textset_merge, textset_release};

struct value
distinct_final(const void *state, const struct aggregate_args *args)
{
	const struct keytab *t = state;

	(void)args;
	return value_number(number_int((int64_t)t->n));
}
