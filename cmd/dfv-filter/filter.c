#include "filter.h"

#include <stdint.h>

#include "mem.h"
#include "pump.h"

/*
 * records -> fewer records, other columns. Threads judge whole blocks and
 * write what is kept to a buffer of each block's own; `emit` takes the buffers
 * in input order and applies the window of --skip and -n.
 */

/* A block's kept records. */
struct kept {
	struct buf out;
	size_t n;
	size_t *end; /* where each ends in out, when a window is asked for */
	size_t end_cap;
};

struct filter_run {
	const struct filter *filter;
	bool windowed;
	size_t seen; /* selected so far, in order */
	size_t written;
};

/* A thread's own. */
struct judge {
	const struct filter_run *run;
	struct expr_run eval;
	struct span *cell;  /* one record's output cells */
	size_t *cell_at;    /* where computed cells start in computed */
	struct buf computed;
};

static void *
kept_new(void *ctx)
{
	(void)ctx;
	return mem_alloc(1, sizeof(struct kept));
}

static void
kept_free(void *ctx, void *result)
{
	struct kept *k = result;

	(void)ctx;
	buf_release(&k->out);
	mem_free(k->end);
	mem_free(k);
}

static void *
judge_new(void *ctx)
{
	struct judge *j = mem_alloc(1, sizeof *j);
	const struct filter_run *run = ctx;
	size_t n = run->filter->selection.n;

	j->run = run;
	j->cell = mem_alloc(n, sizeof *j->cell);
	j->cell_at = mem_alloc(n + 1, sizeof *j->cell_at);
	return j;
}

static void
judge_free(void *ctx, void *worker)
{
	struct judge *j = worker;

	(void)ctx;
	expr_run_release(&j->eval);
	buf_release(&j->computed);
	mem_free(j->cell);
	mem_free(j->cell_at);
	mem_free(j);
}

/* Whether the record at hand is selected; look at eval.fault. */
static inline bool
selects(struct judge *j, const struct filter *f)
{
	for (struct expr **w = f->where; *w != NULL; w++)
		if (!expr_true(*w, &j->eval))
			return f->invert;
	return !f->invert;
}

static inline void
note_end(const struct judge *j, struct kept *k)
{
	k->n++;
	if (!j->run->windowed)
		return;
	k->end = mem_grow(k->end, &k->end_cap, k->n, sizeof *k->end);
	k->end[k->n - 1] = k->out.n;
}

/* Computed cells first, then all as spans: the buffer may move meanwhile. */
static void
gather_cells(struct judge *j, const struct selection *sel)
{
	const struct block *b = j->eval.block;

	buf_reset(&j->computed);
	for (size_t i = 0; i < sel->n; i++) {
		struct value v;

		j->cell_at[i] = j->computed.n;
		if (sel->out[i].expr == NULL)
			continue;
		v = expr_value(sel->out[i].expr, &j->eval);
		expr_put(&j->computed, &v);
	}
	j->cell_at[sel->n] = j->computed.n;
	for (size_t i = 0; i < sel->n; i++)
		j->cell[i] = sel->out[i].expr == NULL
		    ? block_cell(b, j->eval.rec, sel->out[i].from)
		    : span_make(j->computed.p + j->cell_at[i],
			  j->cell_at[i + 1] - j->cell_at[i]);
}

static void
write_record(struct judge *j, struct kept *k)
{
	const struct filter *f = j->run->filter;
	const struct writer *w = &f->sink->writer;

	gather_cells(j, &f->selection);
	if (j->eval.fault.id == DIAG_NONE)
		w->format->record(w, &k->out, j->cell);
}

