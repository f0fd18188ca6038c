#include "validate.h"

#include <string.h>

#include "cell.h"
#include "history.h"
#include "mem.h"
#include "package.h"
#include "pump.h"
#include "repair.h"

/*
 * records -> valid records. Threads check the cells of whole blocks, mended
 * ones where repairs are made; what spans blocks (keys, history) is checked as
 * the blocks come out in order.
 */
struct stream {
	struct validate *v;
	const struct node *node; /* the schema's */
	struct reader *reader;
	struct check check;
	struct keys *keys;
	struct table old; /* --against */
	struct history *history;
	struct output fixes; /* --fixes */
	struct sink sink;
	bool as_it_stands; /* records come out in the bytes they came in */
	struct span *cell; /* one record's */
	struct buf out;
};

/* What came of a block. */
struct outcome {
	struct verdict verdict;
	struct repairs repairs;
	const struct block *block; /* as it was, or as it is with the repairs */
};

static void *
outcome_new(void *ctx)
{
	struct outcome *o = mem_alloc(1, sizeof *o);

	(void)ctx;
	o->verdict = VERDICT_EMPTY;
	o->repairs = REPAIRS_EMPTY;
	return o;
}

static void
outcome_free(void *ctx, void *result)
{
	struct outcome *o = result;

	(void)ctx;
	verdict_release(&o->verdict);
	repairs_release(&o->repairs);
	mem_free(o);
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
	const struct validate *v = s->v;
	struct outcome *o = t->result;

	o->block = &t->block;
	if (v->fix || v->fixes != NULL)
		repairs_find(&o->repairs, &s->check, &t->block, &o->verdict);
	if (v->fix)
		o->block = repairs_apply(&o->repairs, &t->block);
	check_block(&s->check, o->block, &o->verdict);
	if (v->fix)
		repairs_note(&o->repairs, &o->verdict.list);
	t->fault = o->verdict.fault;
}

static void
write_record(struct stream *s, const struct block *b, size_t rec, bool changed)
{
	const struct writer *w = &s->sink.writer;
	struct span source = {NULL, 0};

	if (s->as_it_stands && !changed)
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
pass_records(struct stream *s, const struct outcome *o, size_t from, size_t to)
{
	const struct block *b = o->block;
	struct span first, last;
	size_t at = 0;

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
		write_record(s, b, rec,
		    s->v->fix && repairs_touch(&o->repairs, rec, &at));
	return sink_put(&s->sink, buf_span(&s->out), to - from);
}

/* Whether a record is kept back by what was found about it. */
static bool
keeps_back(const struct finding *f)
{
	return f->at == FINDING_AT && f->level == DIAG_ERROR && !f->passes;
}

/* The first nrec records of the block but those that an error is about. */
static int
pass_block(struct stream *s, const struct outcome *o, size_t nrec)
{
	const struct findings *l = &o->verdict.list;
	size_t from = 0;

	if (s->v->pass == PASS_NONE)
		return 0;
	for (size_t i = 0; s->v->pass == PASS_VALID && i < l->n; i++) {
		const struct finding *f = &l->item[i];

		if (!keeps_back(f) || f->rec < from || f->rec >= nrec)
			continue;
		if (pass_records(s, o, from, f->rec) != 0)
			return -1;
		from = f->rec + 1;
	}
	return pass_records(s, o, from, nrec);
}

/* The changes that could be made, as records. */
static int
write_fixes(struct stream *s, const struct block *b, const struct repairs *all)
{
	buf_reset(&s->out);
	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = &all->item[i];
		struct place at = reader_place(b, c->rec, c->col);
		const struct span text[] = {
		    c->field, c->old, c->new, c->reason};

		cell_encode(&s->out, span_of(at.file));
		buf_printf(&s->out, "\t%zu\t%zu", at.line, at.col);
		for (size_t t = 0; t < sizeof text / sizeof text[0]; t++) {
			buf_byte(&s->out, '\t');
			cell_encode(&s->out, text[t]);
		}
		buf_byte(&s->out, '\n');
	}
	return output_write(&s->fixes, buf_span(&s->out));
}

/* What is known of a block, b as it was read, goes out: 0, 1 to stop, -1 after
 * a report. */
static int
emit_outcome(struct stream *s, const struct block *b, struct outcome *o)
{
	struct report *r = &s->v->report;
	struct verdict *v = &o->verdict;
	size_t nrec = v->fault.id == DIAG_NONE ? b->nrec : v->fault.rec;

	if (s->history != NULL)
		history_check(s->history, o->block, &v->list);
	check_settle(&s->check, b, &v->list);
	if (r->carets)
		findings_show(&v->list, s->reader, b);
	report_add(r, &v->list);
	if (report_flush(r) != 0 || pass_block(s, o, nrec) != 0 ||
	    (s->v->fixes != NULL && write_fixes(s, b, &o->repairs) != 0))
		return -1;
	return r->stopped;
}

static int
emit_block(void *ctx, struct pump_task *t)
{
	struct stream *s = ctx;
	struct outcome *o = t->result;

	o->repairs.block.first_line = t->block.first_line;
	keys_check(s->keys, s->reader, o->block, &o->verdict);
	return emit_outcome(s, &t->block, o);
}

