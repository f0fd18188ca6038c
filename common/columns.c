#include "columns.h"

#include <stdint.h>

#include "buf.h"
#include "hash.h"
#include "suggest.h"

enum { FIRST_SLOTS = 64, LISTED_NAMES = 12, LISTED_BYTES = 160 };

/* The slot that holds the name, or the free one where it belongs. nslot is a
 * power of two, and at most half of them are taken. */
static size_t *
find_slot(const struct columns *c, struct span name)
{
	size_t i = (size_t)hash_bytes(name) & (c->nslot - 1);

	while (c->slot[i] != 0 && !span_eq(c->name[c->slot[i] - 1], name))
		i = (i + 1) & (c->nslot - 1);
	return &c->slot[i];
}

static void
grow_names(struct columns *c)
{
	size_t cap = c->cap == 0 ? FIRST_SLOTS / 2 : c->cap * 2;
	struct span *name = ARENA_ARRAY(c->arena, struct span, cap);

	if (c->n > 0)
		memcpy(name, c->name, c->n * sizeof *name);
	c->name = name;
	c->cap = cap;
	c->nslot = cap * 2;
	c->slot = ARENA_ARRAY(c->arena, size_t, c->nslot);
	for (size_t i = 0; i < c->n; i++)
		*find_slot(c, c->name[i]) = i + 1;
}

void
columns_init(struct columns *c, struct arena *arena)
{
	*c = (struct columns){.arena = arena};
}

size_t
columns_add(struct columns *c, struct span name)
{
	size_t *slot;

	if (c->n == c->cap)
		grow_names(c);
	slot = find_slot(c, name);
	if (*slot != 0)
		return COLUMN_NONE;
	c->name[c->n] = arena_span(c->arena, name);
	*slot = ++c->n;
	return c->n - 1;
}

size_t
columns_find(const struct columns *c, struct span name)
{
	/* A free slot gives 0 - 1, which is COLUMN_NONE. */
	return c->nslot == 0 ? COLUMN_NONE : *find_slot(c, name) - 1;
}

size_t
columns_need(const struct columns *c, struct span name, struct diag *diag)
{
	size_t col = columns_find(c, name);
	struct arena scratch = ARENA_EMPTY;

	if (col != COLUMN_NONE)
		return col;
	diag_report(diag, DIAG_UNKNOWN_COLUMN, NULL, name, "%s",
	    columns_suggest(c, name, &scratch).p);
	arena_release(&scratch);
	return COLUMN_NONE;
}

static struct span
list_names(const struct columns *c, struct arena *arena)
{
	struct buf list = {NULL, 0, 0};
	char shown[512];
	struct span out;
	size_t i = 0;

	for (; i < c->n && i < LISTED_NAMES && list.n < LISTED_BYTES; i++)
		buf_printf(&list, "%s%s", i == 0 ? "" : ", ",
		    diag_quote(shown, sizeof shown, c->name[i]));
	if (i < c->n)
		buf_printf(&list, "... (%zu in all)", c->n);
	out = arena_printf(arena, "the columns are %.*s", (int)list.n, list.p);
	buf_release(&list);
	return out;
}

struct span
columns_suggest(const struct columns *c, struct span name, struct arena *arena)
{
	size_t near = suggest_nearest(name, c->name, c->n);
	char shown[512];

	if (near != SUGGEST_NONE)
		return arena_printf(arena, "did you mean '%s'?",
		    diag_quote(shown, sizeof shown, c->name[near]));
	if (c->n == 0)
		return arena_span(arena, SPAN("there are no columns"));
	return list_names(c, arena);
}

bool
columns_next(struct span *list, struct span *item)
{
	bool inside = false;
	size_t n = 0;

	if (list->p == NULL)
		return false;
	for (; n < list->n && (inside || list->p[n] != ','); n++)
		if (list->p[n] == '{' || list->p[n] == '}')
			inside = list->p[n] == '{';
	*item = span_make(list->p, n);
	*list = n < list->n ? span_from(*list, n + 1) : span_make(NULL, 0);
	return true;
}

struct span
columns_bare(struct span item)
{
	if (item.n >= 2 && item.p[0] == '{' && item.p[item.n - 1] == '}')
		return span_make(item.p + 1, item.n - 2);
	return item;
}
