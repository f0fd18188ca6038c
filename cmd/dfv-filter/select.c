#include "select.h"

#include <stdint.h>
#include <string.h>

#include "glob.h"

struct selector {
	struct selection *sel;
	const struct expr_env *env;
	bool *chosen;  /* by index in all */
	size_t *order; /* the chosen, in the order of choosing */
	size_t norder;
};

static int
bad(const struct selector *s, enum diag_id id, struct span value,
    const char *detail)
{
	diag_report(s->env->diag, id, NULL, value, "%s", detail);
	return -1;
}

/* Adds or replaces a column of the whole list: 0, or -1 after a report. */
static int
put_column(struct selector *s, struct span name, const struct expr *expr)
{
	size_t at = columns_find(&s->sel->names, name);

	if (at == COLUMN_NONE)
		at = columns_add(&s->sel->names, name);
	else if (s->sel->all[at].expr != NULL)
		return bad(
		    s, DIAG_DUPLICATE_COLUMN, name, "--set makes it twice");
	s->sel->all[at] = (struct out_column){name, COLUMN_NONE, expr};
	return 0;
}

static int
set_column(struct selector *s, const char *text)
{
	const char *eq = strchr(text, '=');
	struct expr_env env = *s->env;
	struct expr *expr;

	if (eq == NULL || eq == text)
		return bad(s, DIAG_BAD_ARGUMENT, span_of(text),
		    "--set takes NAME=EXPRESSION");
	env.what = "--set";
	expr = expr_compile(span_of(eq + 1), EXPR_ANY, &env);
	if (expr == NULL)
		return -1;
	s->sel->expr[s->sel->nexpr++] = expr;
	return put_column(s, span_make(text, (size_t)(eq - text)), expr);
}

static void
choose(struct selector *s, size_t col)
{
	if (s->chosen[col])
		return;
	s->chosen[col] = true;
	s->order[s->norder++] = col;
}

static int
choose_range(struct selector *s, struct span from, struct span to)
{
	size_t a = 0, b = s->sel->names.n - 1;

	if (s->sel->names.n == 0 && from.n == 0 && to.n == 0)
		return 0; /* all of none */
	if (from.n > 0)
		a = columns_need(&s->sel->names, from, s->env->diag);
	if (a != COLUMN_NONE && to.n > 0)
		b = columns_need(&s->sel->names, to, s->env->diag);
	if (a == COLUMN_NONE || b == COLUMN_NONE)
		return -1;
	for (size_t i = a; i < b; i++)
		choose(s, i);
	for (size_t i = a; i > b; i--)
		choose(s, i);
	choose(s, b);
	return 0;
}

static int
choose_glob(struct selector *s, struct span pattern)
{
	bool any = false;

	for (size_t i = 0; i < s->sel->names.n; i++)
		if (glob_matches(pattern, s->sel->names.name[i])) {
			choose(s, i);
			any = true;
		}
	return any ? 0
		   : bad(s, DIAG_UNKNOWN_COLUMN, pattern,
			 "no column's name is of this form");
}

static size_t
find_dots(struct span item)
{
	for (size_t i = 0; i + 1 < item.n; i++)
		if (item.p[i] == '.' && item.p[i + 1] == '.')
			return i;
	return SIZE_MAX;
}

/* One item of COLS: a name, `{any name}`, a range, or a glob; a name that is
 * there is itself whatever it looks like. */
static int
choose_item(struct selector *s, struct span item)
{
	size_t col, dots;

	if (columns_bare(item).n < item.n) {
		col = columns_need(
		    &s->sel->names, columns_bare(item), s->env->diag);
		if (col != COLUMN_NONE)
			choose(s, col);
		return col == COLUMN_NONE ? -1 : 0;
	}
	col = columns_find(&s->sel->names, item);
	if (col != COLUMN_NONE) {
		choose(s, col);
		return 0;
	}
	dots = find_dots(item);
	if (dots != SIZE_MAX)
		return choose_range(
		    s, span_make(item.p, dots), span_from(item, dots + 2));
	for (size_t i = 0; i < item.n; i++)
		if (strchr("*?[", item.p[i]) != NULL)
			return choose_glob(s, item);
	columns_need(&s->sel->names, item, s->env->diag);
	return -1;
}

static int
choose_list(struct selector *s, const char *text)
{
	struct span list = span_of(text), item;

	while (columns_next(&list, &item)) {
		if (item.n == 0)
			return bad(s, DIAG_BAD_ARGUMENT, span_of(text),
			    "a list of columns is written a,b,c");
		if (choose_item(s, item) < 0)
			return -1;
	}
	return 0;
}

static void
take_chosen(struct selector *s)
{
	s->sel->out = ARENA_ARRAY(s->env->arena, struct out_column, s->norder);
	for (size_t i = 0; i < s->norder; i++)
		s->sel->out[i] = s->sel->all[s->order[i]];
	s->sel->n = s->norder;
}

