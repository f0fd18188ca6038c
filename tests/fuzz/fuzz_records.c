#include "fuzz.h"

#include "pack.h"
#include "records.h"

/*
 * Input in every format. The first byte picks one, the second how large blocks
 * are, the rest is the text. However it is cut into blocks, it gives the same
 * records or the same mistake; and what was read comes back the same from every
 * format that can be both written and read, but for a first name that starts
 * as a byte order mark does. YAML is held against libyaml's reading alone.
 */

static const struct {
	const struct decoder_format *read;
	const struct decoder_format *other;
} formats[] = {
    {&decoder_tsv, &decoder_tsv},
    {&decoder_csv, &decoder_csv},
    {&decoder_yaml, &decoder_libyaml},
    {&decoder_jsonl, &decoder_jsonl},
};

static const struct {
	const struct writer_format *write;
	const struct decoder_format *read;
} both_ways[] = {
    {&writer_tsv, &decoder_tsv},
    {&writer_csv, &decoder_csv},
    {&writer_yaml, &decoder_yaml},
    {&writer_jsonl, &decoder_jsonl},
};

enum { BLOCK = 64 * 1024 };

static void
check_way_back(struct records *r, size_t way)
{
	struct buf text = {NULL, 0, 0};
	struct records back;

	records_write(r, both_ways[way].write, &text);
	records_read(&back, both_ways[way].read, buf_span(&text), BLOCK);
	fuzz_check(back.fault.id == DIAG_NONE, "what is written can be read");
	fuzz_check(records_same_columns(&r->d.columns, &back.d.columns),
	    "columns come back");
	fuzz_check(back.nrec == r->nrec, "no record is lost");
	records_release(&back);
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	size_t at;
	struct records whole, cut;
	struct span text;

	if (n < 2)
		return 0;
	at = data[0] % (sizeof formats / sizeof *formats);
	text = fuzz_span(data + 2, n - 2);
	/* Where packed bytes break off depends on how much is asked of them. */
	if (pack_by_magic(text) != NULL)
		return 0;
	records_read(&whole, formats[at].read, text, BLOCK);
	records_read(&cut, formats[at].other, text, PACK_MAGIC_BYTES + data[1]);
	fuzz_check(records_same(&whole, &cut, text),
	    "records do not depend on where blocks end");
	if (whole.fault.id == DIAG_NONE && whole.nrec > 0 &&
	    !span_starts(whole.d.columns.name[0], SPAN("\xEF\xBB\xBF")))
		for (size_t i = 0; i < sizeof both_ways / sizeof *both_ways;
		     i++)
			check_way_back(&whole, i);
	records_release(&cut);
	records_release(&whole);
	return 0;
}
