#include <stdio.h>

#include <stdint.h>

#include "indicators.h"
#include "picture.h"
#include "result.h"
#include "stats.h"

/* dfv-stats: indicators, exact and in a stable order. */

enum {
	OPT_EXPLODE = OPT_LONG,
	OPT_TOTALS,
	OPT_SUBTOTALS,
	OPT_SORT,
	OPT_TOP,
	OPT_PERIOD,
	OPT_AS_OF,
	OPT_COMPARE
};

static const struct opt options[] = {
    {'w', "where", "EXPR", "count only records where EXPR is true"},
    {'g', "group", "COLS", "a row a group; COL:week groups a date's weeks"},
    {'a', "aggregate", "NAME=FIGURE",
	"a column: count sum mean min max distinct"},
    {OPT_EXPLODE, "explode", "COL", "one record of each value of a list"},
    {OPT_TOTALS, "totals", NULL, "a last row over all groups"},
    {OPT_SUBTOTALS, "subtotals", NULL, "rows over each of the leading COLS"},
    {OPT_SORT, "sort", "KEYS", "order of the groups: NAME, -NAME, NAME:fr"},
    {OPT_TOP, "top", "N", "only the first N groups"},
    {'i', "indicators", "FILE", "the indicators of a file instead"},
    {OPT_PERIOD, "period", "PERIOD", "with -i: week, month, quarter or year"},
    {OPT_AS_OF, "as-of", "DATE", "with -i: periods over by then, not today"},
    {OPT_COMPARE, "compare", "WHICH", "with -i: previous or year-ago"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "[-w EXPR]... [-g COLS] -a 'NAME=FUNC(EXPR)[ where EXPR]'...",
    " [--explode COL] [--totals] [--subtotals] [--sort KEYS]",
    " [--top N] [FILE]...",
    "-i INDICATORS [--period PERIOD] [--as-of DATE]",
    " [--compare WHICH] [FILE]...",
    NULL,
};

static const struct opt_command command = {
    .name = "dfv-stats",
    .what = "indicators of records, by group",
    .synopsis = synopsis,
    .opts = options,
    .formats = "html (a page, in French) and bars (for the terminal)",
};

struct run {
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	struct request_opts words;
	struct indicators_opts indicators;
	const char *explode;
	struct result_opts result;
	struct reader *reader;
	struct request request;
	struct group_table groups;
	struct sink sink;
};

static void
append(const char **list, const char *arg)
{
	while (*list != NULL)
		list++;
	*list = arg;
}

static int
take_option(struct run *run, int key)
{
	switch (key) {
	case 'w':
		append(run->words.where, run->opt.arg);
		break;
	case 'g':
		append(run->words.group, run->opt.arg);
		break;
	case 'a':
		append(run->words.figure, run->opt.arg);
		break;
	case 'i':
		run->indicators.file = run->opt.arg;
		break;
	case OPT_PERIOD:
		run->indicators.period = run->opt.arg;
		break;
	case OPT_AS_OF:
		run->indicators.as_of = run->opt.arg;
		break;
	case OPT_COMPARE:
		run->indicators.compare = run->opt.arg;
		break;
	case OPT_EXPLODE:
		run->explode = run->opt.arg;
		break;
	case OPT_SORT:
		append(run->result.sort, run->opt.arg);
		break;
	case OPT_TOP:
		return opt_count(&run->opt, 0, &run->result.top);
	case OPT_SUBTOTALS:
		run->result.subtotals = true;
		break;
	default:
		run->result.totals = true;
	}
	return 0;
}

static int
count_records(struct run *run, struct stats_run *stats)
{
	struct expr_env env = {
	    .columns = reader_columns(run->reader),
	    .decimal_comma = run->opt.common.decimal_comma,
	    .arena = &run->arena,
	    .diag = &run->diag,
	    .what = "--aggregate",
	};

	if (run->explode != NULL) {
		stats->explode_col = columns_need(
		    env.columns, span_of(run->explode), &run->diag);
		if (stats->explode_col == COLUMN_NONE)
			return -1;
	}
	if (request_init(&run->request, &run->words, &env) < 0)
		return -1;
	return stats_run(stats, &run->groups);
}

static int
write_figures(struct run *run)
{
	const struct writer_format *format =
	    sink_format(&run->opt.common, "tsv", picture_formats, &run->diag);
	bool good;

	if (format == NULL)
		return -1;
	good = sink_open(&run->sink, &run->opt.common, format,
		   reader_delimiter(run->reader), &run->request.names,
		   &run->arena, &run->diag) == 0;
	picture_hint(&run->sink.writer,
	    (struct picture_hint){
		.nkey = run->request.nkey,
		.total = run->result.totals || run->result.subtotals
		    ? SPAN("total")
		    : SPAN(""),
		.opts = &run->opt.common,
	    });
	good = good &&
	    result_write(&run->request, &run->groups, &run->result, &run->sink,
		&run->diag) == 0;
	if (sink_close(&run->sink, good) < 0)
		return -1;
	return good || run->sink.output.closed_pipe ? 0 : -1;
}
/* -i goes without what says the same on the command line, and its options go
 * with it. */
static int
check_indicators(struct run *run)
{
	const struct indicators_opts *i = &run->indicators;
	const struct request_opts *w = &run->words;
	const struct result_opts *r = &run->result;
	const char *wrong = NULL;

	if (i->file != NULL &&
	    (w->where[0] != NULL || w->group[0] != NULL ||
		w->figure[0] != NULL || run->explode != NULL || r->totals ||
		r->subtotals || r->sort[0] != NULL || r->top != SIZE_MAX))
		wrong = "-i goes without -a and its options: the file says "
			"what is counted";
	else if (i->file == NULL &&
	    (i->period != NULL || i->as_of != NULL || i->compare != NULL))
		wrong = "--period, --as-of and --compare go with -i";
	if (wrong == NULL)
		return 0;
	diag_report(
	    &run->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", wrong);
	return -1;
}

static int
work_indicators(struct run *run)
{
	run->indicators.common = &run->opt.common;
	run->indicators.operand = run->opt.operand;
	run->indicators.noperand = run->opt.noperand;
	return indicators_run(&run->indicators, &run->diag) < 0 ? 2 : 0;
}

static int
work(struct run *run)
{
	struct reader_opts opts = opt_reader(&run->opt.common);
	struct stats_run stats = {.request = &run->request,
	    .explode_col = COLUMN_NONE,
	    .jobs = run->opt.common.jobs};

	if (check_indicators(run) < 0)
		return 2;
	if (run->indicators.file != NULL)
		return work_indicators(run);
	if (run->words.figure[0] == NULL) {
		diag_report(&run->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
		    "ask for a figure, as in -a 'n=count()'");
		return 2;
	}
	run->reader =
	    reader_open(run->opt.operand, run->opt.noperand, &opts, &run->diag);
	stats.reader = run->reader;
	return run->reader == NULL || count_records(run, &stats) < 0 ||
		write_figures(run) < 0
	    ? 2
	    : 0;
}

static void
run_release(struct run *run)
{
	stats_release(&run->request, &run->groups);
	request_release(&run->request);
	reader_free(run->reader);
	arena_release(&run->arena);
	opt_release(&run->opt);
}

int
main(int argc, char **argv)
{
	struct run run = {.arena = ARENA_EMPTY};
	size_t room = (size_t)argc + 1;
	int key, status;

	run.words.where = ARENA_ARRAY(&run.arena, const char *, room);
	run.words.group = ARENA_ARRAY(&run.arena, const char *, room);
	run.result.sort = ARENA_ARRAY(&run.arena, const char *, room);
	run.result.top = SIZE_MAX;
	run.words.figure = ARENA_ARRAY(&run.arena, const char *, room);
	opt_init(&run.opt, &command, argc, argv, &run.diag);
	while ((key = opt_next(&run.opt)) >= 0)
		if (take_option(&run, key) < 0)
			break;
	status = key == OPT_END ? work(&run)
	    : key == OPT_BAD    ? run.opt.status
				: 2;
	run_release(&run);
	return status;
}
