#include "rule.h"

#include <string.h>

#include "cell.h"
#include "date.h"
#include "package.h"
#include "words.h"

/* What a rule's evaluation goes through, record by record. */
struct running {
	struct rule *rule;
	struct expr_run run;
	struct findings *list;
	struct buf text[2]; /* the sides of a comparison, as they are shown */
	struct buf scratch;
	struct place reported; /* the last trouble */
};

/* A side as it is, and as it is shown. */
struct side {
	struct value value;
	struct buf *text;
};

static void
side_get(struct running *k, const struct expr *e, struct side *s)
{
	s->value = expr_value(e, &k->run);
	buf_reset(s->text);
	if (s->value.kind != VALUE_MISSING)
		scope_show(s->text, &s->value);
}

static bool
op_holds(enum rule_op op, int c)
{
	switch (op) {
	case RULE_EQ:
		return c == 0;
	case RULE_NE:
		return c != 0;
	case RULE_LT:
		return c < 0;
	case RULE_LE:
		return c <= 0;
	case RULE_GT:
		return c > 0;
	default:
		return c >= 0;
	}
}

/* The day a side is, whether it came as a date or as text. */
static bool
side_date(const struct side *s, struct date *d)
{
	if (s->value.kind == VALUE_DATE) {
		*d = s->value.date;
		return true;
	}
	return date_parse(buf_span(s->text), d);
}

/* left - right in *diff; false when there is no such thing. */
static bool
difference(enum rule_type type, const struct side *l, const struct side *r,
    struct number *diff)
{
	struct date from, to;

	if (type == RULE_NUMBER)
		return number_sub(l->value.number, r->value.number, diff);
	if (type != RULE_DATE || !side_date(l, &to) || !side_date(r, &from))
		return false;
	*diff = number_int((int64_t)to.days - from.days);
	return true;
}

/* Whether it holds within the tolerance: nearer than that is equal. */
static bool
diff_holds(const struct rule *r, struct number diff)
{
	struct number zero = number_int(0), size = diff;
	int c = number_cmp(diff, zero);

	if (c < 0 && !number_sub(zero, diff, &size))
		size = diff;
	if (number_cmp(r->tolerance, zero) > 0 &&
	    number_cmp(size, r->tolerance) <= 0)
		c = 0;
	return op_holds(r->op, c);
}

/* A message or a unit for the record at hand; p NULL where the rule has none. */
static struct span
text_of(struct running *k, const struct rule_text *t)
{
	if (t->n == 0)
		return span_make(NULL, 0);
	buf_reset(&k->scratch);
	for (size_t i = 0; i < t->n; i++) {
		struct value v;

		if (t->part[i].expr == NULL) {
			buf_add(&k->scratch, t->part[i].text);
			continue;
		}
		v = expr_value(t->part[i].expr, &k->run);
		scope_show(&k->scratch, &v);
	}
	return arena_span(&k->list->arena, buf_span(&k->scratch));
}

