#include "scope.h"

#include "clause.h"
#include "group.h"
#include "keytab.h"
#include "mem.h"
#include "package.h"

enum { MAX_NESTING = 16 };

struct aggregate {
	const struct aggregate_kind *kind;
	struct scope scope;  /* of the records that are put together */
	struct expr *expr;   /* what of each, or NULL */
	struct expr **where; /* all must be true */
	size_t nwhere;
	const struct table_index
	    *index;             /* of the records to look at, or NULL */
	struct scope *key_of;   /* in whose record the value to look up is, */
	size_t key_col;         /* and its column */
	struct scope *group_of; /* whose group's records these are, or NULL */
	bool known;             /* .value holds for every outer record */
	struct expr_run run;
	struct value value;
	size_t n; /* values so far */
	struct buf text;
	struct buf bytes;
	struct buf scratch;
	struct keytab distinct;
};

/* One row an aggregate function: how a value is added to what is there. */
struct aggregate_kind {
	const char *name;
	bool of_records; /* takes no expression */
	enum expr_want want;
	enum value_kind gives;
	void (*add)(struct aggregate *, const struct value *);
	void (*end)(struct aggregate *);
};

static void
add_count(struct aggregate *a, const struct value *v)
{
	(void)a, (void)v;
}

static void
end_count(struct aggregate *a)
{
	a->value.number = number_int((int64_t)a->n);
}

static void
add_sum(struct aggregate *a, const struct value *v)
{
	if (!number_add(a->value.number, v->number, &a->value.number))
		fault_set(&a->run.fault, DIAG_OUT_OF_RANGE, PLACE_NONE,
		    span_make(NULL, 0), NULL);
}

static void
add_min(struct aggregate *a, const struct value *v)
{
	if (a->n == 1 || number_cmp(v->number, a->value.number) < 0)
		a->value.number = v->number;
}

static void
add_max(struct aggregate *a, const struct value *v)
{
	if (a->n == 1 || number_cmp(v->number, a->value.number) > 0)
		a->value.number = v->number;
}

/* What has no value has no least one, and no first one. */
static void
end_value(struct aggregate *a)
{
	if (a->n == 0)
		a->value.kind = VALUE_MISSING;
}

static void
add_distinct(struct aggregate *a, const struct value *v)
{
	buf_reset(&a->bytes);
	expr_put(&a->bytes, v);
	keytab_add(&a->distinct, buf_span(&a->bytes));
}

static void
end_distinct(struct aggregate *a)
{
	a->value.number = number_int((int64_t)a->distinct.n);
	keytab_release(&a->distinct);
}

/* Texts come as cells do, so that a list stays one. */
static void
add_first(struct aggregate *a, const struct value *v)
{
	if (a->n == 1)
		expr_put(&a->text, v);
}

static void
add_list(struct aggregate *a, const struct value *v)
{
	size_t before = a->distinct.n;

	add_distinct(a, v);
	if (a->distinct.n == before)
		return;
	if (before > 0)
		buf_byte(&a->text, '|');
	buf_add(&a->text, buf_span(&a->bytes));
}

static void
end_text(struct aggregate *a)
{
	keytab_release(&a->distinct);
	a->value.text = buf_span(&a->text);
	end_value(a);
}

static void
end_sum(struct aggregate *a)
{
	(void)a;
}

static const struct aggregate_kind kinds[] = {
    {"count", true, EXPR_ANY, VALUE_NUMBER, add_count, end_count},
    {"sum", false, EXPR_NUMBER, VALUE_NUMBER, add_sum, end_sum},
    {"min", false, EXPR_NUMBER, VALUE_NUMBER, add_min, end_value},
    {"max", false, EXPR_NUMBER, VALUE_NUMBER, add_max, end_value},
    {"distinct", false, EXPR_ANY, VALUE_NUMBER, add_distinct, end_distinct},
    {"first", false, EXPR_ANY, VALUE_LIST, add_first, end_text},
    {"list", false, EXPR_ANY, VALUE_LIST, add_list, end_text},
};

static const struct aggregate_kind *
kind_find(struct span name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (span_eq(name, span_of(kinds[i].name)))
			return &kinds[i];
	return NULL;
}

/* An index for `column == outer`, when they are that. */
static bool
use_key(struct aggregate *a, struct span column, struct span outer)
{
	size_t col = columns_find(a->scope.table->columns, column);

	if (col == COLUMN_NONE ||
	    columns_find(a->scope.table->columns, outer) != COLUMN_NONE ||
	    !scope_outer(&a->scope, outer, &a->key_of, &a->key_col))
		return false;
	a->index = table_index(a->scope.table, col);
	scope_depends(&a->scope, a->key_of);
	return true;
}

/*
 * Takes `column == this.name`, if a condition is that, for an index: then
 * records are looked up rather than tried. Cells are compared as text by
 * either way.
 */
static bool
use_index(struct aggregate *a, struct span condition)
{
	struct span left, right;

	return a->index == NULL && a->group_of == NULL &&
	    clause_equality(condition, &left, &right) &&
	    (use_key(a, left, right) || use_key(a, right, left));
}

static void
compile_condition(struct aggregate *a, struct span condition)
{
	if (!use_index(a, condition))
		a->where[a->nwhere++] =
		    scope_compile(&a->scope, condition, EXPR_BOOL);
}

