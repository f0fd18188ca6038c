#include "call.h"

#include "suggest.h"

/* What is wrong in a call, at its name or its argument: always -2. */
static int
refuse(const struct expr_env *env, struct span at, struct span name,
    const char *why)
{
	diag_report(env->diag, DIAG_EXPRESSION, &env->place, at, "%.*s%s",
	    (int)name.n, name.p, why);
	return -2;
}

/* What the same is called elsewhere. */
static const char *
other_name(struct span name)
{
	static const char *const names[][2] = {{"avg", "mean"},
	    {"average", "mean"}, {"total", "sum"}, {"n", "count"},
	    {"std", "stddev"}, {"sd", "stddev"}, {"var", "variance"},
	    {"percentile", "quantile"}, {"nunique", "distinct"},
	    {"n_distinct", "distinct"}, {"count_distinct", "distinct"},
	    {"unique", "list"}, {"collapse", "list"}, {"any_value", "first"}};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_eq(span_of(names[i][0]), name))
			return names[i][1];
	return NULL;
}

static int
unknown_aggregate(const struct expr_env *env, struct span name)
{
	const char *near = other_name(name);
	struct span names[64];
	size_t n = 0, at;

	for (; n < 64 && aggregate_name(n) != NULL; n++)
		names[n] = span_of(aggregate_name(n));
	if (near == NULL &&
	    (at = suggest_nearest(name, names, n)) != SUGGEST_NONE)
		near = aggregate_name(at);
	if (near == NULL)
		return -1; /* the language says that there is no such function */
	diag_report(env->diag, DIAG_EXPRESSION, &env->place, name,
	    "no such aggregate, did you mean '%s'?", near);
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
	if (rest.n == 0 || rest.p[0] != '=' ||
	    (rest.n > 1 && (rest.p[1] == '=' || rest.p[1] == '~')))
		return false;
	*weight = span_trim(span_from(rest, 1));
	return true;
}

static int
take_weight(struct call *c, struct span item, struct span weight,
    const struct expr_env *env)
{
	if (c->aggregate->weighted == NULL)
		return refuse(env, item, c->name,
		    " takes no weight: mean, median, quantile and share do");
	if (c->arg.n == 0)
		return refuse(env, item, c->name,
		    " takes a value first, and then its weight");
	if (weight.n == 0)
		return refuse(env, item, c->name,
		    "'s weight is missing, as in weight=learners");
	if (c->weight.n > 0)
		return refuse(env, item, c->name, " has two weights");
	c->weight = weight;
	return 0;
}

/* What the argument at `place`, from 0, is not. */
static int
refuse_argument(
    const struct call *c, struct span item, const struct expr_env *env)
{
	return refuse(env, item, c->name,
	    c->aggregate->takes_p ? " takes a value and a share"
		: c->aggregate->takes == TAKES_TRUTH ? " takes one condition"
						     : " takes one value");
}

/* Takes the text between the parentheses apart; *p is the second argument. */
static int
read_args(struct call *c, struct span args, struct span *p,
    const struct expr_env *env)
{
	struct span item, rest = args, weight;

	for (size_t n = 0; rest.p != NULL;) {
		if (!expr_cut(rest, ",", &item, &rest)) {
			item = rest;
			rest.p = NULL;
		}
		item = span_trim(item);
		if (is_weight(item, &weight)) {
			if (take_weight(c, item, weight, env) < 0)
				return -2;
			continue;
		}
		if (n > (size_t)c->aggregate->takes_p || item.n == 0)
			return refuse_argument(c, item, env);
		*(n == 0 ? &c->arg : p) = item;
		n++;
	}
	return 0;
}

/* expr_host.name in quantile's second argument: there is no record yet. */
static int
refuse_column(void *ctx, struct span name)
{
	const struct expr_env *env = ctx;

	diag_report(env->diag, DIAG_EXPRESSION, &env->place, name,
	    "a quantile's share is the same for all records, as in "
	    "quantile(depense, 0.9)");
	return -2;
}

static int
no_call(void *ctx, struct span name, struct span args)
{
	(void)ctx;
	(void)name;
	(void)args;
	return -1;
}

/* quantile's second argument: a constant from 0 to 1. */
static int
read_share(struct call *c, struct span text, const struct expr_env *env)
{
	struct expr_env own = *env;
	struct expr_host host = {
	    .ctx = &own, .name = refuse_column, .call = no_call};
	struct expr_run run = {.block = NULL};
	struct columns none;
	struct expr *e;
	struct value v;

	if (text.n == 0)
		return refuse(env, c->name, c->name,
		    " takes a value and a share, as in quantile(depense, 0.9)");
	columns_init(&none, env->arena);
	own.columns = &none;
	own.host = &host;
	e = expr_compile(text, EXPR_NUMBER, &own);
	if (e == NULL)
		return -2;
	v = expr_value(e, &run);
	expr_run_release(&run);
	expr_free(e);
	if (v.kind != VALUE_NUMBER || number_cmp(v.number, number_int(0)) < 0 ||
	    number_cmp(v.number, number_int(1)) > 0)
		return refuse(
		    env, text, c->name, "'s share is a number from 0 to 1");
	c->p = v.number;
	return 0;
}

int
call_read(struct call *c, struct span name, struct span args,
    const struct expr_env *env)
{
	const struct aggregate *other;
	struct span share = {NULL, 0};

	args = span_trim(args);
	*c = (struct call){
	    .aggregate = aggregate_find(name, args.n > 0), .name = name};
	other = aggregate_find(name, args.n == 0);
	if (c->aggregate == NULL && other != NULL)
		return refuse(env, name, name,
		    other->takes == TAKES_TRUTH
			? " takes a condition, as in share(depense > 1000)"
			: " takes a value, as in sum(depense)");
	if (c->aggregate == NULL)
		return expr_has_function(name) ? -1
					       : unknown_aggregate(env, name);
	if (args.n > 0 && read_args(c, args, &share, env) < 0)
		return -2;
	return c->aggregate->takes_p ? read_share(c, share, env) : 0;
}
