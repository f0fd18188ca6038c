#include "filter.h"

#include "cell.h"
#include "mem.h"
#include "pump.h"

/*
 * records -> fewer records, other columns. Threads judge whole blocks and
 * write what is kept to a buffer of each block's own; the tail takes these in
 * input order.
 */

/* How many records before it a record's key is sent for. */
enum { AHEAD = 12 };

/* Where each of a block's kept records ends in a buffer. */
struct ends {
	size_t *at;
	size_t cap;
};

/* A block's kept records, and their keys where the tail wants some. A record
 * that comes out as it is in the block is not written but pointed at. */
struct kept {
	size_t n;
	struct buf out;
	struct ends out_end;
	struct ends rec; /* its number in the block, instead of out */
	struct buf unique;
	struct ends unique_end;
	struct buf sort;
	struct ends sort_end;
};

/* A thread's own. */
struct judge {
	const struct filter *filter;
	struct expr_run eval;
	struct joined joined;
	struct span *cell; /* one record's output cells */
	size_t *cell_at;   /* where computed cells start in computed */
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
	buf_release(&k->unique);
	buf_release(&k->sort);
	mem_free(k->out_end.at);
	mem_free(k->rec.at);
	mem_free(k->unique_end.at);
	mem_free(k->sort_end.at);
	mem_free(k);
}

static void *
judge_new(void *ctx)
{
	struct judge *j = mem_alloc(1, sizeof *j);
	const struct filter *f = ctx;

	j->filter = f;
	j->cell = mem_alloc(f->selection.n, sizeof *j->cell);
	j->cell_at = mem_alloc(f->selection.n + 1, sizeof *j->cell_at);
	return j;
}

static void
judge_free(void *ctx, void *worker)
{
	struct judge *j = worker;

	(void)ctx;
	expr_run_release(&j->eval);
	joined_release(&j->joined);
	buf_release(&j->computed);
	mem_free(j->cell);
	mem_free(j->cell_at);
	mem_free(j);
}

/* Whether the record at hand is selected; false when a fault was met. */
static inline bool
selects(struct judge *j)
{
	const struct filter *f = j->filter;
	bool holds = true;

	for (struct expr **w = f->where; holds && *w != NULL; w++)
		holds = expr_true(*w, &j->eval);
	for (struct among **a = f->among; holds && *a != NULL; a++)
		holds = among_holds(*a, &j->eval);
	return holds != f->invert && j->eval.fault.id == DIAG_NONE;
}

static void
note_end(struct ends *e, size_t i, size_t at)
{
	if (i >= e->cap)
		e->at = mem_grow(e->at, &e->cap, i + 1, sizeof *e->at);
	e->at[i] = at;
}

static void
put_unique_key(struct judge *j, struct buf *key)
{
	const struct filter *f = j->filter;

	for (size_t i = 0; i < f->nunique; i++) {
		struct span cell = out_column_cell(&f->unique[i], &j->eval);

		if (!cell_missing(cell))
			buf_add(key, cell);
		buf_byte(key, '\t');
	}
}

/* The record just written to k->out is complete: its keys. After a fault it
 * does not count. */
static void
note_record(struct judge *j, struct kept *k)
{
	const struct filter *f = j->filter;
	size_t i = k->n++;

	if (f->plain)
		return;
	if (f->pointed)
		note_end(&k->rec, i, j->eval.rec);
	else
		note_end(&k->out_end, i, k->out.n);
	if (f->nunique > 0) {
		put_unique_key(j, &k->unique);
		note_end(&k->unique_end, i, k->unique.n);
	}
	if (f->sort.n > 0) {
		sort_keys_put(&f->sort, &j->eval, f->decimal_comma, &k->sort);
		note_end(&k->sort_end, i, k->sort.n);
	}
	if (j->eval.fault.id != DIAG_NONE)
		k->n = i;
}

/* Computed cells first, then all as spans: the buffer may move meanwhile. */
static void
gather_cells(struct judge *j)
{
	const struct selection *sel = &j->filter->selection;

	buf_reset(&j->computed);
	for (size_t i = 0; i < sel->n; i++) {
		j->cell_at[i] = j->computed.n;
		if (sel->out[i].expr != NULL)
			buf_add(&j->computed,
			    out_column_cell(&sel->out[i], &j->eval));
	}
	j->cell_at[sel->n] = j->computed.n;
	for (size_t i = 0; i < sel->n; i++)
		j->cell[i] = sel->out[i].expr == NULL
		    ? block_cell(j->eval.block, j->eval.rec, sel->out[i].from)
		    : buf_part(&j->computed, j->cell_at[i], j->cell_at[i + 1]);
}

static void
write_record(struct judge *j, struct kept *k)
{
	const struct filter *f = j->filter;
	const struct writer *w = f->writer;
	struct span source = {NULL, 0};

	if (w == NULL || f->pointed)
		return;
	if (f->as_it_stands)
		source = reader_source(f->reader, j->eval.block, j->eval.rec);
	if (source.p != NULL) {
		buf_add(&k->out, source);
		buf_byte(&k->out, '\n');
		return;
	}
	gather_cells(j);
	w->format->record(w, &k->out, j->cell);
}

