#include "owed.h"

#include "cell.h"
#include "package.h"
#include "words.h"

static const char *const known[] = {"id", "title", "description", "table", "of",
    "key", "date", "period", "where", "from", "until", "severity", NULL};

static void
mistake(struct owed *o, const struct node *n, const char *what)
{
	diag_report(o->scope.package->diag, DIAG_BAD_PACKAGE, &n->place,
	    node_text(n), "%s", what);
	o->failed = true;
}

static void
refuse_unknown(struct owed *o, const struct node *n)
{
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (known[k] != NULL &&
		    !span_eq(n->key[i].text, span_of(known[k])))
			k++;
		if (known[k] == NULL)
			mistake(o, &n->key[i], "reports have no such property");
	}
}

static struct table *
load_table(struct owed *o, const struct node *n, const char *property)
{
	const struct node *name = node_get(n, property);
	struct table *t = package_find(o->scope.package, node_text(name));

	if (t == NULL)
		mistake(o, name == NULL ? n : name,
		    "reports have a table, and an other that they are of");
	return t;
}

static size_t
load_column(struct owed *o, const struct table *t, const struct node *name)
{
	size_t col = columns_find(t->columns, node_text(name));

	if (col == COLUMN_NONE)
		mistake(o, name, "a table of these has no such column");
	return col;
}

/* Columns by the same names in both tables. */
static void
load_key(struct owed *o, const struct node *n, const struct node *key)
{
	size_t count;

	if (node_null(key)) {
		mistake(o, n, "a key says whose a report is");
		return;
	}
	count = key->kind == NODE_SEQUENCE ? key->n : 1;
	o->part = ARENA_ARRAY(o->scope.package->arena, struct key_part, count);
	o->target =
	    ARENA_ARRAY(o->scope.package->arena, struct key_part, count);
	for (o->n = 0; o->n < count; o->n++) {
		const struct node *name =
		    key->kind == NODE_SEQUENCE ? &key->item[o->n] : key;

		o->part[o->n].col = load_column(o, o->scope.table, name);
		o->target[o->n].col = load_column(o, o->reports, name);
	}
}

static struct expr *
load_expr(struct owed *o, const struct node *n, enum expr_want want)
{
	if (node_null(n))
		return NULL;
	o->scope.place = n->place;
	return scope_compile(&o->scope, node_text(n), want);
}

static void
load_when(struct owed *o, const struct node *n)
{
	const struct node *date = node_get(n, "date");
	const struct node *period = node_get(n, "period");

	if (node_null(date))
		mistake(o, n, "date names the column that says of when it is");
	else
		o->col = load_column(o, o->reports, date);
	o->period = DATE_WEEK;
	if (!node_null(period) &&
	    !date_period_parse(node_text(period), &o->period))
		mistake(o, period, "a period is week, month, quarter or year");
	o->where = load_expr(o, node_get(n, "where"), EXPR_BOOL);
	o->from = load_expr(o, node_get(n, "from"), EXPR_ANY);
	o->until = load_expr(o, node_get(n, "until"), EXPR_ANY);
	if (node_null(node_get(n, "from")))
		mistake(o, n, "from says since when they are owed");
}

static enum diag_level
load_level(struct owed *o, const struct node *n)
{
	if (node_null(n) || span_eq(node_text(n), SPAN("error")))
		return DIAG_ERROR;
	if (!span_eq(node_text(n), SPAN("warning")))
		mistake(o, n, "severity is error or warning");
	return DIAG_WARNING;
}

int
owed_load(struct owed *o, const struct package *p, const struct node *n)
{
	struct table *of;

	scope_init(&o->scope, p, NULL, NULL);
	o->id = node_text(node_get(n, "id"));
	if (n->kind != NODE_MAPPING || o->id.n == 0) {
		mistake(o, n, "reports are a mapping with an id");
		return -1;
	}
	refuse_unknown(o, n);
	of = load_table(o, n, "of");
	o->reports = load_table(o, n, "table");
	o->level = load_level(o, node_get(n, "severity"));
	if (o->failed)
		return -1;
	scope_init(&o->scope, p, of, NULL);
	o->scope.what = o->id;
	o->scope.failed = &o->failed;
	o->scope.trouble = &o->trouble;
	load_key(o, n, node_get(n, "key"));
	load_when(o, n);
	return o->failed ? -1 : 0;
}

/* Whose and of when: one key for both sides. */
static bool
put_report(struct buf *key, const struct owed *o, const struct block *b,
    size_t rec, const struct key_part *part, struct span when,
    struct buf *scratch)
{
	buf_reset(key);
	if (!key_put(key, b, rec, part, o->n, scratch))
		return false;
	buf_byte(key, '\t');
	buf_add(key, when);
	return true;
}

