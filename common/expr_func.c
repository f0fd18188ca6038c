#include "expr_func.h"

#include <stdint.h>

#include "suggest.h"

/*
 * The functions of dfv-expr(7), one row each: what the arguments are (t text,
 * w text, or a number or date as it is written, n number, v a number or text
 * that says one, d date, l list, b condition, x anything; `?` behind one that
 * may be left out, `+` behind one that may come again), what comes back
 * (VALUE_MISSING: what the x arguments have in common), and what evaluates it. A
 * missing argument makes the result missing unless the function says otherwise.
 */
struct function {
	const char *name;
	const char *args;
	enum value_kind kind;
	bool (*eval)(
	    const struct node_expr *, struct expr_run *, union datum *);
};

static const struct function functions[] = {
    {"len", "t", VALUE_NUMBER, fn_len},
    {"lower", "t", VALUE_TEXT, fn_lower},
    {"upper", "t", VALUE_TEXT, fn_upper},
    {"fold", "t", VALUE_TEXT, fn_fold},
    {"trim", "t", VALUE_TEXT, fn_trim},
    {"concat", "w+", VALUE_TEXT, fn_concat},
    {"substr", "tnn?", VALUE_TEXT, fn_substr},
    {"replace", "ttt", VALUE_TEXT, fn_replace},
    {"split", "tt", VALUE_LIST, fn_split},
    {"count", "l", VALUE_NUMBER, fn_count},
    {"round", "nn?", VALUE_NUMBER, fn_round},
    {"floor", "n", VALUE_NUMBER, fn_floor},
    {"ceil", "n", VALUE_NUMBER, fn_ceil},
    {"abs", "n", VALUE_NUMBER, fn_abs},
    {"min", "n+", VALUE_NUMBER, fn_min},
    {"max", "n+", VALUE_NUMBER, fn_max},
    {"coalesce", "x+", VALUE_MISSING, fn_coalesce},
    {"if", "bxx", VALUE_MISSING, fn_if},
    {"missing", "x", VALUE_BOOL, fn_missing},
    {"number", "v", VALUE_NUMBER, fn_same},
    {"date", "d", VALUE_DATE, fn_same},
    {"year", "d", VALUE_NUMBER, fn_year},
    {"month", "d", VALUE_TEXT, fn_month},
    {"week", "d", VALUE_TEXT, fn_week},
    {"quarter", "d", VALUE_TEXT, fn_quarter},
    {"days", "dd", VALUE_NUMBER, fn_days},
    {"distance_km", "nnnn", VALUE_NUMBER, fn_distance},
};

enum { FUNCTION_COUNT = sizeof functions / sizeof *functions };

static const struct function *
function_find(struct span name)
{
	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		if (span_eq(span_of(functions[i].name), name))
			return &functions[i];
	return NULL;
}

bool
expr_has_function(struct span name)
{
	return function_find(name) != NULL;
}

static struct node_expr *
no_such_function(struct compiler *c, const struct token *name)
{
	struct span names[FUNCTION_COUNT];
	size_t near;

	for (size_t i = 0; i < FUNCTION_COUNT; i++)
		names[i] = span_of(functions[i].name);
	near = suggest_nearest(name->text, names, FUNCTION_COUNT);
	if (near < FUNCTION_COUNT)
		return compile_fail(c, name->at, name->len,
		    "unknown function '%.*s', did you mean '%s'?",
		    (int)name->text.n, name->text.p, functions[near].name);
	return compile_fail(c, name->at, name->len,
	    "unknown function '%.*s': dfv-expr(7) lists them all",
	    (int)name->text.n, name->text.p);
}

/* The letter for argument i, and how many a call may have. */
static char
arg_letter(const char *args, size_t i)
{
	for (; *args != '\0'; args++) {
		if (*args == '?')
			continue;
		if (*args == '+')
			return args[-1];
		if (i-- == 0)
			return *args;
	}
	return '\0';
}

static void
arg_bounds(const char *args, size_t *min, size_t *max)
{
	*min = *max = 0;
	for (; *args != '\0'; args++) {
		if (*args == '?')
			--*min;
		else if (*args == '+')
			*max = SIZE_MAX;
		else
			++*min, ++*max;
	}
}

static enum value_kind
kind_of_letter(char letter)
{
	switch (letter) {
	case 't':
		return VALUE_TEXT;
	case 'n':
		return VALUE_NUMBER;
	case 'd':
		return VALUE_DATE;
	case 'l':
		return VALUE_LIST;
	default:
		return VALUE_BOOL;
	}
}

/* What the x arguments have in common: one number or date makes all so, a
 * column among texts makes lists of them. */
static enum value_kind
kind_in_common(struct node_expr *const *a, size_t n, const char *args)
{
	enum value_kind kind = VALUE_MISSING;

	for (size_t i = 0; i < n; i++) {
		enum value_kind k = a[i]->kind;

		if (arg_letter(args, i) != 'x' || k == VALUE_MISSING)
			continue;
		if (kind == VALUE_MISSING || k == VALUE_NUMBER ||
		    k == VALUE_DATE)
			kind = k;
		else if (kind == VALUE_TEXT && k == VALUE_LIST)
			kind = VALUE_LIST;
	}
	return kind;
}

static bool
convert_args(struct compiler *c, const struct function *f, struct node_expr **a,
    size_t n, enum value_kind common)
{
	for (size_t i = 0; i < n; i++) {
		char letter = arg_letter(f->args, i);

		if (letter == 'v')
			a[i] = build_parsed(c, a[i], VALUE_NUMBER);
		else if (letter == 'w')
			a[i] = build_written(c, a[i]);
		else if (letter != 'x')
			a[i] = build_as(c, a[i], kind_of_letter(letter));
		else if (f->kind == VALUE_MISSING)
			a[i] = build_as(c, a[i], common);
		if (a[i] == NULL)
			return false;
	}
	return true;
}

struct node_expr *
build_call(struct compiler *c, const struct token *name,
    struct node_expr *const *given, size_t n)
{
	const struct function *f = function_find(name->text);
	struct node_expr **a, *call;
	enum value_kind common;
	size_t min, max;

	if (f == NULL)
		return no_such_function(c, name);
	arg_bounds(f->args, &min, &max);
	if (n < min || n > max)
		return compile_fail(c, name->at, name->len,
		    "%s takes %zu argument%s%s", f->name, n < min ? min : max,
		    (n < min ? min : max) == 1 ? "" : "s",
		    max > min ? (n < min ? " or more" : " at most") : "");
	a = ARENA_ARRAY(c->env->arena, struct node_expr *, n);
	memcpy(a, given, n * sizeof *a);
	common = kind_in_common(a, n, f->args);
	if (!convert_args(c, f, a, n, common))
		return NULL;
	call = build_node(c, f->kind == VALUE_MISSING ? common : f->kind,
	    f->eval, name->at, name->len);
	call->cost = 30;
	return build_fold(c, build_args(c, call, a, n));
}
