#include "tail.h"

#include <stdint.h>
#include <stdlib.h>

#include "keytab.h"
#include "mem.h"
#include "sorter.h"

enum { SORT_LIMIT_BYTES = 256 * 1024 * 1024 };

/* A sampled record: of all, those with the least lots are kept. */
struct draw {
	uint64_t lot;
	uint64_t ordinal;
	struct buf record;
	struct buf sort_key;
};

struct tail {
	struct tail_opts opts;
	struct keytab seen;
	struct draw *draw; /* a heap, the greatest lot first */
	size_t ndraw;
	size_t draw_cap;
	uint64_t ordinal;
	struct sorter *sorter;
	size_t passed; /* by the window so far, skipped ones too */
	size_t count;
};

struct tail *
tail_new(const struct tail_opts *opts)
{
	struct tail *t = mem_alloc(1, sizeof *t);

	t->opts = *opts;
	if (opts->sorted)
		t->sorter = sorter_new(SORT_LIMIT_BYTES, opts->diag);
	return t;
}

bool
tail_plain(const struct tail *t)
{
	const struct tail_opts *o = &t->opts;

	return !o->unique && !o->sorted && o->sample == SIZE_MAX &&
	    o->skip == 0 && o->limit == SIZE_MAX;
}

/* Whether the key is met for the first time. */
static bool
key_is_new(struct keytab *seen, struct span key)
{
	size_t before = seen->n;

	return keytab_add(seen, key) == before;
}

static int
through_window(void *ctx, struct span record)
{
	struct tail *t = ctx;

	if (t->passed++ < t->opts.skip)
		return 0;
	if (t->count >= t->opts.limit)
		return 1;
	t->count++;
	if (t->opts.sink != NULL && sink_put(t->opts.sink, record, 1) < 0)
		return -1;
	return t->count == t->opts.limit;
}

static int
to_order(struct tail *t, struct span record, struct span sort_key)
{
	return t->sorter != NULL ? sorter_add(t->sorter, sort_key, record)
				 : through_window(t, record);
}

/* Record number i's lot: splitmix64 (Steele, Lea, Flood 2014) of the seed and
 * i, so that the sample is the same however the input is cut. */
static uint64_t
draw_lot(uint64_t seed, uint64_t i)
{
	uint64_t z = seed + (i + 1) * 0x9E3779B97F4A7C15ULL;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
	return z ^ (z >> 31);
}

static bool
draw_after(const struct draw *a, const struct draw *b)
{
	return a->lot != b->lot ? a->lot > b->lot : a->ordinal > b->ordinal;
}

static void
swap_draws(struct draw *a, struct draw *b)
{
	struct draw c = *a;

	*a = *b;
	*b = c;
}

static void
draw_up(struct draw *heap, size_t i)
{
	for (; i > 0 && draw_after(&heap[i], &heap[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap_draws(&heap[i], &heap[(i - 1) / 2]);
}

static void
draw_down(struct draw *heap, size_t n)
{
	for (size_t i = 0, child; (child = 2 * i + 1) < n; i = child) {
		if (child + 1 < n && draw_after(&heap[child + 1], &heap[child]))
			child++;
		if (!draw_after(&heap[child], &heap[i]))
			return;
		swap_draws(&heap[i], &heap[child]);
	}
}

static void
draw_set(struct draw *d, uint64_t lot, uint64_t ordinal, struct span record,
    struct span sort_key)
{
	d->lot = lot;
	d->ordinal = ordinal;
	buf_reset(&d->record);
	buf_add(&d->record, record);
	buf_reset(&d->sort_key);
	buf_add(&d->sort_key, sort_key);
}

/* The n records with the least lots are a uniform sample of all. */
static void
to_sample(struct tail *t, struct span record, struct span sort_key)
{
	uint64_t ordinal = t->ordinal++;
	struct draw d = {
	    .lot = draw_lot(t->opts.seed, ordinal), .ordinal = ordinal};

	if (t->ndraw < t->opts.sample) {
		t->draw = mem_grow(
		    t->draw, &t->draw_cap, t->ndraw + 1, sizeof *t->draw);
		draw_set(&d, d.lot, ordinal, record, sort_key);
		t->draw[t->ndraw++] = d;
		draw_up(t->draw, t->ndraw - 1);
	} else if (t->ndraw > 0 && draw_after(&t->draw[0], &d)) {
		draw_set(&t->draw[0], d.lot, ordinal, record, sort_key);
		draw_down(t->draw, t->ndraw);
	}
}

int
tail_record(struct tail *t, struct span record, struct span unique_key,
    struct span sort_key)
{
	if (t->opts.unique && !key_is_new(&t->seen, unique_key))
		return 0;
	if (t->opts.sample == SIZE_MAX)
		return to_order(t, record, sort_key);
	to_sample(t, record, sort_key);
	return 0;
}

int
tail_many(struct tail *t, struct span records, size_t n)
{
	t->count += n;
	return t->opts.sink == NULL ? 0 : sink_put(t->opts.sink, records, n);
}

static int
by_ordinal(const void *a, const void *b)
{
	const struct draw *x = a, *y = b;

	return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

/* The sample in the order of the input. */
static int
put_sample(struct tail *t)
{
	int rc = 0;

	if (t->ndraw > 0)
		qsort(t->draw, t->ndraw, sizeof *t->draw, by_ordinal);
	for (size_t i = 0; i < t->ndraw && rc == 0; i++)
		rc = to_order(t, buf_span(&t->draw[i].record),
		    buf_span(&t->draw[i].sort_key));
	return rc;
}

int
tail_finish(struct tail *t)
{
	int rc = 0;

	if (t->opts.sample != SIZE_MAX)
		rc = put_sample(t);
	if (rc == 0 && t->sorter != NULL)
		rc = sorter_finish(t->sorter, through_window, t);
	return rc < 0 ? -1 : 0;
}

size_t
tail_count(const struct tail *t)
{
	return t->count;
}

void
tail_free(struct tail *t)
{
	for (size_t i = 0; i < t->ndraw; i++) {
		buf_release(&t->draw[i].record);
		buf_release(&t->draw[i].sort_key);
	}
	mem_free(t->draw);
	keytab_release(&t->seen);
	sorter_free(t->sorter);
	mem_free(t);
}
