#include "stats.h"

#include <pthread.h>
#include <stdatomic.h>

#include "explode.h"
#include "mem.h"
#include "pump.h"
#include "tally.h"

/*
 * Each thread counts its blocks in a tally of its own; these are merged at the
 * end. Aggregates do not depend on the order of either, and groups are put in
 * the order in which they were first met.
 */
struct shared {
	const struct stats_run *run;
	bool *used; /* by column: whether the request reads it */
	struct group_table *groups;
	pthread_mutex_t lock; /* of groups */
	bool merged;          /* of more than one thread */
};

enum {
	PORTIONS = 64, /* of the groups, for each thread */
	MERGED_AT_ONCE = 64
};

struct worker {
	struct shared *shared;
	struct tally *tally;
	struct exploded exploded;
};

static void *
worker_new(void *ctx)
{
	struct worker *w = mem_alloc(1, sizeof *w);

	w->shared = ctx;
	w->tally = tally_new(w->shared->run->request, w->shared->run->part);
	return w;
}

/* The groups of another table from `first` on will be sought. */
static void
expect_groups(const struct group_table *into, const struct group_table *from,
    size_t first)
{
	uint64_t hash[MERGED_AT_ONCE];
	size_t n = 0;

	for (; n < MERGED_AT_ONCE && first + n < from->n; n++)
		hash[n] = from->all[first + n]->hash;
	group_expect(into, hash, n);
}

/* Into `into`; what is merged is left as it is. The first one is taken over
 * whole instead. */
static void
merge_tables(
    const struct request *r, struct group_table *into, struct group_table *from)
{
	if (into->n == 0) {
		struct group_table swap = *into;

		*into = *from;
		*from = swap;
		return;
	}
	for (size_t i = 0; i < from->n; i++) {
		const struct group *f = from->all[i];
		struct group *g;

		if (i % MERGED_AT_ONCE == 0)
			expect_groups(into, from, i);
		g = group_like(into, f);
		request_merge(r, g->state, f->state);
		if (f->order < g->order)
			g->order = f->order;
	}
}

static void
worker_free(void *ctx, void *worker)
{
	struct shared *s = ctx;
	struct worker *w = worker;

	pthread_mutex_lock(&s->lock);
	s->merged = s->merged || s->groups->n > 0;
	merge_tables(s->run->request, s->groups, tally_groups(w->tally));
	pthread_mutex_unlock(&s->lock);
	tally_free(w->tally);
	exploded_release(&w->exploded);
	mem_free(w);
}

static void
count_exploded(struct worker *w, struct pump_task *task)
{
	struct fault late = {.id = DIAG_NONE};

	explode(&w->exploded, &task->block, w->shared->run->explode_col,
	    w->shared->used, &late);
	tally_block(w->tally, &w->exploded.block, &task->fault);
	if (task->fault.id != DIAG_NONE)
		task->fault.rec = w->exploded.origin[task->fault.rec];
	else
		task->fault = late;
}

static void
count_block(void *worker, struct pump_task *task)
{
	struct worker *w = worker;

	if (w->shared->run->explode_col == COLUMN_NONE)
		tally_block(w->tally, &task->block, &task->fault);
	else
		count_exploded(w, task);
}

/* Groups whose figures are worked out side by side. */
struct working_out {
	const struct request *request;
	struct group_table *groups;
	atomic_size_t next;
	size_t step;
};

static void *
work_out_some(void *ctx)
{
	struct working_out *w = ctx;
	size_t n = w->groups->n, i, end;

	while ((i = atomic_fetch_add(&w->next, w->step)) < n)
		for (end = i + w->step < n ? i + w->step : n; i < end; i++)
			request_work_out(w->request, w->groups->all[i]->state);
	return NULL;
}

static void
work_out(const struct stats_run *run, struct group_table *groups)
{
	struct working_out w = {.request = run->request,
	    .groups = groups,
	    .step = groups->n / (run->jobs * PORTIONS) + 1};
	pthread_t *thread = mem_alloc(run->jobs, sizeof *thread);
	unsigned n = 0;

	while (n + 1 < run->jobs &&
	    pthread_create(&thread[n], NULL, work_out_some, &w) == 0)
		n++;
	work_out_some(&w);
	while (n > 0)
		pthread_join(thread[--n], NULL);
	mem_free(thread);
}

static bool
any_slow(const struct request *r)
{
	size_t i = 0;

	while (i < r->nterm && r->term[i].aggregate->slow == NULL)
		i++;
	return i < r->nterm;
}

int
stats_run(const struct stats_run *run, struct group_table *groups)
{
	struct shared s = {.run = run, .groups = groups};
	struct pump pump = {
	    .reader = run->reader,
	    .jobs = run->jobs,
	    .ctx = &s,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .work = count_block,
	};
	int rc;

	group_table_init(groups, run->request->nkey, run->request->state_bytes);
	s.used = mem_alloc(reader_columns(run->reader)->n, sizeof *s.used);
	request_columns(run->request, s.used);
	pthread_mutex_init(&s.lock, NULL);
	rc = pump_run(&pump);
	pthread_mutex_destroy(&s.lock);
	mem_free(s.used);
	stats_order_groups(run->request, groups);
	if (rc == 0 && s.merged && any_slow(run->request))
		work_out(run, groups);
	return rc;
}

void
stats_order_groups(const struct request *r, struct group_table *groups)
{
	group_table_sort(groups);
	if (r->nkey == 0)
		group_find(groups, GROUP_HASH_START, "");
}

void
stats_release(const struct request *r, struct group_table *groups)
{
	for (size_t i = 0; i < groups->n; i++)
		request_release_states(r, group_nth(groups, i)->state);
	group_table_release(groups);
}
