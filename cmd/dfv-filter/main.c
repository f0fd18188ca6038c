#include <stdint.h>

#include "choice.h"

/* dfv-filter: choose records and columns. */

enum {
	OPT_SKIP = OPT_LONG,
	OPT_SAMPLE,
	OPT_SEED,
	OPT_IN,
	OPT_JOIN,
	OPT_ON,
	OPT_LEFT,
	OPT_MANY,
	OPT_COUNT,
	OPT_EXIT_EMPTY
};

static const struct opt options[] = {
    {'w', "where", "EXPR", "keep records where EXPR is true (all of several)"},
    {'v', "invert", NULL, "keep the others"},
    {OPT_IN, "in", "COL=FILE[:COL]", "keep records whose COL occurs in FILE"},
    {'c', "columns", "COLS", "keep these columns, in this order"},
    {'x', "exclude", "COLS", "drop these columns"},
    {'s', "set", "NAME=EXPR", "add or replace a column"},
    {'r', "rename", "OLD=NEW", "rename a column"},
    {'u', "unique", "COLS", "only the first record of each key"},
    {'k', "sort", "KEYS", "sort by name, -name, name:n or name:fr"},
    {'n', "head", "N", "only the first N records selected"},
    {OPT_SKIP, "skip", "N", "pass over the first N records selected"},
    {OPT_SAMPLE, "sample", "N", "N records at random, in input order"},
    {OPT_SEED, "seed", "S", "the sample's number: the same S, the same sample"},
    {OPT_JOIN, "join", "FILE", "append FILE's columns by key"},
    {OPT_ON, "on", "KEYS", "the columns of the key: a,b=c"},
    {OPT_LEFT, "left", NULL, "keep records without a match in FILE"},
    {OPT_MANY, "many", NULL, "FILE may hold several rows of a key"},
    {OPT_COUNT, "count", NULL, "print only how many records are selected"},
    {OPT_EXIT_EMPTY, "exit-empty", NULL, "exit 1 when no record is selected"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "[-v] [-w EXPR]... [--in COL=FILE[:COL]]... [-c COLS | -x COLS]",
    " [-s NAME=EXPR]... [-r OLD=NEW]... [-u COLS] [-k KEYS]",
    " [-n N] [--skip N] [--sample N [--seed S]]",
    " [--join FILE --on KEYS [--left] [--many]]",
    " [--count] [--exit-empty] [FILE]...",
    NULL,
};

static const struct opt_command command = {
    .name = "dfv-filter",
    .what = "choose records and columns",
    .synopsis = synopsis,
    .opts = options,
};

struct run {
	struct diag diag;
	struct opt_parser opt;
	struct arena arena;
	struct choice_opts choice;
	bool exit_empty;
};

static int
take_option(struct run *run, int key)
{
	struct choice_opts *o = &run->choice;
	const struct opt_slot slots[] = {
	    {'w', .list = o->where},
	    {'v', .flag = &o->invert},
	    {OPT_IN, .list = o->in},
	    {'c', .list = o->select.keep},
	    {'x', .list = o->select.drop},
	    {'s', .list = o->select.set},
	    {'r', .list = o->select.rename},
	    {'u', .list = o->unique},
	    {'k', .list = o->sort},
	    {'n', .count = &o->limit},
	    {OPT_SKIP, .count = &o->skip},
	    {OPT_SAMPLE, .count = &o->sample},
	    {OPT_SEED, .flag = &o->seeded, .count = &o->seed},
	    {OPT_JOIN, .once = &o->join.file},
	    {OPT_ON, .once = &o->join.on},
	    {OPT_LEFT, .flag = &o->join.left},
	    {OPT_MANY, .flag = &o->join.many},
	    {OPT_COUNT, .flag = &o->count_only},
	    {OPT_EXIT_EMPTY, .flag = &run->exit_empty},
	    {.key = 0},
	};

	return opt_take(&run->opt, key, slots);
}

static void
run_init(struct run *run, int argc, char **argv)
{
	struct choice_opts *o = &run->choice;
	const char ***lists[] = {&o->where, &o->in, &o->unique, &o->sort,
	    &o->select.set, &o->select.keep, &o->select.drop,
	    &o->select.rename};

	*run = (struct run){.arena = ARENA_EMPTY};
	opt_init(&run->opt, &command, argc, argv, &run->diag);
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] = opt_list(&run->opt, &run->arena);
	o->limit = o->sample = SIZE_MAX;
	o->common = &run->opt.common;
}

/* The status to exit with. */
static int
work(struct run *run)
{
	size_t count;

	run->choice.operand = run->opt.operand;
	run->choice.noperand = run->opt.noperand;
	if (choice_run(&run->choice, &run->diag, &count) < 0)
		return 2;
	return run->exit_empty && count == 0 ? 1 : 0;
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
	status = key == OPT_END ? work(&run) : run.opt.status;
	arena_release(&run.arena);
	opt_release(&run.opt);
	return status;
}