/* A date is of its period; other text is a period by itself, as 2025-W46. */
static void
collect_reports(const struct owed *o, struct keytab *come)
{
	struct buf key = {NULL, 0, 0}, scratch = {NULL, 0, 0};
	struct buf label = {NULL, 0, 0};
	struct table_row r;

	for (r = table_first(o->reports); table_has(o->reports, r);
	     r = table_next(o->reports, r)) {
		const struct block *b = table_block(o->reports, r);
		struct span when = block_cell(b, r.rec, o->col);
		struct date day;

		buf_reset(&label);
		if (date_parse(when, &day)) {
			date_format(&label, day, o->period);
			when = buf_span(&label);
		}
		if (put_report(&key, o, b, r.rec, o->target, when, &scratch))
			keytab_add(come, buf_span(&key));
	}
	buf_release(&key);
	buf_release(&scratch);
	buf_release(&label);
}

/* The day an expression gives for the record at hand. */
static bool
day_of(struct expr *e, struct expr_run *run, struct date *day)
{
	struct value v;

	if (e == NULL)
		return false;
	v = expr_value(e, run);
	if (v.kind == VALUE_DATE)
		*day = v.date;
	return v.kind == VALUE_DATE ||
	    ((v.kind == VALUE_TEXT || v.kind == VALUE_LIST) &&
		date_parse(v.text, day));
}

/* The first day of the period behind the one of a day. */
static struct date
next_period(struct date day, enum date_period period, struct buf *label)
{
	struct span this, other;
	size_t n;

	buf_reset(label);
	date_format(label, day, period);
	n = label->n;
	do {
		label->n = n;
		day.days++;
		date_format(label, day, period);
		this = span_make(label->p, n);
		other = span_make(label->p + n, label->n - n);
	} while (span_eq(this, other));
	label->n = n;
	return day;
}

struct running {
	struct owed *owed;
	struct expr_run run;
	struct keytab come;
	struct findings *list;
	struct buf key, scratch, label;
};

static void
add_missing(struct running *k, struct table_row at)
{
	const struct owed *o = k->owed;
	const struct table *t = o->scope.table;
	const struct block *b = table_block(t, at);
	struct finding *f = findings_add(
	    k->list, FINDING_MISSING_REPORT, at.rec, o->part[0].col);
	const struct check by_key = {.key = o->part, .nkey = o->n};
	struct buf scratch[2] = {{NULL, 0, 0}, {NULL, 0, 0}};

	f->level = o->level;
	f->rule = o->id;
	f->table = t->name;
	f->place = reader_place(b, at.rec, o->part[0].col);
	f->field = t->columns->name[o->part[0].col];
	f->key = check_key(&by_key, b, at.rec, &k->list->arena, scratch);
	f->value = arena_span(&k->list->arena, buf_span(&k->label));
	f->message = arena_printf(&k->list->arena,
	    _("%.*s: no report in %.*s for"), (int)f->key.n, f->key.p,
	    (int)o->reports->name.n, o->reports->name.p);
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
}

/* What an expression could not be worked out because of. */
static bool
report_trouble(struct running *k)
{
	struct trouble *t = &k->owed->trouble;
	struct finding *f;

	if (!scope_trouble(&k->owed->scope, &k->run))
		return false;
	f = findings_add(k->list, FINDING_ROW_CONSTRAINT, 0, COLUMN_NONE);
	f->status = FOUND_CAUSED; /* by the cell, if that is wrong */
	f->rule = k->owed->id;
	f->table = k->owed->scope.table->name;
	f->place = t->place;
	if (t->fault.has_value)
		f->value = arena_span(&k->list->arena, span_of(t->fault.value));
	f->message =
	    arena_printf(&k->list->arena, _("the rule cannot be evaluated: %s"),
		diag_kind(t->fault.id)->what);
	t->fault.id = DIAG_NONE;
	return true;
}

static void
check_record(struct running *k, struct table_row at, struct date today)
{
	struct owed *o = k->owed;
	const struct block *b = table_block(o->scope.table, at);
	struct date day, until = today, next;

	scope_at(&o->scope, at, &k->run);
	if ((o->where != NULL && !expr_true(o->where, &k->run)) ||
	    !day_of(o->from, &k->run, &day)) {
		(void)report_trouble(k);
		return;
	}
	(void)day_of(o->until, &k->run, &until);
	if (report_trouble(k))
		return;
	for (; day.days <= until.days; day = next) {
		next = next_period(day, o->period, &k->label);
		if (next.days > today.days)
			return;
		if (put_report(&k->key, o, b, at.rec, o->part,
			buf_span(&k->label), &k->scratch) &&
		    keytab_find(&k->come, buf_span(&k->key)) == KEYTAB_NONE)
			add_missing(k, at);
	}
}

void
owed_run(struct owed *o, struct date today, struct findings *list)
{
	struct running k = {.owed = o, .list = list};
	const struct table *t = o->scope.table;
	struct table_row r;

	collect_reports(o, &k.come);
	for (r = table_first(t); table_has(t, r); r = table_next(t, r))
		check_record(&k, r, today);
	keytab_release(&k.come);
	expr_run_release(&k.run);
	buf_release(&k.key);
	buf_release(&k.scratch);
	buf_release(&k.label);
}

void
owed_release(struct owed *o)
{
	expr_free(o->where);
	expr_free(o->from);
	expr_free(o->until);
	scope_release(&o->scope);
}
