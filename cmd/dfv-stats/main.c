#include <stdint.h>
#include <stdio.h>

#include "aggregate.h"
#include "figures.h"
#include "indicators.h"
#include "partial.h"

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

static const struct opt_command command = {
    .name = "dfv-stats",
    .what = "indicators of records, by group",
    .synopsis = synopsis,
    .formats = "html (a page, in French) and bars (for the terminal)",
    .opts = options,
    .more_help = print_functions,
};

struct run {
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	struct figures_opts figures;
	bool has_part;
	struct indicators_opts indicators;
};

static void
append(const char **list, const char *arg)
{
	while (*list != NULL)
		list++;
	*list = arg;
}

/* 0, or -1 after a report. */
static int
take_option(struct run *run, int key)
{
	const char *arg = run->opt.arg;

	switch (key) {
	case 'w':
		append(run->figures.words.where, arg);
		break;
	case 'g':
		append(run->figures.words.group, arg);
		break;
	case 'a':
		append(run->figures.words.figure, arg);
		break;
	case 'i':
		run->indicators.file = arg;
		break;
	case OPT_EXPLODE:
		run->figures.explode = arg;
		break;
	case OPT_TOTALS:
		run->figures.result.totals = true;
		break;
	case OPT_SUBTOTALS:
		run->figures.result.subtotals = true;
		break;
	case OPT_SORT:
		append(run->figures.result.sort, arg);
		break;
	case OPT_TOP:
		return opt_count(&run->opt, 0, &run->figures.result.top);
	case OPT_PARTIAL:
		run->figures.partial = true;
		break;
	case OPT_PART:
		run->has_part = true;
		return opt_count(&run->opt, 0, &run->figures.part);
	case OPT_MERGE:
		run->figures.merge = true;
		break;
	case OPT_PERIOD:
		run->indicators.period = arg;
		break;
	case OPT_AS_OF:
		run->indicators.as_of = arg;
		break;
	default:
		run->indicators.compare = arg;
	}
	return 0;
}

static bool
shapes_result(const struct result_opts *o)
{
	return o->totals || o->subtotals || o->sort[0] != NULL ||
	    o->top != SIZE_MAX;
}

/* Options that do not go together; NULL when these do. */
static const char *
find_misuse(const struct run *run)
{
	const struct figures_opts *f = &run->figures;
	const struct indicators_opts *i = &run->indicators;
	bool figures = f->words.where[0] != NULL || f->words.group[0] != NULL ||
	    f->words.figure[0] != NULL || f->explode != NULL || f->partial ||
	    f->merge || shapes_result(&f->result);

	if (i->file != NULL && figures)
		return "-i goes without -a and its options: the file says what "
		       "is counted";
	if (i->file == NULL &&
	    (i->period != NULL || i->as_of != NULL || i->compare != NULL))
		return "--period, --as-of and --compare go with -i";
	if (i->file == NULL && !f->merge && f->words.figure[0] == NULL)
		return "ask for a figure, as in -a 'n=count()'";
	if (f->partial && shapes_result(&f->result))
		return "--totals, --subtotals, --sort and --top go with the "
		       "last --merge";
	if (run->has_part && (!f->partial || f->merge))
		return "--part goes with the --partial that reads records";
	if (f->part > PART_MAX)
		return "--part takes a number up to 65535";
	return NULL;
}

static int
work(struct run *run)
{
	struct figures_opts *f = &run->figures;
	struct indicators_opts *i = &run->indicators;
	const char *misuse = find_misuse(run);

	if (misuse != NULL) {
		diag_report(&run->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
		    "%s", misuse);
		return -1;
	}
	f->common = i->common = &run->opt.common;
	f->operand = run->opt.operand;
	i->operand = run->opt.operand;
	f->noperand = i->noperand = run->opt.noperand;
	return i->file != NULL ? indicators_run(i, &run->diag)
			       : figures_run(f, &run->diag);
}

/* Each list could hold all of the command line. */
static void
run_init(struct run *run, int argc, char **argv)
{
	struct figures_opts *f = &run->figures;
	const char ***lists[] = {&f->words.where, &f->words.group,
	    &f->words.figure, &f->result.sort};

	*run = (struct run){.arena = ARENA_EMPTY};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] =
		    ARENA_ARRAY(&run->arena, const char *, (size_t)argc + 1);
	f->result.top = SIZE_MAX;
	opt_init(&run->opt, &command, argc, argv, &run->diag);
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
	status = key == OPT_BAD                ? run.opt.status
	    : key != OPT_END || work(&run) < 0 ? 2
					       : 0;
	arena_release(&run.arena);
	opt_release(&run.opt);
	return status;
}
