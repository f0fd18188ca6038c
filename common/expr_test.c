#include "expr_impl.h"

#include "cell.h"
#include "utf8.h"

/*
 * Conditions. Each comparison has one general function and, where a column
 * meets a constant, a special one that works on the cell's bytes: text without
 * a character that a cell would escape stands in the cell as it is, so bytes
 * that differ are texts that differ.
 */

/* Whether text is the same bytes in a cell. */
static bool
stands_as_is(struct span text)
{
	struct buf cell = {NULL, 0, 0};
	bool same;

	cell_encode(&cell, text);
	same = text.n > 0 && span_eq(text, buf_span(&cell));
	buf_release(&cell);
	return same;
}

bool
node_is_plain(const struct node_expr *n)
{
	return n->constant && n->kind == VALUE_TEXT &&
	    stands_as_is(n->value.text);
}

static bool
test_cell_eq(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	(void)out;
	return span_eq(run_cell(run, n->col), n->value.text);
}

static bool
test_cell_ne(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	struct span cell = run_cell(run, n->col);

	(void)out;
	return !cell_missing(cell) && !span_eq(cell, n->value.text);
}

static bool
test_text(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	(void)out;
	return n->arg[0]->eval(n->arg[0], run, &a) &&
	    n->arg[1]->eval(n->arg[1], run, &b) &&
	    op_holds(n->op, span_cmp(a.text, b.text));
}

static bool
test_date(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	(void)out;
	return n->arg[0]->eval(n->arg[0], run, &a) &&
	    n->arg[1]->eval(n->arg[1], run, &b) &&
	    op_holds(n->op,
		(a.date.days > b.date.days) - (a.date.days < b.date.days));
}

static bool
test_number(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	(void)out;
	return n->arg[0]->eval(n->arg[0], run, &a) &&
	    n->arg[1]->eval(n->arg[1], run, &b) &&
	    op_holds(n->op, number_cmp(a.number, b.number));
}

/* Both sides are compared as numbers if one is a number, as dates if one is a
 * date, otherwise as text. */
static enum value_kind
common_kind(const struct node_expr *l, const struct node_expr *r)
{
	if (l->kind == VALUE_NUMBER || r->kind == VALUE_NUMBER)
		return VALUE_NUMBER;
	if (l->kind == VALUE_DATE || r->kind == VALUE_DATE)
		return VALUE_DATE;
	return VALUE_TEXT;
}

static size_t
span_len(const struct node_expr *l, const struct node_expr *r)
{
	return r->at + r->len - l->at;
}

/* A column that is compared with a plain constant, on whichever side it stands;
 * NULL for any other comparison. */
static struct node_expr *
build_cell_equality(struct compiler *c, int op, const struct node_expr *l,
    const struct node_expr *r)
{
	bool swapped = node_is_plain(l);
	const struct node_expr *column = swapped ? r : l;
	const struct node_expr *text = swapped ? l : r;
	struct node_expr *n;

	if ((op != OP_EQ && op != OP_NE) || column->kind != VALUE_LIST ||
	    column->col == COLUMN_NONE || !node_is_plain(text))
		return NULL;
	n = build_node(c, VALUE_BOOL, op == OP_EQ ? test_cell_eq : test_cell_ne,
	    l->at, span_len(l, r));
	n->col = column->col;
	n->value.text = text->value.text;
	return n;
}

struct node_expr *
build_compare(
    struct compiler *c, int op, struct node_expr *l, struct node_expr *r)
{
	static bool (*const test[])(
	    const struct node_expr *, struct expr_run *, union datum *) = {
	    [VALUE_TEXT] = test_text,
	    [VALUE_NUMBER] = test_number,
	    [VALUE_DATE] = test_date,
	};
	struct node_expr *n;
	enum value_kind kind;

