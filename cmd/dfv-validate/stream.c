#include "validate.h"

#include <string.h>

#include "mem.h"
#include "package.h"
#include "pump.h"

/*
 * records -> valid records. Threads check the cells of whole blocks; what
 * spans blocks (keys) is checked as the blocks come out in order.
 */
struct stream {
	struct validate *v;
	struct reader *reader;
	struct check check;
	struct keys *keys;
	struct sink sink;
	bool as_it_stands; /* records come out in the bytes they came in */
	struct span *cell; /* one record's */
	struct buf out;
};

static void *
verdict_new(void *ctx)
{
	struct verdict *v = mem_alloc(1, sizeof *v);

	(void)ctx;
	*v = VERDICT_EMPTY;
	return v;
}

static void
verdict_free(void *ctx, void *result)
{
	(void)ctx;
	verdict_release(result);
	mem_free(result);
}

/* A worker has nothing of its own: it needs the stream. */
static void *
worker_new(void *ctx)
{
	return ctx;
}

static void
work_block(void *worker, struct pump_task *t)
{
	const struct stream *s = worker;
	struct verdict *v = t->result;

	check_block(&s->check, &t->block, v);
	t->fault = v->fault;
}

static void
write_record(struct stream *s, const struct block *b, size_t rec)
{
	const struct writer *w = &s->sink.writer;
	struct span source = {NULL, 0};

	if (s->as_it_stands)
		source = reader_source(s->reader, b, rec);
	if (source.p != NULL) {
		buf_add(&s->out, source);
		buf_byte(&s->out, '\n');
		return;
	}
	for (size_t i = 0; i < b->ncol; i++)
		s->cell[i] = block_cell(b, rec, i);
	w->format->record(w, &s->out, s->cell);
}

/* Records [from, to): for TSV, what stands together is written as it is. */
static int
pass_records(struct stream *s, const struct block *b, size_t from, size_t to)
{
	struct span first, last;

	if (from == to)
		return 0;
	if (s->sink.writer.format == writer_format(SPAN("tsv"))) {
		first = block_record(b, from);
		last = block_record(b, to - 1);
		return sink_put(&s->sink,
		    span_make(first.p, (size_t)(last.p - first.p) + last.n + 1),
		    to - from);
	}
	buf_reset(&s->out);
	for (size_t rec = from; rec < to; rec++)
		write_record(s, b, rec);
	return sink_put(&s->sink, buf_span(&s->out), to - from);
}

/* The first nrec records of the block but those that an error is about. */
static int
pass_block(struct stream *s, const struct block *b, size_t nrec,
    const struct findings *l)
{
	size_t from = 0;

	if (s->v->pass == PASS_NONE)
		return 0;
	for (size_t i = 0; s->v->pass == PASS_VALID && i < l->n; i++) {
		const struct finding *f = &l->item[i];

		if (f->at == FINDING_BEFORE || f->level < DIAG_ERROR ||
		    f->rec < from || f->rec >= nrec)
			continue;
		if (pass_records(s, b, from, f->rec) != 0)
			return -1;
		from = f->rec + 1;
	}
	return pass_records(s, b, from, nrec);
}

/* What is known of a block goes out: 0, 1 to stop, -1 after a report. */
static int
emit_verdict(struct stream *s, const struct block *b, struct verdict *v)
{
	struct report *r = &s->v->report;
	size_t nrec = v->fault.id == DIAG_NONE ? b->nrec : v->fault.rec;

	findings_settle(&v->list, s->reader, b);
	report_add(r, &v->list);
	if (report_flush(r) != 0 || pass_block(s, b, nrec, &v->list) != 0)
		return -1;
	return r->stopped;
}

static int
emit_block(void *ctx, struct pump_task *t)
{
	struct stream *s = ctx;
	struct verdict *v = t->result;

	keys_check(s->keys, s->reader, &t->block, v);
	return emit_verdict(s, &t->block, v);
}

