#include <string.h>

#include "records.h"
#include "unit.h"

static const struct decoder_format *const yaml = &decoder_yaml;

static void
test_shapes(void)
{
	unit_check(records_are(yaml, "- a: 1\n  b: x\n- b: y\n  a: 2\n",
		       "a\tb\n1\tx\n2\ty\n"),
	    "yaml: a sequence of mappings");
	unit_check(records_are(yaml, "a: 1\n---\na: 2\n---\n- a: 3\n- a: 4\n",
		       "a\n1\n2\n3\n4\n"),
	    "yaml: documents of one record and of several");
	unit_check(records_are(yaml, "---\n---\n- a: 1\n...\n", "a\n1\n"),
	    "yaml: an empty document is none");
	unit_check(records_are(yaml, "[{a: 1, b: [x, y]}, {\"b\": 'z'}]",
		       "a\tb\n1\tx|y\n\tz\n"),
	    "yaml: flow style");
	unit_check(
	    records_are(yaml, "\xEF\xBB\xBF- a: é\r\n- a: b\r\n", "a\né\nb\n"),
	    "yaml: a BOM and CRLF");
	unit_check(records_are(yaml, "# nothing\n", "") &&
		records_are(yaml, "[]\n", "") && records_are(yaml, "", ""),
	    "yaml: no record, no column");
	unit_check(records_are(yaml, "# columns: a\tb\\tc\n", "a\tb\\tc\n"),
	    "yaml: without a record, a comment names the columns");
	unit_check(records_are(yaml, "# columns: a\tb\n- c: 1\n", "c\n1\n"),
	    "yaml: with a record, it is but a comment");
}

static void
test_scalars(void)
{
	unit_check(records_are(yaml, "- {a: 01, b: no, c: 1e3, d: 0x1F}",
		       "a\tb\tc\td\n01\tno\t1e3\t0x1F\n"),
	    "yaml: a scalar is the text that was written");
	unit_check(records_are(yaml, "- {a: ~, b: null, c: Null, d: NULL, e: }",
		       "a\tb\tc\td\te\n\t\t\t\t\n"),
	    "yaml: a plain null is missing");
	unit_check(
	    records_are(yaml, "- {a: \"null\", b: '~', c: !!str null, d: ''}",
		"a\tb\tc\td\nnull\t~\tnull\t\n"),
	    "yaml: a quoted or tagged null is text");
	unit_check(
	    records_are(yaml, "- a: |\n    x\n    y\n  b: >-\n    x\n    y\n",
		"a\tb\nx\\ny\\n\tx y\n"),
	    "yaml: block scalars are text");
	unit_check(records_are(yaml, "- a: !!binary aGk=\n  b: !x y\n",
		       "a\tb\naGk=\ty\n"),
	    "yaml: other tags are text");
	unit_check(
	    records_are(yaml, "- a: \"\\t|\\\\N\\x41\"\n", "a\n\\t\\|\\\\NA\n"),
	    "yaml: escapes are decoded and TSV's are made");
	unit_check(records_are(yaml,
		       "- a:\n  - x\n  - y|z\n  b: []\n  c: [x]\n"
		       "  d: ['']\n  e: [~, '']\n  f: [x, ~]\n",
		       "a\tb\tc\td\te\tf\nx|y\\|z\t\tx\t\t|\tx|\n"),
	    "yaml: sequences are lists");
	unit_check(
	    records_are(yaml, "- l: {c: x, d: {e: 1}}\n  m: {}\n  a.b: 2\n",
		"l.c\tl.d.e\ta.b\nx\t1\t2\n"),
	    "yaml: nested mappings become dotted columns");
	unit_check(records_are(yaml, "- ? a\n  : 1\n  ? 'b c'\n  : 2\n",
		       "a\tb c\n1\t2\n"),
	    "yaml: keys with a question mark");
}

