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
		k->dated = r->dated = true;
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
	const struct accumulator *keeps =
	    r->source[source].weight != NULL ? a->weighted : a->keeps;
	size_t offset = find_state(r, keeps, source);

	r->term =
	    mem_grow(r->term, &r->term_cap, r->nterm + 1, sizeof *r->term);
	r->term[r->nterm] = (struct stat_term){a, *args, offset};
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

/* The words of a call: name(arg, p, weight=weight) where condition. */
struct call {
	const struct aggregate *aggregate;
	struct span name, arg, p, weight;
};

static const struct expr *
compile_inner(struct figure_maker *m, struct span text, enum expr_want want)
{
	const struct expr_host host = {.ctx = m, .call = refuse_nesting};
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
	    (s->where = compile(m->request, s->text[2], EXPR_BOOL, m->env)) ==
		NULL)
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

/* `at` is what is wrong in a call of `name`. */
static int
refuse_call(
    struct figure_maker *m, struct span at, const char *name, const char *why)
{
	diag_report(m->env->diag, DIAG_EXPRESSION, &m->env->place, at, "%s%s",
	    name, why);
	return -2;
}

/* `weight=EXPR`, told from a comparison. */
static bool
is_weight(struct span item, struct span *weight)
{
	struct span rest;

	if (!span_starts(item, SPAN("weight")))
		return false;
	rest = span_trim(span_from(item, 6));
	if (rest.n < 2 || rest.p[0] != '=' || rest.p[1] == '=' ||
	    rest.p[1] == '~')
		return false;
	*weight = span_trim(span_from(rest, 1));
	return true;
}

/* Takes the text between the parentheses apart. */
static int
read_call(struct figure_maker *m, struct call *c, struct span args)
{
	const char *name = c->aggregate->name;
	struct span item, rest = args;
	size_t n = 0;

	while (rest.p != NULL) {
		if (!expr_cut(rest, ",", &item, &rest)) {
			item = rest;
			rest.p = NULL;
		}
		item = span_trim(item);
		if (n > 0 && is_weight(item, &c->weight)) {
			if (c->aggregate->weighted == NULL)
				return refuse_call(m, item, name,
				    " takes no weight: mean, quantile and "
				    "share do");
			continue;
		}
		if (n == 0)
			c->arg = item;
		else if (n == 1 && c->aggregate->takes_p)
			c->p = item;
		else
			return refuse_call(m, item, name, " takes one value");
		n++;
	}
	return 0;
}

/* quantile's second argument: a constant from 0 to 1. */
static int
read_p(struct figure_maker *m, const struct call *c, struct number *p)
{
	struct expr_env env = *m->env;
	struct expr_run run = {.block = NULL};
	struct columns none;
	struct expr *e;
	struct value v;

	if (c->p.n == 0)
		return refuse_call(m, c->name, c->aggregate->name,
		    " takes a value and a share, as in quantile(depense, "
		    "0.9)");
	columns_init(&none, m->request->arena);
	env.columns = &none;
	e = compile(m->request, c->p, EXPR_NUMBER, &env);
	if (e == NULL)
		return -2;
	v = expr_value(e, &run);
	expr_run_release(&run);
	if (v.kind != VALUE_NUMBER || number_cmp(v.number, number_int(0)) < 0 ||
	    number_cmp(v.number, number_int(1)) > 0)
		return refuse_call(m, c->p, c->aggregate->name,
		    "'s second argument is a share, from 0 to 1");
	*p = v.number;
	return 0;
}

/* expr_host.call: name(args) within a figure is a term. */
static int
figure_call(void *ctx, struct span name, struct span args)
{
	struct figure_maker *m = ctx;
	struct aggregate_args given = {.kind = VALUE_MISSING};
	struct call c = {.name = name};
	const struct aggregate *other;
	int source, rc;

	args = span_trim(args);
	c.aggregate = aggregate_find(name, args.n > 0);
	other = aggregate_find(name, args.n == 0);
	if (c.aggregate == NULL && other != NULL)
		return refuse_call(
		    m, name, other->name, " takes a value, as in sum(depense)");
	if (c.aggregate == NULL)
		return expr_has_function(name) ? -1
					       : unknown_aggregate(m, name);
	if (args.n > 0 && (rc = read_call(m, &c, args)) < 0)
		return rc;
	if (c.aggregate->takes_p && (rc = read_p(m, &c, &given.p)) < 0)
		return rc;
	source = find_source(m, &c);
	if (source < 0)
		return -2;
	given.kind = m->request->source[source].kind;
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

	return t->aggregate->final(r->group + t->offset, &t->args);
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
	*r = (struct request){
	    .arena = env->arena, .decimal_comma = env->decimal_comma};
	columns_init(&r->names, env->arena);
	if (compile_where(r, opts->where, env) < 0 ||
	    add_keys(r, opts->group, env) < 0 ||
	    add_figures(r, opts->figure, env) < 0)
		return -1;
	return 0;
}

void
request_merge(const struct request *r, char *into, const char *from)
{
	for (size_t i = 0; i < r->nstate; i++)
		r->state[i].keeps->merge(
		    into + r->state[i].offset, from + r->state[i].offset);
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
	if (v.kind == VALUE_NUMBER && bare != NULL &&
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
