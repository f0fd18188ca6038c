#include "indicator_rows.h"

#include "cell.h"
#include "period.h"
#include "published.h"

enum { OUT_BYTES = 1 << 16 };

static const char *const before_groups[] = {"periode"};
static const char *const labels[] = {
    "indicateur", "libelle", "unite", "valeur"};
static const char *const changes[] = {"precedent", "evolution"};
static const char *const verdicts[] = {"cible", "statut"};
static const char *const publications[] = {"publie", "ecart"};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A row's figure: its text, and the number that it is, if it is one. */
struct figure {
	struct span text; /* empty: missing */
	bool is_number;
	struct number number;
	struct buf buf;
};

/* One row to be. */
struct row_of {
	const struct plan *plan;
	int period;
	struct span group; /* p NULL: the one over all groups */
};

/* Columns. */

static int
add_names(struct indicator_rows *r, const char *const *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (columns_add(&r->names, span_of(name[i])) != COLUMN_NONE)
			continue;
		diag_report(r->passes->diag, DIAG_DUPLICATE_COLUMN, NULL,
		    span_of(name[i]),
		    "the result has a column of this name already: group by "
		    "another one");
		return -1;
	}
	return 0;
}

static void
add_groups(struct indicator_rows *r)
{
	size_t before = r->names.n;

	for (size_t i = 0; i < r->passes->file.n; i++) {
		const struct node_list *g = &r->passes->file.indicator[i].group;

		for (size_t k = 0; k < g->n; k++)
			columns_add(&r->names, columns_bare(g->item[k].text));
	}
	r->ngroup = r->names.n - before;
}

int
indicator_rows_init(struct indicator_rows *r)
{
	const struct indicator_file *f = &r->passes->file;

	for (size_t i = 0; i < f->n; i++) {
		r->dated = r->dated || f->indicator[i].date != NULL;
		r->published = r->published || f->indicator[i].npublished > 0;
	}
	columns_init(&r->names, r->passes->arena);
	if (r->dated)
		add_names(r, before_groups, COUNT(before_groups));
	add_groups(r);
	if (add_names(r, labels, COUNT(labels)) < 0 ||
	    (r->dated && add_names(r, changes, COUNT(changes)) < 0) ||
	    add_names(r, verdicts, COUNT(verdicts)) < 0 ||
	    (r->published &&
		add_names(r, publications, COUNT(publications)) < 0))
		return -1;
	r->end = ARENA_ARRAY(r->passes->arena, size_t, r->names.n);
	r->cell = ARENA_ARRAY(r->passes->arena, struct span, r->names.n);
	return 0;
}

/* Cells. */

static void
end_cell(struct indicator_rows *r)
{
	r->end[r->ncell++] = r->text.n;
}

static void
put_cell(struct indicator_rows *r, struct span cell)
{
	buf_add(&r->text, cell);
	end_cell(r);
}

static void
put_text(struct indicator_rows *r, struct span text)
{
	cell_encode(&r->text, text);
	end_cell(r);
}

static int
end_row(struct indicator_rows *r)
{
	const struct writer *w = &r->sink->writer;
	size_t from = 0;
	int rc = 0;

	for (size_t i = 0; i < r->ncell; from = r->end[i++])
		r->cell[i] = buf_part(&r->text, from, r->end[i]);
	w->format->record(w, &r->out, r->cell);
	r->nout++;
	r->ncell = 0;
	buf_reset(&r->text);
	if (r->out.n >= OUT_BYTES) {
		rc = sink_put(r->sink, buf_span(&r->out), r->nout);
		buf_reset(&r->out);
		r->nout = 0;
	}
	return rc;
}

static void
put_groups(struct indicator_rows *r, const struct row_of *row)
{
	const struct indicator *x = row->plan->of;

	for (size_t i = 0; i < r->ngroup; i++) {
		struct span name = r->names.name[i + r->dated];
		size_t k = 0;

		while (k < x->group.n &&
		    !span_eq(columns_bare(x->group.item[k].text), name))
			k++;
		if (k < x->group.n && row->group.p != NULL)
			buf_add(&r->text, roll_cell(row->group, k));
		else if (k == 0 && x->group.n > 0)
			cell_encode(&r->text, x->total);
		end_cell(r);
	}
}

/* Figures. */

