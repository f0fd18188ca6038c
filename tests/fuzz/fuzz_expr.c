#include "fuzz.h"

#include "expr.h"
#include "records.h"
#include "utf8.h"

/*
 * The expression language: what compiles can be evaluated on records of all
 * kinds of cells, gives the same twice, and gives a cell that can be read.
 */

static const char table[] = "n\ttext\tlist\tdate\tnone\n"
			    "1\ta\tx|y\t2025-11-10\t\n"
			    "-2.50\tÉtape\tx\\|z\t2024-12-30\t\\N\n"
			    "1e308\t\\t\\n\\\\\t\t2025-W46\t0\n"
			    "\t'\"\ta|b|c\tx\t76\n"
			    "123456789012345678901\tœuf\té\t1999-02-29\t 1\n";

struct bench {
	struct records records;
	struct block block;
};

static void
bench_init(struct bench *b)
{
	*b = (struct bench){.block = BLOCK_EMPTY};
	records_read(&b->records, &decoder_tsv, span_of(table), sizeof table);
	b->block.p = b->records.rows.p;
	b->block.n = b->records.rows.n;
	block_index(&b->block,
	    &(struct block_rules){
		.ncol = b->records.d.columns.n, .valid_utf8 = true});
}

static void
evaluate(const struct expr *e, const struct bench *b, struct buf *out)
{
	struct expr_run run = {.block = &b->block};

	for (; run.rec < b->block.nrec; run.rec++) {
		struct value v = expr_value(e, &run);

		if (run.fault.id != DIAG_NONE) {
			buf_printf(out, "%s\n", run.fault.detail);
			run.fault.id = DIAG_NONE;
			continue;
		}
		expr_put(out, &v);
		buf_byte(out, '\n');
	}
	expr_run_release(&run);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bench b;
	struct buf once = {NULL, 0, 0}, twice = {NULL, 0, 0};
	struct diag diag = {.prog = "fuzz"};
	struct expr_env env;
	struct expr *e;

	if (utf8_check(fuzz_span(data, n)) < n)
		return 0;
	bench_init(&b);
	env = (struct expr_env){.columns = &b.records.d.columns,
	    .arena = &b.records.arena,
	    .diag = &diag,
	    .what = "fuzz"};
	e = expr_compile(fuzz_span(data, n), EXPR_ANY, &env);
	if (e != NULL) {
		evaluate(e, &b, &once);
		evaluate(e, &b, &twice);
		fuzz_check(span_eq(buf_span(&once), buf_span(&twice)),
		    "an expression has one value");
		fuzz_check(
		    utf8_check(buf_span(&once)) == once.n, "a value is UTF-8");
		expr_free(e);
	}
	buf_release(&once);
	buf_release(&twice);
	block_release(&b.block);
	records_release(&b.records);
	return 0;
}
