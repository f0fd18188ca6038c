#include "table.h"

#include "block.h"
#include "cell.h"
#include "reader.h"

/* Small, since what indexes a block is memory that is used once. */
enum { BLOCK_BYTES = 128 * 1024 };

struct table_run {
	const struct table *table;
	struct reader *reader;
	size_t col[TABLE_MAX_COLUMNS];
	size_t ncol;
	void *ctx;
	struct shelf *shelf;
	struct diag *diag;
};

static int
find_columns(struct table_run *t, const char *file)
{
	const struct columns *have = reader_columns(t->reader);

	for (t->ncol = 0; t->table->columns[t->ncol] != NULL; t->ncol++) {
		struct span name = span_of(t->table->columns[t->ncol]);
		bool optional = name.p[0] == '?';

		t->col[t->ncol] =
		    columns_find(have, optional ? span_from(name, 1) : name);
		if (t->col[t->ncol] != COLUMN_NONE || optional)
			continue;
		diag_report(t->diag, DIAG_BAD_GEOGRAPHY,
		    &(struct place){file, 1, 0}, name,
		    "this column is missing; see dfv-geo(1), GEOGRAPHY");
		return -1;
	}
	return 0;
}

static int
bad_cell(struct table_run *t, const struct block *b, size_t rec, size_t i,
    struct span value, const char *what)
{
	struct place at = reader_place(b, rec, t->col[i]);

	diag_report(t->diag, DIAG_BAD_GEOGRAPHY, &at, value, "%s", what);
	return -1;
}

static int
take_rows(struct table_run *t, const struct block *b)
{
	struct span text = span_make(b->p, b->n);
	bool plain = cell_plain(text);

	if (!block_is_mapped(b))
		text = arena_span(t->shelf->arena, text);

	for (size_t rec = 0; rec < b->nrec; rec++) {
		struct span cell[TABLE_MAX_COLUMNS];
		const char *what;
		size_t bad = 0;

		for (size_t i = 0; i < t->ncol; i++) {
			if (t->col[i] == COLUMN_NONE) {
				cell[i] = span_make(NULL, 0);
				continue;
			}
			cell[i] = block_cell(b, rec, t->col[i]);
			cell[i].p = text.p + (cell[i].p - b->p);
			if (plain)
				continue;
			if (cell_missing(cell[i]))
				cell[i].n = 0;
			else if (!cell_plain(cell[i]))
				return bad_cell(t, b, rec, i, cell[i],
				    "a geography has no escapes");
		}
		what = t->table->row(t->ctx, cell, &bad);
		if (what != NULL)
			return bad_cell(t, b, rec, bad, cell[bad], what);
	}
	return 0;
}

int
table_read(const struct table *table, const char *dir, void *ctx,
    struct shelf *shelf, struct diag *diag)
{
	const char *path =
	    arena_printf(shelf->arena, "%s/%s", dir, table->file).p;
	struct reader_opts opts = {.from = "tsv",
	    .progress = PROGRESS_NEVER,
	    .block_bytes = BLOCK_BYTES};
	struct table_run t = {
	    .table = table, .ctx = ctx, .shelf = shelf, .diag = diag};
	struct block b = BLOCK_EMPTY;
	int rc = -1;

	t.reader = reader_open(&path, 1, &opts, diag);
	if (t.reader == NULL)
		return -1;
	shelf->reader[shelf->n++] = t.reader;
	if (find_columns(&t, path) == 0)
		while ((rc = reader_next(t.reader, &b)) > 0)
			if (take_rows(&t, &b) < 0) {
				rc = -1;
				break;
			}
	block_release(&b);
	return rc;
}

void
shelf_release(struct shelf *s)
{
	while (s->n > 0)
		reader_free(s->reader[--s->n]);
}
