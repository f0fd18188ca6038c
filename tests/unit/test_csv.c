#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cell.h"
#include "csv.h"
#include "decoder.h"
#include "unit.h"
#include "writers.h"

/* What reading a whole file gives: the rows, and the first mistake with its
 * place in the file. */
struct outcome {
	struct arena arena;
	struct decoder d;
	struct buf rows;
	struct fault fault;
	size_t nblock;
};

struct how {
	size_t block_bytes;
	const char *encoding;
};

static const struct how usual = {256 * 1024, NULL};

static void
outcome_release(struct outcome *o)
{
	buf_release(&o->d.ahead);
	buf_release(&o->rows);
	arena_release(&o->arena);
}

static FILE *
file_of(struct span bytes)
{
	FILE *f = tmpfile();

	if (f == NULL || (bytes.n > 0 && fwrite(bytes.p, bytes.n, 1, f) != 1) ||
	    fflush(f) != 0 || fseek(f, 0, SEEK_SET) != 0) {
		perror("tmpfile");
		exit(2);
	}
	return f;
}

/* All of a small file is there once its header has been looked for; to have
 * it come in blocks, it is put back. */
static FILE *
put_back(struct decoder *d)
{
	FILE *f = file_of(buf_span(&d->ahead));

	buf_reset(&d->ahead);
	d->at_end = false;
	d->in.fd = fileno(f);
	return f;
}

static void
read_blocks(struct outcome *o)
{
	FILE *f = o->d.at_end ? put_back(&o->d) : NULL;
	struct block b = BLOCK_EMPTY;
	size_t line = o->d.header_lines + 1;

	while (o->fault.id == DIAG_NONE) {
		block_reset(&b);
		if (decoder_csv.fill(&o->d, &b) == 0)
			break;
		decoder_csv.decode(&o->d, &b);
		buf_add(&o->rows, span_make(b.p, b.n));
		o->fault = b.fault;
		o->fault.place.line += line;
		line += b.nlines;
		o->nblock++;
	}
	block_release(&b);
	if (f != NULL)
		fclose(f);
}

static int
read_csv(struct outcome *o, struct span bytes, const struct how *how)
{
	FILE *f = file_of(bytes);
	int rc;

	*o = (struct outcome){.arena = ARENA_EMPTY};
	o->d.format = &decoder_csv;
	o->d.in = (struct input){.name = "f.csv", .fd = fileno(f)};
	o->d.block_bytes = how->block_bytes;
	o->d.encoding = how->encoding;
	o->d.arena = &o->arena;
	columns_init(&o->d.columns, &o->arena);
	rc = decoder_csv.open(&o->d, &o->fault);
	if (rc == 0)
		read_blocks(o);
	fclose(f);
	return rc;
}

/* Whether a file gives these names (with bars between them) and rows. */
static bool
gives_how(
    struct span csv, const char *names, struct span rows, const struct how *how)
{
	struct outcome o;
	struct buf all = {NULL, 0, 0};
	bool good = read_csv(&o, csv, how) == 0 && o.fault.id == DIAG_NONE;

	for (size_t i = 0; i < o.d.columns.n; i++) {
		if (i > 0)
			buf_byte(&all, '|');
		buf_add(&all, o.d.columns.name[i]);
	}
	good = good && span_eq(buf_span(&all), span_of(names)) &&
	    span_eq(buf_span(&o.rows), rows);
	buf_release(&all);
	outcome_release(&o);
	return good;
}

static bool
gives(struct span csv, const char *names, struct span rows)
{
	return gives_how(csv, names, rows, &usual);
}

/* Whether a file gives these rows and then this mistake, at any block size. */
static bool
breaks(
    struct span csv, struct span rows, enum diag_id id, size_t line, size_t col)
{
	static const size_t sizes[] = {1, 3, 7, 256 * 1024};
	bool good = true;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct outcome o;

		read_csv(&o, csv, &(struct how){sizes[i], NULL});
		good = good && o.fault.id == id && o.fault.place.line == line &&
		    o.fault.place.col == col &&
		    span_eq(buf_span(&o.rows), rows);
		outcome_release(&o);
	}
	return good;
}

