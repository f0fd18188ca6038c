#include "sorter.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "runs.h"

/*
 * Entries lie one behind the other in a heap of bytes. What is sorted is an
 * array of where they start, with the first bytes of their keys, which decide
 * most comparisons: short keys are not looked up at all.
 */
enum { HEAD_BYTES = 8, UNIT_BYTES = 8, AHEAD = 8 };

struct item {
	uint64_t head; /* the key's first bytes, as a number */
	uint32_t unit; /* where its entry starts, in eights of bytes */
	uint32_t key_bytes;
};

struct sorter {
	size_t limit;
	struct buf bytes;
	struct item *item;
	size_t n;
	size_t cap;
	struct runs runs;
};

struct sorter *
sorter_new(size_t limit_bytes, struct diag *diag)
{
	struct sorter *s = mem_alloc(1, sizeof *s);

	s->runs.diag = diag;
	s->limit = limit_bytes;
	return s;
}

static const char *
entry_of(const struct sorter *s, const struct item *item)
{
	return s->bytes.p + (size_t)item->unit * UNIT_BYTES;
}

static uint64_t
key_head(struct span key)
{
	uint64_t head = 0;

	for (size_t i = 0; i < HEAD_BYTES; i++)
		head = head << 8 | (i < key.n ? (unsigned char)key.p[i] : 0);
	return head;
}

/* Heads stand for short keys, but for the zeros at their ends. */
static bool
item_after(const struct sorter *s, const struct item *a, const struct item *b)
{
	if (a->head != b->head)
		return a->head > b->head;
	if (a->key_bytes <= HEAD_BYTES && b->key_bytes <= HEAD_BYTES)
		return a->key_bytes > b->key_bytes;
	return span_cmp(entry_key(entry_of(s, a)), entry_key(entry_of(s, b))) >
	    0;
}

/* A merge sort: stable, and qsort() cannot be told where the keys are without
 * a global. */
static void
sort_range(const struct sorter *s, struct item *e, struct item *room, size_t n)
{
	size_t half = n / 2, i = 0, k = half, to = 0;

	if (n < 2)
		return;
	sort_range(s, e, room, half);
	sort_range(s, e + half, room, n - half);
	if (!item_after(s, &e[half - 1], &e[half]))
		return;
	memcpy(room, e, half * sizeof *e);
	while (i < half)
		if (k == n || !item_after(s, &room[i], &e[k]))
			e[to++] = room[i++];
		else
			e[to++] = e[k++];
}

static void
sort_items(struct sorter *s)
{
	struct item *room = mem_alloc(s->n / 2 + 1, sizeof *room);

	sort_range(s, s->item, room, s->n);
	mem_free(room);
}

/* Entry i of the sorted; those that follow are sent for. */
static const char *
sorted_entry(const struct sorter *s, size_t i)
{
	if (i + AHEAD < s->n)
		__builtin_prefetch(entry_of(s, &s->item[i + AHEAD]));
	return entry_of(s, &s->item[i]);
}

/* Everything in memory becomes a run on disk. */
static int
spill(struct sorter *s)
{
	if (runs_begin(&s->runs) < 0)
		return -1;
	sort_items(s);
	for (size_t i = 0; i < s->n; i++) {
		const char *entry = sorted_entry(s, i);

		if (runs_add(&s->runs, span_make(entry, entry_bytes(entry))) <
		    0)
			return -1;
	}
	s->n = 0;
	buf_reset(&s->bytes);
	return runs_end(&s->runs);
}

/* Whether one more of that size fits into the limit, and can be numbered. */
static bool
fits(const struct sorter *s, size_t entry_bytes)
{
	return s->n == 0 ||
	    (s->bytes.n + (s->n + 1) * sizeof *s->item + entry_bytes <=
		    s->limit &&
		s->bytes.n / UNIT_BYTES < UINT32_MAX);
}

int
sorter_add(struct sorter *s, struct span key, struct span record)
{
	struct entry_lengths len = {(uint32_t)key.n, (uint32_t)record.n};
	size_t n = sizeof len + key.n + record.n;
	size_t room = (n + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
	char *at;

	if (!fits(s, room) && spill(s) < 0)
		return -1;
	s->item = mem_grow(s->item, &s->cap, s->n + 1, sizeof *s->item);
	s->item[s->n++] = (struct item){
	    key_head(key), (uint32_t)(s->bytes.n / UNIT_BYTES), len.key};
	at = buf_room(&s->bytes, room);
	memcpy(at, &len, sizeof len);
	if (key.n > 0)
		memcpy(at + sizeof len, key.p, key.n);
	if (record.n > 0)
		memcpy(at + sizeof len + key.n, record.p, record.n);
	s->bytes.n += room;
	return 0;
}

int
sorter_finish(
    struct sorter *s, int (*put)(void *ctx, struct span record), void *ctx)
{
	int rc = 0;

	if (s->runs.n > 0)
		return spill(s) < 0 ? -1 : runs_merge(&s->runs, put, ctx);
	sort_items(s);
	for (size_t i = 0; i < s->n && rc == 0; i++)
		rc = put(ctx, entry_record(sorted_entry(s, i)));
	return rc;
}

void
sorter_free(struct sorter *s)
{
	if (s == NULL)
		return;
	runs_release(&s->runs);
	mem_free(s->item);
	buf_release(&s->bytes);
	mem_free(s);
}
