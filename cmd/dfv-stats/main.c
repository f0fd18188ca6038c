#include <stdint.h>
#include <stdio.h>

#include "aggregate.h"
#include "figures.h"
#include "indicators.h"
#include "misuse.h"

/* dfv-stats: indicators, exact and in a stable order. */

enum {
	OPT_EXPLODE = OPT_LONG,
	OPT_TOTALS,
	OPT_SUBTOTALS,
	OPT_SORT,
	OPT_TOP,
	OPT_PARTIAL,
	OPT_PART,
	OPT_MERGE,
	OPT_PERIOD,
	OPT_AS_OF,
	OPT_COMPARE
};

static const struct opt options[] = {
    {'w', "where", "EXPR", "count only records where EXPR is true"},
    {'g', "group", "COLS", "a row a group; COL:week groups a date's weeks"},
    {'a', "aggregate", "NAME=FIGURE",
	"a column: one of the functions below, or several"},
    {OPT_EXPLODE, "explode", "COL", "one record of each value of a list"},
    {OPT_TOTALS, "totals", NULL, "a last row over all groups"},
    {OPT_SUBTOTALS, "subtotals", NULL, "rows over each of the leading COLS"},
    {OPT_SORT, "sort", "KEYS", "order of the groups: NAME, -NAME, NAME:fr"},
    {OPT_TOP, "top", "N", "only the first N groups"},
    {OPT_PARTIAL, "partial", NULL, "write states for --merge, not figures"},
    {OPT_PART, "part", "N", "with --partial: which part of all this is"},
    {OPT_MERGE, "merge", NULL, "the operands are states: their figures"},
    {'i', "indicators", "FILE", "the indicators of a file instead"},
    {OPT_PERIOD, "period", "PERIOD", "with -i: week, month, quarter or year"},
    {OPT_AS_OF, "as-of", "DATE", "with -i: periods over by then, not today"},
    {OPT_COMPARE, "compare", "WHICH", "with -i: previous or year-ago"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "[-w EXPR]... [-g COLS] -a 'NAME=FUNC(EXPR)[ where EXPR]'...",
    " [--explode COL] [--totals] [--subtotals] [--sort KEYS]",
    " [--top N] [--partial [--part N]] [FILE]...",
    "--merge [--partial] [--totals]... [STATE]...",
    "-i INDICATORS [--period PERIOD] [--as-of DATE]",
    " [--compare WHICH] [FILE]...",
    NULL,
};

/* What -a takes, for --help. */
static void
print_functions(void)
{
	printf("\nfunctions of -a:\n");
	for (size_t i = 0; aggregate_name(i) != NULL; i++)
		printf("  %-20s %s\n", aggregate_usage(i), aggregate_help(i));
}

static const struct opt_words words[] = {
    {"to", "tsv csv yaml jsonl md html bars"},
    {"period", "week month quarter year"},
    {"compare", "previous year-ago"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-stats",
    .what = "indicators of records, by group",
    .synopsis = synopsis,
    .formats = "html (a page, in French) and bars (for the terminal)",
    .opts = options,
    .more_help = print_functions,
    .words = words,
};

struct run {
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	struct figures_opts figures;
	struct indicators_opts indicators;
};

/* 0, or -1 after a report. */
static int
take_option(struct run *run, int key)
{
	struct figures_opts *f = &run->figures;
	struct indicators_opts *i = &run->indicators;
	const struct opt_slot slots[] = {
	    {'w', .list = f->words.where},
	    {'g', .list = f->words.group},
	    {'a', .list = f->words.figure},
	    {OPT_EXPLODE, .once = &f->explode},
	    {OPT_TOTALS, .flag = &f->result.totals},
	    {OPT_SUBTOTALS, .flag = &f->result.subtotals},
	    {OPT_SORT, .list = f->result.sort},
	    {OPT_TOP, .count = &f->result.top},
	    {OPT_PARTIAL, .flag = &f->partial},
	    {OPT_PART, .flag = &f->has_part, .count = &f->part},
	    {OPT_MERGE, .flag = &f->merge},
	    {'i', .once = &i->file},
	    {OPT_PERIOD, .word = &i->period},
	    {OPT_AS_OF, .word = &i->as_of},
	    {OPT_COMPARE, .word = &i->compare},
	    {.key = 0},
	};

	return opt_take(&run->opt, key, slots);
}

static int
work(struct run *run)
{
	struct figures_opts *f = &run->figures;
	struct indicators_opts *i = &run->indicators;

	if (misuse_check(f, i, &run->diag) < 0)
		return -1;
	f->common = i->common = &run->opt.common;
	f->operand = run->opt.operand;
	i->operand = run->opt.operand;
	f->noperand = i->noperand = run->opt.noperand;
	return i->file != NULL ? indicators_run(i, &run->diag)
			       : figures_run(f, &run->diag);
}

static void
run_init(struct run *run, int argc, char **argv)
{
	struct figures_opts *f = &run->figures;
	const char ***lists[] = {&f->words.where, &f->words.group,
	    &f->words.figure, &f->result.sort};

	*run = (struct run){.arena = ARENA_EMPTY};
	opt_init(&run->opt, &command, argc, argv, &run->diag);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] = opt_list(&run->opt, &run->arena);
	f->result.top = SIZE_MAX;
}

int
main(int argc, char **argv)
{
	struct run run;
	int key, status;

	run_init(&run, argc, argv);
	while ((key = opt_next(&run.opt)) >= 0)
		if (take_option(&run, key) < 0)
			break;
	status = key != OPT_END ? run.opt.status : work(&run) < 0 ? 2 : 0;
	arena_release(&run.arena);
	opt_release(&run.opt);
	return status;
}
