#ifndef DFV_CELL_H
#define DFV_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * What the bytes of a TSV cell mean (dfv-records(5)). A cell is missing when
 * it is empty or `\N`. Otherwise it is text in which \t \n \r \\ \| (and
 * PostgreSQL's \b \f \v) stand for one character; a bar without a backslash
 * parts the values of a list.
 */
static inline bool
cell_missing(struct span c)
{
	return c.n == 0 || (c.n == 2 && c.p[0] == '\\' && c.p[1] == 'N');
}

/* Whether the bytes are the text itself: no backslash in them. */
static inline bool
cell_plain(struct span c)
{
	return c.n == 0 || memchr(c.p, '\\', c.n) == NULL;
}

/* Whether the bytes are one value and its text: neither bar nor backslash. */
static inline bool
cell_simple(struct span c)
{
	if (c.n > 16)
		return memchr(c.p, '\\', c.n) == NULL &&
		    memchr(c.p, '|', c.n) == NULL;
	for (size_t i = 0; i < c.n; i++)
		if (c.p[i] == '\\' || c.p[i] == '|')
			return false;
	return true;
}

/*
 * The text of a cell: the cell itself when it is plain, else decoded at the
 * end of scratch (valid until scratch grows or is reset). A missing cell is
 * empty text. Returns 0, or -1 for an unknown escape, which *text then is.
 */
int cell_text(struct span cell, struct buf *scratch, struct span *text);

/* The same for writing it out in another format: what begins no escape is
 * itself, so that nothing is lost. */
struct span cell_shown(struct span cell, struct buf *scratch);

/* Appends text as a cell: special characters escaped, bars too. The reverse
 * of cell_text. The text `\N` comes out as `\\N`. */
void cell_encode(struct buf *, struct span text);

/*
 * The values of a list, one a call: *rest starts as the cell (not a missing
 * one: that has no values) and ends with p == NULL. Gives each value still
 * encoded: its text comes from cell_text.
 *     for (rest = cell; cell_value(&rest, &value);)
 */
bool cell_value(struct span *rest, struct span *value);

/* Ends the row of cells that the buffer ends with. A CR as its last byte would
 * be read as part of the line end: it is escaped. */
static inline void
cell_end_row(struct buf *b)
{
	if (b->n > 0 && b->p[b->n - 1] == '\r') {
		b->p[b->n - 1] = '\\';
		buf_byte(b, 'r');
	}
	buf_byte(b, '\n');
}

/* Whether the cell holds a bar that parts values. */
bool cell_is_list(struct span cell);

#endif
