#include "tail.h"

#include <stdint.h>

#include "keytab.h"
#include "mem.h"
#include "sample.h"
#include "sorter.h"

enum { SORT_LIMIT_BYTES = 256 * 1024 * 1024 };

struct tail {
	struct tail_opts opts;
	struct keytab seen;
	struct sample *sample;
	struct sorter *sorter;
	size_t passed; /* by the window so far, skipped ones too */
	size_t count;
};

/* How many records the window lets through or passes over. */
static size_t
wanted_records(const struct tail_opts *opts)
{
	return opts->limit > SIZE_MAX - opts->skip ? SIZE_MAX
						   : opts->skip + opts->limit;
}

struct tail *
tail_new(const struct tail_opts *opts)
{
	struct tail *t = mem_alloc(1, sizeof *t);

	t->opts = *opts;
	if (opts->sample != SIZE_MAX)
		t->sample = sample_new(opts->sample, opts->seed);
	if (opts->sorted)
		t->sorter = sorter_new(
		    SORT_LIMIT_BYTES, wanted_records(opts), opts->diag);
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
to_order(void *ctx, struct span record, struct span sort_key)
{
	struct tail *t = ctx;

	return t->sorter != NULL ? sorter_add(t->sorter, sort_key, record)
				 : through_window(t, record);
}

void
tail_expect(const struct tail *t, struct span unique_key)
{
	keytab_expect(&t->seen, unique_key);
}

int
tail_record(struct tail *t, struct span record, struct span unique_key,
    struct span sort_key)
{
	if (t->opts.unique && !key_is_new(&t->seen, unique_key))
		return 0;
	if (t->sample == NULL)
		return to_order(t, record, sort_key);
	sample_add(t->sample, record, sort_key);
	return 0;
}

int
tail_many(struct tail *t, struct span records, size_t n)
{
	t->count += n;
	return t->opts.sink == NULL ? 0 : sink_put(t->opts.sink, records, n);
}

int
tail_finish(struct tail *t)
{
	int rc = 0;

	if (t->sample != NULL)
		rc = sample_finish(t->sample, to_order, t);
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
	sample_free(t->sample);
	keytab_release(&t->seen);
	sorter_free(t->sorter);
	mem_free(t);
}
