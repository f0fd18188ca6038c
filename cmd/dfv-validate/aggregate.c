#include "scope.h"

#include <string.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "package.h"
#include "suggest.h"

struct aggregate {
	const struct aggregate_kind *kind;
	struct scope scope;   /* of the records that are put together */
	struct expr *expr;    /* what of each, or NULL */
	struct expr **where;  /* all must be true */
	size_t nwhere;
	const struct table_index *index; /* of the records to look at, or NULL */
	size_t outer_col;     /* whose value in the outer record is looked up */
	bool known;           /* .value holds for every outer record */
	struct expr_run run;
	struct value value;
	size_t n;             /* values so far */
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

static void
add_first(struct aggregate *a, const struct value *v)
{
	if (a->n > 1)
		return;
	if (v->kind == VALUE_TEXT)
		buf_add(&a->text, v->text);
	else
		expr_put(&a->text, v);
}

static void
add_list(struct aggregate *a, const struct value *v)
{
	size_t before = a->distinct.n;

	add_distinct(a, v);
	if (a->distinct.n == before)
		return;
	if (a->text.n > 0)
		buf_add(&a->text, SPAN(", "));
	if (v->kind == VALUE_TEXT)
		buf_add(&a->text, v->text);
	else
		expr_put(&a->text, v);
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
    {"first", false, EXPR_ANY, VALUE_TEXT, add_first, end_text},
    {"list", false, EXPR_ANY, VALUE_TEXT, add_list, end_text},
};

static const struct aggregate_kind *
kind_find(struct span name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (span_eq(name, span_of(kinds[i].name)))
			return &kinds[i];
	return NULL;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '.' || (c & 0x80) != 0;
}

/* Behind the quoted text, or the name in braces, that starts at `at`. */
static size_t
skip_quoted(struct span s, size_t at)
{
	char end = s.p[at] == '{' ? '}' : s.p[at];

	for (at++; at < s.n && s.p[at] != end; at++)
		if (s.p[at] == '\\' && end != '}')
			at++;
	return at < s.n ? at + 1 : s.n;
}

/* Offset of a word, or of a character that is none, outside of quotes and
 * parentheses, not before `at`; s.n when it is not there. */
static size_t
find_outside(struct span s, size_t at, const char *word)
{
	size_t n = strlen(word), depth = 0;

	while (at < s.n) {
		char c = s.p[at];
		size_t end = at + 1;

		if (c == '"' || c == '\'' || c == '{') {
			at = skip_quoted(s, at);
			continue;
		}
		while (is_word(c) && end < s.n && is_word(s.p[end]))
			end++;
		if (depth == 0 &&
		    span_eq(span_make(s.p + at, end - at), span_make(word, n)))
			return at;
		depth += c == '(';
		depth -= c == ')' && depth > 0;
		at = end;
	}
	return s.n;
}

static struct span
trim(struct span s)
{
	while (s.n > 0 && strchr(" \t\r\n", s.p[0]) != NULL && s.p[0] != '\0')
		s = span_from(s, 1);
	while (s.n > 0 && strchr(" \t\r\n", s.p[s.n - 1]) != NULL)
		s.n--;
	return s;
}

/* The three parts of TABLE, EXPRESSION where CONDITION. */
struct parts {
	struct span table;
	struct span expr;  /* p NULL: none */
	struct span where; /* p NULL: none */
};

static struct parts
split_args(struct span args)
{
	struct parts p = {.expr = {NULL, 0}, .where = {NULL, 0}};
	size_t where = find_outside(args, 0, "where"), comma;

	if (where < args.n)
		p.where = trim(span_from(args, where + strlen("where")));
	args.n = where;
	comma = find_outside(args, 0, ",");
	if (comma < args.n)
		p.expr = trim(span_from(args, comma + 1));
	args.n = comma;
	p.table = trim(args);
	return p;
}

/* A side of an equality that is one bare name, without `this.` or with it. */
static bool
is_name(struct span s, bool of_outer)
{
	if (s.n == 0 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_word(s.p[i]))
			return false;
	return span_starts(s, SPAN("this.")) == of_outer;
}

/*
 * Takes `column == this.name` for an index, if it is that: then records are
 * looked up rather than tried. Cells are compared as text there as here.
 */
static bool
use_index(struct aggregate *a, struct span condition)
{
	size_t equals = span_find(condition, '='), col, outer_col;
	struct span left, right;
	const struct scope *outer = a->scope.outer;

	if (a->index != NULL || outer->table == NULL ||
	    equals + 1 >= condition.n || condition.p[equals + 1] != '=')
		return false;
	left = trim(span_make(condition.p, equals));
	right = trim(span_from(condition, equals + 2));
	if (is_name(left, true)) {
		struct span swap = left;

		left = right;
		right = swap;
	}
	if (!is_name(left, false) || !is_name(right, true))
		return false;
	col = columns_find(a->scope.table->columns, left);
	outer_col =
	    columns_find(outer->table->columns, span_from(right, 5));
	if (col == COLUMN_NONE || outer_col == COLUMN_NONE)
		return false;
	a->index = table_index(a->scope.table, col);
	a->outer_col = outer_col;
	a->scope.uses_outer = true;
	return true;
}

static void
compile_condition(struct aggregate *a, struct span condition)
{
	if (!use_index(a, condition))
		a->where[a->nwhere++] =
		    scope_compile(&a->scope, condition, EXPR_BOOL);
}

/* Parts that are joined by `and` are kept apart, so that an equality with the
 * outer record among them is seen; `or` binds less and keeps them together. */
static void
compile_where(struct aggregate *a, struct span where)
{
	struct arena *arena = a->scope.package->arena;
	size_t n = 1, at;

	for (at = find_outside(where, 0, "and"); at < where.n;
	     at = find_outside(where, at + 3, "and"))
		n++;
	a->where = ARENA_ARRAY(arena, struct expr *, n);
	if (find_outside(where, 0, "or") < where.n) {
		compile_condition(a, where);
		return;
	}
	while ((at = find_outside(where, 0, "and")) < where.n) {
		compile_condition(a, trim(span_make(where.p, at)));
		where = span_from(where, at + 3);
	}
	compile_condition(a, trim(where));
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
is_meant(const struct package *p, const struct parts *parts)
{
	return package_find(p, parts->table) != NULL || parts->where.p != NULL;
}

struct aggregate *
aggregate_new(struct scope *s, struct span name, struct span args)
{
	const struct aggregate_kind *kind = kind_find(name);
	struct parts parts = split_args(args);
	struct table *table;
	struct aggregate *a;

	if (kind == NULL || !is_meant(s->package, &parts))
		return NULL;
	table = package_find(s->package, parts.table);
	if (table == NULL) {
		fail(s, parts.table, "no table has this name");
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
	scope_init(&a->scope, s->package, table, s);
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
	const struct scope *outer = a->scope.outer;
	const struct key_part part = {a->outer_col, NULL};
	const struct table_row *row;
	size_t n;

	buf_reset(&a->bytes);
	if (!key_put(&a->bytes, table_block(outer->table, outer->at),
	        outer->at.rec, &part, 1, &a->scratch))
		return;
	row = table_lookup(a->index, buf_span(&a->bytes), &n);
	for (size_t i = 0; i < n && a->run.fault.id == DIAG_NONE; i++)
		take_record(a, row[i]);
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
	a->value = (struct value){
	    .kind = a->kind->gives, .number = number_int(0)};
	buf_reset(&a->text);
	if (a->index != NULL)
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
