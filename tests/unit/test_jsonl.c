#include "records.h"
#include "tables.h"
#include "unit.h"

/*
 * Lines like the one before them are read by a short way (jsonl_shape.h), and
 * only within a block: so a block a line and many lines a block must give the
 * same records, places and mistakes.
 */

static const char *const lines[] = {"{\"a\":\"x\",\"b\":\"y\"}\n",
    "{\"a\":\"x|y\\\\\",\"b\":[]}\n", "{\"b\":1}\n",
    "{\"a\":[\"x\",\"y|z\"],\"b\":null}\n",
    "{\"a\": [1, true, null], \"b\": -0.5e3}\r\n", "\n",
    "{\"a\":\"longer than sixteen bytes\",\"b\":\"and so is this, \\u00e9\"}\n",
    "{\"b\":\"x\",\"a\":\"y\"}\n",
    "{\"o\":{\"c\":\"x\",\"d\":[\"y\"]},\"a\":\"z\"}\n",
    "{\"o\":{\"c\":\"\",\"d\":[null,\"\"]},\"a\":\"\"}\n"};

static const char *const hostile[] = {"{", "}", "[", "]", "\"", "\\", ":", ",",
    " ", "\t", "\r", "\n", "\\u0000", "\\ud83d", "\\ud83d\\ude00", "\\n", "\\/",
    "\\x", "|", "0", "01", "1.", "-", "1e5", "true", "tru", "null", "nulls",
    "\"a\"", "\"a\":", ",\"a\":", "\"o\":{", "{}", "\x01", "\x7F", "\xE9",
    "\xC3\xA9", "\xEF\xBB\xBF", "sixteen bytes or more"};

static bool
reads_alike(struct span text)
{
	struct records alone, together;
	bool same;

	records_read(&alone, &decoder_jsonl, text, 1);
	records_read(&together, &decoder_jsonl, text, 64 * 1024);
	same = records_same(&alone, &together, text);
	records_release(&alone);
	records_release(&together);
	return same;
}

static void
put_lines(struct buf *b, uint64_t *seed)
{
	unsigned first = draw(seed, sizeof lines / sizeof *lines);

	for (unsigned n = 1 + draw(seed, 8); n > 0; n--) {
		if (draw(seed, 3) == 0)
			first = draw(seed, sizeof lines / sizeof *lines);
		buf_add(b, span_of(lines[first]));
	}
}

static void
put_hostile(struct buf *b, uint64_t *seed)
{
	struct span s =
	    span_of(hostile[draw(seed, sizeof hostile / sizeof *hostile)]);
	size_t at = draw(seed, (unsigned)b->n), out = draw(seed, 3);

	if (out > b->n - at)
		out = b->n - at;
	buf_room(b, s.n);
	memmove(b->p + at + s.n, b->p + at + out, b->n - at - out);
	memcpy(b->p + at, s.p, s.n);
	b->n = b->n + s.n - out;
}

static void
test_shapes(void)
{
	bool good = true, changed = true;
	uint64_t seed = 23;

	for (int i = 0; i < 3000 && good && changed; i++) {
		struct buf text = {NULL, 0, 0};

		put_lines(&text, &seed);
		good = reads_alike(buf_span(&text));
		for (unsigned n = 1 + draw(&seed, 2); n > 0; n--)
			put_hostile(&text, &seed);
		changed = reads_alike(buf_span(&text));
		buf_release(&text);
	}
	unit_check(good, "jsonl: lines alike are read as lines alone");
	unit_check(changed, "jsonl: so are changed lines, and their mistakes");
}

static void
test_known_lines(void)
{
	unit_check(
	    records_are(&decoder_jsonl,
		"{\"a\": \"1\", \"o\": {\"b\": [\"x\", \"y\"]}}\n"
		"{\"a\": 2.50, \"o\": {\"b\": []}}\n"
		"{\"a\": \"|\", \"o\": {\"b\": [\"\\\\\", \"\\u00e9|\"]}}\n"
		"{\"a\": null, \"o\": {\"b\": \"\\ud83d\\ude00\"}}\n",
		"a\to.b\n1\tx|y\n2.50\t\n\\|\t\\\\|é\\|\n\t😀\n"),
	    "jsonl: values of any kind behind the same keys");
	unit_check(
	    records_are(&decoder_jsonl,
		"{\"a\":1,\"b\":2,\"c\":3}\n{\"a\":1,\"c\":3}\n"
		"{\"a\":2,\"c\":4}\n{\"c\":5,\"a\":3}\n{\"c\":6,\"a\":4}\n",
		"a\tb\tc\n1\t2\t3\n1\t\t3\n2\t\t4\n3\t\t5\n4\t\t6\n"),
	    "jsonl: keys that are absent, or in another order");
	unit_check(records_refused(&decoder_jsonl,
		       SPAN("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":3}\n"
			    "{\"a\":1,\"b\":2x}\n"),
		       DIAG_BAD_JSON, 3, 13, 2),
	    "jsonl: a mistake in a line like the others has its place");
}

int
main(void)
{
	test_shapes();
	test_known_lines();
	return unit_done();
}
