#include "cell.h"
#include "writers.h"

static void
tsv_head(const struct writer *w, struct buf *b)
{
	for (size_t i = 0; i < w->columns->n; i++) {
		if (i > 0)
			buf_byte(b, '\t');
		cell_encode(b, w->columns->name[i]);
	}
	if (w->columns->n > 0)
		buf_byte(b, '\n');
}

/* Cells are TSV already, `\N` too. */
static void
tsv_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	size_t n = w->columns->n, room = 1;
	char *at;

	for (size_t i = 0; i < n; i++)
		room += cell[i].n + 1;
	at = buf_room(b, room);
	for (size_t i = 0; i < n; i++) {
		if (cell[i].n > 0)
			memcpy(at, cell[i].p, cell[i].n);
		at += cell[i].n;
		if (i + 1 < n)
			*at++ = '\t';
	}
	b->n = (size_t)(at - b->p);
	cell_end_row(b);
}

const struct writer_format writer_tsv = {
    .name = "tsv",
    .head = tsv_head,
    .record = tsv_record,
};
