#ifndef DFV_SCOPE_H
#define DFV_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "diag.h"
#include "expr.h"
#include "span.h"
#include "table.h"

/*
 * What the names of a rule's expressions mean: the columns of a record of a
 * table, and aggregates of other tables,
 *     count(TABLE where CONDITION)
 *     sum(TABLE, EXPRESSION where CONDITION)
 * in whose parts bare names are TABLE's, `this.NAME` is of the record around
 * the aggregate, and `OTHER.NAME` of the nearest record around that is of the
 * table OTHER.
 */
struct scope {
	const struct package *package;
	struct table *table;       /* NULL: a rule about the whole package */
	struct scope *outer;       /* NULL: a rule's own */
	int depth;                 /* how many are around it */
	struct table_row at;       /* the record at hand */
	const struct group *group; /* a rule's about groups, or NULL: */
	size_t group_at;           /* the one at hand */
	bool uses_outer;           /* some name in here is the outer record's */
	struct term **term;        /* by handle */
	size_t nterm;
	size_t term_cap;
	struct expr_host host;
	struct columns none; /* the columns of no table */
	struct span what;    /* whose expressions: shown in diagnostics */
	struct place place;
	bool *failed;            /* of the rule: a mistake was reported */
	struct trouble *trouble; /* of the rule */
};

/* The first cell that could not be used while a rule was evaluated. */
struct trouble {
	struct fault fault;
	struct place place;
};

/* The scope around whose rule is about groups, or NULL. */
struct scope *scope_grouped(struct scope *);

/* The column of a record around that `this.NAME` or `TABLE.NAME` is, and of
 * which scope; false when it is none. */
bool scope_outer(
    struct scope *, struct span name, struct scope **of, size_t *col);

/* Notes that a scope's values depend on the record of one around it. */
void scope_depends(struct scope *, const struct scope *of);

/* Where the rule's own expressions live. failed and trouble are the rule's. */
void scope_init(struct scope *, const struct package *, struct table *,
    struct scope *outer);

/* An expression of this scope, or NULL after a report. text stays. */
struct expr *scope_compile(struct scope *, struct span text, enum expr_want);

/* Makes a record the one at hand for `run`, the run of the scope's own
 * expressions. */
void scope_at(struct scope *, struct table_row, struct expr_run *);

/* Notes the run's fault, if it has one, with its place; true if it has. */
bool scope_trouble(struct scope *, struct expr_run *);

/* Appends a value as people read it: decoded, a list with commas. */
void scope_show(struct buf *, const struct value *);

void scope_release(struct scope *);

/* aggregate.c */

/* An aggregate as the expression has it, or NULL when the call is none; sets
 * *failed of the scope when it is a wrong one. */
struct aggregate *aggregate_new(
    struct scope *, struct span name, struct span args);
enum value_kind aggregate_kind(const struct aggregate *);

/* Its value for the outer record at hand; text is valid until the next. */
struct value aggregate_value(struct aggregate *);
void aggregate_free(struct aggregate *);

#endif