static int
pump_stream(struct stream *s)
{
	const struct pump pump = {
	    .reader = s->reader,
	    .jobs = s->v->common->jobs,
	    .ctx = s,
	    .worker_new = worker_new,
	    .result_new = verdict_new,
	    .result_free = verdict_free,
	    .work = work_block,
	    .emit = emit_block,
	};
	int rc;

	s->keys = keys_new(&s->check);
	rc = pump_run(&pump);
	keys_free(s->keys);
	return rc < 0 ? -1 : 0;
}

/* The stream as the only table of a package: what refers to other records of
 * it is known when all of them are. */
static int
hold_stream(struct stream *s, struct table *t)
{
	struct package p = {
	    .table = t, .ntable = 1, .arena = s->v->arena, .diag = s->v->diag};
	int rc = 0;

	if (table_read(t, s->v->arena, s->v->diag) != 0 ||
	    foreign_check(&p, t) != 0)
		return -1;
	for (size_t i = 0; rc == 0 && i < t->nblock; i++)
		rc =
		    emit_verdict(s, &t->block[i]->block, &t->block[i]->verdict);
	return rc < 0 ? -1 : 0;
}

static int
open_sink(struct stream *s)
{
	const struct opt_common *common = s->v->common;
	const struct writer_format *format =
	    sink_format(common, reader_format(s->reader), NULL, s->v->diag);

	if (format == NULL)
		return -1;
	s->as_it_stands = strcmp(format->name, reader_format(s->reader)) == 0;
	s->cell =
	    ARENA_ARRAY(s->v->arena, struct span, reader_columns(s->reader)->n);
	return sink_open(&s->sink, common, format, reader_delimiter(s->reader),
	    reader_columns(s->reader), s->v->arena, s->v->diag);
}

/* Foreign keys need the tables they refer to: only the stream itself is here.
 * Says so of the others, and drops them; true when there are any left. */
static bool
keep_own_keys(struct schema *schema, struct diag *d)
{
	size_t n = 0;

	for (size_t i = 0; i < schema->nforeign; i++) {
		const struct schema_foreign *k = &schema->foreign[i];

		if (k->table.n == 0)
			schema->foreign[n++] = *k;
		else
			diag_report(d, DIAG_SCHEMA_PROPERTY, &k->key.place,
			    k->table,
			    "a key to another table is checked with -p only");
	}
	schema->nforeign = n;
	return n > 0;
}

static int
check_stream(struct stream *s, struct table *t, bool hold)
{
	struct report *r = &s->v->report;

	check_init(&s->check, t->schema, t->columns, s->v->arena);
	check_labels(&s->check,
	    table_header_place(
		s->reader, s->v->nfile == 0 ? "-" : s->v->file[0]),
	    &t->labels);
	report_add(r, &t->labels);
	if (report_flush(r) != 0)
		return -1;
	if (r->stopped)
		return 0;
	return hold ? hold_stream(s, t) : pump_stream(s);
}

int
validate_stream(struct validate *v)
{
	const struct reader_opts opts = {.from = v->common->from,
	    .encoding = v->common->encoding,
	    .keep_ragged = true};
	struct stream s = {.v = v};
	struct table t = {.labels = FINDINGS_EMPTY};
	const struct node *n = node_load(v->schema, v->arena, v->diag);
	bool hold, records = v->pass != PASS_NONE;
	int rc = -1;

	t.schema = n == NULL
	    ? NULL
	    : schema_load(n, v->common->decimal_comma, v->arena, v->diag);
	if (t.schema == NULL)
		goto out;
	hold = keep_own_keys(t.schema, v->diag);
	s.reader = t.reader = reader_open(v->file, v->nfile, &opts, v->diag);
	if (s.reader == NULL)
		goto out;
	t.columns = reader_columns(s.reader);
	rc = records ? open_sink(&s) : 0;
	if (rc == 0)
		rc = check_stream(&s, &t, hold);
	if (records && sink_close(&s.sink, rc == 0 && !v->report.stopped) != 0)
		rc = -1;
	if (records && s.sink.output.closed_pipe)
		rc = 0;
out:
	buf_release(&s.out);
	table_release(&t);
	return rc;
}
