#ifndef DFV_EXPR_FUNC_H
#define DFV_EXPR_FUNC_H

#include "expr_impl.h"

/* The evaluation of each function of the language: expr_func.c has their
 * table, expr_func_text.c and expr_func_calc.c what they do. */
#define FUNCTION(name)                                                         \
	bool name(const struct node_expr *, struct expr_run *, union datum *)

FUNCTION(fn_len);
FUNCTION(fn_lower);
FUNCTION(fn_upper);
FUNCTION(fn_fold);
FUNCTION(fn_trim);
FUNCTION(fn_concat);
FUNCTION(fn_substr);
FUNCTION(fn_replace);
FUNCTION(fn_split);
FUNCTION(fn_count);
FUNCTION(fn_round);
FUNCTION(fn_floor);
FUNCTION(fn_ceil);
FUNCTION(fn_abs);
FUNCTION(fn_min);
FUNCTION(fn_max);
FUNCTION(fn_coalesce);
FUNCTION(fn_if);
FUNCTION(fn_missing);
FUNCTION(fn_same);
FUNCTION(fn_year);
FUNCTION(fn_month);
FUNCTION(fn_week);
FUNCTION(fn_quarter);
FUNCTION(fn_days);
FUNCTION(fn_distance);

#undef FUNCTION

/* Argument i: false when it is missing. */
static inline bool
arg(const struct node_expr *n, size_t i, struct expr_run *run, union datum *d)
{
	return n->arg[i]->eval(n->arg[i], run, d);
}

#endif
