#include "unit.h"
#include "writers.h"

/* A table of one column with this name and cell (none when its p is NULL). */
static bool
writes(const char *name, struct span cell, const char *want)
{
	struct arena arena = ARENA_EMPTY;
	struct columns columns;
	struct writer w = {.format = &writer_md, .columns = &columns};
	struct buf b = {NULL, 0, 0};
	bool good;

	columns_init(&columns, &arena);
	columns_add(&columns, span_of(name));
	w.format->head(&w, &b);
	if (cell.p != NULL)
		w.format->record(&w, &b, &cell);
	good = span_eq(buf_span(&b), span_of(want));
	buf_release(&b);
	arena_release(&arena);
	return good;
}

static bool
shows(struct span cell, const char *want)
{
	char table[256];

	snprintf(table, sizeof table, "| a |\n| --- |\n| %s |\n", want);
	return writes("a", cell, table);
}

int
main(void)
{
	unit_check(writes("a|b", span_make(NULL, 0), "| a\\|b |\n| --- |\n"),
	    "md: a table without records has its header");
	unit_check(shows(SPAN("été 🌍"), "été 🌍"), "md: plain text is itself");
	unit_check(shows(SPAN(""), "") && shows(SPAN("\\N"), ""),
	    "md: a missing cell is empty");
	unit_check(shows(SPAN("a|b\\|c"), "a, b\\|c"),
	    "md: a list's values are parted by commas");
	unit_check(shows(SPAN("a\\nb\\r\\nc\\rd\\te"), "a<br>b<br>c<br>d e"),
	    "md: line ends are shown");
	unit_check(shows(SPAN("C:\\\\temp"), "C:\\temp") &&
		shows(SPAN("\\\\\\\\h\\\\"), "\\\\\\h\\\\") &&
		shows(SPAN("\\\\\\|"), "\\\\\\|"),
	    "md: a backslash is escaped where it would escape");
	unit_check(shows(SPAN("<b> 1 < 2"), "\\<b> 1 < 2") &&
		shows(SPAN("&amp; R&D & &#3;"), "\\&amp; R&D & \\&#3;"),
	    "md: tags and entities are text");
	unit_check(
	    shows(SPAN("code_insee _x_ *y* 2 * 3 `z` ~~t~~"),
		"code_insee \\_x\\_ \\*y\\* 2 * 3 \\`z\\` \\~\\~t\\~\\~"),
	    "md: emphasis and code are text");
	unit_check(
	    shows(SPAN("[a](b) [c]"), "[a\\](b) [c]"), "md: links are text");
	unit_check(
	    shows(SPAN("x\\qy"), "x\\qy"), "md: what is no escape is kept");
	return unit_done();
}