static void
test_aliases(void)
{
	unit_check(
	    records_are(yaml, "- a: &x v\n  b: *x\n- a: &x w\n  b: [*x, *x]\n",
		"a\tb\nv\tv\nw\tw|w\n"),
	    "yaml: an alias is what its anchor last was");
	unit_check(records_are(yaml,
		       "- &r {a: 1, l: &l [x, y]}\n- *r\n- {a: 2, l: *l}\n",
		       "a\tl\n1\tx|y\n1\tx|y\n2\tx|y\n"),
	    "yaml: mappings and sequences may be aliased");
	unit_check(records_are(yaml,
		       "- &d {a: 1, b: 2}\n- <<: *d\n  b: 3\n"
		       "- b: 4\n  <<: *d\n",
		       "a\tb\n1\t2\n1\t3\n1\t4\n"),
	    "yaml: merge keys yield to the mapping's own");
	unit_check(records_are(yaml,
		       "- &a {a: 1}\n- &b {a: 2, b: 2}\n"
		       "- {<<: [*a, *b]}\n- {<<: *b, <<: *a}\n",
		       "a\tb\n1\t\n2\t2\n1\t2\n2\t2\n"),
	    "yaml: of merged mappings the first wins");
	unit_check(records_are(yaml,
		       "- &a {a: 1, l: {c: 1, d: 1}}\n"
		       "- {<<: *a, l: {c: 2}}\n",
		       "a\tl.c\tl.d\n1\t1\t1\n1\t2\t\n"),
	    "yaml: a nested mapping is merged as a whole");
	unit_check(records_are(yaml,
		       "- &c {a: 3, x: 3}\n- &a {<<: *c, a: 1}\n"
		       "- &b {x: 2, y: 2}\n- {<<: [*a, *b]}\n",
		       "a\tx\ty\n3\t3\t\n1\t3\t\n\t2\t2\n1\t3\t2\n"),
	    "yaml: what a merged mapping merges comes before the next one");
	unit_check(records_are(yaml, "- {<<: {a: 1}, b: 2}\n- '<<': 3\n",
		       "b\ta\t<<\n2\t1\t\n\t\t3\n"),
	    "yaml: only a plain << merges");
	unit_check(records_refused(yaml, SPAN("- &k a: 1\n  *k : 2\n"),
		       DIAG_DUPLICATE_KEY, 2, 3, 0),
	    "yaml: an alias as a key is the key");
	unit_check(records_refused(
		       yaml, SPAN("- a: 1\n- a: *x\n"), DIAG_BAD_YAML, 2, 6, 1),
	    "yaml: an alias without anchor is an error");
	unit_check(records_refused(
		       yaml, SPAN("- &a\n  x: [*a]\n"), DIAG_BAD_YAML, 2, 7, 0),
	    "yaml: an alias within its anchor is an error");
	unit_check(records_refused(yaml, SPAN("- a: &x 1\n---\n- a: *x\n"),
		       DIAG_BAD_YAML, 3, 6, 1),
	    "yaml: an anchor ends with its document");
	unit_check(
	    records_refused(yaml, SPAN("- {<<: 3}\n"), DIAG_BAD_YAML, 1, 8, 0),
	    "yaml: a scalar cannot be merged");
}

/* &a0 [x,x,…], &a1 [*a0,*a0,…]…: nine levels of nine. */
static void
test_bomb(void)
{
	struct buf b = {NULL, 0, 0};

	buf_printf(&b, "- &a0 {x: [lol,lol,lol,lol,lol,lol,lol,lol,lol]}\n");
	for (int level = 1; level < 10; level++) {
		buf_printf(&b, "- &a%d {", level);
		for (int i = 0; i < 9; i++)
			buf_printf(&b, "k%d: *a%d, ", i, level - 1);
		buf_printf(&b, "}\n");
	}
	{
		struct records r;

		records_read(&r, yaml, buf_span(&b), 64 * 1024);
		unit_check(r.fault.id == DIAG_ALIAS_BOMB ||
			r.fault.id == DIAG_NOT_RECORDS,
		    "yaml: aliases of aliases of aliases are stopped");
		records_release(&r);
	}
	buf_release(&b);
}