/* Conditions are kept apart, so that an equality is seen among them. */
static void
compile_where(struct aggregate *a, struct span where)
{
	struct span rest = where, condition;
	size_t n = 0;

	while (clause_condition(&rest, &condition))
		n++;
	a->where = ARENA_ARRAY(a->scope.package->arena, struct expr *, n);
	for (rest = where; clause_condition(&rest, &condition);)
		compile_condition(a, condition);
}

static void
fail(struct scope *s, struct span value, const char *what)
{
	diag_report(s->package->diag, DIAG_BAD_PACKAGE, &s->place, value,
	    "%.*s: %s", (int)s->what.n, s->what.p, what);
	*s->failed = true;
}

/* Whether a call is meant as an aggregate: `min(a, b)` of the language is not,
 * unless a table is called `a`. */
static bool
is_meant(struct scope *s, const struct clause *parts)
{
	return package_find(s->package, parts->table) != NULL ||
	    parts->where.p != NULL ||
	    (scope_grouped(s) != NULL && span_eq(parts->table, SPAN("group")));
}

struct aggregate *
aggregate_new(struct scope *s, struct span name, struct span args)
{
	const struct aggregate_kind *kind = kind_find(name);
	struct clause parts = clause_split(args);
	struct scope *group_of = NULL;
	struct table *table;
	struct aggregate *a;

	if (kind == NULL || !is_meant(s, &parts))
		return NULL;
	table = package_find(s->package, parts.table);
	if (table == NULL && span_eq(parts.table, SPAN("group")))
		group_of = scope_grouped(s);
	if (group_of != NULL)
		table = group_of->table;
	if (table == NULL) {
		fail(s, parts.table, "no table has this name");
		return NULL;
	}
	if (s->depth == MAX_NESTING) {
		fail(s, name, "aggregates are nested too deeply");
		return NULL;
	}
	if (kind->of_records != (parts.expr.p == NULL)) {
		fail(s, args,
		    kind->of_records ? "count takes a table and a condition"
				     : "an expression is missing behind the "
				       "table's name");
		return NULL;
	}
	a = mem_alloc(1, sizeof *a);
	a->kind = kind;
	a->group_of = group_of;
	scope_init(&a->scope, s->package, table, s);
	if (group_of != NULL)
		scope_depends(&a->scope, group_of);
	if (parts.expr.p != NULL)
		a->expr = scope_compile(&a->scope, parts.expr, kind->want);
	if (parts.where.p != NULL)
		compile_where(a, parts.where);
	return a;
}

enum value_kind
aggregate_kind(const struct aggregate *a)
{
	return a->kind->gives;
}

static void
take_record(struct aggregate *a, struct table_row r)
{
	struct value v = {.kind = VALUE_MISSING};

	scope_at(&a->scope, r, &a->run);
	for (size_t i = 0; i < a->nwhere; i++)
		if (!expr_true(a->where[i], &a->run))
			return;
	if (a->expr != NULL) {
		v = expr_value(a->expr, &a->run);
		if (v.kind == VALUE_MISSING)
			return;
	}
	a->n++;
	a->kind->add(a, &v);
}

static void
take_indexed(struct aggregate *a)
{
	const struct scope *of = a->key_of;
	const struct key_part part = {a->key_col, NULL};
	const struct table_row *row;
	size_t n;

	buf_reset(&a->bytes);
	if (!key_put(&a->bytes, table_block(of->table, of->at), of->at.rec,
		&part, 1, &a->scratch))
		return;
	row = table_lookup(a->index, buf_span(&a->bytes), &n);
	for (size_t i = 0; i < n && a->run.fault.id == DIAG_NONE; i++)
		take_record(a, row[i]);
}

static void
take_group(struct aggregate *a)
{
	const struct group *g = a->group_of->group;
	size_t from = g->start[a->group_of->group_at];
	size_t to = g->start[a->group_of->group_at + 1];

	for (; from < to && a->run.fault.id == DIAG_NONE; from++)
		take_record(a, g->row[from]);
}

static void
take_all(struct aggregate *a)
{
	const struct table *t = a->scope.table;
	struct table_row r;

	for (r = table_first(t);
	     table_has(t, r) && a->run.fault.id == DIAG_NONE;
	     r = table_next(t, r))
		take_record(a, r);
}

struct value
aggregate_value(struct aggregate *a)
{
	if (a->known)
		return a->value;
	a->n = 0;
	a->value =
	    (struct value){.kind = a->kind->gives, .number = number_int(0)};
	buf_reset(&a->text);
	if (a->group_of != NULL)
		take_group(a);
	else if (a->index != NULL)
		take_indexed(a);
	else
		take_all(a);
	a->kind->end(a);
	if (scope_trouble(&a->scope, &a->run))
		a->value.kind = VALUE_MISSING;
	a->known = !a->scope.uses_outer;
	return a->value;
}

void
aggregate_free(struct aggregate *a)
{
	if (a == NULL)
		return;
	expr_free(a->expr);
	for (size_t i = 0; i < a->nwhere; i++)
		expr_free(a->where[i]);
	scope_release(&a->scope);
	expr_run_release(&a->run);
	buf_release(&a->text);
	buf_release(&a->bytes);
	buf_release(&a->scratch);
	keytab_release(&a->distinct);
	mem_free(a);
}
