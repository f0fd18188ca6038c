#include <stdio.h>
#include <string.h>

#include "partial.h"
#include "stats.h"

/* dfv-stats: indicators, exact and in a stable order. */

enum { OPT_EXPLODE = OPT_LONG, OPT_TOTALS, OPT_PARTIAL, OPT_PART, OPT_MERGE };

static const struct opt options[] = {
    {'w', "where", "EXPR", "count only records where EXPR is true"},
    {'g', "group", "COLS", "a row a group; COL:week groups a date's weeks"},
    {'a', "aggregate", "NAME=FIGURE",
	"a column: one of the functions below, or several"},
    {OPT_EXPLODE, "explode", "COL", "one record of each value of a list"},
    {OPT_TOTALS, "totals", NULL, "a last row over all groups"},
    {OPT_PARTIAL, "partial", NULL, "write states for --merge, not figures"},
    {OPT_PART, "part", "N", "with --partial: which part of all this is"},
    {OPT_MERGE, "merge", NULL, "the operands are states: their figures"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "[-w EXPR]... [-g COLS] -a 'NAME=FUNC(EXPR)[ where EXPR]'...",
    " [--explode COL] [--totals] [--partial [--part N]] [FILE]...",
    "--merge [--partial | --totals] [STATE]...",
    NULL,
};

/* What -a takes, for --help. */
static void
print_functions(void)
{
	printf("\nfunctions of -a:\n");
	for (size_t i = 0; aggregate_name(i) != NULL; i++)
		printf("  %-21s %s\n", aggregate_usage(i), aggregate_help(i));
}

static const struct opt_command command = {
    .name = "dfv-stats",
    .what = "indicators of records, by group",
    .synopsis = synopsis,
    .opts = options,
    .more_help = print_functions,
};

struct run {
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	struct request_opts words;
	struct partial_words asked;
	size_t part;
	bool has_part;
	bool totals;
	bool partial;
	bool merge;
	struct reader *reader;
	struct columns none; /* those that states are merged by */
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
	case OPT_EXPLODE:
		run->asked.explode = run->opt.arg;
		break;
	case OPT_TOTALS:
		run->totals = true;
		break;
	case OPT_PARTIAL:
		run->partial = true;
		break;
	case OPT_MERGE:
		run->merge = true;
		break;
	case OPT_PART:
		run->has_part = true;
		return opt_count(&run->opt, 0, &run->part);
	}
	return 0;
}

/* Options that do not go together. */
static int
check_usage(struct run *run)
{
	const char *wrong = NULL;

	if (run->words.figure[0] == NULL && !run->merge)
		wrong = "ask for a figure, as in -a 'n=count()'";
	else if (run->totals && run->partial)
		wrong = "--totals goes with the last --merge";
	else if (run->has_part && (!run->partial || run->merge))
		wrong = "--part goes with the --partial that reads records";
	else if (run->part > PART_MAX)
		wrong = "--part takes a number up to 65535";
	if (wrong == NULL)
		return 0;
	diag_report(
	    &run->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", wrong);
	return -1;
}

static int
count_records(struct run *run, const struct expr_env *env)
{
	struct stats_run stats = {.reader = run->reader,
	    .request = &run->request,
	    .explode_col = COLUMN_NONE,
	    .jobs = run->opt.common.jobs,
	    .part = run->part};

	if (run->asked.explode != NULL) {
		stats.explode_col = columns_need(
		    env->columns, span_of(run->asked.explode), &run->diag);
		if (stats.explode_col == COLUMN_NONE)
			return -1;
	}
	if (request_init(&run->request, &run->words, env) < 0)
		return -1;
	return stats_run(&stats, &run->groups);
}

static int
merge_states(struct run *run, struct expr_env *env)
{
	if (partial_request(&run->asked, env->columns, env->place, &run->arena,
		&run->diag) < 0)
		return -1;
	columns_init(&run->none, &run->arena);
	env->columns = &run->none;
	if (request_init(&run->request, &run->words, env) < 0)
		return -1;
	return partial_merge(&run->request, run->reader, &run->groups);
}

static int
make_groups(struct run *run)
{
	struct expr_env env = {
	    .columns = reader_columns(run->reader),
	    .decimal_comma = run->opt.common.decimal_comma,
	    .arena = &run->arena,
	    .diag = &run->diag,
	    .what = "--aggregate",
	};

	if (!run->merge)
		return count_records(run, &env);
	env.place.file =
	    run->opt.noperand > 0 ? run->opt.operand[0] : "(stdin)";
	env.place.line = 1;
	return merge_states(run, &env);
}

static int
write_rows(struct run *run)
{
	if (run->partial)
		return partial_write(&run->request, &run->groups, &run->sink);
	return stats_write(
	    &run->request, &run->groups, run->totals, &run->sink, &run->diag);
}

static int
write_result(struct run *run)
{
	const struct writer_format *format =
	    sink_format(&run->opt.common, "tsv", NULL, &run->diag);
	const struct columns *names = &run->request.names;
	struct columns states;
	bool good;

	if (format == NULL)
		return -1;
	if (run->partial) {
		if (partial_columns(
			&run->request, &run->asked, &states, &run->diag) < 0)
			return -1;
		names = &states;
	}
	good = sink_open(&run->sink, &run->opt.common, format,
		   reader_delimiter(run->reader), names, &run->arena,
		   &run->diag) == 0 &&
	    write_rows(run) == 0;
	if (sink_close(&run->sink, good) < 0)
		return -1;
	return good || run->sink.output.closed_pipe ? 0 : -1;
}

/* States are TSV, whatever the records are. */
static int
check_format(struct run *run, const char *name, bool states)
{
	if (!states || name == NULL || strcmp(name, "tsv") == 0)
		return 0;
	diag_report(&run->diag, DIAG_UNKNOWN_FORMAT, NULL, span_of(name),
	    "states are TSV");
	return -1;
}

static int
work(struct run *run)
{
	struct reader_opts opts = opt_reader(&run->opt.common);

	if (check_usage(run) < 0 ||
	    check_format(run, run->opt.common.from, run->merge) < 0 ||
	    check_format(run, run->opt.common.to, run->partial) < 0)
		return 2;
	if (run->merge) {
		opts.from = "tsv";
		opts.mismatch = "these are states of another request";
	}
	run->reader =
	    reader_open(run->opt.operand, run->opt.noperand, &opts, &run->diag);
	return run->reader == NULL || make_groups(run) < 0 ||
		write_result(run) < 0
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
	run.words.figure = ARENA_ARRAY(&run.arena, const char *, room);
	run.asked.request = &run.words;
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