static void
test_mistakes(void)
{
	unit_check(records_refused(yaml, SPAN("- a: 1\n- é: [\n- b"),
		       DIAG_BAD_YAML, 3, 1, 1),
	    "yaml: bad syntax has its place, records before it are given");
	unit_check(records_refused(yaml, SPAN("- a: 1\n  b: 2\n  a: 3\n"),
		       DIAG_DUPLICATE_KEY, 3, 3, 0),
	    "yaml: a key twice is an error at the second");
	unit_check(records_refused(yaml, SPAN("- a: {b: 1}\n  a: {c: 1}\n"),
		       DIAG_DUPLICATE_KEY, 2, 3, 0),
	    "yaml: a mapping's key twice is an error");
	unit_check(records_refused(yaml, SPAN("- a: 1\n- b\n"),
		       DIAG_NOT_RECORDS, 2, 3, 1) &&
		records_refused(
		    yaml, SPAN("hello\n"), DIAG_NOT_RECORDS, 1, 1, 0) &&
		records_refused(
		    yaml, SPAN("- - a: 1\n"), DIAG_NOT_RECORDS, 1, 3, 0),
	    "yaml: what is no mapping is no record");
	unit_check(records_refused(yaml, SPAN("- a: [x, [y]]\n"),
		       DIAG_NOT_RECORDS, 1, 10, 0),
	    "yaml: a list in a list is no record");
	unit_check(
	    records_refused(yaml, SPAN("- [a]: 1\n"), DIAG_BAD_YAML, 1, 3, 0) &&
		records_refused(
		    yaml, SPAN("- {[a]: 1}\n"), DIAG_BAD_YAML, 1, 4, 0),
	    "yaml: a key is a scalar");
	unit_check(
	    records_refused(yaml, SPAN("- a: é\xE9\n"), DIAG_BAD_UTF8, 1, 7, 0),
	    "yaml: a byte that is no UTF-8 is an error");
	unit_check(records_refused(
		       yaml, SPAN("- a: 1\n- a: \xC3"), DIAG_BAD_UTF8, 2, 6, 1),
	    "yaml: half a character at the end is an error");
	unit_check(records_refused(yaml, SPAN("- a: 1\n- a: x\0y\n"),
		       DIAG_NUL_BYTE, 2, 7, 1),
	    "yaml: a NUL is an error");
	unit_check(records_refused(
		       yaml, SPAN("- a: x\x01y\n"), DIAG_BAD_YAML, 1, 7, 0),
	    "yaml: a control character is an error");
	unit_check(records_refused(
		       yaml, SPAN("- {? : 1}\n"), DIAG_EMPTY_COLUMN, 1, 6, 0),
	    "yaml: a key without a name is an error");
	unit_check(records_refused(
		       yaml, SPAN("- {}\n- {}\n"), DIAG_NOT_RECORDS, 2, 3, 0),
	    "yaml: records without any key are an error");
}

static void
test_deep(void)
{
	struct buf b = {NULL, 0, 0};
	struct records r;

	buf_printf(&b, "- ");
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "{a: ");
	records_read(&r, yaml, buf_span(&b), 4096);
	unit_check(r.fault.id == DIAG_BAD_YAML &&
		strstr(r.fault.detail, "nested") != NULL,
	    "yaml: nesting is capped");
	records_release(&r);
	buf_release(&b);
}

static void
test_places(void)
{
	struct records r;

	records_read(&r, yaml,
	    SPAN(
		"# c\n\n- a: \"é\"\n  b: |\n    x\n- b: [1]\n- {a: é, b: 1}\n"),
	    64);
	unit_check(r.nplace == 6 && r.place[0].line == 3 &&
		r.place[0].col == 6 && r.place[1].line == 4 &&
		r.place[1].col == 6 && r.place[3].line == 6 &&
		r.place[3].col == 6 && r.place[5].col == 13,
	    "yaml: a cell's place is where its value starts");
	unit_check(r.nplace == 6 && r.place[2].line == 6 && r.place[2].col == 3,
	    "yaml: a missing key's place is its record's");
	records_release(&r);
}

