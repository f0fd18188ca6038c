#include "group.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* How many slots there are for each group: a small table has room enough that
 * hardly any key is met on the way to another. */
enum { START_SIZE = 64, SPARSE_SIZE = 1 << 16, SPARSE = 8, DENSE = 2 };

void
group_table_init(struct group_table *t, size_t nkey, size_t state_bytes)
{
	*t = (struct group_table){.size = START_SIZE,
	    .nkey = nkey,
	    .width = nkey == 1 ? WIDTH_ALONE : WIDTH_OF_MANY,
	    .state_bytes = state_bytes};
	t->slot = mem_alloc(t->size, sizeof *t->slot);
	t->packed = mem_alloc(nkey + 1, t->width);
	t->arena = ARENA_EMPTY;
}

static void
grow(struct group_table *t)
{
	size_t size = 2 * t->size;
	struct group_slot *slot = mem_alloc_table(size, sizeof *slot);

	for (size_t i = 0; i < t->n; i++) {
		size_t at = t->all[i]->hash & (size - 1);

		while (slot[at].group != NULL)
			at = (at + 1) & (size - 1);
		slot[at] = (struct group_slot){t->all[i]->hash, t->all[i]};
	}
	mem_free(t->slot);
	t->slot = slot;
	t->size = size;
}

/* A new group in the free slot `at`; its key is the caller's to fill in. */
static struct group *
add_group(struct group_table *t, size_t at, uint64_t hash, size_t key_room)
{
	const size_t align = _Alignof(max_align_t);
	size_t head = (sizeof(struct group) + key_room + align - 1) & -align;
	struct group *g = arena_alloc(&t->arena, 1, head + t->state_bytes);

	g->hash = hash;
	g->order = UINT64_MAX;
	g->state = (char *)g + head;
	t->all = mem_grow(t->all, &t->cap, t->n + 1, sizeof *t->all);
	t->all[t->n++] = g;
	t->slot[at] = (struct group_slot){hash, g};
	if (t->n * (t->size < SPARSE_SIZE ? SPARSE : DENSE) >= t->size)
		grow(t);
	return g;
}

struct group *
group_find(struct group_table *t, uint64_t hash, const char *packed)
{
	size_t at = hash & (t->size - 1), bytes = t->nkey * t->width;
	struct group *g = group_seek(t, hash, packed, bytes);

	if (g != NULL)
		return g;
	while (t->slot[at].group != NULL)
		at = (at + 1) & (t->size - 1);
	g = add_group(t, at, hash, bytes);
	memcpy(g->key, packed, bytes);
	return g;
}

void
group_expect(const struct group_table *t, const uint64_t *hash, size_t n)
{
	if (t->size <= SPARSE_SIZE)
		return;
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(&t->slot[hash[i] & (t->size - 1)]);
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(t->slot[hash[i] & (t->size - 1)].group);
}

struct group *
group_find_joined(struct group_table *t, struct span key)
{
	uint64_t hash = hash_bytes(key);
	size_t at = hash & (t->size - 1);
	struct group *g;

	for (; (g = t->slot[at].group) != NULL; at = (at + 1) & (t->size - 1))
		if (t->slot[at].hash == hash && g->key_bytes == key.n &&
		    memcmp(g->key, key.p, key.n) == 0)
			return g;
	g = add_group(t, at, hash, key.n);
	g->key_bytes = key.n;
	memcpy(g->key, key.p, key.n);
	return g;
}

struct group *
group_find_key(struct group_table *t, struct span key)
{
	uint64_t hash = GROUP_HASH_START;
	struct span rest = key;

	for (size_t i = 0; i < t->nkey; i++) {
		size_t n = span_find(rest, '\t');
		char *to = t->packed + i * t->width;

		if (n > t->width)
			return group_find_joined(t, key);
		group_pack_last(to, t->width, span_make(rest.p, n));
		hash = group_hash_cell(hash, to, t->width);
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	return group_find(t, hash, t->packed);
}

struct group *
group_like(struct group_table *t, const struct group *like)
{
	return like->key_bytes > 0
	    ? group_find_joined(t, span_make(like->key, like->key_bytes))
	    : group_find(t, like->hash, like->key);
}

struct span
group_cell(const struct group_table *t, const struct group *g, size_t i)
{
	struct span rest = span_make(g->key, g->key_bytes);

	if (g->key_bytes == 0)
		return span_make(g->key + i * t->width,
		    strnlen(g->key + i * t->width, t->width));
	for (; i > 0; i--)
		rest = span_from(rest, span_find(rest, '\t') + 1);
	return span_make(rest.p, span_find(rest, '\t'));
}

/* Packed keys before joined ones, each by their bytes. */
static int
by_key(const struct group *x, const struct group *y)
{
	size_t n = (size_t)(x->state - x->key);

	if (x->key_bytes != y->key_bytes &&
	    (x->key_bytes == 0 || y->key_bytes == 0))
		return x->key_bytes == 0 ? -1 : 1;
	return x->key_bytes == 0 ? memcmp(x->key, y->key, n)
				 : span_cmp(span_make(x->key, x->key_bytes),
				       span_make(y->key, y->key_bytes));
}

/* A group with what it is sorted by at hand. */
struct met {
	uint64_t order;
	struct group *group;
};

static int
by_first_met(const void *a, const void *b)
{
	const struct met *x = a, *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return by_key(x->group, y->group);
}

/* One thread met them in order: then there is nothing to do. */
static bool
in_order(const struct met *met, size_t n)
{
	size_t i = 1;

	while (i < n && by_first_met(&met[i - 1], &met[i]) <= 0)
		i++;
	return i >= n;
}

void
group_table_sort(struct group_table *t)
{
	struct met *met = mem_alloc(t->n, sizeof *met);

	for (size_t i = 0; i < t->n; i++) {
		struct group *g = group_nth(t, i);

		met[i] = (struct met){g->order, g};
	}
	if (!in_order(met, t->n))
		qsort(met, t->n, sizeof *met, by_first_met);
	for (size_t i = 0; i < t->n; i++)
		t->all[i] = met[i].group;
	mem_free(met);
}

void
group_table_release(struct group_table *t)
{
	mem_free(t->slot);
	mem_free(t->all);
	mem_free(t->packed);
	arena_release(&t->arena);
}
