#include "pass.h"

#include <string.h>

#include "mem.h"
#include "stats.h"

enum { NO_FIGURE = 0 }; /* of the request's words: how many records */

/* Tables. */

static bool
same_list(struct node_list a, struct node_list b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (!span_eq(a.item[i].text, b.item[i].text))
			return false;
	return true;
}

static struct pass *
pass_of(struct passes *b, const struct indicator *x)
{
	size_t i = 0;

	while (i < b->npass && !same_list(b->pass[i].table, x->table))
		i++;
	if (i == b->npass)
		b->pass[b->npass++].table = x->table;
	return &b->pass[i];
}

/* The operands, or the files of `table`. */
static int
pass_open(struct passes *b, struct pass *p)
{
	struct reader_opts opts = opt_reader(b->opts);
	const char *const *file = b->operand;
	const char **beside;
	size_t n = b->noperand;

	if (p->table.n > 0) {
		opts.from = NULL;
		n = p->table.n;
		beside = ARENA_ARRAY(b->arena, const char *, n);
		for (size_t i = 0; i < n; i++)
			beside[i] = indicator_path(
			    &b->file, p->table.item[i].text, b->arena);
		file = beside;
	}
	p->name = n == 0 || strcmp(file[0], "-") == 0 ? "(stdin)" : file[0];
	p->reader = reader_open(file, n, &opts, b->diag);
	return p->reader == NULL ? -1 : 0;
}

/* Columns. */

static size_t
add_key(struct pass *p, struct span name, bool dated)
{
	size_t i = 0;

	while (i < p->nkey &&
	    (p->key[i].dated != dated || !span_eq(p->key[i].name, name)))
		i++;
	if (i < p->nkey)
		return i;
	p->key = mem_grow(p->key, &p->cap, p->nkey + 1, sizeof *p->key);
	p->key[p->nkey++] = (struct pass_key){name, dated};
	return i;
}

static int
unknown_column(struct passes *b, const struct pass *p, const struct node *n)
{
	struct span suggestion =
	    columns_suggest(reader_columns(p->reader), n->text, b->arena);

	diag_report(b->diag, DIAG_UNKNOWN_COLUMN, &n->place, n->text,
	    "%s has none of this name: %s", p->name, suggestion.p);
	return -1;
}

static bool
has_column(const struct pass *p, struct span name)
{
	return columns_find(reader_columns(p->reader), columns_bare(name)) !=
	    COLUMN_NONE;
}

/* Column `name` from a table that the indicator joins: 1, 0 if none has it,
 * -1 after a report. */
static int
find_joined(struct passes *b, struct plan *plan, struct span name,
    struct pass_cell *cell)
{
	const struct indicator *x = plan->of;

	for (size_t i = 0; i < x->njoin; i++) {
		const struct indicator_side *j = x->join[i];
		size_t c = 0;

		while (c < j->columns.n &&
		    !span_eq(columns_bare(j->columns.item[c].text), name))
			c++;
		if (c == j->columns.n)
			continue;
		if (!has_column(plan->pass, j->on->text))
			return unknown_column(b, plan->pass, j->on);
		cell->key =
		    add_key(plan->pass, columns_bare(j->on->text), false);
		cell->join = sidetab_get(&b->sides, j, SIDETAB_JOIN);
		cell->col = c;
		return cell->join == NULL ? -1 : 1;
	}
	return 0;
}

static int
plan_cell(struct passes *b, struct plan *plan, const struct node *n,
    struct pass_cell *cell)
{
	int rc;

	*cell = (struct pass_cell){.join = NULL};
	if (has_column(plan->pass, n->text)) {
		cell->key = add_key(plan->pass, columns_bare(n->text), false);
		return 0;
	}
	rc = find_joined(b, plan, columns_bare(n->text), cell);
	return rc == 0 ? unknown_column(b, plan->pass, n) : rc > 0 ? 0 : -1;
}

static int
plan_columns(struct passes *b, struct plan *plan)
{
	const struct indicator *x = plan->of;

	plan->date = COLUMN_NONE;
	if (x->date != NULL) {
		if (!has_column(plan->pass, x->date->text))
			return unknown_column(b, plan->pass, x->date);
		plan->date =
		    add_key(plan->pass, columns_bare(x->date->text), true);
	}
	plan->cell = ARENA_ARRAY(b->arena, struct pass_cell, x->group.n);
	for (size_t i = 0; i < x->group.n; i++)
		if (plan_cell(b, plan, &x->group.item[i], &plan->cell[i]) < 0)
			return -1;
	if (x->owed == NULL)
		return 0;
	plan->owed = sidetab_get(&b->sides, x->owed, SIDETAB_OWED);
	return plan->owed == NULL
	    ? -1
	    : plan_cell(b, plan, x->owed->by, &plan->ower);
}

static int
plan_published(struct passes *b, struct plan *plan)
{
	const struct indicator *x = plan->of;

	plan->published =
	    ARENA_ARRAY(b->arena, const struct sidetab *, x->npublished);
	for (size_t i = 0; i < x->npublished; i++) {
		plan->published[i] =
		    sidetab_get(&b->sides, x->published[i], SIDETAB_PUBLISHED);
		if (plan->published[i] == NULL)
			return -1;
	}
	return 0;
}

/* Figures. */

/* Compiles one text alone, for its mistakes to be told at its place. */
static int
try_words(struct passes *b, const struct plan *plan, const struct node *n,
    const struct request_opts *words)
{
	const struct expr_env env = {
	    .columns = reader_columns(plan->pass->reader),
	    .decimal_comma = b->opts->decimal_comma,
	    .arena = b->arena,
	    .diag = b->diag,
	    .what = plan->of->id.p,
	    .place = n->place,
	};
	struct request request;
	int rc = request_init(&request, words, &env);

	request_release(&request);
	return rc;
}

