#include <string.h>

#include "json.h"
#include "records.h"
#include "unit.h"

/* The tokens of a text as letters, with the texts of scalars; "!" and what is
 * wrong behind the first mistake. */
static const char *
tokens(struct span in)
{
	static const char letters[] = "!.{}[]ksntfz";
	static char out[512];
	size_t n = 0;
	enum json_token t;
	struct json j;

	json_init(&j, in);
	do {
		t = json_next(&j);
		n +=
		    (size_t)snprintf(out + n, sizeof out - n, "%c", letters[t]);
		if (t == JSON_KEY || t == JSON_STRING || t == JSON_NUMBER)
			n += (size_t)snprintf(out + n, sizeof out - n, "%.*s ",
			    (int)j.text.n, j.text.p);
	} while (t != JSON_ERROR && t != JSON_END && n < sizeof out - 80);
	if (t == JSON_ERROR)
		snprintf(out + n, sizeof out - n, "%zu %s", j.at, j.error);
	json_release(&j);
	return out;
}

static bool
gives(const char *text, const char *expected)
{
	const char *got = tokens(span_of(text));

	if (strcmp(got, expected) == 0)
		return true;
	printf("# got: %s\n", got);
	return false;
}

/* Whether the text is refused at this offset. */
static bool
refused(struct span text, size_t at)
{
	const char *got = strchr(tokens(text), '!');

	if (got != NULL && strtoul(got + 1, NULL, 10) == at)
		return true;
	printf("# got: %s\n", got == NULL ? "no error" : got);
	return false;
}

static void
test_values(void)
{
	unit_check(gives("{}", "{}."), "json: an empty object");
	unit_check(gives(" [ ] ", "[]."), "json: an empty array with blanks");
	unit_check(gives("{\"a\":[1,\"b\",{\"c\":null}],\"d\":true}",
		       "{ka [n1 sb {kc z}]kd t}."),
	    "json: nested values come in order");
	unit_check(gives("false", "f."), "json: a scalar alone is a text");
	unit_check(gives("[-0,0.5,1e3,1E+2,10]", "[n-0 n0.5 n1e3 n1E+2 n10 ]."),
	    "json: numbers keep what was written");
	unit_check(gives("\"a\\tb\\u00e9\\ud83d\\ude00\\/\"", "sa\tbé😀/ ."),
	    "json: escapes are decoded, surrogate pairs joined");
	unit_check(gives("\"12345678é\\\"23456789\"", "s12345678é\"23456789 ."),
	    "json: a string longer than a word with an escape in the middle");
}

static void
test_mistakes(void)
{
	unit_check(refused(SPAN(""), 0), "json: nothing is an error");
	unit_check(refused(SPAN("{\"a\":1,}"), 7),
	    "json: a comma before } is an error");
	unit_check(
	    refused(SPAN("[1,]"), 3), "json: a comma before ] is an error");
	unit_check(
	    refused(SPAN("[1 2]"), 3), "json: a missing comma is an error");
	unit_check(
	    refused(SPAN("{\"a\" 1}"), 5), "json: a missing colon is an error");
	unit_check(refused(SPAN("{a:1}"), 1),
	    "json: a key without quotes is an error");
	unit_check(refused(SPAN("01"), 0) && refused(SPAN("1."), 0) &&
		refused(SPAN("-"), 0) && refused(SPAN(".5"), 0) &&
		refused(SPAN("+1"), 0) && refused(SPAN("1e"), 0) &&
		refused(SPAN("0x1"), 1),
	    "json: numbers outside the grammar are errors");
	unit_check(refused(SPAN("NaN"), 0) && refused(SPAN("tru"), 0),
	    "json: other words are errors");
	unit_check(refused(SPAN("\"abc"), 0),
	    "json: a string without end is an error at its start");
	unit_check(refused(SPAN("\"a\nb\""), 2),
	    "json: a line end in a string is an error");
	unit_check(refused(SPAN("\"a\0b\""), 2),
	    "json: a NUL in a string is an error");
	unit_check(
	    refused(SPAN("\"\\x\""), 1) && refused(SPAN("\"\\u12g4\""), 1),
	    "json: unknown escapes are errors");
	unit_check(refused(SPAN("\"\\ud800\""), 1) &&
		refused(SPAN("\"\\ude00\""), 1) &&
		refused(SPAN("\"\\ud800\\u0041\""), 1),
	    "json: half a surrogate pair is an error");
	unit_check(refused(SPAN("\"ab\xE9\""), 3),
	    "json: a string that is not UTF-8 is an error at the byte");
	unit_check(
	    refused(SPAN("{} {}"), 3), "json: a second value is an error");
	unit_check(refused(SPAN("[}"), 1) && refused(SPAN("{]"), 1),
	    "json: brackets must match");
}

