#include "expr_impl.h"

#include "cell.h"

const char *
kind_name(enum value_kind kind)
{
	static const char *const names[] = {
	    "missing", "text", "a number", "a date", "a condition", "a column"};

	return names[kind];
}

struct node_expr *
build_node(struct compiler *c, enum value_kind kind,
    bool (*eval)(const struct node_expr *, struct expr_run *, union datum *),
    size_t at, size_t len)
{
	struct node_expr *n = ARENA_NEW(c->env->arena, struct node_expr);

	n->eval = eval;
	n->kind = kind;
	n->at = at;
	n->len = len;
	n->col = COLUMN_NONE;
	n->cost = 1;
	return n;
}

static bool
eval_constant(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	(void)run;
	if (n->kind == VALUE_BOOL)
		return n->truth;
	*out = n->value;
	return n->kind != VALUE_MISSING;
}

static struct node_expr *
build_constant(struct compiler *c, enum value_kind kind, size_t at, size_t len)
{
	struct node_expr *n = build_node(c, kind, eval_constant, at, len);

	n->constant = true;
	n->cost = 0;
	return n;
}

struct node_expr *
build_text(struct compiler *c, struct span text, size_t at, size_t len)
{
	struct node_expr *n = build_constant(c, VALUE_TEXT, at, len);

	n->value.text = text;
	return n;
}

struct node_expr *
build_number(struct compiler *c, struct number number, size_t at, size_t len)
{
	struct node_expr *n = build_constant(c, VALUE_NUMBER, at, len);

	n->value.number = number;
	return n;
}

struct node_expr *
build_bool(struct compiler *c, bool truth, size_t at, size_t len)
{
	struct node_expr *n = build_constant(c, VALUE_BOOL, at, len);

	n->truth = truth;
	return n;
}

static bool
eval_column(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	out->text = run_cell(run, n->col);
	return !cell_missing(out->text);
}

struct node_expr *
build_column(struct compiler *c, size_t col, size_t at, size_t len)
{
	struct node_expr *n = build_node(c, VALUE_LIST, eval_column, at, len);

	n->col = col;
	return n;
}

static bool
eval_host(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	const struct expr_host *host = n->data;
	struct value v = host->value(host->ctx, n->handle);

	(void)run;
	if (v.kind == VALUE_NUMBER)
		out->number = v.number;
	else if (v.kind == VALUE_DATE)
		out->date = v.date;
	else
		out->text = v.text;
	return v.kind != VALUE_MISSING;
}

struct node_expr *
build_host(struct compiler *c, int handle, size_t at, size_t len)
{
	const struct expr_host *host = c->env->host;
	enum value_kind kind = host->kind(host->ctx, handle);
	struct node_expr *n = build_node(c, kind, eval_host, at, len);

	n->data = host;
	n->handle = handle;
	n->cost = 100;
	return n;
}

/* Gives n its arguments and what follows from them. */
struct node_expr *
build_args(struct compiler *c, struct node_expr *n,
    struct node_expr *const *arg, size_t narg)
{
	n->arg = ARENA_ARRAY(c->env->arena, const struct node_expr *, narg);
	n->narg = narg;
	for (size_t i = 0; i < narg; i++) {
		if (arg[i] == NULL)
			return NULL;
		n->arg[i] = arg[i];
		n->cost += arg[i]->cost;
		n->faults = n->faults || arg[i]->faults;
	}
	return n;
}

static struct node_expr *
fail_constant(
    struct compiler *c, const struct node_expr *n, const struct fault *f)
{
	const char *what = diag_kind(f->id)->what;

	return f->has_value
	    ? compile_fail(c, n->at, n->len, "%s: '%s'", what, f->value)
	    : compile_fail(c, n->at, n->len, "%s: %s", what, f->detail);
}

