#include "block.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A block that holds text, found and checked as rules ask. */
static struct block
index_as(const char *text, size_t n, struct block_rules rules)
{
	struct block b = BLOCK_EMPTY;

	buf_add(&b.own, span_make(text, n));
	b.p = b.own.p;
	b.n = b.own.n;
	block_index(&b, &rules);
	return b;
}

static struct block
index_text(const char *text, size_t ncol)
{
	return index_as(text, strlen(text), (struct block_rules){.ncol = ncol});
}

static bool
cell_is(const struct block *b, size_t rec, size_t col, const char *text)
{
	return span_eq(block_cell(b, rec, col), span_of(text));
}

static bool
faults_at(const struct block *b, enum diag_id id, size_t rec, size_t col)
{
	return b->fault.id == id && b->fault.of_cell && b->fault.rec == rec &&
	    b->fault.col == col;
}

static void
test_cells(void)
{
	struct block b = index_text("a\tb\n\t\n\xC3\xA9\tz\n", 2);

	unit_check(b.fault.id == DIAG_NONE && b.nrec == 3 && b.ncol == 2 &&
		b.nlines == 3,
	    "block: rows of the right length are all records");
	unit_check(cell_is(&b, 0, 0, "a") && cell_is(&b, 0, 1, "b") &&
		cell_is(&b, 2, 0, "\xC3\xA9") && cell_is(&b, 2, 1, "z"),
	    "block: a cell is what stands between two separators");
	unit_check(cell_is(&b, 1, 0, "") && cell_is(&b, 1, 1, ""),
	    "block: cells may be empty");
	unit_check(span_eq(block_record(&b, 0), SPAN("a\tb")) &&
		span_eq(block_record(&b, 1), SPAN("\t")),
	    "block: a record is its bytes without the LF");
	unit_check(b.sep[-1] == UINT32_MAX,
	    "block: a sentinel stands before the first separator");
	block_release(&b);

	b = index_text("", 3);
	unit_check(b.nrec == 0 && b.fault.id == DIAG_NONE,
	    "block: no bytes are no records");
	block_release(&b);

	b = index_text("\n\nx\n", 1);
	unit_check(
	    b.nrec == 3 && cell_is(&b, 0, 0, "") && cell_is(&b, 2, 0, "x"),
	    "block: with one column an empty line is a record");
	block_release(&b);
}

static void
test_crs(void)
{
	struct block b = index_text("a\tb\r\nc\td\r\n", 2);

	unit_check(b.nrec == 2 && cell_is(&b, 0, 1, "b") &&
		cell_is(&b, 1, 1, "d") && b.n == 8,
	    "block: the CR of CR LF is taken out");
	block_release(&b);

	b = index_text("a\rx\tb\r\n\tc\n\r\r\td\n", 2);
	unit_check(b.nrec == 3 && cell_is(&b, 0, 0, "a\rx") &&
		cell_is(&b, 0, 1, "b") && cell_is(&b, 2, 0, "\r\r"),
	    "block: a CR elsewhere is text");
	block_release(&b);

	b = index_text("a\tb\r\nc\r\n", 2);
	unit_check(b.nrec == 1 && cell_is(&b, 0, 1, "b") &&
		faults_at(&b, DIAG_RAGGED_ROW, 1, 0),
	    "block: CRs are taken out before a ragged row too");
	block_release(&b);
}

static void
test_ragged(void)
{
	struct block b = index_text("a\tb\nc\nd\te\n", 2);

	unit_check(
	    b.nrec == 1 && b.n == 4 && faults_at(&b, DIAG_RAGGED_ROW, 1, 0),
	    "block: a short row ends the block before it");
	block_release(&b);

	b = index_text("a\tb\nc\td\te\n", 2);
	unit_check(b.nrec == 1 && faults_at(&b, DIAG_RAGGED_ROW, 1, 2),
	    "block: a long row ends the block before it");
	block_release(&b);

	b = index_text("a\nb\tc\td\n", 2);
	unit_check(
	    b.nrec == 0 && b.n == 0 && faults_at(&b, DIAG_RAGGED_ROW, 0, 0),
	    "block: rows that even out are ragged all the same");
	block_release(&b);

	b = index_as("a\tb\nc\nd\te\n1\t2\t3\nf\tg\n", 20,
	    (struct block_rules){.ncol = 2, .take_ragged = true});
	unit_check(b.nrec == 3 && b.fault.id == DIAG_NONE &&
		cell_is(&b, 1, 0, "d") && cell_is(&b, 2, 1, "g"),
	    "block: asked to, ragged rows are taken out and the others stay");
	unit_check(b.nragged == 2 && b.ragged[0].before == 1 &&
		b.ragged[0].line == 1 && b.ragged[0].ncell == 1 &&
		span_eq(b.ragged[0].text, SPAN("c")) &&
		b.ragged[1].before == 2 && b.ragged[1].line == 3 &&
		b.ragged[1].ncell == 3 &&
		span_eq(b.ragged[1].text, SPAN("1\t2\t3")),
	    "block: a row taken out knows its line, cells and bytes");
	unit_check(block_line(&b, 0) == 0 && block_line(&b, 1) == 2 &&
		block_line(&b, 2) == 4 && b.nlines == 5,
	    "block: records keep their lines when rows are taken out");
	block_release(&b);
}