static int
keep_or_drop(struct selector *s, const struct select_opts *opts)
{
	s->chosen = ARENA_ARRAY(s->env->arena, bool, s->sel->names.n);
	s->order = ARENA_ARRAY(s->env->arena, size_t, s->sel->names.n);
	for (const char **o = opts->keep; *o != NULL; o++)
		if (choose_list(s, *o) < 0)
			return -1;
	for (const char **o = opts->drop; *o != NULL; o++)
		if (choose_list(s, *o) < 0)
			return -1;
	if (opts->keep[0] == NULL) {
		s->norder = 0;
		for (size_t i = 0; i < s->sel->names.n; i++)
			if (!s->chosen[i])
				s->order[s->norder++] = i;
	}
	take_chosen(s);
	return 0;
}

/* OLD is the name before any renaming, so that two can change places. */
static int
rename_column(struct selector *s, const char *text, const struct span *old_name)
{
	const char *eq = strchr(text, '=');
	struct span old;

	if (eq == NULL || eq == text || eq[1] == '\0')
		return bad(s, DIAG_BAD_ARGUMENT, span_of(text),
		    "--rename takes OLD=NEW");
	old = span_make(text, (size_t)(eq - text));
	for (size_t i = 0; i < s->sel->n; i++)
		if (span_eq(old_name[i], old)) {
			if (s->sel->out[i].name.p != old_name[i].p)
				return bad(s, DIAG_BAD_ARGUMENT, span_of(text),
				    "this column has been renamed already");
			s->sel->out[i].name = span_of(eq + 1);
			return 0;
		}
	if (columns_need(&s->sel->names, old, s->env->diag) != COLUMN_NONE)
		bad(s, DIAG_UNKNOWN_COLUMN, old,
		    "this column is not among those that come out");
	return -1;
}

static int
rename_columns(struct selector *s, const char **texts)
{
	struct span *old = ARENA_ARRAY(s->env->arena, struct span, s->sel->n);

	for (size_t i = 0; i < s->sel->n; i++)
		old[i] = s->sel->out[i].name;
	for (; *texts != NULL; texts++)
		if (rename_column(s, *texts, old) < 0)
			return -1;
	return 0;
}

static int
name_columns(struct selector *s, struct columns *names)
{
	const struct columns *in = s->env->columns;

	if (s->sel->n == 0 && in->n > 0)
		return bad(s, DIAG_BAD_ARGUMENT, span_make(NULL, 0),
		    "no column is left");
	s->sel->identity = s->sel->n == in->n;
	for (size_t i = 0; i < s->sel->n; i++) {
		const struct out_column *o = &s->sel->out[i];

		if (columns_add(names, o->name) == COLUMN_NONE)
			return bad(s, DIAG_DUPLICATE_COLUMN, o->name,
			    "two columns would have this name");
		if (o->from != i)
			s->sel->identity = false;
	}
	return 0;
}

int
select_columns(struct selection *sel, struct columns *names,
    const struct select_opts *opts, const struct expr_env *env)
{
	struct selector s = {.sel = sel, .env = env};
	const struct columns *in = env->columns;
	size_t nset = 0;

	while (opts->set[nset] != NULL)
		nset++;
	sel->expr = ARENA_ARRAY(env->arena, struct expr *, nset);
	sel->all = ARENA_ARRAY(env->arena, struct out_column, in->n + nset);
	columns_init(&sel->names, env->arena);
	for (size_t i = 0; i < in->n; i++) {
		columns_add(&sel->names, in->name[i]);
		sel->all[i] = (struct out_column){in->name[i], i, NULL};
	}
	for (const char **o = opts->set; *o != NULL; o++)
		if (set_column(&s, *o) < 0)
			return -1;
	if (keep_or_drop(&s, opts) < 0)
		return -1;
	return rename_columns(&s, opts->rename) < 0 ? -1
						    : name_columns(&s, names);
}

void
selection_release(struct selection *sel)
{
	for (size_t i = 0; i < sel->nexpr; i++)
		expr_free(sel->expr[i]);
}

int
selection_need(const struct selection *sel, struct span name, struct diag *diag,
    struct out_column *column)
{
	size_t at = columns_need(&sel->names, name, diag);

	if (at == COLUMN_NONE)
		return -1;
	*column = sel->all[at];
	return 0;
}

struct span
out_column_cell(const struct out_column *c, struct expr_run *run)
{
	struct value v;

	if (c->expr == NULL)
		return block_cell(run->block, run->rec, c->from);
	v = expr_value(c->expr, run);
	buf_reset(&run->work);
	expr_put(&run->work, &v);
	return buf_span(&run->work);
}
