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
enum { AHEAD = 8 };

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
	items_sort(s->item, s->n, s->bytes.p);
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
	s->item[s->n++] = (struct item){item_head(key.p, key.n),
	    (uint32_t)(s->bytes.n / UNIT_BYTES), len.key};
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
	items_sort(s->item, s->n, s->bytes.p);
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
