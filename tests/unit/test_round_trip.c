#include <string.h>

#include "records.h"
#include "tables.h"
#include "unit.h"

/* TSV -> YAML or JSON Lines -> TSV gives the same bytes for canonical files. */

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