	if (l == NULL || r == NULL)
		return NULL;
	if (l->kind == VALUE_BOOL || r->kind == VALUE_BOOL)
		return compile_fail(c, l->at, span_len(l, r),
		    "conditions are not compared: use `and`, `or`, `not`");
	n = build_cell_equality(c, op, l, r);
	if (n != NULL)
		return n;
	kind = common_kind(l, r);
	n = build_node(c, VALUE_BOOL, test[kind], l->at, span_len(l, r));
	n->op = op;
	l = build_as(c, l, kind);
	r = build_as(c, r, kind);
	return l == NULL || r == NULL
	    ? NULL
	    : build_fold(c, build_args(c, n, (struct node_expr *[]){l, r}, 2));
}

/* Where the needle's rarest letter stands, by the frequency of letters in
 * French: looking for that one stops least often for nothing. */
static size_t
rarest_byte(struct span needle)
{
	static const char common_first[] = "esaitnrulodcmpgvbfqhxjyzkw";
	size_t best = 0, rarity = 0;

	for (size_t i = 0; i < needle.n; i++) {
		const char *at = needle.p[i] == ' '
		    ? common_first
		    : strchr(common_first, needle.p[i]);
		size_t r = at == NULL ? sizeof common_first
				      : (size_t)(at - common_first) + 1;

		if (r > rarity) {
			best = i;
			rarity = r;
		}
	}
	return best;
}

/* rare: the offset in the needle of the byte to look for first. */
static bool
contains(struct span hay, struct span needle, size_t rare)
{
	if (needle.n == 0)
		return true;
	while (hay.n >= needle.n) {
		const char *at =
		    memchr(hay.p + rare, needle.p[rare], hay.n - needle.n + 1);

		if (at == NULL)
			return false;
		at -= rare;
		if (memcmp(at, needle.p, needle.n) == 0)
			return true;
		hay = span_from(hay, (size_t)(at + 1 - hay.p));
	}
	return false;
}

/* Whether hay, folded, has the needle in it, which is folded. */
static bool
fold_contains(
    struct expr_run *run, struct span hay, struct span needle, size_t rare)
{
	buf_reset(&run->work);
	utf8_fold(&run->work, hay);
	return contains(buf_span(&run->work), needle, rare);
}

/* `~`: the right side, folded, somewhere in the left side, folded. */
static bool
test_search(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum hay, needle;

	(void)out;
	if (!n->arg[0]->eval(n->arg[0], run, &hay) ||
	    !n->arg[1]->eval(n->arg[1], run, &needle))
		return false;
	buf_reset(&run->work);
	utf8_fold(&run->work, needle.text);
	needle.text = arena_span(&run->scratch, buf_span(&run->work));
	return fold_contains(run, hay.text, needle.text, 0);
}

/* The usual one: a constant, folded already, somewhere in a column. */
static bool
test_cell_search(
    const struct node_expr *n, struct expr_run *run, union datum *out)
{
	struct span cell = run_cell(run, n->col), hay;

	(void)out;
	return !cell_missing(cell) && expr_text(run, cell, n->col, &hay) &&
	    fold_contains(run, hay, n->value.text, (size_t)n->handle);
}

static struct node_expr *
build_cell_search(struct compiler *c, const struct node_expr *column,
    const struct node_expr *text)
{
	struct node_expr *n = build_node(c, VALUE_BOOL, test_cell_search,
	    column->at, span_len(column, text));
	struct buf folded = {NULL, 0, 0};

	utf8_fold(&folded, text->value.text);
	n->value.text = arena_span(c->env->arena, buf_span(&folded));
	n->handle = (int)rarest_byte(n->value.text);
	n->col = column->col;
	n->cost = 100;
	n->faults = true;
	buf_release(&folded);
	return n;
}

