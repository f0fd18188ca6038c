#include "request.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "call.h"
#include "mem.h"

/* Used while the figures are compiled: what the host's calls need. */
struct figure_maker {
	struct request *request;
	const struct expr_env *env;
	struct span where; /* of the figure at hand, or p NULL */
	size_t last;       /* the term that the last call made */
};

static struct expr *
compile(struct request *r, struct span text, enum expr_want want,
    const struct expr_env *env)
{
	struct expr *e = expr_compile(text, want, env);

	if (e == NULL)
		return NULL;
	r->compiled = mem_grow(r->compiled, &r->compiled_cap, r->ncompiled + 1,
	    sizeof *r->compiled);
	return r->compiled[r->ncompiled++] = e;
}

static int
compile_where(struct request *r, const char **texts, const struct expr_env *env)
{
	size_t n = 0;

	while (texts[n] != NULL)
		n++;
	r->where = ARENA_ARRAY(r->arena, const struct expr *, n + 1);
	for (size_t i = 0; i < n; i++) {
		r->where[i] = compile(r, span_of(texts[i]), EXPR_BOOL, env);
		if (r->where[i] == NULL)
			return -1;
	}
	return 0;
}

/* Group columns. */

static int
name_column(struct request *r, struct span name, const struct expr_env *env)
{
	if (columns_add(&r->names, name) != COLUMN_NONE)
		return 0;
	diag_report(env->diag, DIAG_DUPLICATE_COLUMN, NULL, name,
	    "two columns of the result would have this name");
	return -1;
}

/* An item's period, where it says one behind a colon: then *item is its
 * column, bare. */
static int
read_period(struct stat_key *k, struct span *item, struct span *period,
    const struct expr_env *env)
{
	size_t colon = item->n;

	while (colon > 0 && (colon == item->n || item->p[colon] != ':'))
		colon--;
	if (colon == 0 || columns_bare(*item).n < item->n)
		return 0;
	*period = span_from(*item, colon + 1);
	if (!date_period_parse(*period, &k->period)) {
		diag_report(env->diag, DIAG_BAD_ARGUMENT, NULL, *period,
		    "a period is week, month, quarter or year");
		return -1;
	}
	k->dated = true;
	*item = columns_bare(span_make(item->p, colon));
	return 0;
}

/* A column's name as an item of -g, in braces where it needs them. */
static struct span
name_item(struct request *r, struct span name)
{
	if (span_find(name, ':') == name.n && span_find(name, ',') == name.n &&
	    !span_starts(name, SPAN("{")))
		return name;
	return arena_printf(r->arena, "{%.*s}", (int)name.n, name.p);
}

/* `debut:week` comes out as debut_week. */
static int
add_key(struct request *r, struct span item, const struct expr_env *env)
{
	struct stat_key *k = &r->key[r->nkey++];
	struct span name = columns_bare(item), period = {NULL, 0};

	k->col = columns_find(env->columns, name);
	if (k->col == COLUMN_NONE && read_period(k, &item, &period, env) < 0)
		return -1;
	k->text = name_item(r, columns_bare(item));
	if (k->dated) {
		r->dated = true;
		k->text = arena_printf(r->arena, "%.*s:%.*s", (int)k->text.n,
		    k->text.p, (int)period.n, period.p);
		name = arena_printf(r->arena, "%.*s_%.*s", (int)item.n, item.p,
		    (int)period.n, period.p);
	}
	if (!r->of_states && k->col == COLUMN_NONE)
		k->col =
		    columns_need(env->columns, columns_bare(item), env->diag);
	return !r->of_states && k->col == COLUMN_NONE
	    ? -1
	    : name_column(r, name, env);
}

static int
add_keys(struct request *r, const char **lists, const struct expr_env *env)
{
	for (; *lists != NULL; lists++) {
		struct span list = span_of(*lists), item;

		while (columns_next(&list, &item)) {
			struct stat_key *key =
			    ARENA_ARRAY(r->arena, struct stat_key, r->nkey + 1);

			if (r->nkey > 0)
				memcpy(key, r->key, r->nkey * sizeof *key);
			r->key = key;
			if (add_key(r, item, env) < 0)
				return -1;
		}
	}
	return 0;
}

