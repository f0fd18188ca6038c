#include "group.h"

#include <stdlib.h>

#include "hash.h"
#include "mem.h"

enum { START_SIZE = 64 };

void
group_table_init(struct group_table *t, size_t state_bytes)
{
	*t = (struct group_table){
	    .size = START_SIZE, .state_bytes = state_bytes};
	t->slot = mem_alloc(t->size, sizeof *t->slot);
	t->arena = ARENA_EMPTY;
}

static void
grow(struct group_table *t)
{
	size_t size = 2 * t->size;
	struct group **slot = mem_alloc(size, sizeof *slot);

	for (size_t i = 0; i < t->n; i++) {
		size_t at = t->all[i]->hash & (size - 1);

		while (slot[at] != NULL)
			at = (at + 1) & (size - 1);
		slot[at] = t->all[i];
	}
	mem_free(t->slot);
	t->slot = slot;
	t->size = size;
}

struct group *
group_find(struct group_table *t, struct span key, bool *fresh)
{
	uint64_t hash = hash_bytes(key);
	size_t at = hash & (t->size - 1);
	struct group *g;

	for (; (g = t->slot[at]) != NULL; at = (at + 1) & (t->size - 1))
		if (g->hash == hash && span_eq(g->key, key)) {
			*fresh = false;
			return g;
		}
	g = ARENA_NEW(&t->arena, struct group);
	g->key = arena_span(&t->arena, key);
	g->hash = hash;
	g->state = arena_alloc(&t->arena, 1, t->state_bytes);
	t->all = mem_grow(t->all, &t->cap, t->n + 1, sizeof *t->all);
	t->all[t->n++] = g;
	t->slot[at] = g;
	if (2 * t->n >= t->size)
		grow(t);
	*fresh = true;
	return g;
}

static int
by_first_met(const void *a, const void *b)
{
	const struct group *x = *(struct group *const *)a;
	const struct group *y = *(struct group *const *)b;

	if (x->first_block != y->first_block)
		return x->first_block < y->first_block ? -1 : 1;
	return (x->first_rec > y->first_rec) - (x->first_rec < y->first_rec);
}

void
group_table_sort(struct group_table *t)
{
	if (t->n > 1)
		qsort(t->all, t->n, sizeof *t->all, by_first_met);
}

void
group_table_release(struct group_table *t)
{
	mem_free(t->slot);
	mem_free(t->all);
	arena_release(&t->arena);
}