/* Whether the cell and the field's text stand for each other. */
static bool
pairs(struct span cell, struct span text)
{
	struct buf b = {NULL, 0, 0};
	char *end;
	bool good;

	buf_room(&b, 1);
	csv_from_cell(&b, cell);
	good = span_eq(buf_span(&b), text);
	buf_reset(&b);
	end = csv_to_cell(buf_room(&b, 2 * text.n + 1), text);
	good = good && span_eq(span_make(b.p, (size_t)(end - b.p)), cell);
	buf_release(&b);
	return good;
}

static void
test_text(void)
{
	unit_check(
	    pairs(SPAN("été 🌍"), SPAN("été 🌍")) && pairs(SPAN(""), SPAN("")),
	    "csv: plain text is itself");
	unit_check(pairs(SPAN("C:\\\\temp"), SPAN("C:\\temp")) &&
		pairs(SPAN("\\\\d+\\\\"), SPAN("\\d+\\")) &&
		pairs(SPAN("\\\\\\\\host"), SPAN("\\\\host")) &&
		pairs(SPAN("\\\\N"), SPAN("\\N")),
	    "csv: a backslash is a backslash");
	unit_check(pairs(SPAN("a|b"), SPAN("a|b")) &&
		pairs(SPAN("a\\|b"), SPAN("a\\|b")) &&
		pairs(SPAN("a\\\\|b"), SPAN("a\\\\|b")) &&
		pairs(SPAN("a\\\\\\|b"), SPAN("a\\\\\\|b")),
	    "csv: backslashes before a bar are as in TSV");
	unit_check(pairs(SPAN("\\t\\n\\r"), SPAN("\t\n\r")) &&
		pairs(SPAN("\\\\\\t\\\\t"), SPAN("\\\t\\t")),
	    "csv: tabs and line ends are themselves");
	unit_check(pairs(SPAN("\\r\\n\\\\"), SPAN("\r\n\\")),
	    "csv: a cell may end with a backslash");
}

/* Both ways, over the letters that matter. */
static void
test_text_random(void)
{
	static const char letters[] = "\\\\\\||\t\n\r\"tnN;";
	struct buf cell = {NULL, 0, 0}, text = {NULL, 0, 0};
	bool there = true, back = true;

	srand(2);
	for (int round = 0; round < 50000; round++) {
		char field[10];
		size_t n = 1 + (size_t)rand() % sizeof field;

		for (size_t i = 0; i < n; i++)
			field[i] =
			    letters[(size_t)rand() % (sizeof letters - 1)];
		cell.n = (size_t)(csv_to_cell(buf_room(&cell, 2 * n),
				      span_make(field, n)) -
		    cell.p);
		there = there && pairs(buf_span(&cell), span_make(field, n));
		buf_reset(&cell);
		cell_encode(&cell, span_make(field, n));
		buf_reset(&text);
		csv_from_cell(&text, buf_span(&cell));
		back = back && pairs(buf_span(&cell), buf_span(&text));
		buf_reset(&cell);
	}
	unit_check(there, "csv: any field comes back from its cell");
	unit_check(back, "csv: any cell comes back from its field");
	buf_release(&cell);
	buf_release(&text);
}