/* Figures. */

/* The state that `keeps` from a source: one that is there, or a new one. */
static size_t
find_state(struct request *r, const struct accumulator *keeps, size_t source)
{
	for (size_t i = 0; i < r->nstate; i++)
		if (r->state[i].keeps == keeps && r->state[i].source == source)
			return r->state[i].offset;
	r->state =
	    mem_grow(r->state, &r->state_cap, r->nstate + 1, sizeof *r->state);
	r->state[r->nstate++] =
	    (struct stat_state){keeps, source, r->state_bytes};
	r->state_bytes += (keeps->state_bytes + 15) / 16 * 16;
	return r->state[r->nstate - 1].offset;
}

static int
add_term(struct figure_maker *m, const struct aggregate *a,
    const struct aggregate_args *args, size_t source)
{
	struct request *r = m->request;
	bool weighted = r->source[source].weight != NULL;
	size_t offset =
	    find_state(r, weighted ? a->weighted : a->keeps, source);

	r->term =
	    mem_grow(r->term, &r->term_cap, r->nterm + 1, sizeof *r->term);
	r->term[r->nterm] = (struct stat_term){a, *args, weighted, offset};
	m->last = r->nterm;
	return (int)r->nterm++;
}

/*
 * expr_host of an aggregate's argument. Where states are merged there are no
 * columns: any name is one, whose cells are never asked for.
 */
static int
accept_name(void *ctx, struct span name)
{
	const struct figure_maker *m = ctx;

	(void)name;
	return m->request->of_states ? 0 : -1;
}

static enum value_kind
accept_kind(void *ctx, int handle)
{
	(void)ctx;
	(void)handle;
	return VALUE_LIST;
}

static int
refuse_nesting(void *ctx, struct span name, struct span args)
{
	const struct figure_maker *m = ctx;

	(void)args;
	if (expr_has_function(name) ||
	    (aggregate_find(name, true) == NULL &&
		aggregate_find(name, false) == NULL))
		return -1;
	diag_report(m->env->diag, DIAG_EXPRESSION, &m->env->place, name,
	    "an aggregate within an aggregate: one is of records, not of "
	    "groups");
	return -2;
}

static const struct expr *
compile_inner(struct figure_maker *m, struct span text, enum expr_want want)
{
	const struct expr_host host = {.ctx = m,
	    .name = accept_name,
	    .call = refuse_nesting,
	    .kind = accept_kind};
	struct expr_env env = *m->env;

	env.host = &host;
	return compile(m->request, text, want, &env);
}

static const struct expr *
compile_arg(
    struct figure_maker *m, enum aggregate_takes takes, struct span text)
{
	static const enum expr_want want[] = {
	    [TAKES_NUMBER] = EXPR_NUMBER, [TAKES_TRUTH] = EXPR_BOOL};
	const struct expr *e = NULL;

	if (takes == TAKES_NUMBER || takes == TAKES_TRUTH)
		return compile_inner(m, text, want[takes]);
	e = compile_inner(m, text, EXPR_ANY);
	if (e == NULL || takes == TAKES_ANY || expr_kind(e) == VALUE_DATE)
		return e;
	return compile_inner(m, text, EXPR_NUMBER);
}

static int
compile_source(struct figure_maker *m, struct stat_source *s)
{
	s->col = COLUMN_NONE;
	if (s->text[0].n > 0) {
		s->arg = compile_arg(m, s->takes, s->text[0]);
		if (s->arg == NULL)
			return -1;
		s->col = expr_column(s->arg);
		s->kind = expr_kind(s->arg);
	}
	if (s->text[1].n > 0 &&
	    (s->weight = compile_inner(m, s->text[1], EXPR_NUMBER)) == NULL)
		return -1;
	if (s->text[2].p != NULL &&
	    (s->where = compile_inner(m, s->text[2], EXPR_BOOL)) == NULL)
		return -1;
	return 0;
}

