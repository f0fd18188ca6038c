#include "sorter.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "item_sort.h"
#include "mem.h"
#include "runs.h"

/* Entries lie one behind the other in a heap of bytes; what is sorted is an
 * array of items that say where. */
enum { AHEAD = 8, SPARE = 4096 };

struct sorter {
	size_t limit;
	size_t wanted;
	bool barred;
	struct buf bar; /* where barred: what is not before this key is late */
	struct buf bytes;
	struct item *item;
	size_t n;
	size_t cap;
	struct runs runs;
};

struct sorter *
sorter_new(size_t limit_bytes, size_t wanted, struct diag *diag)
{
	struct sorter *s = mem_alloc(1, sizeof *s);

	s->runs.diag = diag;
	s->limit = limit_bytes;
	s->wanted = wanted;
	return s;
}

static const char *
entry_of(const struct sorter *s, const struct item *item)
{
	return s->bytes.p + (size_t)item->unit * UNIT_BYTES;
}

/* Entry i of the sorted; those that follow are sent for. */
static const char *
sorted_entry(const struct sorter *s, size_t i)
{
	if (i + AHEAD < s->n)
		__builtin_prefetch(entry_of(s, &s->item[i + AHEAD]));
	return entry_of(s, &s->item[i]);
}

/* Sorts what is in memory, and forgets what is not wanted of it. */
static void
sort_all(struct sorter *s)
{
	items_sort(s->item, s->n, s->bytes.p);
	if (s->n > s->wanted)
		s->n = s->wanted;
}

/* Everything in memory becomes a run on disk. */
static int
spill(struct sorter *s)
{
	if (runs_begin(&s->runs) < 0)
		return -1;
	sort_all(s);
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

/* Whether one more of that size fits into the limit, sorting's room counted,
 * and can be numbered. */
static bool
fits(const struct sorter *s, size_t entry_bytes)
{
	return s->n == 0 ||
	    (s->bytes.n + (s->n + 1) * 2 * sizeof *s->item + entry_bytes <=
		    s->limit &&
		s->bytes.n / UNIT_BYTES < UINT32_MAX);
}

static size_t
whole_units(size_t bytes)
{
	return (bytes + UNIT_BYTES - 1) / UNIT_BYTES * UNIT_BYTES;
}

/* The item of an entry with that key, which comes next in the bytes. */
static struct item
next_item(const struct sorter *s, struct span key)
{
	return (struct item){item_head(key.p, key.n),
	    (uint32_t)(s->bytes.n / UNIT_BYTES), (uint32_t)key.n};
}

/* Keeps the wanted alone; what is not before the last of them can then be
 * dropped as it comes. */
static void
prune(struct sorter *s)
{
	struct buf all = s->bytes;

	sort_all(s);
	s->bytes = (struct buf){NULL, 0, 0};
	for (size_t i = 0; i < s->n; i++) {
		const char *entry =
		    all.p + (size_t)s->item[i].unit * UNIT_BYTES;

		s->item[i] = next_item(s, entry_key(entry));
		buf_add(&s->bytes,
		    span_make(entry, whole_units(entry_bytes(entry))));
	}
	buf_release(&all);
	buf_reset(&s->bar);
	buf_add(&s->bar, entry_key(entry_of(s, &s->item[s->n - 1])));
	s->barred = true;
}

static bool
is_late(const struct sorter *s, struct span key)
{
	return s->wanted == 0 ||
	    (s->barred && span_cmp(key, buf_span(&s->bar)) >= 0);
}

int
sorter_add(struct sorter *s, struct span key, struct span record)
{
	struct entry_lengths len = {(uint32_t)key.n, (uint32_t)record.n};
	size_t room = whole_units(sizeof len + key.n + record.n);
	char *at;

	if (is_late(s, key))
		return 0;
	if (s->n / 2 > s->wanted && s->n > SPARE)
		prune(s);
	if (!fits(s, room) && spill(s) < 0)
		return -1;
	s->item = mem_grow(s->item, &s->cap, s->n + 1, sizeof *s->item);
	s->item[s->n++] = next_item(s, key);
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
	sort_all(s);
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
	buf_release(&s->bar);
	mem_free(s);
}
