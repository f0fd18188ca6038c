#include "rule.h"

#include "package.h"
#include "suggest.h"

static const char *const rule_known[] = {"id", "title", "description", "source",
    "table", "group", "severity", "where", "check", "compare", "stake",
    "message", "field", NULL};

static const char *const compare_known[] = {
    "left", "op", "right", "tolerance", "unit", "type", NULL};

static const char *const stake_known[] = {"amount", "unit", NULL};

static void
mistake(struct rule *r, const struct node *n, const char *what)
{
	const struct package *p = r->scope.package;

	diag_report(
	    p->diag, DIAG_BAD_PACKAGE, &n->place, node_text(n), "%s", what);
	r->failed = true;
}

static void
refuse_unknown(struct rule *r, const struct node *n, const char *const *known)
{
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (known[k] != NULL &&
		    !span_eq(n->key[i].text, span_of(known[k])))
			k++;
		if (known[k] == NULL)
			mistake(r, &n->key[i], "a rule has no such property");
	}
}

/* Which of the words it is; the first where it is absent. */
static int
word_of(struct rule *r, const struct node *n, const char *key,
    const char *const *words, const char *otherwise)
{
	const struct node *value = node_get(n, key);

	if (node_null(value))
		return 0;
	for (int i = 0; words[i] != NULL; i++)
		if (span_eq(node_text(value), span_of(words[i])))
			return i;
	mistake(r, value, otherwise);
	return 0;
}

static struct expr *
load_expr(struct rule *r, const struct node *n, enum expr_want want)
{
	if (node_null(n))
		return NULL;
	if (n->kind != NODE_SCALAR) {
		mistake(r, n, "an expression is text");
		return NULL;
	}
	r->scope.place = n->place;
	return scope_compile(&r->scope, n->text, want);
}

/* Where the brace that opens at `at` closes: braces nest, as {{any name}}. */
static size_t
closing_brace(struct span s, size_t at)
{
	int depth = 0;

	for (; at < s.n; at++) {
		depth += s.p[at] == '{';
		depth -= s.p[at] == '}';
		if (depth == 0)
			return at;
	}
	return s.n;
}

static void
load_text(struct rule *r, const struct node *n, struct rule_text *t)
{
	struct span rest = node_text(n);
	size_t nmax = 1;

	for (size_t i = 0; i < rest.n; i++)
		nmax += rest.p[i] == '{' ? 2 : 0;
	t->part = ARENA_ARRAY(r->scope.package->arena, struct rule_part, nmax);
	if (n != NULL)
		r->scope.place = n->place;
	while (rest.n > 0) {
		size_t open = span_find(rest, '{'), close;

		if (open > 0)
			t->part[t->n++].text = span_make(rest.p, open);
		rest = span_from(rest, open);
		if (rest.n == 0)
			return;
		close = closing_brace(rest, 0);
		if (close == rest.n) {
			mistake(r, n, "a brace is not closed");
			return;
		}
		t->part[t->n++].expr = scope_compile(
		    &r->scope, span_make(rest.p + 1, close - 1), EXPR_ANY);
		rest = span_from(rest, close + 1);
	}
}

static void
load_compare(struct rule *r, const struct node *n)
{
	static const char *const ops[] = {
	    "==", "!=", "<", "<=", ">", ">=", NULL};
	static const char *const types[] = {"number", "text", "date", NULL};
	const struct node *left = node_get(n, "left");
	const struct node *right = node_get(n, "right");
	const struct node *tolerance = node_get(n, "tolerance");
	enum expr_want want;

	if (n->kind != NODE_MAPPING || node_null(left) || node_null(right)) {
		mistake(r, n, "a comparison has a left and a right");
		return;
	}
	refuse_unknown(r, n, compare_known);
	r->op = (enum rule_op)word_of(
	    r, n, "op", ops, "op is ==, !=, <, <=, > or >=");
	r->type = (enum rule_type)word_of(
	    r, n, "type", types, "type is number, text or date");
	load_text(r, node_get(n, "unit"), &r->unit);
	r->tolerance = number_int(0);
	if (!node_null(tolerance) &&
	    !number_parse(node_text(tolerance), false, &r->tolerance))
		mistake(r, tolerance, "a tolerance is a number");
	want = r->type == RULE_NUMBER ? EXPR_NUMBER : EXPR_ANY;
	r->left = load_expr(r, left, want);
	r->right = load_expr(r, right, want);
}

/* An amount, and what it is of. */
static void
load_stake(struct rule *r, const struct node *n)
{
	if (node_null(n))
		return;
	if (n->kind == NODE_SCALAR) {
		r->stake = load_expr(r, n, EXPR_NUMBER);
		return;
	}
	refuse_unknown(r, n, stake_known);
	r->stake = load_expr(r, node_get(n, "amount"), EXPR_NUMBER);
	if (r->stake == NULL)
		mistake(r, n, "a stake has an amount");
	load_text(r, node_get(n, "unit"), &r->stake_unit);
}

