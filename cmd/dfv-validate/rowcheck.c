#include "rowcheck.h"

#include "cell.h"
#include "reference.h"
#include "verdict.h"
#include "words.h"

/* A cell as a check of several columns sees it. */
struct value {
	const struct field *field;
	struct span text; /* in the cell, or in the list's arena */
	bool missing;     /* empty, or not of its type: which is reported */
	struct number order;
};

static struct value
value_of(const struct check *k, const struct block *b, size_t rec, size_t field,
    struct verdict *v)
{
	struct value value = {
	    .field = &k->schema->field[field], .missing = true};
	size_t col = k->col[field];
	struct span cell;

	if (col == COLUMN_NONE)
		return value;
	cell = block_cell(b, rec, col);
	if (check_missing(value.field, cell, &v->scratch))
		return value;
	value.text = cell;
	if (!v->plain) {
		buf_reset(&v->scratch);
		if (cell_text(cell, &v->scratch, &value.text) != 0)
			return value;
		value.text = arena_span(&v->list.arena, value.text);
	}
	value.missing = !value.field->is_list &&
	    value.field->type->check != NULL &&
	    !value.field->type->check(value.field, value.text, &value.order);
	return value;
}

/* « depart, fin » */
static struct span
names_of(const struct row_check *c, const struct check *k, struct arena *a)
{
	struct buf names = {NULL, 0, 0};
	struct span text;

	for (size_t i = 0; i < c->n; i++) {
		struct span name = k->schema->field[c->field[i]].name;

		buf_printf(
		    &names, "%s%.*s", i > 0 ? ", " : "", (int)name.n, name.p);
	}
	text = arena_span(a, buf_span(&names));
	buf_release(&names);
	return text;
}

/* At the first column that is there. */
static struct finding *
add_finding(const struct row_check *c, const struct check *k, size_t rec,
    struct verdict *v)
{
	struct finding *f;
	size_t i = 0;

	while (i + 1 < c->n && k->col[c->field[i]] == COLUMN_NONE)
		i++;
	f = findings_add(&v->list, c->kind->finding, rec, k->col[c->field[i]]);
	f->field = names_of(c, k, &v->list.arena);
	f->expected = span_of(c->kind->name);
	return f;
}

static void
run_one_of(const struct row_check *c, const struct check *k,
    const struct block *b, size_t rec, struct verdict *v)
{
	for (size_t i = 0; i < c->n; i++) {
		size_t col = k->col[c->field[i]];

		if (col != COLUMN_NONE &&
		    !check_missing(&k->schema->field[c->field[i]],
			block_cell(b, rec, col), &v->scratch))
			return;
	}
	(void)add_finding(c, k, rec, v);
}

static void
run_cohesive(const struct row_check *c, const struct check *k,
    const struct block *b, size_t rec, struct verdict *v)
{
	size_t missing = 0;

	for (size_t i = 0; i < c->n; i++)
		missing += check_missing(&k->schema->field[c->field[i]],
		    block_cell(b, rec, k->col[c->field[i]]), &v->scratch);
	if (missing > 0 && missing < c->n)
		(void)add_finding(c, k, rec, v);
}

/* A value as a number: it is one, or text that reads as one. */
static bool
number_of(const struct value *value, struct number *number)
{
	if ((value->field->type->is & TYPE_NUMERIC) == 0)
		return number_parse(value->text, false, number);
	*number = value->order;
	return true;
}

/* <0, 0, >0; false when the two cannot be compared: numbers with numbers, also
 * those in text, dates with dates, text with text. */
static bool
compare(const struct value *x, const struct value *y, int *order)
{
	const struct type *left = x->field->type, *right = y->field->type;
	struct number a, b;

	if (number_of(x, &a) && number_of(y, &b))
		*order = number_cmp(a, b);
	else if ((left->is & right->is & TYPE_ORDERED) != 0 &&
	    span_eq(span_of(left->name), span_of(right->name)))
		*order = number_cmp(x->order, y->order);
	else if ((left->is & TYPE_ORDERED) == 0 &&
	    (right->is & TYPE_ORDERED) == 0)
		*order = span_cmp(x->text, y->text);
	else
		return false;
	return true;
}

static bool
op_holds(enum row_op op, int order)
{
	switch (op) {
	case ROW_LESS:
		return order < 0;
	case ROW_AT_MOST:
		return order <= 0;
	case ROW_EQUAL:
		return order == 0;
	case ROW_AT_LEAST:
		return order >= 0;
	default:
		return order > 0;
	}
}

static void
run_compare(const struct row_check *c, const struct check *k,
    const struct block *b, size_t rec, struct verdict *v)
{
	static const char *const wanted[] = {N_("less than"), N_("at most"),
	    N_("equal to"), N_("at least"), N_("more than")};
	struct value x = value_of(k, b, rec, c->field[0], v);
	struct value y = value_of(k, b, rec, c->field[1], v);
	struct arena *a = &v->list.arena;
	struct finding *f;
	int order = 0;
	bool able;

	if (x.missing || y.missing)
		return;
	able = compare(&x, &y, &order);
	if (able && op_holds(c->op, order))
		return;
	f = add_finding(c, k, rec, v);
	f->value = arena_span(a, x.text);
	f->expected = arena_printf(
	    a, "%s %.*s", _(wanted[c->op]), (int)y.text.n, y.text.p);
	if (able)
		f->message =
		    arena_printf(a, _("%.*s is not %s %.*s, which is %.*s"),
			(int)x.field->name.n, x.field->name.p, _(wanted[c->op]),
			(int)y.field->name.n, y.field->name.p, (int)y.text.n,
			y.text.p);
	else
		f->message = arena_printf(a,
		    _("cannot be compared with %.*s of %.*s"), (int)y.text.n,
		    y.text.p, (int)y.field->name.n, y.field->name.p);
}

