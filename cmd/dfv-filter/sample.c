#include "sample.h"

#include <string.h>

#include "buf.h"
#include "mem.h"

/* So many are kept beyond the n wanted, at least, before some are let go. */
enum { SLACK = 1024 };

struct draw {
	uint64_t lot;
	size_t at; /* in bytes: the record, then its key */
	uint32_t record_bytes;
	uint32_t key_bytes;
};

/* What was drawn is in the input's order. */
struct sample {
	size_t wanted;
	uint64_t seed;
	uint64_t ordinal; /* of the next record */
	uint64_t limit;   /* a lot beyond it is of no use */
	struct draw *draw;
	size_t n;
	size_t cap;
	struct buf bytes;
};

struct sample *
sample_new(size_t n, uint64_t seed)
{
	struct sample *s = mem_alloc(1, sizeof *s);

	s->wanted = n;
	s->seed = seed;
	s->limit = UINT64_MAX;
	return s;
}

/* splitmix64 (Steele, Lea, Flood 2014): of one seed no two lots are equal. */
static uint64_t
draw_lot(uint64_t seed, uint64_t i)
{
	uint64_t z = seed + (i + 1) * 0x9E3779B97F4A7C15ULL;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
	return z ^ (z >> 31);
}

/* Splits lots in two, [0, result) being below the pivot. */
static size_t
split_lots(uint64_t *lot, size_t n, uint64_t pivot)
{
	size_t below = 0;

	for (size_t i = 0; i < n; i++) {
		uint64_t swap = lot[i];

		lot[i] = lot[below];
		lot[below] = swap;
		below += swap < pivot;
	}
	return below;
}

/* Element k of the lots, were they sorted; they are distinct, and random, so
 * that the one in the middle is as good a pivot as any. */
static uint64_t
select_lot(uint64_t *lot, size_t n, size_t k)
{
	while (n > 1) {
		uint64_t pivot = lot[n / 2];
		size_t below = split_lots(lot, n, pivot);

		if (k < below) {
			n = below;
		} else if (below > 0) {
			lot += below;
			n -= below;
			k -= below;
		} else { /* the pivot is the least */
			split_lots(lot, n, pivot + 1);
			if (k == 0)
				return lot[0];
			lot++;
			n--;
			k--;
		}
	}
	return lot[0];
}

/* The greatest of the least `wanted` lots. */
static uint64_t
find_limit(const struct sample *s)
{
	uint64_t *lot = mem_alloc(s->n, sizeof *lot), limit;

	for (size_t i = 0; i < s->n; i++)
		lot[i] = s->draw[i].lot;
	limit = select_lot(lot, s->n, s->wanted - 1);
	mem_free(lot);
	return limit;
}

/* Lets go what is not among the least lots. */
static void
let_go(struct sample *s)
{
	size_t n = 0, at = 0;

	s->limit = find_limit(s);
	for (size_t i = 0; i < s->n; i++) {
		struct draw d = s->draw[i];
		size_t bytes = (size_t)d.record_bytes + d.key_bytes;

		if (d.lot > s->limit)
			continue;
		if (bytes > 0)
			memmove(s->bytes.p + at, s->bytes.p + d.at, bytes);
		d.at = at;
		s->draw[n++] = d;
		at += bytes;
	}
	s->n = n;
	s->bytes.n = at;
}

static size_t
room_for(const struct sample *s)
{
	size_t more = s->wanted > SLACK ? s->wanted : SLACK;

	return s->wanted < SIZE_MAX - more ? s->wanted + more : SIZE_MAX;
}

void
sample_add(struct sample *s, struct span record, struct span key)
{
	uint64_t lot = draw_lot(s->seed, s->ordinal++);

	if (lot > s->limit || s->wanted == 0)
		return;
	if (s->n == room_for(s))
		let_go(s);
	s->draw = mem_grow(s->draw, &s->cap, s->n + 1, sizeof *s->draw);
	s->draw[s->n++] =
	    (struct draw){lot, s->bytes.n, (uint32_t)record.n, (uint32_t)key.n};
	buf_add(&s->bytes, record);
	buf_add(&s->bytes, key);
}

int
sample_finish(struct sample *s,
    int (*put)(void *ctx, struct span record, struct span key), void *ctx)
{
	int rc = 0;

	if (s->n > s->wanted)
		let_go(s);
	for (size_t i = 0; i < s->n && rc == 0; i++) {
		const struct draw *d = &s->draw[i];
		const char *at = s->bytes.n == 0 ? "" : s->bytes.p + d->at;

		rc = put(ctx, span_make(at, d->record_bytes),
		    span_make(at + d->record_bytes, d->key_bytes));
	}
	return rc;
}

void
sample_free(struct sample *s)
{
	if (s == NULL)
		return;
	mem_free(s->draw);
	buf_release(&s->bytes);
	mem_free(s);
}
