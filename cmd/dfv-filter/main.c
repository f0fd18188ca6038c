#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "filter.h"
#include "mem.h"

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
	struct filter filter;
	struct select_opts select;
	struct tail_opts tail;
	struct join_opts join_opts;
	struct join *join;
	const char **where;
	const char **in;
	const char **unique;
	const char **sort;
	bool seeded;
	bool count_only;
	bool exit_empty;
	struct sink sink;
	struct columns joined; /* the stream's columns behind --join */
	struct columns names;  /* what comes out */
};

/* Room for as many arguments as could be given. */
static void
make_lists(struct run *run, int argc)
{
	const char ***lists[] = {&run->where, &run->in, &run->unique,
	    &run->sort, &run->select.set, &run->select.keep, &run->select.drop,
	    &run->select.rename};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		*lists[i] =
		    ARENA_ARRAY(&run->arena, const char *, (size_t)argc + 1);
}

static void
append(const char **list, const char *arg)
{
	while (*list != NULL)
		list++;
	*list = arg;
}

static size_t
length(const char **list)
{
	size_t n = 0;

	while (list[n] != NULL)
		n++;
	return n;
}

static int
take_option(struct run *run, int key)
{
	const char *arg = run->opt.arg;
	size_t seed;

	switch (key) {
	case 'w':
		append(run->where, arg);
		return 0;
	case 'v':
		run->filter.invert = true;
		return 0;
	case OPT_IN:
		append(run->in, arg);
		return 0;
	case 'c':
		append(run->select.keep, arg);
		return 0;
	case 'x':
		append(run->select.drop, arg);
		return 0;
	case 's':
		append(run->select.set, arg);
		return 0;
	case 'r':
		append(run->select.rename, arg);
		return 0;
	case 'u':
		append(run->unique, arg);
		return 0;
	case 'k':
		append(run->sort, arg);
		return 0;
	case 'n':
		return opt_count(&run->opt, 0, &run->tail.limit);
	case OPT_SKIP:
		return opt_count(&run->opt, 0, &run->tail.skip);
	case OPT_SAMPLE:
		return opt_count(&run->opt, 0, &run->tail.sample);
	case OPT_SEED:
		if (opt_count(&run->opt, 0, &seed) < 0)
			return -1;
		run->tail.seed = seed;
		run->seeded = true;
		return 0;
	case OPT_JOIN:
		run->join_opts.file = arg;
		return 0;
	case OPT_ON:
		run->join_opts.on = arg;
		return 0;
	case OPT_LEFT:
		run->join_opts.left = true;
		return 0;
	case OPT_MANY:
		run->join_opts.many = true;
		return 0;
	case OPT_COUNT:
		run->count_only = true;
		return 0;
	default:
		run->exit_empty = true;
		return 0;
	}
}

