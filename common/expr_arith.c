#include "expr_impl.h"

/* + - * / on numbers: a missing operand, or a division by zero, is missing; a
 * result beyond a double's range is a fault. */

static bool
out_of_range(struct expr_run *run, const struct node_expr *n)
{
	fault_set_cell(&run->fault, DIAG_OUT_OF_RANGE, run->rec, n->arg[0]->col,
	    span_make(NULL, 0), "the result is too large");
	return false;
}

static bool
both(const struct node_expr *n, struct expr_run *run, union datum *a,
    union datum *b)
{
	return n->arg[0]->eval(n->arg[0], run, a) &&
	    n->arg[1]->eval(n->arg[1], run, b);
}

static bool
eval_add(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	return both(n, run, &a, &b) &&
	    (number_add(a.number, b.number, &out->number) ||
		out_of_range(run, n));
}

static bool
eval_sub(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	return both(n, run, &a, &b) &&
	    (number_sub(a.number, b.number, &out->number) ||
		out_of_range(run, n));
}

static bool
eval_mul(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	return both(n, run, &a, &b) &&
	    (number_mul(a.number, b.number, &out->number) ||
		out_of_range(run, n));
}

static bool
eval_div(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum a, b;

	if (!both(n, run, &a, &b) || number_cmp(b.number, number_int(0)) == 0)
		return false;
	return number_div(a.number, b.number, &out->number) ||
	    out_of_range(run, n);
}

struct node_expr *
build_arith(
    struct compiler *c, int mark, struct node_expr *l, struct node_expr *r)
{
	struct node_expr *n;
	bool texts;

	if (l == NULL || r == NULL)
		return NULL;
	texts = mark == '+' && l->kind == VALUE_TEXT && r->kind == VALUE_TEXT;
	if (texts)
		return compile_fail(c, l->at, r->at + r->len - l->at,
		    "texts are joined by concat(a, b)");
	l = build_as(c, l, VALUE_NUMBER);
	r = l == NULL ? NULL : build_as(c, r, VALUE_NUMBER);
	if (r == NULL)
		return NULL;
	n = build_node(c, VALUE_NUMBER,
	    mark == '+'       ? eval_add
		: mark == '-' ? eval_sub
		: mark == '*' ? eval_mul
			      : eval_div,
	    l->at, r->at + r->len - l->at);
	n->cost = 4;
	n = build_args(c, n, (struct node_expr *[]){l, r}, 2);
	if (n != NULL)
		n->faults = true;
	return build_fold(c, n);
}

struct node_expr *
build_minus(struct compiler *c, struct node_expr *n)
{
	if (n == NULL)
		return NULL;
	return build_arith(c, '-', build_number(c, number_int(0), n->at, 0), n);
}