static void
test_delimiter(void)
{
	unit_check(csv_find_delimiter(SPAN("a;b\n1;2\n")) == ';' &&
		csv_find_delimiter(SPAN("a,b\n1,2\n")) == ',' &&
		csv_find_delimiter(SPAN("a\tb\n1\t2\n")) == '\t',
	    "csv: the delimiter is found");
	unit_check(csv_find_delimiter(
		       SPAN("lat;lon\n48,8;2,3\n47,1;3,4\n46,0;1,1\n")) == ';',
	    "csv: decimal commas are no delimiters");
	unit_check(csv_find_delimiter(SPAN("a, b;c\n1;2\n3;4, 5, 6\n")) == ';',
	    "csv: what most lines have in the same number counts");
	unit_check(
	    csv_find_delimiter(SPAN("\"a;b;c\",\"d\"\n\"1\",2\n")) == ',',
	    "csv: what is quoted does not count");
	unit_check(csv_find_delimiter(SPAN("Titre\n\na,b\n1,2\n3,4\n")) == ',',
	    "csv: a title above the header does not hide the delimiter");
	unit_check(csv_find_delimiter(SPAN("nom\nA\nB, C\nD\n")) == '\0' &&
		csv_find_delimiter(SPAN("")) == '\0',
	    "csv: one column has no delimiter");
	unit_check(csv_find_delimiter(SPAN("a,b")) == ',' &&
		csv_find_delimiter(SPAN("a;b,c\n1;2,3\n")) == ';',
	    "csv: a header alone is enough, and a tie goes to the first");
	unit_check(decoder_csv.sniff(SPAN("a;b\n")) &&
		decoder_csv.sniff(SPAN("\"a\"\n")) &&
		!decoder_csv.sniff(SPAN("a,b\tc\n")) &&
		!decoder_csv.sniff(SPAN("a\n1;2\n")) &&
		!decoder_csv.sniff(SPAN("")),
	    "csv: looks like it when the first line has a delimiter, no tab");
}

static void
test_reading(void)
{
	unit_check(gives(SPAN("a;b\n1;2\n"), "a|b", SPAN("1\t2\n")) &&
		gives(SPAN("a;b\n1;2"), "a|b", SPAN("1\t2\n")),
	    "csv: the last line end may be absent");
	unit_check(gives(SPAN("a;b\r\n1;2\r\n\"3\";\"4\"\r\n;\r\n"), "a|b",
		       SPAN("1\t2\n3\t4\n\t\n")),
	    "csv: lines may end with CR LF");
	unit_check(
	    gives(SPAN("\xEF\xBB\xBF\"a\";b\n1;2\n"), "a|b", SPAN("1\t2\n")),
	    "csv: a byte order mark is put aside");
	unit_check(gives(SPAN("a,b\n\"x, \"\"y\"\"\",\"1\r\n2\"\n"), "a|b",
		       SPAN("x, \"y\"\t1\\r\\n2\n")),
	    "csv: a quoted cell holds delimiters, quotes and line ends");
	unit_check(
	    gives(SPAN("a,b\n\"\",\"\"\"\"\n,\n"), "a|b", SPAN("\t\"\n\t\n")),
	    "csv: a cell may be one quote, or nothing");
	unit_check(
	    gives(SPAN("a,b\nx\ry,\"\r\"\n"), "a|b", SPAN("x\\ry\t\\r\n")),
	    "csv: a CR inside a cell is data");
	unit_check(gives(SPAN("a,b\nC:\\x,p|q\nr\\|s,\\N\n"), "a|b",
		       SPAN("C:\\\\x\tp|q\nr\\|s\t\\\\N\n")),
	    "csv: backslashes and bars of bare cells");
	unit_check(gives(SPAN("a,b\nx\ty, z \n"), "a|b", SPAN("x\\ty\t z \n")),
	    "csv: blanks belong to the cell");
	unit_check(gives(SPAN("a,b\n1,2,3\n4\n"), "a|b", SPAN("1\t2\t3\n4\n")),
	    "csv: rows of the wrong length are given as they are");
	unit_check(
	    gives(SPAN("a\tb\n1\t\"2\t3\"\n"), "a|b", SPAN("1\t2\\t3\n")),
	    "csv: the delimiter may be a tab");
	unit_check(
	    gives(SPAN("a\nx;y\nz\n\"p;q\"\n"), "a", SPAN("x;y\nz\np;q\n")),
	    "csv: one column needs no delimiter");
	unit_check(gives(SPAN("a;b\r\n1;2\r"), "a|b", SPAN("1\t2\n")),
	    "csv: half a line end at the end is one");
}