static int
try_where(struct passes *b, const struct plan *plan)
{
	const char *none[] = {NULL}, *where[] = {NULL, NULL};

	if (plan->of->where == NULL)
		return 0;
	where[0] = plan->of->where->text.p;
	return try_words(b, plan, plan->of->where,
	    &(struct request_opts){
		.where = where, .group = none, .figure = none});
}

/* Puts a figure among the request's: `fN=BODY where (its own) and (the
 * indicator's)`. */
static int
plan_figure(struct passes *b, struct plan *plan, size_t i)
{
	const struct node *n = plan->of->figure[i], *where = plan->of->where;
	struct pass *p = plan->pass;
	const char *none[] = {NULL}, *alone[] = {NULL, NULL};
	struct span body = n->text, own, all = body;

	alone[0] = arena_printf(b->arena, "valeur=%s", n->text.p).p;
	if (try_words(b, plan, n,
		&(struct request_opts){
		    .where = none, .group = none, .figure = alone}) < 0)
		return -1;
	if (where != NULL && expr_cut(n->text, "where", &body, &own))
		all = arena_printf(b->arena, "%.*s where (%.*s) and (%s)",
		    (int)body.n, body.p, (int)own.n, own.p, where->text.p);
	else if (where != NULL)
		all = arena_printf(
		    b->arena, "%s where %s", n->text.p, where->text.p);
	p->figure = mem_grow(
	    p->figure, &p->figure_cap, p->nfigure + 2, sizeof *p->figure);
	plan->figure[i] = p->nfigure;
	p->figure[p->nfigure] =
	    arena_printf(b->arena, "f%zu=%s", p->nfigure, all.p).p;
	p->figure[++p->nfigure] = NULL;
	return 0;
}

static int
plan_indicator(struct passes *b, struct plan *plan)
{
	const struct indicator *x = plan->of;

	for (size_t i = 0; i < x->needs.n; i++)
		if (!has_column(plan->pass, x->needs.item[i].text))
			return 0;
	plan->computed = true;
	if (plan_columns(b, plan) < 0 || plan_published(b, plan) < 0 ||
	    try_where(b, plan) < 0)
		return -1;
	for (size_t i = 0; i < 2 && x->figure[i] != NULL; i++)
		if (plan_figure(b, plan, i) < 0)
			return -1;
	return 0;
}

/* The first figure of every request: how many records a group has. */
static void
pass_begin(struct pass *p)
{
	p->figure = mem_grow(p->figure, &p->figure_cap, 2, sizeof *p->figure);
	p->figure[NO_FIGURE] = "f0=count()";
	p->nfigure = 1;
	p->figure[1] = NULL;
}

int
passes_plan(struct passes *b)
{
	bool takes_input = false;

	b->pass = ARENA_ARRAY(b->arena, struct pass, b->file.n);
	b->plan = ARENA_ARRAY(b->arena, struct plan, b->file.n);
	for (size_t i = 0; i < b->file.n; i++) {
		b->plan[i].of = &b->file.indicator[i];
		b->plan[i].pass = pass_of(b, b->plan[i].of);
		takes_input = takes_input || b->plan[i].of->table.n == 0;
	}
	if (b->noperand > 0 && !takes_input) {
		diag_report(b->diag, DIAG_USAGE, NULL, span_of(b->operand[0]),
		    "every indicator of %s names its own table: nothing would "
		    "read this",
		    b->file.path);
		return -1;
	}
	for (size_t i = 0; i < b->npass; i++) {
		pass_begin(&b->pass[i]);
		if (pass_open(b, &b->pass[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < b->file.n; i++)
		if (plan_indicator(b, &b->plan[i]) < 0)
			return -1;
	return 0;
}

/* Counting. */

static const char **
group_words(const struct passes *b, const struct pass *p)
{
	static const char *const names[] = {
	    "day", "week", "month", "quarter", "year"};
	const char **words = ARENA_ARRAY(b->arena, const char *, p->nkey + 1);

	for (size_t i = 0; i < p->nkey; i++)
		words[i] =
		    arena_printf(b->arena, "{%.*s}%s%s", (int)p->key[i].name.n,
			p->key[i].name.p, p->key[i].dated ? ":" : "",
			p->key[i].dated ? names[b->period] : "")
			.p;
	return words;
}

static int
pass_count(struct passes *b, struct pass *p)
{
	const char *none[] = {NULL};
	const struct request_opts words = {
	    .where = none, .group = group_words(b, p), .figure = p->figure};
	const struct expr_env env = {
	    .columns = reader_columns(p->reader),
	    .decimal_comma = b->opts->decimal_comma,
	    .arena = b->arena,
	    .diag = b->diag,
	    .what = b->file.path,
	};
	const struct stats_run run = {
	    .reader = p->reader,
	    .request = &p->request,
	    .explode_col = COLUMN_NONE,
	    .jobs = b->opts->jobs,
	};

	if (request_init(&p->request, &words, &env) < 0)
		return -1;
	p->ran = true;
	return stats_run(&run, &p->groups);
}

int
passes_count(struct passes *b)
{
	for (size_t i = 0; i < b->npass; i++)
		if (pass_count(b, &b->pass[i]) < 0)
			return -1;
	return 0;
}

void
passes_release(struct passes *b)
{
	for (size_t i = 0; i < b->npass; i++) {
		struct pass *p = &b->pass[i];

		if (p->ran)
			stats_release(&p->request, &p->groups);
		request_release(&p->request);
		mem_free(p->key);
		mem_free(p->figure);
		reader_free(p->reader);
	}
	sidetabs_release(&b->sides);
}
