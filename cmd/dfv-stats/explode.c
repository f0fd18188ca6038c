#include "explode.h"

#include "cell.h"
#include "mem.h"

static void
add_row(struct exploded *e, const struct block *from, size_t rec,
    struct span cell, struct span value, size_t *n)
{
	struct span row = block_record(from, rec);
	struct buf *to = &e->block.text;
	const char *behind = cell.p + cell.n;

	buf_add(to, span_make(row.p, (size_t)(cell.p - row.p)));
	buf_add(to, value);
	buf_add(to, span_make(behind, (size_t)(row.p + row.n - behind)));
	cell_end_row(to);
	e->origin = mem_grow(e->origin, &e->cap, *n + 1, sizeof *e->origin);
	e->origin[(*n)++] = rec;
}

void
explode(struct exploded *e, const struct block *from, size_t col)
{
	size_t n = 0;

	block_reset(&e->block);
	for (size_t r = 0; r < from->nrec; r++) {
		struct span cell = block_cell(from, r, col);
		struct span rest = cell, value;

		if (cell_missing(cell)) {
			add_row(e, from, r, cell, cell, &n);
			continue;
		}
		while (cell_value(&rest, &value))
			add_row(e, from, r, cell, value, &n);
	}
	e->block.p = e->block.text.p;
	e->block.n = e->block.text.n;
	e->block.serial = from->serial;
	block_index(&e->block,
	    &(struct block_rules){.ncol = from->ncol, .valid_utf8 = true});
}

void
exploded_release(struct exploded *e)
{
	block_release(&e->block);
	mem_free(e->origin);
}