static void
test_blank_lines(void)
{
	const struct span one = SPAN("a\n\n1\n\r\n2\n\n\r\n\n");
	bool good = true;

	unit_check(gives(SPAN("a;b\n1;2\n\r\n\n\n"), "a|b", SPAN("1\t2\n")) &&
		gives(SPAN("a;b\n\n\n"), "a|b", SPAN("")),
	    "csv: blank lines at the end are nothing");
	unit_check(
	    gives(SPAN("a;b\n1;2\n\n3;4\n"), "a|b", SPAN("1\t2\n\n3\t4\n")),
	    "csv: a blank line elsewhere is a row");
	for (size_t size = 1; size < 16; size++)
		good = good &&
		    gives_how(one, "a", SPAN("\n1\n\n2\n"),
			&(struct how){size, NULL});
	unit_check(good, "csv: blank lines are the same at any block size");
}

static void
test_mistakes(void)
{
	unit_check(breaks(SPAN("a;b\n1;2\né;5\" x\n3;4\n"), SPAN("1\t2\n"),
		       DIAG_CSV_QUOTE, 3, 4),
	    "csv: a quote in a bare cell is a mistake at its place");
	unit_check(breaks(SPAN("a;b\n1;2\n\"x\ny\" z;1\n"), SPAN("1\t2\n"),
		       DIAG_CSV_QUOTE, 4, 2),
	    "csv: so is text behind a closing quote");
	unit_check(breaks(SPAN("a;b\n1;2\n3;4\n5;\"6\n7;8\n"),
		       SPAN("1\t2\n3\t4\n"), DIAG_CSV_UNCLOSED, 4, 3),
	    "csv: a quote that is not closed is told where it opens");
	unit_check(breaks(SPAN("a;b\n\"x\n\ny\";2\n5;\"6\n"),
		       SPAN("x\\n\\ny\t2\n"), DIAG_CSV_UNCLOSED, 5, 3),
	    "csv: lines inside cells are counted");
	unit_check(breaks(SPAN("a;b\n1;2\" \n\"3;4\n"), SPAN(""),
		       DIAG_CSV_QUOTE, 2, 4),
	    "csv: the first mistake counts");
}

static bool
refuses(struct span csv, enum diag_id id, size_t line, size_t col)
{
	struct outcome o;
	bool good = read_csv(&o, csv, &usual) == -1 && o.fault.id == id &&
	    o.fault.place.line == line && o.fault.place.col == col &&
	    span_eq(span_of(o.fault.place.file), SPAN("f.csv"));

	outcome_release(&o);
	return good;
}

static void
test_headers(void)
{
	unit_check(refuses(SPAN(""), DIAG_EMPTY_INPUT, 1, 1) &&
		refuses(SPAN("\xEF\xBB\xBF"), DIAG_EMPTY_INPUT, 1, 1) &&
		refuses(SPAN("\n\n"), DIAG_EMPTY_INPUT, 1, 1) &&
		refuses(SPAN("\r\na;b\n"), DIAG_EMPTY_INPUT, 1, 1),
	    "csv: there is a header");
	unit_check(refuses(SPAN("é;b;é\n"), DIAG_DUPLICATE_COLUMN, 1, 5),
	    "csv: names are unique");
	unit_check(refuses(SPAN("a;;b\n"), DIAG_EMPTY_COLUMN, 1, 3) &&
		refuses(SPAN(";;\n"), DIAG_EMPTY_COLUMN, 1, 1) &&
		refuses(SPAN("\"\"\n"), DIAG_EMPTY_COLUMN, 1, 1),
	    "csv: names are not empty");
	unit_check(refuses(SPAN("a;caf\xE9\n"), DIAG_BAD_UTF8, 1, 6) &&
		refuses(SPAN("a;\"b\n\0\"\n"), DIAG_NUL_BYTE, 2, 1),
	    "csv: names are UTF-8");
	unit_check(refuses(SPAN("a;b\"\n"), DIAG_CSV_QUOTE, 1, 4) &&
		refuses(SPAN("a;\"b\n1;2\n"), DIAG_CSV_UNCLOSED, 1, 3),
	    "csv: mistakes of the header are found");
	unit_check(refuses(SPAN("a;b\r1;2\r"), DIAG_LONE_CR, 1, 1),
	    "csv: lines that end with CR alone are refused");
	unit_check(gives(SPAN("\"a\nb\";\"c\"\"\";d\\|e;f\tg\n"),
		       "a\nb|c\"|d\\|e|f\tg", SPAN("")),
	    "csv: a name is the text that is written");
	unit_check(breaks(SPAN("\"a\nb\";c\n1;\"x\n"), SPAN(""),
		       DIAG_CSV_UNCLOSED, 3, 3),
	    "csv: a header may have several lines");
}