static void
figure_set(struct figure *f, struct number n)
{
	f->is_number = true;
	f->number = n;
	buf_reset(&f->buf);
	number_format(&f->buf, n);
	f->text = buf_span(&f->buf);
}

static void
print_term(struct indicator_rows *r, const struct plan *plan, size_t i,
    char *state, struct figure *f)
{
	buf_reset(&f->buf);
	f->is_number = false;
	if (state != NULL)
		request_print(&plan->pass->request, plan->figure[i], state,
		    &r->run, &f->buf);
	f->text = buf_span(&f->buf);
	if (f->text.n > 0)
		f->is_number = number_parse(f->text, false, &f->number);
}

/* What a row shows: a quotient is missing when either side is, or when it
 * would be of zero. The buffer is the caller's to release. */
static struct figure
figure_of(struct indicator_rows *r, const struct row_of *row)
{
	const struct plan *plan = row->plan;
	struct figure f = {.is_number = false}, under = {.is_number = false};
	char *state = NULL;

	if (plan->computed)
		state = roll_state(plan->roll, row->period, row->group);
	print_term(r, plan, 0, state, &f);
	if (plan->of->figure[1] != NULL) {
		struct number n;

		print_term(r, plan, 1, state, &under);
		buf_release(&under.buf);
		if (f.is_number && under.is_number &&
		    number_div(f.number, under.number, &n)) {
			figure_set(&f, n);
		} else {
			f.is_number = false;
			f.text = SPAN("");
		}
	}
	if (f.is_number && plan->of->decimals >= 0)
		figure_set(&f, number_round(f.number, plan->of->decimals));
	return f;
}

static void
put_difference(
    struct indicator_rows *r, const struct figure *f, struct number from)
{
	struct number n;

	if (f->is_number && number_sub(f->number, from, &n))
		number_format(&r->text, n);
}

static bool
compared_period(const struct indicator_rows *r, int period, int *out)
{
	*out = period - 1;
	return r->compare == COMPARE_PREVIOUS ||
	    period_year_ago(period, r->passes->period, out);
}

/* The change is of like with like: none where reports are lacking. */
static void
put_change(
    struct indicator_rows *r, const struct row_of *row, const struct figure *f)
{
	struct row_of before = *row;
	struct figure old = {.is_number = false};

	if (row->plan->computed && row->plan->of->date != NULL &&
	    compared_period(r, row->period, &before.period))
		old = figure_of(r, &before);
	put_cell(r, old.text);
	if (old.is_number &&
	    !roll_lacks(row->plan->roll, row->period, row->group) &&
	    !roll_lacks(row->plan->roll, before.period, row->group))
		put_difference(r, f, old.number);
	end_cell(r);
	buf_release(&old.buf);
}

/* Verdicts. */

/* The row over all groups has a target of its own: 20 a region are not 20 in
 * all. */
static const struct number *
target_of(const struct indicator_rows *r, const struct row_of *row)
{
	const struct indicator *x = row->plan->of;
	const struct indicator_bound *b =
	    row->group.p == NULL ? &x->total_target : &x->target;
	int period = x->date == NULL ? 0 : (int)r->passes->period;

	return b->given[period] ? &b->at[period] : NULL;
}

static bool
reaches(const struct indicator *x, struct number value, struct number bound)
{
	int c = number_cmp(value, bound);

	return x->lower_is_better ? c <= 0 : c >= 0;
}

/* Whether it is within so many percent of the target. */
static bool
is_near(const struct indicator *x, struct number value, struct number target)
{
	struct number hundred, bound;

	return x->has_near && number_mul(value, number_int(100), &hundred) &&
	    number_mul(target, x->near, &bound) && reaches(x, hundred, bound);
}

static const char *
status_of(const struct indicator_rows *r, const struct row_of *row,
    const struct figure *f)
{
	const struct indicator *x = row->plan->of;
	const struct number *target = target_of(r, row);
	struct roll *roll = row->plan->roll;
	bool lacks;

	if (!row->plan->computed)
		return "non-calcule";
	lacks = roll_lacks(roll, row->period, row->group);
	if (roll_state(roll, row->period, row->group) == NULL)
		return row->plan->owed != NULL && !lacks ? "sans-valeur"
							 : "sans-rapport";
	if (f->text.n == 0)
		return "sans-valeur";
	if (lacks)
		return "incomplet";
	if (target == NULL || !f->is_number)
		return "";
	if (reaches(x, f->number, *target))
		return "atteint";
	return is_near(x, f->number, *target) ? "proche" : "non-atteint";
}

