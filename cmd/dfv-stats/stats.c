#include "stats.h"

#include <pthread.h>

#include "cell.h"
#include "explode.h"
#include "mem.h"
#include "pump.h"

/*
 * Each thread adds its blocks' records to a group table of its own; the
 * tables are merged at the end. Aggregates do not depend on the order of
 * either, and groups are put in the order in which they were first met.
 */
struct shared {
	const struct stats_run *run;
	struct group_table *groups;
	pthread_mutex_t lock; /* of groups */
};

struct counter {
	struct shared *shared;
	struct group_table groups;
	struct expr_run eval;
	struct exploded exploded;
	struct buf key;
	struct buf text;
};

static void *
counter_new(void *ctx)
{
	struct counter *c = mem_alloc(1, sizeof *c);

	c->shared = ctx;
	group_table_init(&c->groups, c->shared->run->request->state_bytes);
	return c;
}

static void
merge_tables(const struct request *r, struct group_table *into,
    const struct group_table *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct group *f = from->all[i];
		bool fresh;
		struct group *g = group_find(into, f->key, &fresh);

		request_merge(r, g->state, f->state);
		if (fresh || f->first_block < g->first_block ||
		    (f->first_block == g->first_block &&
			f->first_rec < g->first_rec)) {
			g->first_block = f->first_block;
			g->first_rec = f->first_rec;
		}
	}
}

static void
counter_free(void *ctx, void *worker)
{
	struct shared *s = ctx;
	struct counter *c = worker;

	pthread_mutex_lock(&s->lock);
	merge_tables(s->run->request, s->groups, &c->groups);
	pthread_mutex_unlock(&s->lock);
	stats_release(s->run->request, &c->groups);
	expr_run_release(&c->eval);
	exploded_release(&c->exploded);
	buf_release(&c->key);
	buf_release(&c->text);
	mem_free(c);
}

static bool
selected(const struct request *r, struct expr_run *run)
{
	for (const struct expr **w = r->where; *w != NULL; w++)
		if (!expr_true(*w, run))
			return false;
	return run->fault.id == DIAG_NONE;
}

/* One cell of the group's key, behind what is there. */
static void
add_key_cell(struct counter *c, const struct stat_key *k)
{
	struct span cell = block_cell(c->eval.block, c->eval.rec, k->col);
	struct date d;

	if (cell_missing(cell))
		return;
	if (!k->dated)
		buf_add(&c->key, cell);
	else if (date_parse(cell, &d))
		date_format(&c->key, d, k->period);
	else
		fault_set_cell(&c->eval.fault, DIAG_NOT_A_DATE, c->eval.rec,
		    k->col, cell, NULL);
}

static struct group *
find_group(struct counter *c)
{
	const struct request *r = c->shared->run->request;
	struct group *g;
	bool fresh;

	buf_reset(&c->key);
	for (size_t i = 0; i < r->nkey; i++) {
		if (i > 0)
			buf_byte(&c->key, '\t');
		add_key_cell(c, &r->key[i]);
	}
	g = group_find(&c->groups, buf_span(&c->key), &fresh);
	if (fresh) {
		g->first_block = c->eval.block->serial;
		g->first_rec = c->eval.rec;
	}
	return g;
}

static void
add_value(struct counter *c, const struct stat_term *t, void *state)
{
	struct value v = expr_value(t->arg, &c->eval);

	if (v.kind == VALUE_MISSING || c->eval.fault.id != DIAG_NONE)
		return;
	if (t->aggregate->takes == TAKES_ANY && v.kind != VALUE_LIST) {
		buf_reset(&c->text);
		expr_put(&c->text, &v);
		v.text = buf_span(&c->text);
	}
	t->aggregate->add(state, &v);
}

static void
add_record(struct counter *c)
{
	const struct request *r = c->shared->run->request;
	struct group *g;

	if (!selected(r, &c->eval))
		return;
	g = find_group(c);
	for (size_t i = 0; i < r->nterm; i++) {
		const struct stat_term *t = &r->term[i];
		void *state = (char *)g->state + t->offset;

		if (t->where != NULL && !expr_true(t->where, &c->eval))
			continue;
		if (t->arg == NULL)
			t->aggregate->add(state, NULL);
		else
			add_value(c, t, state);
	}
}

