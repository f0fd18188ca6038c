#include "verdict.h"

#include "cell.h"
#include "utf8.h"
#include "words.h"

enum { TOTAL_MAX_BYTES = 32 };

/*
 * Rows of the right length whose cells stand in the wrong columns, or that are
 * sums of others: one finding for the row, from which those about its cells
 * follow.
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

/* How a row of totals begins. */
static bool
is_total(struct span cell, struct buf *scratch)
{
	static const char *const words[] = {"total", "totaux", "totals",
	    "total general", "totaux generaux", "grand total", "sous-total",
	    "sous total", "subtotal"};
	struct span text;

	buf_reset(scratch);
	if (cell.n > TOTAL_MAX_BYTES)
		return false;
	utf8_fold(scratch, cell);
	text = span_trim(buf_span(scratch));
	if (text.n > 0 && text.p[text.n - 1] == ':')
		text = span_trim(span_make(text.p, text.n - 1));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_eq(text, span_of(words[i])))
			return true;
	return false;
}

/* The column of the word that says that the record is one of totals, others
 * having no value; or COLUMN_NONE. */
static size_t
find_total(const struct block *b, size_t rec, struct buf *scratch)
{
	size_t col = 0, missing;

	while (col < b->ncol && cell_missing(block_cell(b, rec, col)))
		col++;
	if (col == b->ncol || !is_total(block_cell(b, rec, col), scratch))
		return COLUMN_NONE;
	missing = col;
	for (size_t c = col; c < b->ncol; c++)
		missing += cell_missing(block_cell(b, rec, c));
	return missing > 0 ? col : COLUMN_NONE;
}

/* Findings [from, to) are about cells of one record, in their order. */
struct few {
	size_t from;
	size_t to;
};

/* They follow from a new one about their row. */
static void
add_row_error(const struct check *k, struct verdict *v, struct few few,
    size_t col, const char *message)
{
	size_t rec = v->list.item[few.from].rec;
	struct finding *f;

	for (size_t i = few.from; i < few.to; i++)
		v->list.item[i].status = FOUND_CAUSED;
	f = findings_add(&v->list, FINDING_ROW_ERROR, rec, col);
	f->field = k->columns->name[col];
	f->message = span_of(message);
}

static void
check_record(const struct check *k, const struct block *b, struct verdict *v,
    struct few few)
{
	const struct finding *first = &v->list.item[few.from];
	size_t rec = first->rec, col = first->col;
	size_t total = find_total(b, rec, &v->scratch);

	if (total != COLUMN_NONE)
		add_row_error(k, v, few, total,
		    _("this looks like a row of totals: take it out"));
	else if (v->list.item[few.to - 1].col == col)
		return;
	else if (fits_moved(k, b, rec, push_from(b, rec, col), 1, v))
		add_row_error(k, v, few, col,
		    _("from here on, cells stand a column too far to the right"));
	else if (fits_moved(k, b, rec, col, -1, v))
		add_row_error(k, v, few, col,
		    _("from here on, cells stand a column too far to the left"));
}

void
check_shifts(const struct check *k, const struct block *b, struct verdict *v)
{
	size_t n = v->list.n, to;

	if (n == 0)
		return;
	findings_sort(&v->list);
	for (size_t from = 0; from < n; from = to) {
		const struct finding *f = &v->list.item[from];
		size_t rec = f->rec;

		to = from + 1;
		if (f->at == FINDING_BEFORE || f->col == COLUMN_NONE)
			continue;
		while (to < n && v->list.item[to].rec == rec &&
		    v->list.item[to].at == FINDING_AT)
			to++;
		check_record(k, b, v, (struct few){from, to});
	}
}