static bool
same_source(const struct stat_source *a, const struct stat_source *b)
{
	return a->takes == b->takes && span_eq(a->text[0], b->text[0]) &&
	    span_eq(a->text[1], b->text[1]) && span_eq(a->text[2], b->text[2]);
}

/* The source of a call: one that is there, or a new one; -1 after a report. */
static int
find_source(struct figure_maker *m, const struct call *c)
{
	struct request *r = m->request;
	struct stat_source s = {.takes = c->aggregate->takes,
	    .text = {c->arg, c->weight, m->where}};

	for (size_t i = 0; i < r->nsource; i++)
		if (same_source(&r->source[i], &s))
			return (int)i;
	if (compile_source(m, &s) < 0)
		return -1;
	r->source = mem_grow(
	    r->source, &r->source_cap, r->nsource + 1, sizeof *r->source);
	r->source[r->nsource] = s;
	return (int)r->nsource++;
}

/* expr_host.call: name(args) within a figure is a term. */
static int
figure_call(void *ctx, struct span name, struct span args)
{
	struct figure_maker *m = ctx;
	struct aggregate_args given;
	struct call c;
	int source, rc;

	if ((rc = call_read(&c, name, args, m->env)) < 0)
		return rc;
	source = find_source(m, &c);
	if (source < 0)
		return -2;
	given = (struct aggregate_args){m->request->source[source].kind, c.p};
	return add_term(m, c.aggregate, &given, (size_t)source);
}

/* expr_host.name: a figure has one value a group, a column has many. */
static int
figure_name(void *ctx, struct span name)
{
	struct figure_maker *m = ctx;

	if (columns_find(m->env->columns, name) == COLUMN_NONE)
		return -1;
	diag_report(m->env->diag, DIAG_EXPRESSION, &m->env->place, name,
	    "a column here needs an aggregate, as in sum(%.*s)", (int)name.n,
	    name.p);
	return -2;
}

static enum value_kind
figure_kind(void *ctx, int handle)
{
	struct figure_maker *m = ctx;
	const struct stat_term *t = &m->request->term[handle];

	if (t->aggregate->gives != VALUE_MISSING)
		return t->aggregate->gives;
	return t->aggregate->takes == TAKES_ORDERED &&
		t->args.kind != VALUE_DATE
	    ? VALUE_NUMBER
	    : t->args.kind;
}

/* expr_host.value, when figures are worked out: ctx is the request then. */
static struct value
term_value(void *ctx, int handle)
{
	const struct request *r = ctx;
	const struct stat_term *t = &r->term[handle];

	return (t->weighted
		? t->aggregate->final_weighted
		: t->aggregate->final)(r->group + t->offset, &t->args);
}

static int
add_figure(struct figure_maker *m, const char *text)
{
	struct request *r = m->request;
	struct stat_figure *f = &r->figure[r->nfigure++];
	const char *eq = strchr(text, '=');
	struct expr_env env = *m->env;
	struct columns none;
	struct span body, first = {NULL, 0};
	size_t before = r->nterm;

	if (eq == NULL || eq == text || eq[1] == '=') {
		diag_report(m->env->diag, DIAG_BAD_ARGUMENT, NULL,
		    span_of(text),
		    "an aggregate is written NAME=FUNCTION(EXPRESSION)");
		return -1;
	}
	body = span_of(eq + 1);
	m->where = span_make(NULL, 0);
	if (expr_cut(body, "where", &first, &m->where))
		body = first;
	columns_init(&none, r->arena);
	env.columns = &none;
	env.host = &r->host;
	f->expr = compile(r, body, EXPR_ANY, &env);
	if (f->expr == NULL)
		return -1;
	f->bare = r->nterm == before + 1 && body.n > 0 && expr_is_host(f->expr)
	    ? before
	    : SIZE_MAX;
	f->text = span_of(text);
	f->end_state = r->nstate;
	return name_column(r, span_make(text, (size_t)(eq - text)), m->env);
}

