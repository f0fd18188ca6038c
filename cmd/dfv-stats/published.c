#include "published.h"

#include "cell.h"

static bool
is_whole(const struct indicator *x, struct span group)
{
	return group.p == NULL || x->group.n == 0;
}

/* A publication is about the whole, or one group of one column. */
static bool
make_key(const struct indicator *x, struct span group, struct buf *key)
{
	bool whole = is_whole(x, group);

	if (!whole && x->group.n > 1)
		return false;
	if (whole)
		cell_encode(key, x->total);
	else
		buf_add(key, group);
	return true;
}

/* The published figures of a table, as a cell; p NULL for none. */
static struct span
find(const struct indicator *x, struct span group, const struct sidetab *t)
{
	struct buf key = {NULL, 0, 0};
	const struct span *found = NULL;

	if (t->side->id != NULL)
		cell_encode(&key, x->id);
	buf_byte(&key, '\t');
	if (t->side->by == NULL ? is_whole(x, group) : make_key(x, group, &key))
		found = sidetab_find(t, buf_span(&key));
	buf_release(&key);
	return found == NULL ? span_make(NULL, 0) : *found;
}

/* Adds to a list the values that it does not have yet. */
static void
add_new(struct buf *list, struct span values)
{
	struct span value;

	while (values.p != NULL && cell_value(&values, &value)) {
		if (sidetab_lists(buf_span(list), value))
			continue;
		if (list->n > 0)
			buf_byte(list, '|');
		buf_add(list, value);
	}
}

void
published_add(struct buf *list, const struct plan *plan, struct span group)
{
	for (size_t i = 0; i < plan->of->npublished; i++)
		add_new(list, find(plan->of, group, plan->published[i]));
}