static void
test_depth(void)
{
	char deep[600];
	struct json j;
	size_t n = 0;

	memset(deep, '[', sizeof deep);
	json_init(&j, span_make(deep, sizeof deep));
	while (json_next(&j) == JSON_ARRAY)
		n++;
	unit_check(n == 512 && strcmp(j.error, "nested too deep") == 0,
	    "json: nesting is capped");
	json_release(&j);
}

/* Every text cut anywhere must end in an error, and never crash. */
static void
test_truncated(void)
{
	static const char text[] =
	    "{\"a\": [1.5e3, \"x\\u00e9\\ud83d\\ude00\", null], \"b\": {}}";
	bool good = true;

	for (size_t n = 0; n + 1 < sizeof text; n++) {
		char *copy = malloc(n + 1);

		memcpy(copy, text, n);
		good = good && strchr(tokens(span_make(copy, n)), '!') != NULL;
		free(copy);
	}
	unit_check(good, "json: a text cut anywhere is an error");
}

static void
test_quote(void)
{
	struct buf b = {NULL, 0, 0};

	json_quote(&b, SPAN("a\"b\\c\n\t\b\f\r\x01/é\x7F"));
	unit_check(span_eq(buf_span(&b),
		       SPAN("\"a\\\"b\\\\c\\n\\t\\b\\f\\r\\u0001/é\x7F\"")),
	    "json: a quoted string has the escapes it needs and no others");
	buf_release(&b);
}

static void
test_records(void)
{
	const struct decoder_format *f = &decoder_jsonl;

	unit_check(
	    records_are(f, "{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\",\"a\":2}\n",
		"a\tb\n1\tx\n2\ty\n"),
	    "jsonl: keys may come in any order");
	unit_check(records_are(
		       f, "{\"a\":1}\r\n\n  \r\n{\"c\":2}", "a\tc\n1\t\n\t2\n"),
	    "jsonl: CRLF, blank lines, a missing last newline, keys left out");
	unit_check(records_are(f, "\xEF\xBB\xBF{\"a\":\"é\"}", "a\né\n"),
	    "jsonl: a BOM is skipped");
	unit_check(
	    records_are(f,
		"{\"l\":{\"c\":\"x\",\"d\":{\"e\":1}},\"m\":{},\"n\":[]}\n",
		"l.c\tl.d.e\tn\nx\t1\t\n"),
	    "jsonl: nested objects become dotted columns");
	unit_check(records_are(f,
		       "{\"a\":[\"x\",\"y|z\"],\"b\":[\"x\"],\"c\":[\"\"],"
		       "\"d\":[null,\"\"],\"e\":[\"\",\"z\"]}",
		       "a\tb\tc\td\te\nx|y\\|z\tx\t\t|\t|z\n"),
	    "jsonl: arrays are lists, one of a single value is the value");
	unit_check(
	    records_are(f, "{\"a\":1e3,\"b\":true,\"c\":null,\"d\":\"\"}",
		"a\tb\tc\td\n1e3\ttrue\t\t\n"),
	    "jsonl: numbers and booleans keep what was written");
	unit_check(records_are(f, "{\"a\":\"\\t\\n\\\\N\\r|\"}",
		       "a\n\\t\\n\\\\N\\r\\|\n"),
	    "jsonl: text is escaped as TSV has it");
	unit_check(records_are(f, "", "") && records_are(f, " ", "") &&
		records_are(f, "\n \n ", ""),
	    "jsonl: no record, no column");
}

