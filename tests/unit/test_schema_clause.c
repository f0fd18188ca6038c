/*
 * link: cmd/dfv-validate/clause.c
 */
#include "clause.h"
#include "unit.h"

static bool
splits(const char *text, const char *table, const char *expr, const char *where)
{
	struct clause c = clause_split(span_of(text));

	return span_eq(c.table, span_of(table)) &&
	    span_eq(c.expr, span_of(expr)) &&
	    (c.expr.p == NULL) == (expr == NULL) &&
	    span_eq(c.where, span_of(where)) &&
	    (c.where.p == NULL) == (where == NULL);
}

static void
test_split(void)
{
	unit_check(splits("t", "t", NULL, NULL) &&
		splits(" t where a == b ", "t", NULL, "a == b") &&
		splits("t, a + f(b, c) where\n x", "t", "a + f(b, c)", "x"),
	    "clause: a table, an expression and a condition are told apart");
	unit_check(
	    splits("t, g(u where x) where y", "t", "g(u where x)", "y") &&
		splits("t, \" where \" where y", "t", "\" where \"", "y") &&
		splits("t, {a where b}", "t", "{a where b}", NULL) &&
		splits("t, elsewhere", "t", "elsewhere", NULL) &&
		splits("t, \"a\\\" where b\"", "t", "\"a\\\" where b\"", NULL),
	    "clause: what stands in parentheses, quotes or words is passed over");
	unit_check(splits("", "", NULL, NULL) &&
		splits("t, \"open where x", "t", "\"open where x", NULL) &&
		splits("t, ) where x", "t", ")", "x"),
	    "clause: what is not closed does not run over the end");
}

static size_t
count_conditions(const char *text, const char *last)
{
	struct span rest = span_of(text), condition = {NULL, 0};
	size_t n = 0;

	while (clause_condition(&rest, &condition))
		n++;
	return span_eq(condition, span_of(last)) ? n : 99;
}

static void
test_conditions(void)
{
	unit_check(count_conditions("a and b and c == \"x and y\"",
		       "c == \"x and y\"") == 3 &&
		count_conditions("a", "a") == 1,
	    "clause: conditions are parted at `and`");
	unit_check(count_conditions("a and b or c", "a and b or c") == 1 &&
		count_conditions("a and (b or c)", "(b or c)") == 2,
	    "clause: an `or` outside of parentheses keeps them together");
}

static void
test_equality(void)
{
	struct span l, r;

	unit_check(clause_equality(SPAN("a == this.b"), &l, &r) &&
		span_eq(l, SPAN("a")) && span_eq(r, SPAN("this.b")) &&
		clause_equality(SPAN("{a b}=={c-d.e}"), &l, &r) &&
		span_eq(l, SPAN("a b")) && span_eq(r, SPAN("c-d.e")),
	    "clause: an equality of names gives both names");
	unit_check(!clause_equality(SPAN("a == \"b\""), &l, &r) &&
		!clause_equality(SPAN("a == 3"), &l, &r) &&
		!clause_equality(SPAN("a >= b"), &l, &r) &&
		!clause_equality(SPAN("a = b"), &l, &r) &&
		!clause_equality(SPAN("a == b == c"), &l, &r) &&
		!clause_equality(SPAN("not a == b"), &l, &r) &&
		!clause_equality(SPAN("a"), &l, &r),
	    "clause: anything else is no equality of names");
}

int
main(void)
{
	test_split();
	test_conditions();
	test_equality();
	return unit_done();
}
