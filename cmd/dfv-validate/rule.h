#ifndef DFV_RULE_H
#define DFV_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "diag.h"
#include "expr.h"
#include "finding.h"
#include "group.h"
#include "node.h"
#include "number.h"
#include "scope.h"
#include "span.h"

struct package;

/* What a comparison's sides are. */
enum rule_type { RULE_NUMBER, RULE_TEXT, RULE_DATE };

enum rule_op { RULE_EQ, RULE_NE, RULE_LT, RULE_LE, RULE_GT, RULE_GE };

/* A message or a unit: text with {expressions} in it. */
struct rule_part {
	struct span text; /* as it is, or */
	struct expr *expr;
};

struct rule_text {
	struct rule_part *part;
	size_t n;
};

/*
 * A rule holds for every record of its table, every group of them, or once for
 * the package, for which `where` is true: `check` is true, or two sides compare
 * as they should.
 */
struct rule {
	struct span id;
	struct place place; /* in the package */
	enum diag_level level;
	struct scope scope;
	struct expr *where; /* or NULL */
	struct expr *check; /* or NULL for a comparison: */
	struct expr *left;
	struct expr *right;
	enum rule_op op;
	enum rule_type type;
	struct number tolerance;
	struct rule_text unit;
	struct rule_text message;
	struct expr *stake; /* what is lost where it is broken, or NULL */
	struct rule_text stake_unit;
	struct group group; /* n 0: a rule about records */
	size_t col;         /* that findings point to, or COLUMN_NONE */
	bool failed;
	struct trouble trouble;
};

/* Compiles one rule of a package whose tables are loaded: 0, or -1 after a
 * report. The rule must stay where it is. */
int rule_load(struct rule *, const struct package *, const struct node *);

/* Adds what breaks the rule. */
void rule_run(struct rule *, struct findings *);

void rule_release(struct rule *);

#endif
