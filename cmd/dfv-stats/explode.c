#include "explode.h"

#include <string.h>

#include "cell.h"
#include "mem.h"

enum { ROWS_MAX_BYTES = 0x7FFFFFFF };

/* The cells of a record that stand around the list in each of its rows, and
 * where they end. */
static void
put_others(struct exploded *e, const struct block *from, size_t rec, size_t col)
{
	size_t room = block_record(from, rec).n + 1;
	char *start, *at;

	buf_reset(&e->before);
	buf_reset(&e->behind);
	start = at = buf_room(&e->before, room);
	for (size_t i = 0; i < e->nkept; i++) {
		struct span cell = block_cell(from, rec, e->kept[i].col);

		if (e->kept[i].col == col) {
			e->before.n = (size_t)(at - start);
			start = at = buf_room(&e->behind, room);
		} else if (cell.n > 0) {
			memcpy(at, cell.p, cell.n);
			at += cell.n;
		}
		e->kept[i].end = (uint32_t)(at - start);
		*at++ = '\t';
	}
	/* The last one is ended by the row's end. */
	e->behind.n = (size_t)(at - 1 - start);
}

/* The separators around the kept cells of the last row, which starts at `row`
 * and whose list ends at `list_end`. */
static void
put_separators(struct exploded *e, size_t col, uint32_t row, uint32_t list_end)
{
	const struct block *b = &e->block;
	uint32_t *sep, start = row;

	e->sep = mem_grow(
	    e->sep, &e->sep_cap, (b->nrec + 1) * b->ncol + 1, sizeof *e->sep);
	sep = e->sep + 1 + b->nrec * b->ncol;
	for (size_t i = 0; i < e->nkept; i++) {
		const struct exploded_column *k = &e->kept[i];

		sep[(ptrdiff_t)k->col - 1] = start - 1;
		sep[k->col] = (k->col < col ? row : list_end) + k->end;
		start = sep[k->col] + 1;
	}
	sep[b->ncol - 1] = start - 1;
}

/* One more row; false when there is no more room. */
static bool
add_row(struct exploded *e, struct span value, size_t rec, size_t col)
{
	struct buf *to = &e->block.text;
	size_t row = to->n, list_end = row + e->before.n + value.n;

	if (list_end + e->behind.n >= ROWS_MAX_BYTES)
		return false;
	buf_add(to, buf_span(&e->before));
	buf_add(to, value);
	buf_add(to, buf_span(&e->behind));
	buf_byte(to, '\n'); /* found by nobody: a CR before it stays */
	put_separators(e, col, (uint32_t)row, (uint32_t)list_end);
	e->origin =
	    mem_grow(e->origin, &e->cap, e->block.nrec + 1, sizeof *e->origin);
	e->origin[e->block.nrec++] = rec;
	return true;
}

/* A row for each value; false when there is no room for all. */
static bool
add_rows(struct exploded *e, struct span list, size_t rec, size_t col)
{
	struct span value;

	if (cell_missing(list))
		return add_row(e, list, rec, col);
	while (cell_value(&list, &value))
		if (!add_row(e, value, rec, col))
			return false;
	return true;
}

static void
begin_rows(
    struct exploded *e, const struct block *from, size_t col, const bool *used)
{
	block_reset(&e->block);
	e->block.serial = from->serial;
	e->block.ncol = from->ncol;
	e->sep = mem_grow(e->sep, &e->sep_cap, 1, sizeof *e->sep);
	e->sep[0] = UINT32_MAX; /* as block.h has it */
	e->kept = mem_grow(e->kept, &e->kept_cap, from->ncol, sizeof *e->kept);
	e->nkept = 0;
	for (size_t c = 0; c < from->ncol; c++)
		if (used[c] || c == col)
			e->kept[e->nkept++].col = c;
}

void
explode(struct exploded *e, const struct block *from, size_t col,
    const bool *used, struct fault *fault)
{
	struct block *b = &e->block;

	begin_rows(e, from, col, used);
	for (size_t r = 0; r < from->nrec; r++) {
		size_t text_before = b->text.n, rows_before = b->nrec;

		put_others(e, from, r, col);
		if (add_rows(e, block_cell(from, r, col), r, col))
			continue;
		b->text.n = text_before;
		b->nrec = rows_before;
		fault_set_cell(fault, DIAG_TOO_LONG, r, col, span_make(NULL, 0),
		    "once its list is exploded: part the record");
		break;
	}
	b->p = b->text.p;
	b->n = b->text.n;
	b->sep = e->sep + 1;
}

void
exploded_release(struct exploded *e)
{
	block_release(&e->block);
	buf_release(&e->before);
	buf_release(&e->behind);
	mem_free(e->origin);
	mem_free(e->kept);
	mem_free(e->sep);
}