/* The record's key, or what the records of a group agree in. */
static struct span
key_of(struct running *k, const struct table *t, struct table_row at)
{
	const struct rule *r = k->rule;
	struct buf scratch[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
	struct check by_group = {.key = r->group.part, .nkey = r->group.n};
	struct span key = {NULL, 0};

	if (r->group.n > 0)
		key = check_key(&by_group, table_block(t, at), at.rec,
		    &k->list->arena, scratch);
	else if (t->schema != NULL)
		key = check_key(&t->check, table_block(t, at), at.rec,
		    &k->list->arena, scratch);
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
	return key;
}

/* What is at stake for the record at hand. */
static void
add_stake(struct running *k, struct finding *f)
{
	const struct rule *r = k->rule;
	struct value v;

	if (r->stake == NULL)
		return;
	v = expr_value(r->stake, &k->run);
	if (v.kind == VALUE_MISSING)
		return;
	buf_reset(&k->scratch);
	scope_show(&k->scratch, &v);
	f->stake = arena_span(&k->list->arena, buf_span(&k->scratch));
	f->stake_unit = text_of(k, &r->stake_unit);
}

static struct finding *
add_finding(struct running *k, struct table_row at)
{
	const struct rule *r = k->rule;
	struct table *t = r->scope.table;
	struct finding *f = findings_add(k->list,
	    t == NULL ? FINDING_PACKAGE_CONSTRAINT : FINDING_ROW_CONSTRAINT, 0,
	    r->col);

	f->level = r->level;
	f->rule = r->id;
	f->place = r->place;
	if (t == NULL)
		return f;
	f->table = t->name;
	f->key = key_of(k, t, at);
	f->place = reader_place(table_block(t, at), at.rec, r->col);
	if (r->col != COLUMN_NONE)
		f->field = t->columns->name[r->col];
	return f;
}

static void
run_check(struct running *k, struct table_row at)
{
	const struct rule *r = k->rule;
	struct finding *f;

	if (expr_true(r->check, &k->run) || k->run.fault.id != DIAG_NONE ||
	    r->trouble.fault.id != DIAG_NONE)
		return;
	f = add_finding(k, at);
	f->message = text_of(k, &r->message);
	add_stake(k, f);
	if (r->col != COLUMN_NONE) {
		struct span cell =
		    block_cell(table_block(r->scope.table, at), at.rec, r->col);

		buf_reset(&k->scratch);
		if (cell_text(cell, &k->scratch, &cell) == 0 && cell.n > 0)
			f->value = arena_span(&k->list->arena, cell);
	}
}

static void
run_compare(struct running *k, struct table_row at)
{
	static const char *const ops[] = {"", N_("other than "),
	    N_("less than "), N_("at most "), N_("more than "),
	    N_("at least ")};
	const struct rule *r = k->rule;
	struct arena *a = &k->list->arena;
	struct side left = {.text = &k->text[0]}, right = {.text = &k->text[1]};
	struct number diff;
	struct finding *f;
	bool has_diff;

	side_get(k, r->left, &left);
	side_get(k, r->right, &right);
	if (left.value.kind == VALUE_MISSING ||
	    right.value.kind == VALUE_MISSING)
		return; /* what is not known contradicts nothing */
	has_diff = difference(r->type, &left, &right, &diff);
	if (has_diff ? diff_holds(r, diff)
		     : op_holds(r->op,
			   span_cmp(buf_span(left.text), buf_span(right.text))))
		return;
	f = add_finding(k, at);
	f->message = text_of(k, &r->message);
	f->unit = text_of(k, &r->unit);
	add_stake(k, f);
	f->value = arena_span(a, buf_span(left.text));
	f->expected =
	    arena_printf(a, "%s%.*s", r->op == RULE_EQ ? "" : _(ops[r->op]),
		(int)right.text->n, right.text->p);
	if (has_diff) {
		buf_reset(&k->scratch);
		number_format(&k->scratch, diff);
		f->difference = arena_span(a, buf_span(&k->scratch));
	}
}

static bool
same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && a->col == b->col && a->file != NULL &&
	    b->file != NULL && strcmp(a->file, b->file) == 0;
}

/* A rule that cannot be evaluated is broken; the cell that is to blame is
 * named once in a row. */
static void
report_trouble(struct running *k, struct table_row at)
{
	struct trouble *t = &k->rule->trouble;
	struct finding *f;

	if (t->fault.id == DIAG_NONE)
		return;
	if (!same_place(&t->place, &k->reported)) {
		f = add_finding(k, at);
		f->level = DIAG_ERROR;
		f->status = FOUND_CAUSED; /* by the cell, if that is wrong */
		f->place = t->place;
		f->field = f->value = span_make(NULL, 0);
		if (t->fault.has_value)
			f->value = arena_span(
			    &k->list->arena, span_of(t->fault.value));
		f->message = arena_printf(&k->list->arena,
		    _("the rule cannot be evaluated: %s"),
		    diag_kind(t->fault.id)->what);
	}
	k->reported = t->place;
	t->fault.id = DIAG_NONE;
}

static void
run_once(struct running *k, struct table_row at)
{
	struct rule *r = k->rule;

	if (r->where == NULL || expr_true(r->where, &k->run)) {
		if (r->check != NULL)
			run_check(k, at);
		else
			run_compare(k, at);
	}
	scope_trouble(&r->scope, &k->run);
	report_trouble(k, at);
}

/* Once for each group, at its first record. */
static void
run_groups(struct running *k)
{
	struct rule *r = k->rule;
	struct group *g = &r->group;

	if (g->start == NULL)
		group_build(g, r->scope.table);
	for (size_t i = 0; i < g->keys.n; i++) {
		struct table_row at = g->row[g->start[i]];

		r->scope.group_at = i;
		scope_at(&r->scope, at, &k->run);
		run_once(k, at);
	}
}

void
rule_run(struct rule *r, struct findings *list)
{
	struct running k = {.rule = r, .list = list, .reported = PLACE_NONE};
	struct table *t = r->scope.table;
	struct table_row at = {0, 0};

	if (t == NULL) {
		run_once(&k, at);
	} else if (r->group.n > 0) {
		run_groups(&k);
	} else {
		for (at = table_first(t); table_has(t, at);
		     at = table_next(t, at)) {
			scope_at(&r->scope, at, &k.run);
			run_once(&k, at);
		}
	}
	expr_run_release(&k.run);
	buf_release(&k.text[0]);
	buf_release(&k.text[1]);
	buf_release(&k.scratch);
}

static void
text_release(struct rule_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		expr_free(t->part[i].expr);
}

void
rule_release(struct rule *r)
{
	expr_free(r->where);
	expr_free(r->check);
	expr_free(r->left);
	expr_free(r->right);
	text_release(&r->unit);
	text_release(&r->message);
	expr_free(r->stake);
	text_release(&r->stake_unit);
	group_release(&r->group);
	scope_release(&r->scope);
}
