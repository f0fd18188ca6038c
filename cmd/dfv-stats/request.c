#include "request.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "mem.h"
#include "suggest.h"

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

/* `debut:week` comes out as debut_week. */
static int
add_key(struct request *r, struct span item, const struct expr_env *env)
{
	struct stat_key *k = &r->key[r->nkey++];
	struct span name = columns_bare(item);
	size_t colon = item.n;

	while (colon > 0 && (colon == item.n || item.p[colon] != ':'))
		colon--;
	k->col = columns_find(env->columns, name);
	if (k->col == COLUMN_NONE && colon > 0) {
		struct span period = span_from(item, colon + 1);

		if (!date_period_parse(period, &k->period)) {
			diag_report(env->diag, DIAG_BAD_ARGUMENT, NULL, period,
			    "a period is week, month, quarter or year");
			return -1;
		}
		k->dated = true;
		item = columns_bare(span_make(item.p, colon));
		name = arena_printf(r->arena, "%.*s_%.*s", (int)item.n, item.p,
		    (int)period.n, period.p);
	}
	k->col = columns_need(env->columns, columns_bare(item), env->diag);
	return k->col == COLUMN_NONE ? -1 : name_column(r, name, env);
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

static int
unknown_aggregate(const struct figure_maker *m, struct span name)
{
	struct span names[64];
	size_t n = 0, near;

	for (; n < 64 && aggregate_name(n) != NULL; n++)
		names[n] = span_of(aggregate_name(n));
	near = suggest_nearest(name, names, n);
	if (near == SUGGEST_NONE)
		return -1; /* the language says that there is no such function */
	diag_report(m->env->diag, DIAG_EXPRESSION, &m->env->place, name,
	    "no such aggregate, did you mean '%s'?", aggregate_name(near));
	return -2;
}

static int
add_term(struct figure_maker *m, const struct aggregate *a,
    const struct expr *arg, const struct expr *where)
{
	struct request *r = m->request;

	r->term =
	    mem_grow(r->term, &r->term_cap, r->nterm + 1, sizeof *r->term);
	r->term[r->nterm] = (struct stat_term){a, arg, where, r->state_bytes};
	r->state_bytes += (a->state_bytes + 15) / 16 * 16;
	m->last = r->nterm;
	return (int)r->nterm++;
}

/* expr_host.call within an aggregate's argument. */
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
compile_arg(struct figure_maker *m, const struct aggregate *a, struct span text)
{
	struct request *r = m->request;
	const struct expr_host host = {.ctx = m, .call = refuse_nesting};
	struct expr_env env = *m->env;
	const struct expr *e = NULL;

	env.host = &host;
	if (a->takes == TAKES_NUMBER)
		return compile(r, text, EXPR_NUMBER, &env);
	e = compile(r, text, EXPR_ANY, &env);
	if (e == NULL || a->takes == TAKES_ANY || expr_kind(e) == VALUE_DATE)
		return e;
	return compile(r, text, EXPR_NUMBER, &env);
}

/* expr_host.call: name(args) within a figure is a term. */
static int
figure_call(void *ctx, struct span name, struct span args)
{
	struct figure_maker *m = ctx;
	const struct aggregate *a, *other;
	const struct expr *arg = NULL, *where = NULL;

	args = span_trim(args);
	a = aggregate_find(name, args.n > 0);
	other = aggregate_find(name, args.n == 0);
	if (a == NULL && other != NULL) {
		diag_report(m->env->diag, DIAG_EXPRESSION, &m->env->place, name,
		    "this aggregate takes a value, as in %s(depense)",
		    other->name);
		return -2;
	}
	if (a == NULL)
		return expr_has_function(name) ? -1
					       : unknown_aggregate(m, name);
	if (a->takes != TAKES_NOTHING &&
	    (arg = compile_arg(m, a, args)) == NULL)
		return -2;
	if (m->where.p != NULL) {
		where = compile(m->request, m->where, EXPR_BOOL, m->env);
		if (where == NULL)
			return -2;
	}
	return add_term(m, a, arg, where);
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

	return t->aggregate->takes == TAKES_ORDERED &&
		expr_kind(t->arg) == VALUE_DATE
	    ? VALUE_DATE
	    : VALUE_NUMBER;
}

/* expr_host.value, when figures are worked out: ctx is the request then. */
static struct value
term_value(void *ctx, int handle)
{
	const struct request *r = ctx;
	const struct stat_term *t = &r->term[handle];

	return t->aggregate->final(r->state + t->offset);
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
	*r = (struct request){.arena = env->arena};
	columns_init(&r->names, env->arena);
	if (compile_where(r, opts->where, env) < 0 ||
	    add_keys(r, opts->group, env) < 0 ||
	    add_figures(r, opts->figure, env) < 0)
		return -1;
	return 0;
}

void
request_merge(const struct request *r, void *into, const void *from)
{
	for (size_t i = 0; i < r->nterm; i++)
		r->term[i].aggregate->merge((char *)into + r->term[i].offset,
		    (const char *)from + r->term[i].offset);
}

void
request_release_state(const struct request *r, void *state)
{
	for (size_t i = 0; i < r->nterm; i++)
		if (r->term[i].aggregate->release != NULL)
			r->term[i].aggregate->release(
			    (char *)state + r->term[i].offset);
}

void
request_print(struct request *r, size_t i, const void *state,
    struct expr_run *run, struct buf *b)
{
	const struct stat_figure *f = &r->figure[i];
	const struct stat_term *bare =
	    f->bare == SIZE_MAX ? NULL : &r->term[f->bare];
	struct value v;

	r->state = state;
	v = expr_value(f->expr, run);
	if (v.kind == VALUE_NUMBER && !v.number.exact &&
	    !isfinite(v.number.real))
		fault_set(&run->fault, DIAG_OUT_OF_RANGE, PLACE_NONE,
		    r->names.name[r->nkey + i], "the figure is too large");
	else if (v.kind == VALUE_NUMBER && bare != NULL &&
	    bare->aggregate->print != NULL)
		bare->aggregate->print((const char *)state + bare->offset, b);
	else
		expr_put(b, &v);
}

void
request_release(struct request *r)
{
	for (size_t i = 0; i < r->ncompiled; i++)
		expr_free(r->compiled[i]);
	mem_free(r->compiled);
	mem_free(r->term);
}
