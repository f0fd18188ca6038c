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

/* The bytes of the first cell and of those that follow it in the same text with
 * a TAB between; *n is how many. */
static inline struct span
neighbours(const struct span *cell, size_t most, size_t *n)
{
	const char *end = cell[0].p + cell[0].n;

	*n = 1;
	if (end == NULL)
		return cell[0];
	for (; *n < most && cell[*n].p == end + 1 && *end == '\t'; ++*n)
		end = cell[*n].p + cell[*n].n;
	return span_make(cell[0].p, (size_t)(end - cell[0].p));
}

/* Cells are TSV already, `\N` too. */
static void
tsv_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	size_t n = w->columns->n, room = 1, taken;
	char *at;

	for (size_t i = 0; i < n; i++)
		room += cell[i].n + 1;
	at = buf_room(b, room);
	for (size_t i = 0; i < n; i += taken) {
		struct span part = neighbours(&cell[i], n - i, &taken);

		if (i > 0)
			*at++ = '\t';
		if (part.n > 0)
			memcpy(at, part.p, part.n);
		at += part.n;
	}
	b->n = (size_t)(at - b->p);
	cell_end_row(b);
}

const struct writer_format writer_tsv = {
    .name = "tsv",
    .head = tsv_head,
    .record = tsv_record,
};
