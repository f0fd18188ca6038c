#include "figures.h"

#include "picture.h"
#include "reader.h"
#include "stats.h"

struct figures {
	const struct figures_opts *opts;
	struct diag *diag;
	struct arena arena;
	struct reader *reader;
	struct request request;
	struct group_table groups;
	struct sink sink;
};

static int
count_records(struct figures *f)
{
	struct expr_env env = {
	    .columns = reader_columns(f->reader),
	    .decimal_comma = f->opts->common->decimal_comma,
	    .arena = &f->arena,
	    .diag = f->diag,
	    .what = "--aggregate",
	};
	struct stats_run run = {.reader = f->reader,
	    .request = &f->request,
	    .explode_col = COLUMN_NONE,
	    .jobs = f->opts->common->jobs};

	if (f->opts->explode != NULL) {
		run.explode_col = columns_need(
		    env.columns, span_of(f->opts->explode), f->diag);
		if (run.explode_col == COLUMN_NONE)
			return -1;
	}
	if (request_init(&f->request, &f->opts->words, &env) < 0)
		return -1;
	return stats_run(&run, &f->groups);
}

static void
hint_at_keys(struct figures *f)
{
	const struct result_opts *result = &f->opts->result;
	bool totals = result->totals || result->subtotals;

	picture_hint(&f->sink.writer,
	    (struct picture_hint){
		.nkey = f->request.nkey,
		.total = totals ? SPAN("total") : SPAN(""),
		.opts = f->opts->common,
	    });
}

static int
write_figures(struct figures *f)
{
	const struct writer_format *format =
	    sink_format(f->opts->common, "tsv", picture_formats, f->diag);
	bool good;

	if (format == NULL)
		return -1;
	good = sink_open(&f->sink, f->opts->common, format,
		   reader_delimiter(f->reader), &f->request.names, &f->arena,
		   f->diag) == 0;
	if (good) {
		hint_at_keys(f);
		good = result_write(&f->request, &f->groups, &f->opts->result,
			   &f->sink, f->diag) == 0;
	}
	if (sink_close(&f->sink, good) < 0)
		return -1;
	return good || f->sink.output.closed_pipe ? 0 : -1;
}

int
figures_run(const struct figures_opts *opts, struct diag *diag)
{
	struct figures f = {.opts = opts, .diag = diag, .arena = ARENA_EMPTY};
	struct reader_opts how = opt_reader(opts->common);
	int rc = -1;

	f.reader = reader_open(opts->operand, opts->noperand, &how, diag);
	if (f.reader != NULL && count_records(&f) == 0)
		rc = write_figures(&f);
	stats_release(&f.request, &f.groups);
	request_release(&f.request);
	reader_free(f.reader);
	arena_release(&f.arena);
	return rc;
}
