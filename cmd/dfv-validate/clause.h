#ifndef DFV_CLAUSE_H
#define DFV_CLAUSE_H

#include <stdbool.h>

#include "span.h"

/*
 * The words of an aggregate, `TABLE, EXPRESSION where CONDITION`, told apart
 * without understanding the expressions: quotes, braces and parentheses are
 * passed over. Parts are of the text given.
 */
struct clause {
	struct span table;
	struct span expr;  /* p NULL: none */
	struct span where; /* p NULL: none */
};

struct clause clause_split(struct span text);

/*
 * The conditions that `and` joins, one a call; all of them as one where an
 * `or` does. *rest starts as the text and ends with p NULL.
 */
bool clause_condition(struct span *rest, struct span *condition);

/* Whether a condition is `left == right` with a bare name on either side,
 * which come without their braces. */
bool clause_equality(
    struct span condition, struct span *left, struct span *right);

#endif