static void
test_record_mistakes(void)
{
	const struct decoder_format *f = &decoder_jsonl;

	unit_check(records_refused(f, SPAN("{\"a\":1}\n{\"a\":é}\n"),
		       DIAG_BAD_JSON, 2, 6, 1),
	    "jsonl: bad syntax has its place, records before it are given");
	unit_check(records_refused(f, SPAN("{\"é\":1,\"é\":2}"),
		       DIAG_DUPLICATE_KEY, 1, 8, 0),
	    "jsonl: a key twice is an error, columns count characters");
	unit_check(records_refused(f, SPAN("{\"a\":{\"b\":1},\"a\":{\"c\":1}}"),
		       DIAG_DUPLICATE_KEY, 1, 14, 0),
	    "jsonl: an object's key twice is an error");
	unit_check(records_refused(
		       f, SPAN("{\"a\":[1,[2]]}"), DIAG_NOT_RECORDS, 1, 9, 0),
	    "jsonl: an array in an array is no record");
	unit_check(records_refused(
		       f, SPAN("{\"a\":1}\n12\n"), DIAG_NOT_RECORDS, 2, 1, 1),
	    "jsonl: a line that is no object is no record");
	unit_check(
	    records_refused(f, SPAN("\n [\n{}]"), DIAG_BAD_JSON, 2, 2, 0),
	    "jsonl: an array of objects is told apart");
	unit_check(records_refused(f, SPAN("{\"a\":\"\\ud800\"}"),
		       DIAG_LONE_SURROGATE, 1, 7, 0),
	    "jsonl: half a surrogate pair is an error");
	unit_check(records_refused(
		       f, SPAN("{\"a\":\"x\xE9\"}"), DIAG_BAD_UTF8, 1, 8, 0),
	    "jsonl: a byte that is no UTF-8 is an error");
	unit_check(records_refused(
		       f, SPAN("{\"a\":\"x\0\"}"), DIAG_NUL_BYTE, 1, 8, 0) &&
		records_refused(
		    f, SPAN("{\"a\":\"x\\u0000\"}"), DIAG_NUL_BYTE, 1, 6, 0),
	    "jsonl: a NUL is an error, escaped too");
	unit_check(
	    records_refused(f, SPAN("{\"\":1}"), DIAG_EMPTY_COLUMN, 1, 2, 0),
	    "jsonl: a key without a name is an error");
	unit_check(
	    records_refused(f, SPAN("{}\n{}\n"), DIAG_NOT_RECORDS, 1, 1, 0),
	    "jsonl: records without any key are an error");
}

/* Records enough for 2 MiB, then one with a key more. */
static void
test_new_column(void)
{
	struct buf b = {NULL, 0, 0};
	struct records r;
	size_t n = 0;

	while (b.n < 2 << 20) {
		buf_printf(&b, "{\"a\":%zu,\"b\":\"xyz\"%s}\n", n,
		    n == 10000 ? ",\"c\":1" : "");
		n++;
	}
	records_read(&r, &decoder_jsonl, buf_span(&b), 4096);
	unit_check(r.fault.id == DIAG_NONE && r.nrec == n && r.d.columns.n == 3,
	    "jsonl: a key may first come within the first MiB");
	records_release(&r);
	buf_printf(&b, "{\"a\":1,\"z\":2}\n");
	records_read(&r, &decoder_jsonl, buf_span(&b), 4096);
	unit_check(r.fault.id == DIAG_NEW_COLUMN && r.nrec == n &&
		r.fault.place.line == n + 1 && r.fault.place.col == 8 &&
		strcmp(r.fault.value, "z") == 0,
	    "jsonl: a key that first comes later is an error that names it");
	records_release(&r);
	buf_release(&b);
}