static void
put_verdict(
    struct indicator_rows *r, const struct row_of *row, const struct figure *f)
{
	const struct number *target = target_of(r, row);

	if (target != NULL)
		number_format(&r->text, *target);
	end_cell(r);
	put_cell(r, span_of(status_of(r, row, f)));
}

/* What was published, and how far the figure is from it. */
static void
put_publications(
    struct indicator_rows *r, const struct row_of *row, const struct figure *f)
{
	struct buf list = {NULL, 0, 0};
	struct span rest, value;
	struct number n;

	if (row->plan->computed)
		published_add(&list, row->plan, row->group);
	put_cell(r, buf_span(&list));
	rest = buf_span(&list);
	while (f->is_number && list.n > 0 && cell_value(&rest, &value)) {
		if (value.p > list.p)
			buf_byte(&r->text, '|');
		if (number_parse(value, false, &n))
			put_difference(r, f, n);
	}
	end_cell(r);
	buf_release(&list);
}

/* Rows. */

static int
put_row(struct indicator_rows *r, const struct row_of *row)
{
	const struct indicator *x = row->plan->of;
	struct figure f = figure_of(r, row);

	if (r->dated) {
		if (x->date != NULL)
			period_format(&r->text, row->period, r->passes->period);
		end_cell(r);
	}
	put_groups(r, row);
	put_text(r, x->id);
	put_text(r, x->label);
	put_text(r, x->unit);
	put_cell(r, f.text);
	if (r->dated)
		put_change(r, row, &f);
	put_verdict(r, row, &f);
	if (r->published)
		put_publications(r, row, &f);
	buf_release(&f.buf);
	if (r->run.fault.id == DIAG_NONE)
		return end_row(r);
	r->run.fault.place = x->place;
	diag_fault(r->passes->diag, &r->run.fault);
	return -1;
}

/* Those who owe a report and have no group in the period. */
static int
put_owers(struct indicator_rows *r, const struct plan *plan, int period)
{
	struct row_of row = {plan, period, {NULL, 0}};
	const struct roll *roll = plan->roll;
	struct buf cells = {NULL, 0, 0};
	int rc = 0;

	if (roll->ower_col == COLUMN_NONE)
		return 0;
	for (size_t i = 0; i < plan->owed->key.n && rc == 0; i++) {
		struct span ower = keytab_key(&plan->owed->key, i);

		if (roll_has_ower(roll, period, ower))
			continue;
		roll_put_ower(roll, ower, &cells);
		row.group = buf_span(&cells);
		rc = put_row(r, &row);
	}
	buf_release(&cells);
	return rc;
}

static int
put_period(struct indicator_rows *r, const struct plan *plan, int period)
{
	struct row_of row = {plan, period, {NULL, 0}};
	const struct roll *roll = plan->roll;

	if (!plan->computed)
		return put_row(r, &row);
	for (size_t i = 0; i < roll->group.n; i++) {
		row.group = keytab_key(&roll->group, i);
		if (roll->since[i] <= period && put_row(r, &row) < 0)
			return -1;
	}
	if (put_owers(r, plan, period) < 0)
		return -1;
	row.group.p = NULL;
	return plan->of->group.n > 0 && plan->of->total.p != NULL
	    ? put_row(r, &row)
	    : 0;
}

static int
put_rows(struct indicator_rows *r, bool dated, int period)
{
	for (size_t i = 0; i < r->passes->file.n; i++)
		if ((r->passes->plan[i].of->date != NULL) == dated &&
		    put_period(r, &r->passes->plan[i], period) < 0)
			return -1;
	return 0;
}

int
indicator_rows_write(struct indicator_rows *r)
{
	if (put_rows(r, false, ROLL_UNDATED) < 0)
		return -1;
	for (int p = r->periods.first; r->dated && p <= r->periods.last; p++)
		if (put_rows(r, true, p) < 0)
			return -1;
	return r->nout == 0 ? 0 : sink_put(r->sink, buf_span(&r->out), r->nout);
}

void
indicator_rows_release(struct indicator_rows *r)
{
	buf_release(&r->text);
	buf_release(&r->out);
	expr_run_release(&r->run);
}