static int
usage(struct run *run, const char *what)
{
	diag_report(
	    &run->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", what);
	return -1;
}

static int
check_usage(struct run *run)
{
	bool join = run->join_opts.file != NULL;

	if (run->select.keep[0] != NULL && run->select.drop[0] != NULL)
		return usage(run, "-c and -x exclude each other");
	if (join != (run->join_opts.on != NULL))
		return usage(run, "--join FILE and --on KEYS go together");
	if (!join && (run->join_opts.left || run->join_opts.many))
		return usage(run, "--left and --many go with --join");
	if (run->seeded && run->tail.sample == SIZE_MAX)
		return usage(run, "--seed goes with --sample");
	return 0;
}

static int
compile_where(struct run *run, struct expr_env *env)
{
	size_t n = length(run->where);

	run->filter.where = ARENA_ARRAY(&run->arena, struct expr *, n + 1);
	for (size_t i = 0; i < n; i++) {
		run->filter.where[i] =
		    expr_compile(span_of(run->where[i]), EXPR_BOOL, env);
		if (run->filter.where[i] == NULL)
			return -1;
	}
	return 0;
}

static int
open_among(struct run *run, const struct expr_env *env)
{
	size_t n = length(run->in);

	run->filter.among = ARENA_ARRAY(&run->arena, struct among *, n + 1);
	for (size_t i = 0; i < n; i++) {
		run->filter.among[i] =
		    among_open(run->in[i], env, &run->opt.common);
		if (run->filter.among[i] == NULL)
			return -1;
	}
	return 0;
}

static int
choose_unique(struct run *run, const char *text)
{
	struct filter *f = &run->filter;
	struct span list = span_of(text), item;

	while (columns_next(&list, &item)) {
		struct out_column *all =
		    ARENA_ARRAY(&run->arena, struct out_column, f->nunique + 1);

		if (f->nunique > 0)
			memcpy(all, f->unique, f->nunique * sizeof *all);
		f->unique = all;
		if (selection_need(&f->selection, columns_bare(item),
			&run->diag, &f->unique[f->nunique++]) < 0)
			return -1;
	}
	return 0;
}

/* -u's columns and -k's keys; several of an option add up. */
static int
choose_keys(struct run *run, const struct expr_env *env)
{
	struct filter *f = &run->filter;

	run->tail.unique = run->unique[0] != NULL;
	run->tail.sorted = run->sort[0] != NULL;
	for (const char **u = run->unique; *u != NULL; u++)
		if (choose_unique(run, *u) < 0)
			return -1;
	for (const char **k = run->sort; *k != NULL; k++)
		if (sort_keys_parse(&f->sort, *k, &f->selection, env) < 0)
			return -1;
	return 0;
}

static int
prepare(struct run *run)
{
	struct filter *f = &run->filter;
	struct expr_env env = {
	    .columns = reader_columns(f->reader),
	    .decimal_comma = run->opt.common.decimal_comma,
	    .arena = &run->arena,
	    .diag = &run->diag,
	    .what = "--where",
	};

	if (run->join_opts.file != NULL) {
		run->join = join_open(&run->join_opts, env.columns,
		    &run->joined, &run->opt.common, &run->arena, &run->diag);
		if (run->join == NULL)
			return -1;
		f->join = run->join;
		env.columns = &run->joined;
	}
	columns_init(&run->names, &run->arena);
	if (compile_where(run, &env) < 0 || open_among(run, &env) < 0 ||
	    select_columns(&f->selection, &run->names, &run->select, &env) <
		0 ||
	    choose_keys(run, &env) < 0)
		return -1;
	f->decimal_comma = env.decimal_comma;
	f->jobs = run->opt.common.jobs;
	return 0;
}

static int
print_count(struct run *run, size_t count)
{
	struct output out;
	struct buf text = {NULL, 0, 0};
	int rc = output_open(&out, run->opt.common.output, &run->diag);

	buf_printf(&text, "%zu\n", count);
	if (rc == 0)
		rc = output_write(&out, buf_span(&text));
	buf_release(&text);
	return output_close(&out, rc == 0);
}

static int
open_sink(struct run *run)
{
	struct filter *f = &run->filter;
	const char *came_in = reader_format(f->reader);
	const struct writer_format *format =
	    sink_format(&run->opt.common, came_in, NULL, &run->diag);

	if (format == NULL)
		return -1;
	f->writer = &run->sink.writer;
	f->as_it_stands = f->selection.identity && f->join == NULL &&
	    strcmp(format->name, came_in) == 0;
	run->tail.sink = &run->sink;
	return sink_open(&run->sink, &run->opt.common, format,
	    reader_delimiter(f->reader), &run->names, &run->arena, &run->diag);
}

/* The records, or their number: 0, or -1 after a report. */
static int
filter_records(struct run *run)
{
	struct filter *f = &run->filter;
	bool good = run->count_only || open_sink(run) == 0;

	run->tail.diag = &run->diag;
	f->tail = tail_new(&run->tail);
	good = good && filter_run(f) == 0;
	if (run->count_only)
		return good ? print_count(run, tail_count(f->tail)) : -1;
	if (f->writer == NULL || sink_close(&run->sink, good) < 0)
		return -1;
	return good || run->sink.output.closed_pipe ? 0 : -1;
}

static int
work(struct run *run)
{
	struct reader_opts opts = opt_reader(&run->opt.common);

	if (check_usage(run) < 0)
		return 2;
	run->filter.reader =
	    reader_open(run->opt.operand, run->opt.noperand, &opts, &run->diag);
	if (run->filter.reader == NULL || prepare(run) < 0 ||
	    filter_records(run) < 0)
		return 2;
	return run->exit_empty && tail_count(run->filter.tail) == 0 ? 1 : 0;
}

static void
run_release(struct run *run)
{
	struct filter *f = &run->filter;

	for (struct expr **w = f->where; w != NULL && *w != NULL; w++)
		expr_free(*w);
	selection_release(&f->selection);
	for (struct among **a = f->among; a != NULL && *a != NULL; a++)
		among_free(*a);
	if (f->tail != NULL)
		tail_free(f->tail);
	join_free(run->join);
	reader_free(f->reader);
	arena_release(&run->arena);
	opt_release(&run->opt);
}

int
main(int argc, char **argv)
{
	struct run run = {.tail = {.limit = SIZE_MAX, .sample = SIZE_MAX}};
	int key, status;

	make_lists(&run, argc);
	opt_init(&run.opt, &command, argc, argv, &run.diag);
	while ((key = opt_next(&run.opt)) >= 0)
		if (take_option(&run, key) < 0)
			break;
	status = key == OPT_END ? work(&run) : run.opt.status;
	run_release(&run);
	return status;
}