struct node_expr *
build_search(struct compiler *c, struct node_expr *l, struct node_expr *r)
{
	struct node_expr *n;
	bool column =
	    l != NULL && l->kind == VALUE_LIST && l->col != COLUMN_NONE;

	r = build_as(c, r, VALUE_TEXT);
	if (column && r != NULL && r->constant && r->kind == VALUE_TEXT)
		return build_cell_search(c, l, r);
	l = build_as(c, l, VALUE_TEXT);
	if (l == NULL || r == NULL)
		return NULL;
	n = build_node(c, VALUE_BOOL, test_search, l->at, span_len(l, r));
	n->cost = 100;
	return build_fold(c, build_args(c, n, (struct node_expr *[]){l, r}, 2));
}

struct node_expr *
build_match(struct compiler *c, struct node_expr *l, struct node_expr *r)
{
	l = build_as(c, l, VALUE_TEXT);
	if (l == NULL || r == NULL)
		return NULL;
	return pattern_node(c, l, r);
}

/* Whether one of a list's values is text. */
static bool
list_holds(struct expr_run *run, struct span list, struct span text, size_t col)
{
	struct span rest = list, value, decoded;

	while (cell_value(&rest, &value))
		if (expr_text(run, value, col, &decoded) &&
		    span_eq(decoded, text))
			return true;
	return false;
}

static bool
test_has(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum list, value;

	(void)out;
	return n->arg[0]->eval(n->arg[0], run, &list) &&
	    n->arg[1]->eval(n->arg[1], run, &value) &&
	    list_holds(run, list.text, value.text, n->arg[0]->col);
}

struct node_expr *
build_has(struct compiler *c, struct node_expr *list, struct node_expr *value)
{
	struct node_expr *n;

	if (list == NULL || value == NULL)
		return NULL;
	if (value->kind == VALUE_NUMBER)
		return compile_fail(c, value->at, value->len,
		    "a list holds texts: write it in quotes");
	list = build_as(c, list, VALUE_LIST);
	value = build_as(c, value, VALUE_TEXT);
	if (list == NULL || value == NULL)
		return NULL;
	n = build_node(c, VALUE_BOOL, test_has, list->at, list->len);
	n->cost = 20;
	return build_fold(
	    c, build_args(c, n, (struct node_expr *[]){list, value}, 2));
}

static bool
test_or(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	(void)out;
	for (size_t i = 0; i < n->narg; i++)
		if (node_true(n->arg[i], run))
			return true;
	return false;
}

static bool
test_and(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	(void)out;
	for (size_t i = 0; i < n->narg; i++)
		if (!node_true(n->arg[i], run))
			return false;
	return true;
}

static bool
test_not(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	(void)out;
	return !node_true(n->arg[0], run);
}

/*
 * Cheap tests first, but no test over one that may fault: whether a bad cell
 * is met must not depend on the order that is chosen here. Insertion sort:
 * stable, and chains are short.
 */
static void
sort_by_cost(const struct node_expr **arg, size_t n)
{
	for (size_t i = 1; i < n && i < 64; i++)
		for (size_t k = i; k > 0 && !arg[k]->faults &&
		     !arg[k - 1]->faults && arg[k]->cost < arg[k - 1]->cost;
		     k--) {
			const struct node_expr *swap = arg[k];

			arg[k] = arg[k - 1];
			arg[k - 1] = swap;
		}
}

struct node_expr *
build_logic(
    struct compiler *c, int mark, struct node_expr *const *arg, size_t narg)
{
	struct node_expr *n;

	for (size_t i = 0; i < narg; i++)
		if (arg[i]->kind != VALUE_BOOL)
			return compile_fail(c, arg[i]->at, arg[i]->len,
			    "a condition is wanted, this is %s: compare it "
			    "with something",
			    kind_name(arg[i]->kind));
	n = build_node(c, VALUE_BOOL,
	    mark == MARK_AND      ? test_and
		: mark == MARK_OR ? test_or
				  : test_not,
	    arg[0]->at, span_len(arg[0], arg[narg - 1]));
	n = build_args(c, n, arg, narg);
	if (n != NULL && mark != MARK_NOT)
		sort_by_cost(n->arg, n->narg);
	return build_fold(c, n);
}