/* Kept neighbours are copied in one piece, as they stand. */
static void
copy_records(struct judge *j, struct kept *k)
{
	const struct filter *f = j->run->filter;
	const struct block *b = j->eval.block;
	const char *run = b->p;

	for (size_t r = 0; r < b->nrec; r++) {
		const char *next = b->p + b->sep[(r + 1) * b->ncol - 1] + 1;
		bool keep;

		j->eval.rec = r;
		keep = selects(j, f);
		if (j->eval.fault.id != DIAG_NONE) {
			buf_add(&k->out, span_make(run,
			    (size_t)(block_record(b, r).p - run)));
			return;
		}
		if (keep && !j->run->windowed) {
			k->n++;
			continue;
		}
		if (keep) {
			buf_add(&k->out, span_make(run, (size_t)(next - run)));
			note_end(j, k);
		} else {
			const char *at = block_record(b, r).p;

			buf_add(&k->out, span_make(run, (size_t)(at - run)));
		}
		run = next;
	}
	buf_add(&k->out, span_make(run, (size_t)(b->p + b->n - run)));
}

static void
write_records(struct judge *j, struct kept *k)
{
	const struct block *b = j->eval.block;

	for (size_t r = 0; r < b->nrec; r++) {
		bool keep;

		j->eval.rec = r;
		keep = selects(j, j->run->filter);
		if (keep && j->eval.fault.id == DIAG_NONE) {
			if (j->run->filter->count_only)
				k->n++;
			else
				write_record(j, k);
		}
		if (j->eval.fault.id != DIAG_NONE)
			return;
		if (keep && !j->run->filter->count_only)
			note_end(j, k);
	}
}

static void
judge_block(void *worker, struct pump_task *t)
{
	struct judge *j = worker;
	const struct filter *f = j->run->filter;
	struct kept *k = t->result;

	buf_reset(&k->out);
	k->n = 0;
	j->eval.block = &t->block;
	if (!f->count_only && f->selection.identity &&
	    f->sink->writer.format == writer_format(SPAN("tsv")))
		copy_records(j, k);
	else
		write_records(j, k);
	t->fault = j->eval.fault;
	j->eval.fault.id = DIAG_NONE;
}

/* The part of a block's records that lies in the window. */
static struct span
window_part(const struct filter_run *run, const struct kept *k, size_t *n)
{
	const struct filter *f = run->filter;
	size_t first = run->seen >= f->skip ? 0 : f->skip - run->seen;
	size_t room = f->limit - run->written, last = k->n;
	size_t from, to;

	if (first > k->n)
		first = k->n;
	if (last - first > room)
		last = first + room;
	from = first == 0 ? 0 : k->end[first - 1];
	to = last == 0 ? 0 : k->end[last - 1];
	*n = last - first;
	return *n == 0 ? span_make(NULL, 0)
		       : span_make(k->out.p + from, to - from);
}

static int
emit_block(void *ctx, struct pump_task *t)
{
	struct filter_run *run = ctx;
	const struct kept *k = t->result;
	struct span bytes = buf_span(&k->out);
	size_t n = k->n;

	if (run->windowed && !run->filter->count_only)
		bytes = window_part(run, k, &n);
	run->seen += k->n;
	run->written += n;
	if (run->filter->sink != NULL &&
	    sink_put(run->filter->sink, bytes, n) < 0)
		return -1;
	return run->windowed && !run->filter->count_only &&
	    run->written == run->filter->limit;
}

/* A count within the window, from the count of all. */
static size_t
window_count(const struct filter *f, size_t n)
{
	n = n > f->skip ? n - f->skip : 0;
	return n < f->limit ? n : f->limit;
}

int
filter_run(const struct filter *f, size_t *count)
{
	struct filter_run run = {
	    .filter = f, .windowed = f->skip > 0 || f->limit != SIZE_MAX};
	struct pump pump = {
	    .reader = f->reader,
	    .jobs = f->jobs,
	    .ctx = &run,
	    .worker_new = judge_new,
	    .worker_free = judge_free,
	    .result_new = kept_new,
	    .result_free = kept_free,
	    .work = judge_block,
	    .emit = emit_block,
	};
	int rc = f->limit == 0 ? 0 : pump_run(&pump);

	*count = f->count_only ? window_count(f, run.seen) : run.written;
	return rc < 0 ? -1 : 0;
}