static int
add_figures(struct request *r, const char **texts, const struct expr_env *env)
{
	struct figure_maker m = {.request = r, .env = env};
	size_t n = 0;

	while (texts[n] != NULL)
		n++;
	r->figure = ARENA_ARRAY(r->arena, struct stat_figure, n);
	r->host = (struct expr_host){
	    &m, figure_name, figure_call, figure_kind, term_value};
	for (size_t i = 0; i < n; i++)
		if (add_figure(&m, texts[i]) < 0)
			return -1;
	r->host.ctx = r;
	return 0;
}

int
request_init(struct request *r, const struct request_opts *opts,
    const struct expr_env *env)
{
	*r = (struct request){.arena = env->arena,
	    .decimal_comma = env->decimal_comma,
	    .of_states = opts->of_states};
	columns_init(&r->names, env->arena);
	if (compile_where(r, opts->where, env) < 0 ||
	    add_keys(r, opts->group, env) < 0 ||
	    add_figures(r, opts->figure, env) < 0)
		return -1;
	return 0;
}

static void
mark_columns(const struct expr *e, bool *marks)
{
	if (e != NULL)
		expr_columns(e, marks);
}

void
request_columns(const struct request *r, bool *marks)
{
	for (const struct expr **w = r->where; *w != NULL; w++)
		expr_columns(*w, marks);
	for (size_t i = 0; i < r->nkey; i++)
		marks[r->key[i].col] = true;
	for (size_t i = 0; i < r->nsource; i++) {
		mark_columns(r->source[i].arg, marks);
		mark_columns(r->source[i].weight, marks);
		mark_columns(r->source[i].where, marks);
	}
}

void
request_merge(const struct request *r, char *into, const char *from)
{
	for (size_t i = 0; i < r->nstate; i++)
		r->state[i].keeps->merge(
		    into + r->state[i].offset, from + r->state[i].offset);
}

void
request_work_out(const struct request *r, char *group)
{
	for (size_t i = 0; i < r->nterm; i++) {
		const struct stat_term *t = &r->term[i];
		const struct aggregate *a = t->aggregate;

		if (!t->weighted && a->slow != NULL &&
		    a->slow(group + t->offset))
			(void)a->final(group + t->offset, &t->args);
	}
}

void
request_release_states(const struct request *r, char *group)
{
	for (size_t i = 0; i < r->nstate; i++)
		if (r->state[i].keeps->release != NULL)
			r->state[i].keeps->release(group + r->state[i].offset);
}

struct value
request_value(struct request *r, size_t i, char *group, struct expr_run *run)
{
	struct value v;

	r->group = group;
	v = expr_value(r->figure[i].expr, run);
	if (v.kind == VALUE_NUMBER && !v.number.exact &&
	    !isfinite(v.number.real))
		fault_set(&run->fault, DIAG_OUT_OF_RANGE, PLACE_NONE,
		    r->names.name[r->nkey + i], "the figure is too large");
	return v;
}

void
request_print(struct request *r, size_t i, char *group, struct expr_run *run,
    struct buf *b)
{
	const struct stat_figure *f = &r->figure[i];
	const struct stat_term *bare =
	    f->bare == SIZE_MAX ? NULL : &r->term[f->bare];
	struct value v = request_value(r, i, group, run);

	if (run->fault.id != DIAG_NONE)
		return;
	if (v.kind == VALUE_NUMBER && bare != NULL && !bare->weighted &&
	    bare->aggregate->print != NULL)
		bare->aggregate->print(group + bare->offset, b);
	else
		expr_put(b, &v);
}

void
request_release(struct request *r)
{
	for (size_t i = 0; i < r->ncompiled; i++)
		expr_free(r->compiled[i]);
	mem_free(r->compiled);
	mem_free(r->source);
	mem_free(r->state);
	mem_free(r->term);
}
