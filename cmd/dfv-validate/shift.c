#include "verdict.h"

#include "cell.h"
#include "words.h"

/*
 * Rows of the right length whose cells stand in the wrong columns: one finding
 * for the row, from which those about its cells follow.
 */

/* Whether a column's cell has no value, or not one that is right. */
static bool
is_wrong(const struct check_column *c, struct span cell, struct verdict *v)
{
	return check_missing(c->field, cell, &v->scratch) ||
	    !check_cell(c->field, cell, v);
}

/* Whether the record's cells would do for the columns from `from` on, were they
 * taken `step` to the right: two at least that do not as they are. */
static bool
fits_moved(const struct check *k, const struct block *b, size_t rec,
    size_t from, int step, struct verdict *v)
{
	size_t said = 0;

	for (size_t i = 0; i < k->ncolumn; i++) {
		const struct check_column *c = &k->column[i];
		size_t at = c->col + (size_t)step;
		struct span cell;

		if (c->col < from || (step < 0 && c->col == from) ||
		    at >= b->ncol)
			continue;
		cell = block_cell(b, rec, at);
		if (check_missing(c->field, cell, &v->scratch))
			continue;
		if (!check_cell(c->field, cell, v))
			return false;
		said += is_wrong(c, block_cell(b, rec, c->col), v);
	}
	return said >= 2;
}

/* An empty cell may be what pushed those behind it. */
static size_t
push_from(const struct block *b, size_t rec, size_t col)
{
	return col > 0 && cell_missing(block_cell(b, rec, col - 1)) ? col - 1
								    : col;
}

/* Findings [from, to) are about cells of one record, in their order. */
static void
check_record(const struct check *k, const struct block *b, struct verdict *v,
    size_t from, size_t to)
{
	size_t rec = v->list.item[from].rec, col = v->list.item[from].col;
	bool right = fits_moved(k, b, rec, push_from(b, rec, col), 1, v);
	struct finding *f;

	if (!right && !fits_moved(k, b, rec, col, -1, v))
		return;
	for (size_t i = from; i < to; i++)
		v->list.item[i].status = FOUND_CAUSED;
	f = findings_add(&v->list, FINDING_ROW_ERROR, rec, col);
	f->field = k->columns->name[col];
	f->message = span_of(right
		? _("from here on, cells stand a column too far to the right")
		: _("from here on, cells stand a column too far to the left"));
}

void
check_shifts(const struct check *k, const struct block *b, struct verdict *v)
{
	size_t n = v->list.n, to;

	if (n < 2)
		return;
	findings_sort(&v->list);
	for (size_t from = 0; from < n; from = to) {
		const struct finding *f = &v->list.item[from];
		size_t rec = f->rec;

		to = from + 1;
		if (f->at == FINDING_BEFORE)
			continue;
		while (to < n && v->list.item[to].rec == rec &&
		    v->list.item[to].at == FINDING_AT)
			to++;
		if (v->list.item[to - 1].col > f->col)
			check_record(k, b, v, from, to);
	}
}
