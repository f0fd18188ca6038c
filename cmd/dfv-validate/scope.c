#include "scope.h"

#include "cell.h"
#include "mem.h"
#include "package.h"

/* A name or a call that is no column: one of the two. */
struct term {
	struct aggregate *aggregate;
	struct scope *of; /* whose record the column is of */
	size_t col;
	struct buf text;
};

static int
add_term(struct scope *s, struct aggregate *a, struct scope *of, size_t col)
{
	struct term *t = mem_alloc(1, sizeof *t);

	*t = (struct term){.aggregate = a, .of = of, .col = col};
	s->term =
	    mem_grow(s->term, &s->term_cap, s->nterm + 1, sizeof *s->term);
	s->term[s->nterm] = t;
	return (int)s->nterm++;
}

/* `this.NAME`: of the record around an aggregate, or the rule's own. */
static int
scope_name(void *ctx, struct span name)
{
	struct scope *s = ctx, *of = s->outer != NULL ? s->outer : s;
	size_t col;

	if (!span_starts(name, SPAN("this.")) || of->table == NULL)
		return -1;
	name = span_from(name, 5);
	col = columns_find(of->table->columns, name);
	if (col == COLUMN_NONE)
		return -1;
	s->uses_outer = true;
	return add_term(s, NULL, of, col);
}

static int
scope_call(void *ctx, struct span name, struct span args)
{
	struct scope *s = ctx;
	struct aggregate *a = aggregate_new(s, name, args);

	return a == NULL ? -1 : add_term(s, a, NULL, COLUMN_NONE);
}

static enum value_kind
scope_kind(void *ctx, int handle)
{
	const struct scope *s = ctx;
	const struct term *t = s->term[handle];

	return t->aggregate == NULL ? VALUE_TEXT : aggregate_kind(t->aggregate);
}

static struct value
scope_value(void *ctx, int handle)
{
	const struct scope *s = ctx;
	struct term *t = s->term[handle];
	struct value v = {.kind = VALUE_TEXT};
	struct span cell;

	if (t->aggregate != NULL)
		return aggregate_value(t->aggregate);
	cell = block_cell(
	    table_block(t->of->table, t->of->at), t->of->at.rec, t->col);
	if (cell_missing(cell))
		return (struct value){.kind = VALUE_MISSING};
	buf_reset(&t->text);
	if (cell_text(cell, &t->text, &v.text) != 0)
		v.text = cell;
	return v;
}

void
scope_init(struct scope *s, const struct package *p, struct table *t,
    struct scope *outer)
{
	*s = (struct scope){.package = p, .table = t, .outer = outer};
	s->host = (struct expr_host){
	    s, scope_name, scope_call, scope_kind, scope_value};
	columns_init(&s->none, p->arena);
	if (outer != NULL) {
		s->what = outer->what;
		s->place = outer->place;
		s->failed = outer->failed;
		s->trouble = outer->trouble;
	}
}

struct expr *
scope_compile(struct scope *s, struct span text, enum expr_want want)
{
	struct expr_env env = {
	    .columns = s->table == NULL ? &s->none : s->table->columns,
	    .host = &s->host,
	    .arena = s->package->arena,
	    .diag = s->package->diag,
	    .what = s->what.p,
	    .place = s->place};
	struct expr *e = expr_compile(text, want, &env);

	if (e == NULL)
		*s->failed = true;
	return e;
}

void
scope_at(struct scope *s, struct table_row r, struct expr_run *run)
{
	s->at = r;
	run->block = s->table == NULL ? NULL : table_block(s->table, r);
	run->rec = r.rec;
}

bool
scope_trouble(struct scope *s, struct expr_run *run)
{
	struct fault *f = &run->fault;

	if (f->id == DIAG_NONE)
		return false;
	if (s->trouble->fault.id == DIAG_NONE) {
		s->trouble->fault = *f;
		s->trouble->place = s->table == NULL || !f->of_cell
		    ? s->place
		    : reader_place(
		          s->table->reader, run->block, f->rec, f->col);
	}
	f->id = DIAG_NONE;
	return true;
}

void
scope_release(struct scope *s)
{
	for (size_t i = 0; i < s->nterm; i++) {
		aggregate_free(s->term[i]->aggregate);
		buf_release(&s->term[i]->text);
		mem_free(s->term[i]);
	}
	mem_free(s->term);
	s->term = NULL;
	s->nterm = 0;
}