/* n, or the constant it comes to when all its arguments are constants. */
struct node_expr *
build_fold(struct compiler *c, struct node_expr *n)
{
	struct expr_run run = {.block = NULL};
	struct node_expr *folded;
	bool there;

	if (n == NULL)
		return NULL;
	for (size_t i = 0; i < n->narg; i++)
		if (!n->arg[i]->constant)
			return n;
	folded = build_constant(c, n->kind, n->at, n->len);
	there = n->eval(n, &run, &folded->value);
	if (run.fault.id != DIAG_NONE) {
		folded = fail_constant(c, n, &run.fault);
	} else if (n->kind == VALUE_BOOL) {
		folded->truth = there;
	} else if (!there) {
		folded->kind = VALUE_MISSING;
	} else if (n->kind == VALUE_TEXT || n->kind == VALUE_LIST) {
		folded->value.text =
		    arena_span(c->env->arena, folded->value.text);
	}
	expr_run_release(&run);
	return folded;
}

bool
expr_text(struct expr_run *run, struct span cell, size_t col, struct span *text)
{
	struct buf room;

	if (cell_plain(cell)) {
		*text = cell;
		return true;
	}
	/* Decoded text is never longer than the cell. */
	room =
	    (struct buf){ARENA_ARRAY(&run->scratch, char, cell.n), 0, cell.n};
	if (cell_text(cell, &room, text) == 0)
		return true;
	fault_set_cell(
	    &run->fault, DIAG_BAD_ESCAPE, run->rec, col, *text, NULL);
	return false;
}

static bool
eval_as_text(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;

	return n->arg[0]->eval(n->arg[0], run, &d) &&
	    expr_text(run, d.text, n->col, &out->text);
}

/* The mistake of a value that cannot be what an operation needs. */
static bool
fault_value(const struct node_expr *n, struct expr_run *run, enum diag_id id,
    struct span value, const char *advice)
{
	fault_set_cell(&run->fault, id, run->rec, n->col, value, "%s", advice);
	return false;
}

static bool
eval_as_number(
    const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;

	if (!n->arg[0]->eval(n->arg[0], run, &d))
		return false;
	return number_parse(d.text, n->truth, &out->number) ||
	    fault_value(
		n, run, DIAG_NOT_A_NUMBER, d.text, number_advice(d.text));
}

static bool
eval_as_date(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;

	if (!n->arg[0]->eval(n->arg[0], run, &d))
		return false;
	return date_parse(d.text, &out->date) ||
	    fault_value(n, run, DIAG_NOT_A_DATE, d.text, date_advice(d.text));
}

/* Text as a list cell of one value. */
static bool
eval_as_list(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;

	if (!n->arg[0]->eval(n->arg[0], run, &d))
		return false;
	buf_reset(&run->work);
	cell_encode(&run->work, d.text);
	out->text = arena_span(&run->scratch, buf_span(&run->work));
	return out->text.n > 0;
}

struct node_expr *
build_as(struct compiler *c, struct node_expr *n, enum value_kind kind)
{
	if (n != NULL && n->constant && n->kind == VALUE_TEXT &&
	    kind == VALUE_NUMBER)
		return compile_fail(c, n->at, n->len,
		    "a number is wanted here: write it without quotes");
	return build_parsed(c, n, kind);
}

struct node_expr *
build_parsed(struct compiler *c, struct node_expr *n, enum value_kind kind)
{
	static bool (*const convert[])(
	    const struct node_expr *, struct expr_run *, union datum *) = {
	    [VALUE_TEXT] = eval_as_text,
	    [VALUE_NUMBER] = eval_as_number,
	    [VALUE_DATE] = eval_as_date,
	    [VALUE_LIST] = eval_as_list,
	};
	struct node_expr *as;
	bool from_text;

	if (n == NULL || n->kind == kind || n->kind == VALUE_MISSING)
		return n;
	from_text = n->kind == VALUE_TEXT || n->kind == VALUE_LIST;
	if (!from_text || kind == VALUE_BOOL)
		return compile_fail(c, n->at, n->len,
		    "%s is wanted here, this is %s", kind_name(kind),
		    kind_name(n->kind));
	as = build_node(c, kind, convert[kind], n->at, n->len);
	as->col = n->col;
	as->truth = c->env->decimal_comma;
	as->cost = kind == VALUE_TEXT ? 2 : 8;
	build_args(c, as, &n, 1);
	as->faults = true;
	return build_fold(c, as);
}