static bool
add_up(struct number *sum, const struct value *value)
{
	struct number number;

	return number_of(value, &number) && number_add(*sum, number, sum);
}

static void
run_sum(const struct row_check *c, const struct check *k, const struct block *b,
    size_t rec, struct verdict *v)
{
	struct number sum = number_int(0), total = number_int(0);
	struct value first = value_of(k, b, rec, c->field[0], v);
	bool able = !first.missing && add_up(&total, &first);
	struct buf shown = {NULL, 0, 0};
	struct finding *f;

	if (first.missing)
		return;
	for (size_t i = 1; i < c->n; i++) {
		struct value part = value_of(k, b, rec, c->field[i], v);

		if (part.missing)
			return;
		able = able && add_up(&sum, &part);
	}
	if (able && number_cmp(sum, total) == 0)
		return;
	f = add_finding(c, k, rec, v);
	f->value = arena_span(&v->list.arena, first.text);
	number_format(&shown, sum);
	f->expected = arena_span(&v->list.arena, buf_span(&shown));
	f->message = able
	    ? arena_printf(&v->list.arena,
		  _("not the sum of the columns, %.*s"), (int)shown.n, shown.p)
	    : span_of(_("cannot be added up: not all are numbers"));
	buf_release(&shown);
}

/* Whether s is one of a list with bars between. */
static bool
is_among(struct span list, struct span s)
{
	struct span one;

	while (list.n > 0 && cell_value(&list, &one))
		if (span_eq(one, s))
			return true;
	return false;
}

/* A code that is none is what other checks are for. */
static void
run_postal(const struct row_check *c, const struct check *k,
    const struct block *b, size_t rec, struct verdict *v)
{
	struct value code = value_of(k, b, rec, c->field[0], v);
	struct value commune = value_of(k, b, rec, c->field[1], v);
	struct arena *a = &v->list.arena;
	struct span codes, name;
	struct finding *f;

	if (code.missing || commune.missing ||
	    !reference_has(c->reference, VOCABULARY_POSTAL, code.text))
		return;
	codes = reference_postal(c->reference, commune.text, &name);
	if (codes.n == 0 || is_among(codes, code.text))
		return;
	f = add_finding(c, k, rec, v);
	f->value = arena_span(a, code.text);
	f->expected = codes;
	f->message = arena_printf(a, _("not a postal code of %.*s (%.*s)"),
	    (int)name.n, name.p, (int)commune.text.n, commune.text.p);
	if (span_find(codes, '|') == codes.n)
		f->suggestion = codes;
}

/* Every column is needed. */
static int
skip_absent(size_t nabsent, size_t n)
{
	(void)n;
	return nabsent > 0 ? 0 : 1;
}

static int
refuse_some_absent(size_t nabsent, size_t n)
{
	return nabsent == 0 ? 1 : nabsent < n ? 2 : 0;
}

static int
refuse_all_absent(size_t nabsent, size_t n)
{
	return nabsent == n ? 2 : 1;
}

static const struct row_check_kind kinds[] = {
    {"one-of-required", {"column1", "column2"}, {"column", NULL}, NULL, false,
	false, FINDING_ONE_OF_REQUIRED, run_one_of, refuse_all_absent},
    {"cohesive-columns-value", {"column", NULL}, {NULL, NULL}, "othercolumns",
	false, false, FINDING_COHESIVE_COLUMNS, run_cohesive,
	refuse_some_absent},
    {"compare-columns-value", {"column", "column2"}, {NULL, NULL}, NULL, true,
	false, FINDING_COMPARE_COLUMNS, run_compare, skip_absent},
    {"sum-columns-value", {"column", NULL}, {NULL, NULL}, "columns", false,
	false, FINDING_SUM_COLUMNS, run_sum, skip_absent},
    {"code-postal-commune", {"column", "commune"}, {NULL, NULL}, NULL, false,
	true, FINDING_CODE_POSTAL, run_postal, skip_absent},
};

enum { NKIND = sizeof kinds / sizeof kinds[0] };

const struct row_check_kind *
row_check_find(struct span name)
{
	for (size_t i = 0; i < NKIND; i++)
		if (span_eq(name, span_of(kinds[i].name)))
			return &kinds[i];
	return NULL;
}

const char *
row_check_name(size_t i)
{
	return i < NKIND ? kinds[i].name : NULL;
}

static int
absent(const struct row_check *c, const struct check *k)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += k->col[c->field[i]] == COLUMN_NONE;
	return c->kind->absent(n, c->n);
}

void
row_check_labels(const struct check *k, struct place where, struct findings *l)
{
	for (size_t i = 0; i < k->schema->nrow; i++) {
		const struct row_check *c = &k->schema->row[i];
		struct finding *f;

		if (absent(c, k) != 2)
			continue;
		f = findings_add(l, c->kind->finding, 0, COLUMN_NONE);
		f->place = where;
		f->field = names_of(c, k, &l->arena);
		f->message = span_of(_("columns are missing"));
	}
}

void
row_check_block(const struct check *k, const struct block *b, struct verdict *v)
{
	for (size_t i = 0; i < k->schema->nrow; i++) {
		const struct row_check *c = &k->schema->row[i];

		size_t blank = 0;

		if (absent(c, k) != 1)
			continue;
		for (size_t rec = 0; rec < b->nrec; rec++) {
			if (blank < v->nblank && v->blank[blank] == rec)
				blank++; /* which is said already */
			else
				c->kind->run(c, k, b, rec, v);
		}
	}
}