static void
count_block(void *worker, struct pump_task *task)
{
	struct counter *c = worker;
	const struct stats_run *run = c->shared->run;
	bool exploded = run->explode_col != COLUMN_NONE;

	c->eval.block = &task->block;
	if (exploded) {
		explode(&c->exploded, &task->block, run->explode_col);
		c->eval.block = &c->exploded.block;
	}
	for (c->eval.rec = 0; c->eval.rec < c->eval.block->nrec;
	     c->eval.rec++) {
		add_record(c);
		if (c->eval.fault.id == DIAG_NONE)
			continue;
		task->fault = c->eval.fault;
		if (exploded)
			task->fault.rec = c->exploded.origin[task->fault.rec];
		c->eval.fault.id = DIAG_NONE;
		return;
	}
}

int
stats_run(const struct stats_run *run, struct group_table *groups)
{
	struct shared s = {.run = run, .groups = groups};
	struct pump pump = {
	    .reader = run->reader,
	    .jobs = run->jobs,
	    .ctx = &s,
	    .worker_new = counter_new,
	    .worker_free = counter_free,
	    .work = count_block,
	};
	bool fresh;
	int rc;

	group_table_init(groups, run->request->state_bytes);
	pthread_mutex_init(&s.lock, NULL);
	rc = pump_run(&pump);
	pthread_mutex_destroy(&s.lock);
	group_table_sort(groups);
	/* Without group columns there is one group, even of nothing. */
	if (run->request->nkey == 0)
		group_find(groups, SPAN(""), &fresh);
	return rc;
}

/* The cells of one row, each at cell_at in text. */
struct row {
	struct buf text;
	size_t *cell_at;
	struct span *cell;
	size_t n;
};

static void
row_cell(struct row *row, struct span cell)
{
	row->cell_at[row->n++] = row->text.n;
	buf_add(&row->text, cell);
}

static void
row_key(struct row *row, struct span key, size_t nkey)
{
	for (size_t i = 0; i < nkey; i++) {
		size_t n = span_find(key, '\t');

		row_cell(row, span_make(key.p, n));
		key = span_from(key, n < key.n ? n + 1 : n);
	}
}

static void
row_write(struct row *row, const struct writer *w, struct buf *out)
{
	row->cell_at[row->n] = row->text.n;
	for (size_t i = 0; i < row->n; i++)
		row->cell[i] = span_make(row->text.p + row->cell_at[i],
		    row->cell_at[i + 1] - row->cell_at[i]);
	w->format->record(w, out, row->cell);
	row->n = 0;
	buf_reset(&row->text);
}

static void
row_figures(
    struct row *row, struct request *r, const void *state, struct expr_run *run)
{
	for (size_t i = 0; i < r->nfigure; i++) {
		row->cell_at[row->n++] = row->text.n;
		request_print(r, i, state, run, &row->text);
	}
}

static void
write_totals(struct request *r, const struct group_table *groups,
    struct row *row, struct expr_run *run)
{
	char *state = mem_alloc(1, r->state_bytes);

	for (size_t i = 0; i < groups->n; i++)
		request_merge(r, state, groups->all[i]->state);
	for (size_t i = 0; i < r->nkey; i++)
		row_cell(row, i == 0 ? SPAN("total") : SPAN(""));
	row_figures(row, r, state, run);
	request_release_state(r, state);
	mem_free(state);
}

/* A figure that cannot be worked out has no place in the input. */
static int
report(struct fault *f, struct diag *diag)
{
	diag_fault(diag, f);
	return -1;
}

int
stats_write(struct request *r, struct group_table *groups, bool totals,
    struct sink *sink, struct diag *diag)
{
	struct row row = {.n = 0};
	struct expr_run run = {.block = NULL};
	struct buf out = {NULL, 0, 0};
	int rc;

	row.cell_at = mem_alloc(r->names.n + 1, sizeof *row.cell_at);
	row.cell = mem_alloc(r->names.n, sizeof *row.cell);
	for (size_t i = 0; i < groups->n; i++) {
		row_key(&row, groups->all[i]->key, r->nkey);
		row_figures(&row, r, groups->all[i]->state, &run);
		row_write(&row, &sink->writer, &out);
	}
	if (totals && r->nkey > 0) {
		write_totals(r, groups, &row, &run);
		row_write(&row, &sink->writer, &out);
	}
	rc = run.fault.id != DIAG_NONE
	    ? report(&run.fault, diag)
	    : sink_put(sink, buf_span(&out), groups->n);
	buf_release(&out);
	buf_release(&row.text);
	mem_free(row.cell_at);
	mem_free(row.cell);
	expr_run_release(&run);
	return rc;
}

void
stats_release(const struct request *r, struct group_table *groups)
{
	for (size_t i = 0; i < groups->n; i++)
		request_release_state(r, groups->all[i]->state);
	group_table_release(groups);
}