static int
pump_stream(struct stream *s)
{
	const struct pump pump = {
	    .reader = s->reader,
	    .jobs = s->v->common->jobs,
	    .ctx = s,
	    .worker_new = worker_new,
	    .result_new = outcome_new,
	    .result_free = outcome_free,
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
	for (size_t i = 0; rc == 0 && i < t->nblock; i++) {
		struct table_block *b = t->block[i];
		struct outcome o = {.verdict = b->verdict,
		    .repairs = REPAIRS_EMPTY,
		    .block = &b->block};

		rc = emit_outcome(s, &b->block, &o);
		b->verdict = o.verdict;
	}
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
	return sink_open(&s->sink,
	    &(struct sink_opts){
		.output = common->output,
		.format = format,
		.delimiter = reader_delimiter(s->reader),
		.columns = reader_columns(s->reader),
		.arena = s->v->arena,
	    },
	    s->v->diag);
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

/* The records of an earlier time: the schema's columns of them are looked at,
 * and nothing else. */
static int
open_history(struct stream *s)
{
	struct validate *v = s->v;
	const struct reader_opts opts = {.from = v->common->from,
	    .encoding = v->common->encoding,
	    .keep_ragged = true};

	if (v->against == NULL)
		return 0;
	if (table_load(&s->old, &v->against, 1, &opts, v->arena, v->diag) != 0)
		return -1;
	return history_open(
	    &s->history, s->node, &s->check, &s->old, v->arena, v->diag);
}

/* What has not come is known at the end. */
static int
end_history(struct stream *s)
{
	struct findings vanished = FINDINGS_EMPTY;
	int rc;

	if (s->history == NULL || s->v->report.stopped)
		return 0;
	history_end(s->history, &vanished);
	report_add(&s->v->report, &vanished);
	rc = report_flush(&s->v->report);
	findings_release(&vanished);
	return rc;
}

static int
check_stream(struct stream *s, struct table *t, bool hold)
{
	struct report *r = &s->v->report;
	const char *file = s->v->nfile == 0 ? "-" : s->v->file[0];
	int rc;

	check_init(&s->check, t->schema, t->columns, s->v->arena);
	if (open_history(s) != 0)
		return -1;
	check_labels(&s->check, table_header_place(s->reader, file), &t->labels,
	    s->v->arena);
	findings_link(&t->labels);
	report_add(r, &t->labels);
	if (report_flush(r) != 0)
		return -1;
	if (r->stopped)
		return 0;
	rc = hold ? hold_stream(s, t) : pump_stream(s);
	return rc == 0 ? end_history(s) : rc;
}

/* What can be mended goes to a file of its own. */
static int
check_with_fixes(struct stream *s, struct table *t, bool hold)
{
	const char *name = s->v->fixes;
	int rc;

	if (name == NULL)
		return check_stream(s, t, hold);
	rc = output_open(&s->fixes, name, s->v->diag);
	if (rc == 0) {
		rc = output_write(&s->fixes,
		    SPAN("file\tline\tcolumn\tfield\told\tnew\treason\n"));
		if (rc == 0)
			rc = check_stream(s, t, hold);
		if (output_close(&s->fixes, rc == 0) != 0)
			rc = -1;
	}
	return rc;
}

/* Repairs are made block by block. */
static int
refuse_repairs(const struct validate *v)
{
	diag_report(v->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
	    "nothing is mended where records refer to each other: take the "
	    "foreignKeys out of the schema, and check them in a second run");
	return -1;
}

static int
run_stream(struct stream *s, struct table *t, bool hold)
{
	bool records = s->v->pass != PASS_NONE;
	int rc = records ? open_sink(s) : 0;

	if (rc == 0)
		rc = check_with_fixes(s, t, hold);
	if (records && sink_close(&s->sink, rc == 0 && !s->v->report.stopped))
		rc = -1;
	return records && s->sink.output.closed_pipe ? 0 : rc;
}

int
validate_stream(struct validate *v)
{
	const struct reader_opts opts = {.from = v->common->from,
	    .encoding = v->common->encoding,
	    .keep_ragged = true};
	struct stream s = {.v = v, .old = {.labels = FINDINGS_EMPTY}};
	struct table t = {.labels = FINDINGS_EMPTY};
	bool hold;
	int rc = -1;

	s.node = node_load(v->schema, v->arena, v->diag);
	if (s.node != NULL)
		t.schema = schema_load(
		    s.node, v->common->decimal_comma, v->arena, v->diag);
	if (t.schema == NULL)
		goto out;
	hold = keep_own_keys(t.schema, v->diag);
	if (hold && (v->fix || v->fixes != NULL)) {
		refuse_repairs(v);
		goto out;
	}
	s.reader = t.reader = reader_open(v->file, v->nfile, &opts, v->diag);
	if (s.reader == NULL)
		goto out;
	t.columns = reader_columns(s.reader);
	table_take_format(&t);
	rc = run_stream(&s, &t, hold);
out:
	buf_release(&s.out);
	history_free(s.history);
	table_release(&s.old);
	table_release(&t);
	return rc;
}