static void
test_wide_header(void)
{
	struct buf csv = {NULL, 0, 0}, rows = {NULL, 0, 0};
	struct outcome o;

	for (int i = 0; i < 100000; i++) {
		buf_printf(&csv, i > 0 ? ",\"c%d\"" : "\"c%d\"", i);
		buf_add(&rows, i > 0 ? SPAN("\t1") : SPAN("1"));
	}
	buf_byte(&csv, '\n');
	buf_byte(&rows, '\n');
	for (int i = 0; i < 100000; i++)
		buf_add(&csv, i > 0 ? SPAN(",1") : SPAN("1"));
	unit_check(read_csv(&o, buf_span(&csv), &(struct how){1, NULL}) == 0 &&
		o.d.columns.n == 100000 &&
		span_eq(buf_span(&o.rows), buf_span(&rows)),
	    "csv: a header may be longer than what is looked at first");
	outcome_release(&o);
	buf_release(&csv);
	buf_release(&rows);
}

static void
test_cp1252(void)
{
	static const struct how cp1252 = {256 * 1024, "windows-1252"};
	struct outcome o;

	unit_check(gives_how(SPAN("r\xE9gion;\x80\n\"\x8Cuf\";\x92\n"),
		       "région|€", SPAN("Œuf\t’\n"), &cp1252),
	    "csv: Windows-1252 is read when asked for");
	unit_check(gives_how(SPAN("\xEF\xBB\xBFn\xC3\xA9;b\n\xC3\xA9;1\n"),
		       "né|b", SPAN("é\t1\n"), &cp1252),
	    "csv: a byte order mark says UTF-8 all the same");
	read_csv(&o, SPAN("a;b\n\xE9;1\n\xE9;\x81\n2;3\n"), &cp1252);
	unit_check(o.fault.id == DIAG_CP1252_BYTE && o.fault.place.line == 3 &&
		o.fault.place.col == 3 &&
		span_eq(buf_span(&o.rows), SPAN("é\t1\n")),
	    "csv: a byte that Windows-1252 lacks is told at its place");
	outcome_release(&o);
	read_csv(&o, SPAN("a;b\n1;\"x\ny\x81\"\n2;3\n"), &cp1252);
	unit_check(o.fault.id == DIAG_CP1252_BYTE && o.fault.place.line == 3 &&
		o.fault.place.col == 2 && o.rows.n == 0,
	    "csv: also inside a quoted cell");
	outcome_release(&o);
	read_csv(&o, SPAN("a;b\n1;x\"\ny;\x81\n"), &cp1252);
	unit_check(o.fault.id == DIAG_CSV_QUOTE && o.fault.place.line == 2,
	    "csv: an earlier mistake comes first");
	outcome_release(&o);
	unit_check(read_csv(&o, SPAN("a;\x81\n1;2\n"), &cp1252) == -1 &&
		o.fault.id == DIAG_CP1252_BYTE && o.fault.place.line == 1 &&
		o.fault.place.col == 3,
	    "csv: in a name too");
	outcome_release(&o);
}

