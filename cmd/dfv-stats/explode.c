#include "explode.h"

#include <string.h>

#include "cell.h"
#include "mem.h"

enum { ROWS_MAX_BYTES = 0x7FFFFFFF };

/* What stands around the list in each of a record's rows. */
static void
put_others(struct exploded *e, const struct block *from, size_t rec, size_t col,
    const bool *used)
{
	size_t room = block_record(from, rec).n + 1;
	char *before, *behind;

	buf_reset(&e->before);
	buf_reset(&e->behind);
	before = buf_room(&e->before, room);
	behind = buf_room(&e->behind, room);
	for (size_t c = 0; c < from->ncol; c++) {
		char **at = c < col ? &before : &behind;
		struct span cell = block_cell(from, rec, c);

		if (c > col)
			*(*at)++ = '\t';
		if (used[c] && c != col && cell.n > 0) {
			memcpy(*at, cell.p, cell.n);
			*at += cell.n;
		}
		if (c < col)
			*(*at)++ = '\t';
	}
	e->before.n = (size_t)(before - e->before.p);
	e->behind.n = (size_t)(behind - e->behind.p);
}

/* One more row, the n-th; false when there is no more room. */
static bool
add_row(struct exploded *e, struct span value, size_t rec, size_t n)
{
	struct buf *to = &e->block.text;

	if (to->n + e->before.n + value.n + e->behind.n >= ROWS_MAX_BYTES)
		return false;
	buf_add(to, buf_span(&e->before));
	buf_add(to, value);
	buf_add(to, buf_span(&e->behind));
	cell_end_row(to);
	e->origin = mem_grow(e->origin, &e->cap, n + 1, sizeof *e->origin);
	e->origin[n] = rec;
	return true;
}

/* A row for each value; false when there is no room for all. */
static bool
add_rows(struct exploded *e, struct span list, size_t rec, size_t *n)
{
	struct span value;

	if (cell_missing(list))
		return add_row(e, list, rec, (*n)++);
	while (cell_value(&list, &value))
		if (!add_row(e, value, rec, (*n)++))
			return false;
	return true;
}

void
explode(struct exploded *e, const struct block *from, size_t col,
    const bool *used, struct fault *fault)
{
	struct block *b = &e->block;
	size_t n = 0;

	block_reset(b);
	for (size_t r = 0; r < from->nrec; r++) {
		size_t before = b->text.n;

		put_others(e, from, r, col, used);
		if (add_rows(e, block_cell(from, r, col), r, &n))
			continue;
		b->text.n = before;
		fault_set_cell(fault, DIAG_TOO_LONG, r, col, span_make(NULL, 0),
		    "once its list is exploded: part the record");
		break;
	}
	b->p = b->text.p;
	b->n = b->text.n;
	b->serial = from->serial;
	block_index(
	    b, &(struct block_rules){.ncol = from->ncol, .valid_utf8 = true});
}

void
exploded_release(struct exploded *e)
{
	block_release(&e->block);
	buf_release(&e->before);
	buf_release(&e->behind);
	mem_free(e->origin);
}
