#include "verdict.h"

#include "words.h"

/*
 * Rows of the wrong length. Where one is broken in two, there are two of them,
 * and the second follows from the first.
 */

/* Whether a row has the names of most fields: it is the header, and what is
 * taken for it is a title above. */
static bool
is_header(const struct check *k, struct span row)
{
	size_t n = 0;

	while (row.p != NULL) {
		size_t cell = span_find(row, '\t');

		n += schema_find(k->schema, span_make(row.p, cell)) <
		    k->schema->n;
		row = cell < row.n ? span_from(row, cell + 1)
				   : span_make(NULL, 0);
	}
	return n > 1 && n > k->schema->n / 2;
}

static void
add_row(const struct check *k, const struct block_ragged *r, struct verdict *v)
{
	const struct columns *columns = k->columns;
	bool blank = r->text.n == 0;
	enum finding_id id = blank  ? FINDING_BLANK_ROW
	    : r->ncell < columns->n ? FINDING_MISSING_CELL
				    : FINDING_EXTRA_CELL;
	struct finding *f = findings_add(&v->list, id, r->before, COLUMN_NONE);

	f->at = FINDING_BEFORE;
	f->line = r->line;
	f->expected = arena_printf(&v->list.arena,
	    ngettext("%zu cell", "%zu cells", columns->n), columns->n);
	if (is_header(k, r->text))
		f->message = span_of(
		    _("this looks like the header: take out the lines above"));
	else if (!blank)
		f->message = arena_printf(&v->list.arena,
		    ngettext("%zu cell where there are %zu columns",
			"%zu cells where there are %zu columns", r->ncell),
		    r->ncell, columns->n);
	if (id == FINDING_MISSING_CELL)
		f->field = columns->name[r->ncell];
}

/* Whether one row goes on in the next: a line end inside a cell, or in the
 * place of what parts cells. */
static bool
is_broken(
    const struct block_ragged *r, const struct block_ragged *next, size_t ncol)
{
	size_t both = r->ncell + next->ncell;

	return r->line + 1 == next->line && r->text.n > 0 && next->text.n > 0 &&
	    (both == ncol || both == ncol + 1);
}

void
check_ragged(const struct check *k, const struct block *b, struct verdict *v)
{
	const struct columns *columns = k->columns;

	for (size_t i = 0; i < b->nragged; i++) {
		struct finding *half;

		add_row(k, &b->ragged[i], v);
		if (i + 1 == b->nragged ||
		    !is_broken(&b->ragged[i], &b->ragged[i + 1], columns->n))
			continue;
		half = &v->list.item[v->list.n - 1];
		half->message = span_of(_(
		    "a line end inside the row: it goes on in the next line"));
		add_row(k, &b->ragged[++i], v);
		v->list.item[v->list.n - 1].status = FOUND_CAUSED;
	}
}