static void
test_places(void)
{
	const struct span csv =
	    SPAN("a;b;c\n1;é;3\n\"x\ny\";\"é\"\"\";z\n\r\n7;8;9;10\n");
	static const struct {
		size_t rec, col, line, place_col;
	} rows[] = {
	    {0, 0, 0, 1},
	    {0, 2, 0, 5},
	    {1, 0, 1, 1},
	    {1, 1, 2, 4},
	    {1, 2, 2, 10},
	    {2, 0, 3, 1},
	    {3, 0, 4, 1},
	    {3, 1, 4, 3},
	    {3, 3, 4, 7},
	};
	struct block b = BLOCK_EMPTY;
	struct outcome o;
	bool good = true;

	read_csv(&o, csv, &usual);
	buf_add(&b.own, span_from(csv, 6));
	block_take_own(&b, b.own.n);
	decoder_csv.decode(&o.d, &b);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct place place = {NULL, 99, 99};

		decoder_csv.place(&o.d, &b, rows[i].rec, rows[i].col, &place);
		good = good && place.line == rows[i].line &&
		    place.col == rows[i].place_col;
	}
	unit_check(good, "csv: a cell's place is that of the physical file");
	unit_check(b.nlines == 5 && b.nmark == 4,
	    "csv: a block knows its lines and records");
	block_release(&b);
	outcome_release(&o);
}

/* TSV cells and back through CSV, at several block sizes. */

static void
random_cell(struct buf *b)
{
	static const char *const parts[] = {"a", "b", " ", ";", ",", "\"",
	    "\"\"", "\\\\", "\\|", "|", "\\t", "\\n", "\\r", "\\r\\n", "\\\\N",
	    "🌍", "é", "12,5", "\\\\t"};
	size_t n = (size_t)rand() % 6;

	while (n-- > 0)
		buf_add(b,
		    span_of(parts[(size_t)rand() %
			(sizeof parts / sizeof *parts)]));
}

/* Rows of ncol random cells as TSV, and as the CSV of the writer. */
static void
make_both(const struct columns *columns, char delimiter, struct buf *tsv,
    struct buf *csv)
{
	struct writer wt = {.format = &writer_tsv, .columns = columns};
	struct writer wc = {
	    .format = &writer_csv, .columns = columns, .delimiter = delimiter};

	wc.format->head(&wc, csv);
	for (int r = 0; r < 40; r++) {
		struct buf cells = {NULL, 0, 0};
		struct span cell[4];
		size_t at = 0;

		for (size_t c = 0; c < columns->n; c++) {
			random_cell(&cells);
			cell[c].n = cells.n - at;
			at = cells.n;
		}
		at = 0;
		for (size_t c = 0; c < columns->n; c++) {
			cell[c].p = cells.p == NULL ? NULL : cells.p + at;
			at += cell[c].n;
		}
		wt.format->record(&wt, tsv, cell);
		wc.format->record(&wc, csv, cell);
		buf_release(&cells);
	}
}

static bool
goes_round(const struct columns *columns, char delimiter)
{
	static const size_t sizes[] = {1, 2, 17, 300, 256 * 1024};
	struct buf tsv = {NULL, 0, 0}, csv = {NULL, 0, 0};
	bool good = true;

	make_both(columns, delimiter, &tsv, &csv);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct outcome o;

		read_csv(&o, buf_span(&csv), &(struct how){sizes[i], NULL});
		good = good && o.fault.id == DIAG_NONE &&
		    o.d.columns.n == columns->n &&
		    span_eq(buf_span(&o.rows), buf_span(&tsv));
		for (size_t c = 0; good && c < columns->n; c++)
			good = span_eq(o.d.columns.name[c], columns->name[c]);
		if (columns->n > 1)
			good = good && o.d.delimiter == delimiter;
		good = good && (sizes[i] > 17 || o.nblock > 1);
		outcome_release(&o);
	}
	buf_release(&tsv);
	buf_release(&csv);
	return good;
}

static void
test_round_trip(void)
{
	static const char *const names[] = {
	    "plain", "a;b,c\td\"", " \\|\\x|", "\\N\n"};
	struct arena arena = ARENA_EMPTY;

	srand(3);
	for (const char *d = CSV_DELIMITERS; *d != '\0'; d++) {
		bool good = true;

		for (int round = 0; round < 50; round++) {
			struct columns columns;

			columns_init(&columns, &arena);
			for (int i = 0; i <= round % 4; i++)
				columns_add(&columns, span_of(names[i]));
			good = good && goes_round(&columns, *d);
		}
		unit_check(good,
		    *d == ';'       ? "csv: TSV to CSV and back, ';'"
			: *d == ',' ? "csv: TSV to CSV and back, ','"
				    : "csv: TSV to CSV and back, tab");
	}
	arena_release(&arena);
}

