#include <stdlib.h>

#include "cell.h"
#include "unit.h"

static struct buf scratch;

static bool
reads_as(struct span cell, struct span want)
{
	struct span text;

	buf_reset(&scratch);
	return cell_text(cell, &scratch, &text) == 0 && span_eq(text, want);
}

static bool
refuses(struct span cell, struct span want)
{
	struct span text;

	buf_reset(&scratch);
	buf_add(&scratch, SPAN("kept"));
	return cell_text(cell, &scratch, &text) == -1 && span_eq(text, want) &&
	    span_eq(buf_span(&scratch), SPAN("kept"));
}

static bool
writes_as(struct span text, struct span want)
{
	struct buf b = {NULL, 0, 0};
	bool good;

	cell_encode(&b, text);
	good = span_eq(buf_span(&b), want);
	buf_release(&b);
	return good;
}

/* The values of a cell, one behind the other in brackets. */
static bool
lists(struct span cell, struct span want)
{
	struct buf b = {NULL, 0, 0};
	struct span value;
	bool good;

	while (cell_value(&cell, &value)) {
		buf_byte(&b, '[');
		buf_add(&b, value);
		buf_byte(&b, ']');
	}
	good = span_eq(buf_span(&b), want);
	buf_release(&b);
	return good;
}

static void
test_text(void)
{
	unit_check(cell_missing(SPAN("")) && cell_missing(SPAN("\\N")) &&
		cell_missing(span_make(NULL, 0)),
	    "cell: empty and \\N are missing");
	unit_check(!cell_missing(SPAN("\\\\N")) && !cell_missing(SPAN("N")),
	    "cell: the text \\N is not missing");
	unit_check(
	    reads_as(SPAN("\\N"), SPAN("")) && reads_as(SPAN(""), SPAN("")),
	    "cell: a missing cell has no text");
	unit_check(reads_as(SPAN("été 🌍"), SPAN("été 🌍")),
	    "cell: a plain cell is its text");
	unit_check(reads_as(SPAN("a\\tb\\nc\\rd\\\\e\\|f\\bg\\fh\\vi"),
		       SPAN("a\tb\nc\rd\\e|f\bg\fh\vi")),
	    "cell: each escape stands for one character");
	unit_check(reads_as(SPAN("\\\\N"), SPAN("\\N")) &&
		reads_as(SPAN("\\\\t"), SPAN("\\t")),
	    "cell: an escaped backslash escapes nothing");
	unit_check(refuses(SPAN("a\\tb\\q"), SPAN("\\q")) &&
		refuses(SPAN("x\\N"), SPAN("\\N")),
	    "cell: an unknown escape is told, and leaves the scratch alone");
	unit_check(refuses(SPAN("abc\\"), SPAN("\\")),
	    "cell: a backslash at the end is an unknown escape");
}

static void
test_encode(void)
{
	unit_check(
	    writes_as(SPAN(""), SPAN("")), "cell: no text is an empty cell");
	unit_check(writes_as(SPAN("\t\n\r\\|"), SPAN("\\t\\n\\r\\\\\\|")),
	    "cell: special characters are escaped");
	unit_check(writes_as(SPAN("\\N"), SPAN("\\\\N")),
	    "cell: the text \\N is written so that it stays text");
	unit_check(writes_as(SPAN("C:\\temp"), SPAN("C:\\\\temp")),
	    "cell: a backslash is doubled");
}

static void
test_lists(void)
{
	unit_check(lists(SPAN("a|b|c"), SPAN("[a][b][c]")),
	    "cell: bars part the values of a list");
	unit_check(lists(SPAN("a"), SPAN("[a]")),
	    "cell: a cell without bars is a list of one");
	unit_check(lists(SPAN("|a||"), SPAN("[][a][][]")),
	    "cell: values of a list may be empty");
	unit_check(lists(SPAN("a\\|b|c"), SPAN("[a\\|b][c]")),
	    "cell: an escaped bar parts nothing");
	unit_check(lists(SPAN("a\\\\|b\\\\\\|c"), SPAN("[a\\\\][b\\\\\\|c]")),
	    "cell: a bar behind an escaped backslash parts values");
	unit_check(cell_is_list(SPAN("a|b")) && cell_is_list(SPAN("\\||")) &&
		!cell_is_list(SPAN("a\\|b")) && !cell_is_list(SPAN("")) &&
		!cell_is_list(span_make(NULL, 0)),
	    "cell: a list is told by a bar without a backslash");
}

/* Every text comes back from its cell, which has nothing TSV would split at. */
static void
test_random(void)
{
	static const char letters[] = "\t\n\r\\|\\|Nntb\b\"; é";
	struct buf cell = {NULL, 0, 0};
	bool same = true, clean = true;

	srand(1);
	for (int round = 0; round < 20000; round++) {
		char text[12];
		size_t n = 1 + (size_t)rand() % sizeof text;

		for (size_t i = 0; i < n; i++)
			text[i] =
			    letters[(size_t)rand() % (sizeof letters - 1)];
		buf_reset(&cell);
		cell_encode(&cell, span_make(text, n));
		same = same && reads_as(buf_span(&cell), span_make(text, n));
		clean = clean && !cell_is_list(buf_span(&cell)) &&
		    span_find(buf_span(&cell), '\t') == cell.n &&
		    span_find(buf_span(&cell), '\n') == cell.n;
	}
	unit_check(same, "cell: any text comes back from its cell");
	unit_check(clean, "cell: a text's cell has no tab, LF or bare bar");
	buf_release(&cell);
}

static void
test_large(void)
{
	struct buf text = {NULL, 0, 0}, cell = {NULL, 0, 0};

	for (size_t i = 0; i < 1 << 20; i++)
		buf_byte(&text, i % 2 ? '|' : '\\');
	cell_encode(&cell, buf_span(&text));
	unit_check(cell.n == 2 * text.n &&
		reads_as(buf_span(&cell), buf_span(&text)) &&
		!cell_is_list(buf_span(&cell)),
	    "cell: a megabyte of escapes comes back");
	buf_release(&text);
	buf_release(&cell);
}

int
main(void)
{
	test_text();
	test_encode();
	test_lists();
	test_random();
	test_large();
	buf_release(&scratch);
	return unit_done();
}
