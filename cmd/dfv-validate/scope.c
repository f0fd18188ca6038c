#include "scope.h"

#include "cell.h"
#include "mem.h"
#include "package.h"

/* A name or a call that is no column: one of the two. */
struct term {
	struct aggregate *aggregate;
	struct scope *of; /* whose record the column is of */
	size_t col;
};

static int
add_term(struct scope *s, struct aggregate *a, struct scope *of, size_t col)
{
	struct term *t = mem_alloc(1, sizeof *t);

	*t = (struct term){a, of, col};
	s->term =
	    mem_grow(s->term, &s->term_cap, s->nterm + 1, sizeof *s->term);
	s->term[s->nterm] = t;
	return (int)s->nterm++;
}

/* What stands behind `TABLE.`, or p NULL. */
static struct span
behind_table(struct span name, struct span table)
{
	if (table.n == 0 || !span_starts(name, table) ||
	    name.n <= table.n + 1 || name.p[table.n] != '.')
		return span_make(NULL, 0);
	return span_from(name, table.n + 1);
}

bool
scope_outer(struct scope *s, struct span name, struct scope **of, size_t *col)
{
	/* A rule's own record is `this` to itself. */
	struct scope *around = s->outer != NULL ? s->outer : s;
	struct span rest = behind_table(name, SPAN("this"));

	while (rest.p == NULL && around != NULL) {
		if (around->table != NULL)
			rest = behind_table(name, around->table->name);
		if (rest.p == NULL)
			around = around->outer;
	}
	if (rest.p == NULL || around->table == NULL)
		return false;
	*of = around;
	*col = columns_find(around->table->columns, rest);
	return *col != COLUMN_NONE;
}

struct scope *
scope_grouped(struct scope *s)
{
	while (s != NULL && s->group == NULL)
		s = s->outer;
	return s;
}

void
scope_depends(struct scope *s, const struct scope *of)
{
	for (; s != of; s = s->outer)
		s->uses_outer = true;
}

static int
scope_name(void *ctx, struct span name)
{
	struct scope *s = ctx, *of;
	size_t col;

	if (!scope_outer(s, name, &of, &col))
		return -1;
	scope_depends(s, of);
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

	/* A cell is what a column's is: text, and a list to who asks. */
	return t->aggregate == NULL ? VALUE_LIST : aggregate_kind(t->aggregate);
}

static struct value
scope_value(void *ctx, int handle)
{
	const struct scope *s = ctx;
	const struct term *t = s->term[handle];
	struct span cell;

	if (t->aggregate != NULL)
		return aggregate_value(t->aggregate);
	cell = block_cell(
	    table_block(t->of->table, t->of->at), t->of->at.rec, t->col);
	return (struct value){
	    .kind = cell_missing(cell) ? VALUE_MISSING : VALUE_LIST,
	    .text = cell};
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
		s->depth = outer->depth + 1;
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
	    .decimal_comma = s->package->decimal_comma,
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
		    : reader_place(run->block, f->rec, f->col);
	}
	f->id = DIAG_NONE;
	return true;
}

void
scope_show(struct buf *b, const struct value *v)
{
	struct span rest = v->text, value, text;
	bool first = true;

	if (v->kind == VALUE_TEXT) {
		buf_add(b, v->text);
		return;
	}
	if (v->kind != VALUE_LIST) {
		expr_put(b, v);
		return;
	}
	while (cell_value(&rest, &value)) {
		struct buf decoded = {NULL, 0, 0};

		if (!first)
			buf_add(b, SPAN(", "));
		first = false;
		buf_add(
		    b, cell_text(value, &decoded, &text) == 0 ? text : value);
		buf_release(&decoded);
	}
}

void
scope_release(struct scope *s)
{
	for (size_t i = 0; i < s->nterm; i++) {
		aggregate_free(s->term[i]->aggregate);
		mem_free(s->term[i]);
	}
	mem_free(s->term);
	s->term = NULL;
	s->nterm = 0;
}