static void
test_large_cells(void)
{
	struct buf csv = {NULL, 0, 0}, rows = {NULL, 0, 0};
	struct outcome o;

	buf_add(&csv, SPAN("a;b\n"));
	for (int r = 0; r < 3; r++) {
		buf_add(&csv, SPAN("1;\""));
		buf_add(&rows, SPAN("1\t"));
		for (int i = 0; i < 1 << 18; i++) {
			buf_add(&csv, SPAN("\n\"\"\\"));
			buf_add(&rows, SPAN("\\n\"\\\\"));
		}
		buf_add(&csv, SPAN("\"\n"));
		buf_add(&rows, SPAN("\n"));
	}
	read_csv(&o, buf_span(&csv), &(struct how){4096, NULL});
	unit_check(o.fault.id == DIAG_NONE &&
		span_eq(buf_span(&o.rows), buf_span(&rows)),
	    "csv: cells of a megabyte, of nothing but special characters");
	outcome_release(&o);
	buf_release(&csv);
	buf_release(&rows);
}

/* A record of two cells, or of one when b.p is NULL. */
static bool
writes(struct span a, struct span b, char delimiter, struct span want)
{
	struct arena arena = ARENA_EMPTY;
	struct span cell[2] = {a, b};
	struct buf out = {NULL, 0, 0};
	struct columns columns;
	struct writer w = {
	    .format = &writer_csv, .columns = &columns, .delimiter = delimiter};
	bool good;

	columns_init(&columns, &arena);
	columns_add(&columns, SPAN("a"));
	if (b.p != NULL)
		columns_add(&columns, SPAN("b"));
	w.format->record(&w, &out, cell);
	good = span_eq(buf_span(&out), want);
	buf_release(&out);
	arena_release(&arena);
	return good;
}

static void
test_writing(void)
{
	const struct span none = {NULL, 0};

	unit_check(writes(SPAN("1,5"), SPAN("x"), ';', SPAN("1,5;x\n")) &&
		writes(SPAN("1,5"), SPAN("x"), ',', SPAN("\"1,5\",x\n")),
	    "csv: a cell with the delimiter is quoted");
	unit_check(writes(SPAN("a\"b"), SPAN("\\n"), ';',
		       SPAN("\"a\"\"b\";\"\n\"\n")) &&
		writes(SPAN("\""), SPAN("a\\rb"), ';',
		    SPAN("\"\"\"\";\"a\rb\"\n")),
	    "csv: quotes and line ends are quoted");
	unit_check(
	    writes(SPAN(" a"), SPAN("a "), ';', SPAN("\" a\";\"a \"\n")) &&
		writes(SPAN("a\\tb"), SPAN("\\t"), ';', SPAN("a\tb;\"\t\"\n")),
	    "csv: blanks at an end are quoted");
	unit_check(writes(SPAN(""), SPAN("\\N"), ';', SPAN(";\n")),
	    "csv: a missing cell is empty");
	unit_check(writes(SPAN(""), none, ',', SPAN("\"\"\n")) &&
		writes(none, none, ',', SPAN("\"\"\n")),
	    "csv: a record of one missing cell is no blank line");
	unit_check(writes(SPAN("a;b"), none, ',', SPAN("\"a;b\"\n")),
	    "csv: one column leaves no doubt about the delimiter");
	unit_check(
	    writes(SPAN("C:\\New"), SPAN("a\\"), ';', SPAN("C:\\New;a\\\n")),
	    "csv: what is no escape is kept");
}

int
main(void)
{
	test_text();
	test_text_random();
	test_delimiter();
	test_reading();
	test_blank_lines();
	test_mistakes();
	test_headers();
	test_wide_header();
	test_cp1252();
	test_places();
	test_round_trip();
	test_large_cells();
	test_writing();
	return unit_done();
}
