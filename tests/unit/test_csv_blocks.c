#include "records.h"
#include "tables.h"
#include "unit.h"

/*
 * Where blocks end is guessed from the number of quotes, which only rows
 * without a mistake have in pairs: so texts with mistakes, too, must be read
 * alike whatever the size of a block.
 */

static const char *const pieces[] = {"\"", "\"\"", ";", ";\"", "\";", "\";\"",
    "\n", "\r\n", "\r", "\"\n", "\n\"", "\"\r\n\"", "\t", "\\", "|", "\\|", "a",
    "text", "sixteen bytes or more", "\xC3\xA9", "x;y\n", "\"x\";\"y\"\n",
    "\"x\ny\";\"\"\"z\"\n", "\n\n\n"};

static void
put_rows(struct buf *b, uint64_t *seed)
{
	buf_add(b, SPAN("c0;c1\n"));
	for (unsigned n = draw(seed, 12); n > 0; n--)
		switch (draw(seed, 4)) {
		case 0:
			buf_add(b, SPAN("\"x\n;\"\"y\";\"z\"\n"));
			break;
		case 1:
			buf_add(b, SPAN("x;y\r\n"));
			break;
		default:
			buf_add(b,
			    SPAN("\"a long cell, longer than one vector\";"
				 "\"C:\\x|\\\\|y\"\n"));
		}
}

static void
put_piece(struct buf *b, uint64_t *seed)
{
	struct span s =
	    span_of(pieces[draw(seed, sizeof pieces / sizeof *pieces)]);
	size_t at = 6 + draw(seed, (unsigned)b->n - 5);

	buf_room(b, s.n);
	memmove(b->p + at + s.n, b->p + at, b->n - at);
	memcpy(b->p + at, s.p, s.n);
	b->n += s.n;
}

static bool
reads_alike(struct span text, size_t block_bytes)
{
	struct records small, big;
	bool same;

	records_read(&small, &decoder_csv, text, block_bytes);
	records_read(&big, &decoder_csv, text, 1 << 16);
	same = records_same(&small, &big, text);
	records_release(&small);
	records_release(&big);
	return same;
}

int
main(void)
{
	bool good = true, changed = true;
	uint64_t seed = 29;

	for (int i = 0; i < 3000 && good && changed; i++) {
		struct buf text = {NULL, 0, 0};

		put_rows(&text, &seed);
		good = reads_alike(buf_span(&text), 1 + draw(&seed, 80));
		for (unsigned n = 1 + draw(&seed, 3); n > 0; n--)
			put_piece(&text, &seed);
		changed = reads_alike(buf_span(&text), 1 + draw(&seed, 80));
		buf_release(&text);
	}
	unit_check(good, "csv: rows are the same at any block size");
	unit_check(changed, "csv: so are changed rows, and their mistakes");
	return unit_done();
}
