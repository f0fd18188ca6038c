#ifndef DFV_TABLES_H
#define DFV_TABLES_H

#include <stdint.h>

#include "cell.h"

/* Tables of hard cells, for tests that make them by the thousand: canonical
 * TSV, so that what comes back must be the same bytes. */

/* A generator of its own, so that a failure comes again. */
static inline unsigned
draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % below;
}

static const char *const morsels[] = {"a", "b", "-", "- ", "#", " #", ":", ": ",
    "|", "\\", "\\N", "\t", "\n", "\r", "\"", "'", " ", "no", "01", "1e3", "~",
    "é", "œ", "😀", "\x01", "\x7F", "\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8",
    "\xEF\xBB\xBF", "\xEF\xBF\xBE", "[", "]", "{", "}", ",", "&x", "*x", "!",
    "%", "@", "`", "---", "...", "<<", "=", "null", "?", "? ", ">", "12:30",
    "2025-11-10", ".", "0x1F", "\v", "\f", "\b", "\x1B", "\r\n", "\n\n  x"};

static inline void
put_text(struct buf *b, uint64_t *seed)
{
	unsigned n = 1 + draw(seed, draw(seed, 4) == 0 ? 12 : 3);

	while (n-- > 0)
		buf_add(b,
		    span_of(
			morsels[draw(seed, sizeof morsels / sizeof *morsels)]));
}

/* A canonical cell: missing, a text, or a list of at least two values. */
static inline void
put_cell(struct buf *b, uint64_t *seed)
{
	struct buf text = {NULL, 0, 0};
	unsigned kind = draw(seed, 6), n;

	n = kind == 0 ? 0 : kind == 1 ? 2 + draw(seed, 3) : 1;
	for (unsigned i = 0; i < n; i++) {
		buf_reset(&text);
		if (kind != 1 || draw(seed, 3) > 0)
			put_text(&text, seed);
		if (i > 0)
			buf_byte(b, '|');
		cell_encode(b, buf_span(&text));
	}
	buf_release(&text);
}

/* Columns with unique names, some of them dotted. */
static inline unsigned
put_header(struct buf *b, uint64_t *seed)
{
	unsigned n = 1 + draw(seed, 8);
	struct buf text = {NULL, 0, 0};

	for (unsigned i = 0; i < n; i++) {
		buf_reset(&text);
		for (unsigned k = draw(seed, 4); k > 0; k--)
			buf_printf(&text, "%c.", 'p' + (int)draw(seed, 2));
		/* A BOM at the start of a file is none of its text. */
		if (i > 0 && draw(seed, 3) == 0)
			put_text(&text, seed);
		if (draw(seed, 20) == 0)
			for (unsigned k = 400; k > 0; k--)
				buf_add(&text, SPAN("long"));
		buf_printf(&text, "c%u", i);
		if (i > 0)
			buf_byte(b, '\t');
		cell_encode(b, buf_span(&text));
	}
	buf_byte(b, '\n');
	buf_release(&text);
	return n;
}

static inline void
put_table(struct buf *b, uint64_t *seed)
{
	unsigned ncol = put_header(b, seed), nrow = draw(seed, 6);

	for (unsigned i = 0; i < nrow * ncol; i++) {
		put_cell(b, seed);
		buf_byte(b, (i + 1) % ncol == 0 ? '\n' : '\t');
	}
}

#endif
