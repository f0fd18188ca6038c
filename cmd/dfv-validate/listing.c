#include "listing.h"

#include "cell.h"

int
listing_load(
    struct listing *l, const char *file, struct arena *a, struct diag *d)
{
	const struct reader_opts opts = {.progress = PROGRESS_NEVER};
	const char **one = ARENA_NEW(a, const char *);

	*l = (struct listing){.arena = a};
	l->table.labels = FINDINGS_EMPTY;
	*one = file;
	return table_load(&l->table, one, 1, &opts, a, d);
}

struct span
listing_text(const struct listing *l, struct table_row r, const char *column)
{
	size_t col = columns_find(l->table.columns, span_of(column));
	struct buf scratch = {NULL, 0, 0};
	struct span text = {NULL, 0};

	if (col != COLUMN_NONE)
		text = arena_span(l->arena,
		    cell_shown(
			block_cell(table_block(&l->table, r), r.rec, col),
			&scratch));
	buf_release(&scratch);
	return text;
}

struct place
listing_place(const struct listing *l, struct table_row r, const char *column)
{
	size_t col = columns_find(l->table.columns, span_of(column));

	return reader_place(
	    table_block(&l->table, r), r.rec, col == COLUMN_NONE ? 0 : col);
}

void
listing_release(struct listing *l)
{
	table_release(&l->table);
}