/* The columns that the records of a group agree in. */
static void
load_group(struct rule *r, const struct node *n)
{
	size_t count;

	if (node_null(n))
		return;
	if (r->scope.table == NULL) {
		mistake(r, n, "groups are those of a table: name it");
		return;
	}
	count = n->kind == NODE_SEQUENCE ? n->n : 1;
	r->group.part =
	    ARENA_ARRAY(r->scope.package->arena, struct key_part, count);
	for (size_t i = 0; i < count; i++) {
		const struct node *name =
		    n->kind == NODE_SEQUENCE ? &n->item[i] : n;
		size_t col =
		    columns_find(r->scope.table->columns, node_text(name));

		if (col == COLUMN_NONE)
			mistake(r, name, "the table has no such column");
		else
			r->group.part[r->group.n++] = (struct key_part){
			    col, table_field(r->scope.table, col)};
	}
	if (r->group.n > 0)
		r->scope.group = &r->group;
}

/* What differs within a group has no one value. */
static void
check_group(struct rule *r, const struct node *n, const struct expr *e)
{
	const struct columns *c;
	bool *marks;

	if (r->group.n == 0 || e == NULL)
		return;
	c = r->scope.table->columns;
	marks = ARENA_ARRAY(r->scope.package->arena, bool, c->n);
	expr_columns(e, marks);
	for (size_t i = 0; i < r->group.n; i++)
		marks[r->group.part[i].col] = false;
	for (size_t i = 0; i < c->n; i++)
		if (marks[i]) {
			diag_report(r->scope.package->diag, DIAG_BAD_PACKAGE,
			    &n->place, c->name[i],
			    "the records of a group may differ in it: put it "
			    "in an aggregate, as in max(group, ...)");
			r->failed = true;
		}
}

/* The one column an expression reads, else COLUMN_NONE. */
static size_t
only_column(const struct rule *r, const struct expr *e)
{
	size_t n = r->scope.table->columns->n, only = COLUMN_NONE;
	bool *marks = ARENA_ARRAY(r->scope.package->arena, bool, n);

	expr_columns(e, marks);
	for (size_t i = 0; i < n; i++) {
		if (marks[i] && only != COLUMN_NONE)
			return COLUMN_NONE;
		if (marks[i])
			only = i;
	}
	return only;
}

/* The column that a finding is about: the one named, else the one compared. */
static void
load_field(struct rule *r, const struct node *n)
{
	const struct node *field = node_get(n, "field");

	r->col = COLUMN_NONE;
	if (r->scope.table == NULL)
		return;
	if (!node_null(field)) {
		r->col =
		    columns_find(r->scope.table->columns, node_text(field));
		if (r->col == COLUMN_NONE)
			mistake(r, field, "the table has no such column");
	} else if (r->left != NULL) {
		r->col = only_column(r, r->left);
	}
}

int
rule_load(struct rule *r, const struct package *p, const struct node *n)
{
	static const char *const levels[] = {"error", "warning", NULL};
	const struct node *table = node_get(n, "table");
	const struct node *compare = node_get(n, "compare");
	struct table *of = NULL;

	scope_init(&r->scope, p, NULL, NULL);
	r->place = n->place;
	r->id = node_text(node_get(n, "id"));
	if (n->kind != NODE_MAPPING || r->id.n == 0) {
		mistake(r, n, "a rule is a mapping with an id");
		return -1;
	}
	refuse_unknown(r, n, rule_known);
	if (!node_null(table)) {
		of = package_find(p, node_text(table));
		if (of == NULL) {
			mistake(r, table, "no table has this name");
			return -1;
		}
	}
	scope_init(&r->scope, p, of, NULL);
	r->scope.what = arena_printf(p->arena, "%.*s", (int)r->id.n, r->id.p);
	r->scope.failed = &r->failed;
	r->scope.trouble = &r->trouble;
	r->level = word_of(r, n, "severity", levels,
		       "severity is error or warning") == 0
	    ? DIAG_ERROR
	    : DIAG_WARNING;
	load_group(r, node_get(n, "group"));
	r->where = load_expr(r, node_get(n, "where"), EXPR_BOOL);
	r->check = load_expr(r, node_get(n, "check"), EXPR_BOOL);
	if (!node_null(compare))
		load_compare(r, compare);
	if (node_null(node_get(n, "check")) == node_null(compare))
		mistake(r, n, "a rule has either a check or a compare");
	check_group(r, n, r->where);
	check_group(r, n, r->check);
	check_group(r, n, r->left);
	check_group(r, n, r->right);
	load_stake(r, node_get(n, "stake"));
	load_text(r, node_get(n, "message"), &r->message);
	load_field(r, n);
	return r->failed ? -1 : 0;
}