static void
test_new_column(void)
{
	struct buf b = {NULL, 0, 0};
	struct records r;
	size_t n = 0;

	while (b.n < 2 << 20) {
		buf_printf(&b, "- a: %zu\n  b: xyz\n%s", n,
		    n == 10000 ? "  c: 1\n" : "");
		n++;
	}
	records_read(&r, yaml, buf_span(&b), 4096);
	unit_check(r.fault.id == DIAG_NONE && r.nrec == n &&
		r.d.columns.n == 3 && r.nblock > 100,
	    "yaml: a key may first come within the first MiB");
	unit_check(r.place[r.nplace - 3].line == 2 * n,
	    "yaml: lines are counted over many blocks");
	records_release(&r);
	buf_printf(&b, "- a: 1\n  z: 2\n");
	records_read(&r, yaml, buf_span(&b), 4096);
	unit_check(r.fault.id == DIAG_NEW_COLUMN && r.nrec == n &&
		r.fault.place.line == 2 * n + 3 && r.fault.place.col == 3 &&
		strcmp(r.fault.value, "z") == 0,
	    "yaml: a key that first comes later is an error that names it");
	records_release(&r);
	buf_release(&b);
}

static bool
written_as(const char *tsv, const char *expected)
{
	struct buf out = {NULL, 0, 0};
	bool same = records_convert(
			&decoder_tsv, span_of(tsv), &writer_yaml, 64, &out) &&
	    span_eq(buf_span(&out), span_of(expected));

	if (!same)
		printf("# got: %.*s\n", (int)out.n, out.n > 0 ? out.p : "");
	buf_release(&out);
	return same;
}

static void
test_writing(void)
{
	unit_check(written_as("a\tb\tc\nx y\t\tu|v\n",
		       "- a: x y\n  b:\n  c:\n  - u\n  - v\n"),
	    "yaml: scalars, nothing for a missing cell, lists a value a line");
	unit_check(written_as("x.a\tx.b.c\tx.b.d\tz\n1x\tu|v\t3x\t\n",
		       "- x:\n    a: 1x\n    b:\n      c:\n      - u\n"
		       "      - v\n      d: 3x\n  z:\n"),
	    "yaml: dotted columns are written nested");
	unit_check(written_as("x.a\tz\tx.b\nu\tv\tw\n",
		       "- x.a: u\n  z: v\n  x.b: w\n"),
	    "yaml: dotted columns apart from each other are written flat");
	unit_check(written_as("a\n|\n", "- a:\n  - ''\n  - ''\n"),
	    "yaml: a list's empty values are quoted");
	unit_check(written_as("no\ta: b\nx\tz\n", "- 'no': x\n  'a: b': z\n"),
	    "yaml: keys are quoted where they must");
	unit_check(written_as("a\tb\n", "# columns: a\tb\n"),
	    "yaml: without a record, a comment keeps the columns");
	unit_check(written_as("a\nit's\n'x\n", "- a: it's\n- a: '''x'\n"),
	    "yaml: a quote inside needs none");
	unit_check(written_as("a\n\\t\"\\\\\n\\n\n\x7F\n\xC2\x85\xE2\x80\xA8"
			      "\xEF\xBB\xBF\xEF\xBF\xBF\xC2\x9F\n",
		       "- a: \"\\t\\\"\\\\\"\n- a: \"\\n\"\n- a: \"\\x7F\"\n"
		       "- a: \"\\N\\L\\uFEFF\\uFFFF\\x9F\"\n"),
	    "yaml: what cannot be shown is escaped in double quotes");
	unit_check(written_as("a\nC:\\\\x\n", "- a: C:\\x\n"),
	    "yaml: a backslash alone needs no quotes");
}