static void
test_places(void)
{
	struct records r;

	records_read(&r, &decoder_jsonl,
	    SPAN("{\"a\":\"é\",\"b\":1}\n\n{\"b\":[2, 3]}\n"), 64);
	unit_check(r.nplace == 4 && r.place[0].line == 1 &&
		r.place[0].col == 6 && r.place[1].col == 14 &&
		r.place[3].line == 3 && r.place[3].col == 6,
	    "jsonl: a cell's place is where its value starts");
	unit_check(r.place[2].line == 3 && r.place[2].col == 1,
	    "jsonl: a missing key's place is its record's");
	records_release(&r);
}

/* Many columns and short records: bounded blocks. */
static void
test_sparse(void)
{
	struct buf b = {NULL, 0, 0};
	struct records r;
	const char *before = "{";

	for (int i = 0; i < 400; i++, before = ",")
		buf_printf(&b, "%s\"c%d\":1", before, i);
	buf_printf(&b, "}\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, "{}\n");
	records_read(&r, &decoder_jsonl, buf_span(&b), 256 * 1024);
	unit_check(r.nrec == 301 && r.nplace == 301 * 400,
	    "jsonl: records without most of the columns");
	records_release(&r);
	buf_release(&b);
}

static bool
written_as(const char *tsv, const char *expected)
{
	struct buf out = {NULL, 0, 0};
	bool same = records_convert(
			&decoder_tsv, span_of(tsv), &writer_jsonl, 64, &out) &&
	    span_eq(buf_span(&out), span_of(expected));

	if (!same)
		printf("# got: %.*s\n", (int)out.n, out.n > 0 ? out.p : "");
	buf_release(&out);
	return same;
}

static void
test_writing(void)
{
	unit_check(written_as("a\tb\n1\t\\N\nx|y\\|z\t\\t\\\\\"\\|\n",
		       "{\"a\":\"1\",\"b\":null}\n"
		       "{\"a\":[\"x\",\"y|z\"],\"b\":\"\\t\\\\\\\"|\"}\n"),
	    "jsonl: values are written as text, lists as arrays");
	unit_check(written_as("x.a\tx.b.c\tx.b.d\ty\n1\t2\t3\t4\n",
		       "{\"x\":{\"a\":\"1\",\"b\":{\"c\":\"2\",\"d\":\"3\"}},"
		       "\"y\":\"4\"}\n"),
	    "jsonl: dotted columns are written nested");
	unit_check(written_as("x.a\ty\tx.b\n1\t2\t3\n",
		       "{\"x.a\":\"1\",\"y\":\"2\",\"x.b\":\"3\"}\n"),
	    "jsonl: dotted columns apart from each other are written flat");
	unit_check(
	    written_as("x\tx.b\n1\t2\n", "{\"x\":\"1\",\"x.b\":\"2\"}\n"),
	    "jsonl: a column of the mapping's name keeps names flat");
	unit_check(written_as("a.\t.b\tc..d\n1\t2\t3\n",
		       "{\"a.\":\"1\",\".b\":\"2\",\"c..d\":\"3\"}\n"),
	    "jsonl: names with empty parts are written flat");
	unit_check(written_as("p.q.x\tp.r\tp.q.y\n1\t2\t3\n",
		       "{\"p\":{\"q.x\":\"1\",\"r\":\"2\",\"q.y\":\"3\"}}\n"),
	    "jsonl: an inner mapping that is torn apart is flat by itself");
	unit_check(written_as("a\n", ""), "jsonl: no record, no line");
}

int
main(void)
{
	test_values();
	test_mistakes();
	test_depth();
	test_truncated();
	test_quote();
	test_records();
	test_record_mistakes();
	test_new_column();
	test_places();
	test_sparse();
	test_writing();
	return unit_done();
}
