#include "figures.h"

#include <string.h>

#include "partial.h"
#include "picture.h"
#include "reader.h"
#include "stats.h"

struct figures {
	struct figures_opts *opts;
	struct diag *diag;
	struct arena arena;
	struct reader *reader;
	struct columns none; /* what a merge has for columns */
	struct request request;
	struct group_table groups;
	struct sink sink;
};

static int
count_records(struct figures *f, const struct expr_env *env)
{
	struct stats_run run = {.reader = f->reader,
	    .request = &f->request,
	    .explode_col = COLUMN_NONE,
	    .jobs = f->opts->common->jobs,
	    .part = f->opts->part};

	if (f->opts->explode != NULL) {
		run.explode_col = columns_need(
		    env->columns, span_of(f->opts->explode), f->diag);
		if (run.explode_col == COLUMN_NONE)
			return -1;
	}
	if (request_init(&f->request, &f->opts->words, env) < 0)
		return -1;
	return stats_run(&run, &f->groups);
}

/* What is asked for stands in the states' header. */
static int
merge_states(struct figures *f, struct expr_env *env)
{
	struct partial_words words = {&f->opts->words, f->opts->explode};

	env->place.file =
	    f->opts->noperand > 0 ? f->opts->operand[0] : "(stdin)";
	env->place.line = 1;
	if (partial_request(&words,
		&(struct partial_header){
		    env->columns, env->place, &f->arena, f->diag}) < 0)
		return -1;
	f->opts->explode = words.explode;
	columns_init(&f->none, &f->arena);
	env->columns = &f->none;
	if (request_init(&f->request, &f->opts->words, env) < 0)
		return -1;
	return partial_merge(&f->request, f->reader, &f->groups);
}

static int
make_groups(struct figures *f)
{
	struct expr_env env = {
	    .columns = reader_columns(f->reader),
	    .decimal_comma = f->opts->common->decimal_comma,
	    .arena = &f->arena,
	    .diag = f->diag,
	    .what = "--aggregate",
	};

	return f->opts->merge ? merge_states(f, &env) : count_records(f, &env);
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
write_rows(struct figures *f)
{
	if (f->opts->partial)
		return partial_write(&f->request, &f->groups, &f->sink);
	hint_at_keys(f);
	return result_write(
	    &f->request, &f->groups, &f->opts->result, &f->sink, f->diag);
}

static int
write_result(struct figures *f)
{
	const struct writer_format *format =
	    sink_format(f->opts->common, "tsv", picture_formats, f->diag);
	const struct partial_words words = {&f->opts->words, f->opts->explode};
	const struct columns *names = &f->request.names;
	struct columns states;
	bool good;

	if (format == NULL)
		return -1;
	if (f->opts->partial) {
		if (partial_columns(&f->request, &words, &states, f->diag) < 0)
			return -1;
		names = &states;
	}
	good = sink_open(&f->sink,
		   &(struct sink_opts){
		       .output = f->opts->common->output,
		       .format = format,
		       .delimiter = reader_delimiter(f->reader),
		       .columns = names,
		       .arena = &f->arena,
		   },
		   f->diag) == 0 &&
	    write_rows(f) == 0;
	if (sink_close(&f->sink, good) < 0)
		return -1;
	return good || f->sink.output.closed_pipe ? 0 : -1;
}

/* States are TSV, whatever the records are. */
static int
check_format(struct figures *f, const char *name, bool states)
{
	if (!states || name == NULL || strcmp(name, "tsv") == 0)
		return 0;
	diag_report(f->diag, DIAG_UNKNOWN_FORMAT, NULL, span_of(name),
	    "states are TSV");
	return -1;
}

static struct reader *
open_input(struct figures *f)
{
	const struct figures_opts *o = f->opts;
	struct reader_opts how = opt_reader(o->common);

	if (check_format(f, o->common->from, o->merge) < 0 ||
	    check_format(f, o->common->to, o->partial) < 0)
		return NULL;
	if (o->merge) {
		how.from = "tsv";
		how.mismatch = "these are states of another request";
	}
	return reader_open(o->operand, o->noperand, &how, f->diag);
}

int
figures_run(struct figures_opts *opts, struct diag *diag)
{
	struct figures f = {.opts = opts, .diag = diag, .arena = ARENA_EMPTY};
	int rc = -1;

	f.reader = open_input(&f);
	if (f.reader != NULL && make_groups(&f) == 0)
		rc = write_result(&f);
	stats_release(&f.request, &f.groups);
	request_release(&f.request);
	reader_free(f.reader);
	arena_release(&f.arena);
	return rc;
}
