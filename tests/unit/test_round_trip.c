#include <string.h>

#include "cell.h"
#include "records.h"
#include "unit.h"

/* TSV -> YAML or JSON Lines -> TSV gives the same bytes for canonical files. */

/* A generator of its own, so that a failure comes again. */
static unsigned
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

static void
put_text(struct buf *b, uint64_t *seed)
{
	unsigned n = 1 + draw(seed, draw(seed, 4) == 0 ? 12 : 3);

	while (n-- > 0)
		buf_add(b,
		    span_of(
			morsels[draw(seed, sizeof morsels / sizeof *morsels)]));
}

/* A canonical cell: missing, a text, or a list of at least two values. */
static void
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
static unsigned
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

static void
put_table(struct buf *b, uint64_t *seed)
{
	unsigned ncol = put_header(b, seed), nrow = draw(seed, 6);

	for (unsigned i = 0; i < nrow * ncol; i++) {
		put_cell(b, seed);
		buf_byte(b, (i + 1) % ncol == 0 ? '\n' : '\t');
	}
}

static bool
comes_back(const struct decoder_format *from, const struct writer_format *to,
    struct span tsv, size_t block_bytes)
{
	struct buf there = {NULL, 0, 0}, back = {NULL, 0, 0};
	bool same =
	    records_convert(&decoder_tsv, tsv, to, block_bytes, &there) &&
	    records_convert(
		from, buf_span(&there), &writer_tsv, block_bytes, &back) &&
	    span_eq(buf_span(&back), tsv);

	if (!same && tsv.n < 100000)
		printf("# tsv:\n%.*s\n# %s:\n%.*s\n# back:\n%.*s\n", (int)tsv.n,
		    tsv.p, to->name, (int)there.n, there.n > 0 ? there.p : "",
		    (int)back.n, back.n > 0 ? back.p : "");
	buf_release(&there);
	buf_release(&back);
	return same;
}

static void
test_round_trips(void)
{
	bool in_yaml = true, in_json = true;
	uint64_t seed = 20251110;

	for (int i = 0; i < 3000 && in_yaml && in_json; i++) {
		struct buf tsv = {NULL, 0, 0};
		size_t block_bytes = 1 + draw(&seed, 400);

		put_table(&tsv, &seed);
		in_yaml = comes_back(
		    &decoder_yaml, &writer_yaml, buf_span(&tsv), block_bytes);
		/* JSON Lines keep no columns without a record. */
		in_json = span_find(buf_span(&tsv), '\n') == tsv.n - 1 ||
		    comes_back(&decoder_jsonl, &writer_jsonl, buf_span(&tsv),
			block_bytes);
		buf_release(&tsv);
	}
	unit_check(in_yaml, "yaml: TSV comes back byte for byte");
	unit_check(in_json, "jsonl: TSV comes back byte for byte");
}

static void
test_known_round_trips(void)
{
	static const char tsv[] =
	    "a\tb\tc\n|\ta|\t|a\na||b\t\\|\t\\\\\\|\n\\\\N\tno\t01\n"
	    "1e3\t~\t- x\n#\t: \t\\t\\n\n\"\t'\t😀\n\t\t\n";
	struct buf big = {NULL, 0, 0};

	unit_check(comes_back(&decoder_yaml, &writer_yaml, span_of(tsv), 64) &&
		comes_back(&decoder_jsonl, &writer_jsonl, span_of(tsv), 64),
	    "yaml, jsonl: bars, nulls, numbers and signs come back");
	buf_printf(&big, "a\tb\n");
	for (int i = 0; i < 1 << 17; i++)
		buf_add(&big, SPAN("é 'x: #"));
	buf_printf(&big, "\tx|");
	for (int i = 0; i < 1 << 17; i++)
		buf_add(&big, SPAN("\\t\\\\y-"));
	buf_byte(&big, '\n');
	unit_check(
	    comes_back(&decoder_yaml, &writer_yaml, buf_span(&big), 4096) &&
		comes_back(&decoder_jsonl, &writer_jsonl, buf_span(&big), 4096),
	    "yaml, jsonl: cells of 1 MB come back");
	buf_release(&big);
}

static void
test_concatenation(void)
{
	struct buf two = {NULL, 0, 0};

	records_convert(
	    &decoder_tsv, SPAN("a\tb\nx\t1\n"), &writer_yaml, 64, &two);
	records_convert(&decoder_tsv, SPAN("a\tb\n"), &writer_yaml, 64, &two);
	records_convert(
	    &decoder_tsv, SPAN("a\tb\ny|z\t2\n"), &writer_yaml, 64, &two);
	buf_byte(&two, '\0');
	unit_check(records_are(&decoder_yaml, two.p, "a\tb\nx\t1\ny|z\t2\n"),
	    "yaml: files behind each other are one file");
	buf_release(&two);
}

int
main(void)
{
	test_round_trips();
	test_known_round_trips();
	test_concatenation();
	return unit_done();
}