static bool
eval_as_written(
    const struct node_expr *n, struct expr_run *run, union datum *out)
{
	struct value v = {.kind = n->arg[0]->kind};
	union datum d;

	if (!n->arg[0]->eval(n->arg[0], run, &d))
		return false;
	if (v.kind == VALUE_NUMBER)
		v.number = d.number;
	else
		v.date = d.date;
	buf_reset(&run->work);
	expr_put(&run->work, &v);
	out->text = arena_span(&run->scratch, buf_span(&run->work));
	return true;
}

struct node_expr *
build_written(struct compiler *c, struct node_expr *n)
{
	struct node_expr *as;

	if (n == NULL || (n->kind != VALUE_NUMBER && n->kind != VALUE_DATE))
		return build_as(c, n, VALUE_TEXT);
	as = build_node(c, VALUE_TEXT, eval_as_written, n->at, n->len);
	as->cost = 20;
	return build_fold(c, build_args(c, as, &n, 1));
}

/* expr.h: the compiled form from outside. */

enum value_kind
expr_kind(const struct expr *e)
{
	return e->root->kind == VALUE_LIST ? VALUE_TEXT : e->root->kind;
}

size_t
expr_column(const struct expr *e)
{
	const struct node_expr *n = e->root;

	if (n->eval == eval_as_number)
		n = n->arg[0];
	return n->eval == eval_column ? n->col : COLUMN_NONE;
}

bool
expr_is_host(const struct expr *e)
{
	return e->root->eval == eval_host;
}

static void
mark_columns(const struct node_expr *n, bool *marks)
{
	if (n->col != COLUMN_NONE)
		marks[n->col] = true;
	for (size_t i = 0; i < n->narg; i++)
		mark_columns(n->arg[i], marks);
}

void
expr_columns(const struct expr *e, bool *marks)
{
	mark_columns(e->root, marks);
}

bool
expr_true(const struct expr *e, struct expr_run *run)
{
	if (run->scratch.chunk != NULL)
		arena_reset(&run->scratch);
	return node_true(e->root, run);
}

struct value
expr_value(const struct expr *e, struct expr_run *run)
{
	struct value v = {.kind = e->root->kind};
	union datum d;
	bool there;

	if (run->scratch.chunk != NULL)
		arena_reset(&run->scratch);
	there = e->root->eval(e->root, run, &d);
	if (v.kind == VALUE_BOOL) {
		v.truth = there;
		return v;
	}
	if (!there)
		v.kind = VALUE_MISSING;
	if (v.kind == VALUE_TEXT || v.kind == VALUE_LIST)
		v.text = d.text;
	else if (v.kind == VALUE_NUMBER)
		v.number = d.number;
	else if (v.kind == VALUE_DATE)
		v.date = d.date;
	return v;
}

void
expr_put(struct buf *b, const struct value *v)
{
	switch (v->kind) {
	case VALUE_MISSING:
		return;
	case VALUE_TEXT:
		cell_encode(b, v->text);
		return;
	case VALUE_LIST:
		buf_add(b, v->text);
		return;
	case VALUE_NUMBER:
		number_format(b, v->number);
		return;
	case VALUE_DATE:
		date_format(b, v->date, DATE_DAY);
		return;
	case VALUE_BOOL:
		buf_add(b, v->truth ? SPAN("true") : SPAN("false"));
		return;
	}
}

void
expr_run_release(struct expr_run *run)
{
	arena_release(&run->scratch);
	buf_release(&run->work);
	match_release(run);
}

void
expr_free(struct expr *e)
{
	if (e == NULL)
		return;
	patterns_free(e);
	sets_free(e);
}