/* One scalar: `quoted` says whether it must be. */
static bool
quoted(const char *text)
{
	struct buf in = {NULL, 0, 0}, out = {NULL, 0, 0};
	bool is;

	buf_printf(&in, "a\n%s\n", text);
	records_convert(&decoder_tsv, buf_span(&in), &writer_yaml, 64, &out);
	is = out.n > 5 && (out.p[5] == '\'' || out.p[5] == '"');
	buf_release(&in);
	buf_release(&out);
	return is;
}

static void
test_quoting(void)
{
	static const char *const must[] = {"0", "01", "-1", "+1", "1.5", ".5",
	    "1.", "1e3", "1E-3", "1_000", "1,5", "1,000", "0x1F", "0o17",
	    "0b11", "12:30", "1:2:3.5", "1.2.3", ".inf", "+.INF", "-.inf",
	    ".nan", ".NaN", "2025-11-10", "2025-1-2", "2025-11-10T10:00:00Z",
	    "2025-11-10 10:00:00", "y", "Y", "n", "N", "yes", "NO", "On", "off",
	    "TRUE", "false", "null", "Null", "~", "=", "<<", "-", "- x", "-x",
	    "?", "? x", ":", ": x", ",", "[x", "]", "{x", "}", "#x", "&x", "*x",
	    "!x", "\\|x", ">x", "'x", "\"x", "%x", "@x", "`x", "a: b",
	    "a:", "a #b", " a", "a ", "---", "...", "... x", "+12e03", "+",
	    "e5", "E1"};
	static const char *const must_not[] = {"a", "a:b", "a#b", "x-1",
	    "12 rue", "1er", "2A", "12:30 h", "http://x.fr/?a=b&c#d", "yess",
	    "oui", "nul", "No.", "a, b", "a]b", "l'école", "é", "\xE2\x80\x99x",
	    "2025-W46", "1e", "est", "e", "0xyz", "true x", "a  b", "10 %", "😀",
	    "01 23"};
	bool good = true;

	for (size_t i = 0; i < sizeof must / sizeof *must; i++)
		if (!quoted(must[i])) {
			printf("# plain: %s\n", must[i]);
			good = false;
		}
	unit_check(good, "yaml: what a reader may mistake is quoted");
	good = true;
	for (size_t i = 0; i < sizeof must_not / sizeof *must_not; i++)
		if (quoted(must_not[i])) {
			printf("# quoted: %s\n", must_not[i]);
			good = false;
		}
	unit_check(good, "yaml: all else is plain");
}

static void
test_sniffing(void)
{
	unit_check(yaml->sniff(SPAN("# x\n\n- a: 1\n")) &&
		yaml->sniff(SPAN("---\na: 1\n")) &&
		yaml->sniff(SPAN("nom: x\n")) &&
		yaml->sniff(SPAN("lieu:\n  a: 1\n")) &&
		yaml->sniff(SPAN("# columns: a\n")),
	    "yaml: is known by its first line");
	unit_check(!yaml->sniff(SPAN("a\tb\n")) && !yaml->sniff(SPAN("")) &&
		!yaml->sniff(SPAN("a: \tb\n")) &&
		!yaml->sniff(SPAN("nom;date: x\n")) &&
		!yaml->sniff(SPAN("12:30,x\n")),
	    "yaml: tables are not taken for it");
	unit_check(decoder_jsonl.sniff(SPAN("\n {\"a\"")) &&
		decoder_jsonl.sniff(SPAN("[ {\"a\"")) &&
		!decoder_jsonl.sniff(SPAN("{a: 1}")) &&
		!decoder_jsonl.sniff(SPAN("[x]\ty")),
	    "jsonl: is known by its first brace");
}

int
main(void)
{
	test_shapes();
	test_scalars();
	test_aliases();
	test_bomb();
	test_mistakes();
	test_deep();
	test_places();
	test_new_column();
	test_writing();
	test_quoting();
	test_sniffing();
	return unit_done();
}