static void
judge_records(struct judge *j, struct kept *k)
{
	const struct block *b = j->eval.block;

	for (size_t r = 0; r < b->nrec; r++) {
		size_t before = k->out.n;

		j->eval.rec = r;
		if (!selects(j)) {
			if (j->eval.fault.id != DIAG_NONE)
				return;
			continue;
		}
		write_record(j, k);
		if (j->eval.fault.id == DIAG_NONE)
			note_record(j, k);
		if (j->eval.fault.id == DIAG_NONE)
			continue;
		k->out.n = before;
		return;
	}
}

/* The same where nothing is asked but to copy what is kept: neighbours go in
 * one piece. */
static void
copy_records(struct judge *j, struct kept *k)
{
	const struct block *b = j->eval.block;
	const char *run = b->p;

	for (size_t r = 0; r < b->nrec; r++) {
		struct span record;

		j->eval.rec = r;
		if (selects(j)) {
			k->n++;
			continue;
		}
		record = block_record(b, r);
		buf_add(&k->out, span_make(run, (size_t)(record.p - run)));
		run = record.p + record.n + 1;
		if (j->eval.fault.id != DIAG_NONE)
			return;
	}
	if (b->nrec > 0)
		buf_add(&k->out, span_make(run, (size_t)(b->p + b->n - run)));
}

/* A fault in a joined block is one in the block that it was made of. */
static void
give_fault(struct judge *j, struct pump_task *t)
{
	t->fault = j->eval.fault;
	j->eval.fault.id = DIAG_NONE;
	if (t->fault.id == DIAG_NONE || j->filter->join == NULL)
		return;
	t->fault.rec = j->joined.origin[t->fault.rec];
	if (t->fault.col >= t->block.ncol)
		t->fault.col = COLUMN_NONE;
}

static void
judge_all(struct judge *j, const struct block *b, struct kept *k)
{
	const struct filter *f = j->filter;

	j->eval.block = b;
	if (f->plain && f->copied)
		copy_records(j, k);
	else
		judge_records(j, k);
}

static void
judge_block(void *worker, struct pump_task *t)
{
	struct judge *j = worker;
	const struct join *join = j->filter->join;
	struct kept *k = t->result;

	buf_reset(&k->out);
	buf_reset(&k->unique);
	buf_reset(&k->sort);
	k->n = 0;
	if (join == NULL)
		judge_all(j, &t->block, k);
	else
		for (joined_start(&j->joined); j->eval.fault.id == DIAG_NONE &&
		     join_next(join, &t->block, &j->joined);)
			judge_all(j, &j->joined.block, k);
	give_fault(j, t);
}

/* Part i of a buffer; empty where none is noted. */
static struct span
part(const struct buf *b, const struct ends *e, size_t i)
{
	size_t from = i == 0 || e->at == NULL ? 0 : e->at[i - 1];

	return e->at == NULL ? span_make(NULL, 0) : buf_part(b, from, e->at[i]);
}

static struct span
kept_record(const struct kept *k, const struct block *b, size_t i)
{
	struct span record;

	if (k->rec.at == NULL)
		return part(&k->out, &k->out_end, i);
	record = block_record(b, k->rec.at[i]);
	return span_make(record.p, record.n + 1);
}

static int
emit_block(void *ctx, struct pump_task *t)
{
	const struct filter *f = ctx;
	const struct kept *k = t->result;
	int rc = 0;

	if (f->plain)
		return tail_many(f->tail, buf_span(&k->out), k->n);
	for (size_t i = 0; i < k->n && rc == 0; i++) {
		if (f->nunique > 0 && k->n - i > AHEAD)
			tail_expect(f->tail,
			    part(&k->unique, &k->unique_end, i + AHEAD));
		rc = tail_record(f->tail, kept_record(k, &t->block, i),
		    part(&k->unique, &k->unique_end, i),
		    part(&k->sort, &k->sort_end, i));
	}
	return rc;
}

int
filter_run(const struct filter *f)
{
	struct filter ctx = *f;
	struct pump pump = {
	    .reader = f->reader,
	    .jobs = f->jobs,
	    .ctx = &ctx,
	    .worker_new = judge_new,
	    .worker_free = judge_free,
	    .result_new = kept_new,
	    .result_free = kept_free,
	    .work = judge_block,
	    .emit = emit_block,
	};

	ctx.plain = tail_plain(f->tail);
	ctx.copied = f->selection.identity && f->writer != NULL &&
	    f->writer->format == writer_format(SPAN("tsv"));
	ctx.pointed = ctx.copied && f->join == NULL;
	return pump_run(&pump) < 0 || tail_finish(f->tail) < 0 ? -1 : 0;
}