static void
test_bytes(void)
{
	static const char nul[] = "a\tb\nc\tx\0y\nd\te\n";
	struct block b =
	    index_as(nul, sizeof nul - 1, (struct block_rules){.ncol = 2});

	unit_check(b.nrec == 1 && faults_at(&b, DIAG_NUL_BYTE, 1, 1),
	    "block: a NUL ends the block before its record");
	block_release(&b);

	b = index_text("a\tb\nc\td\n\xC3\te\n", 2);
	unit_check(b.nrec == 2 && faults_at(&b, DIAG_BAD_UTF8, 2, 0),
	    "block: broken UTF-8 ends the block before its record");
	block_release(&b);

	b = index_text("a\t\xFF\nc\n", 2);
	unit_check(b.nrec == 0 && faults_at(&b, DIAG_BAD_UTF8, 0, 1),
	    "block: of two mistakes the first one counts, UTF-8 first");
	block_release(&b);

	b = index_text("c\na\t\xFF\n", 2);
	unit_check(b.nrec == 0 && faults_at(&b, DIAG_RAGGED_ROW, 0, 0),
	    "block: of two mistakes the first one counts, ragged first");
	block_release(&b);

	b = index_as("a\t\xFF\n", 4,
	    (struct block_rules){.ncol = 2, .valid_utf8 = true});
	unit_check(b.nrec == 1 && b.fault.id == DIAG_NONE,
	    "block: what is known to be UTF-8 is not checked again");
	block_release(&b);
}

static void
test_reorder(void)
{
	static const size_t order[] = {2, 0, 1};
	struct block b = index_text("a\tb\tc\r\n\t\xC3\xA9\tf\r\n", 3);

	block_reorder(&b, order);
	unit_check(b.nrec == 2 && cell_is(&b, 0, 0, "c") &&
		cell_is(&b, 0, 1, "a") && cell_is(&b, 0, 2, "b") &&
		cell_is(&b, 1, 0, "f") && cell_is(&b, 1, 1, "") &&
		cell_is(&b, 1, 2, "\xC3\xA9"),
	    "block: columns are put in another order");
	unit_check(
	    span_eq(span_make(b.p, b.n), SPAN("c\ta\tb\nf\t\t\xC3\xA9\n")),
	    "block: what is put in order is rows of TSV again");
	block_release(&b);
}

static void
test_reuse(void)
{
	struct block b = index_text("a\tb\nc\n", 2);
	const char *room = b.own.p;

	block_reset(&b);
	unit_check(
	    b.nrec == 0 && b.n == 0 && b.fault.id == DIAG_NONE && b.own.n == 0,
	    "block: a reset leaves nothing, no fault either");
	buf_add(&b.own, SPAN("x\ty\n"));
	b.p = b.own.p;
	b.n = b.own.n;
	block_index(&b, &(struct block_rules){.ncol = 2});
	unit_check(b.nrec == 1 && b.own.p == room && cell_is(&b, 0, 1, "y"),
	    "block: its memory is used again");
	block_release(&b);
}

/* Rows of one long cell and one short, so that separators come far apart and
 * close together around the scanner's steps. */
static void
test_long_cells(void)
{
	struct buf text = {NULL, 0, 0};
	struct block b;
	bool good = true;

	for (size_t n = 1; n <= 700; n++) {
		memset(buf_room(&text, n * 3), 'x', n * 3);
		text.n += n * 3;
		buf_add(&text, SPAN("\ty\n"));
	}
	b = index_as(text.p, text.n, (struct block_rules){.ncol = 2});
	for (size_t n = 1; n <= b.nrec; n++)
		good = good && block_cell(&b, n - 1, 0).n == n * 3 &&
		    cell_is(&b, n - 1, 1, "y");
	unit_check(b.nrec == 700 && good,
	    "block: cells of every length are whole, across all steps");
	block_release(&b);
	buf_release(&text);
}

int
main(void)
{
	test_cells();
	test_crs();
	test_ragged();
	test_bytes();
	test_reorder();
	test_reuse();
	test_long_cells();
	return unit_done();
}
