#include <stdint.h>
#include <stdio.h>

#include "filter.h"
#include "mem.h"

/* dfv-filter: choose records and columns. */

enum { OPT_SKIP = OPT_LONG, OPT_COUNT, OPT_EXIT_EMPTY };

static const struct opt options[] = {
    {'w', "where", "EXPR", "keep records where EXPR is true (all of several)"},
    {'v', "invert", NULL, "keep the others"},
    {'c', "columns", "COLS", "keep these columns, in this order"},
    {'x', "exclude", "COLS", "drop these columns"},
    {'s', "set", "NAME=EXPR", "add or replace a column"},
    {'r', "rename", "OLD=NEW", "rename a column"},
    {'n', "head", "N", "only the first N records selected"},
    {OPT_SKIP, "skip", "N", "pass over the first N records selected"},
    {OPT_COUNT, "count", NULL, "print only how many records are selected"},
    {OPT_EXIT_EMPTY, "exit-empty", NULL, "exit 1 when no record is selected"},
    {0, NULL, NULL, NULL},
};

static const char *const synopsis[] = {
    "[-v] [-w EXPR]... [-c COLS | -x COLS] [-s NAME=EXPR]...",
    "[-r OLD=NEW]... [-n N] [--skip N] [--count] [FILE]...",
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
	const char **where;
	bool exit_empty;
	struct sink sink;
	struct columns names;
};

/* Room for as many arguments as could be given. */
static void
make_lists(struct run *run, int argc)
{
	const char ***lists[] = {&run->where, &run->select.set,
	    &run->select.keep, &run->select.drop, &run->select.rename};

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

static int
take_option(struct run *run, int key)
{
	switch (key) {
	case 'w':
		append(run->where, run->opt.arg);
		return 0;
	case 'v':
		run->filter.invert = true;
		return 0;
	case 'c':
		append(run->select.keep, run->opt.arg);
		return 0;
	case 'x':
		append(run->select.drop, run->opt.arg);
		return 0;
	case 's':
		append(run->select.set, run->opt.arg);
		return 0;
	case 'r':
		append(run->select.rename, run->opt.arg);
		return 0;
	case 'n':
		return opt_count(&run->opt, 0, &run->filter.limit);
	case OPT_SKIP:
		return opt_count(&run->opt, 0, &run->filter.skip);
	case OPT_COUNT:
		run->filter.count_only = true;
		return 0;
	default:
		run->exit_empty = true;
		return 0;
	}
}

static int
compile_where(struct run *run, struct expr_env *env)
{
	size_t n = 0;

	while (run->where[n] != NULL)
		n++;
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
prepare(struct run *run)
{
	struct reader *reader = run->filter.reader;
	struct expr_env env = {
	    .columns = reader_columns(reader),
	    .decimal_comma = run->opt.common.decimal_comma,
	    .arena = &run->arena,
	    .diag = &run->diag,
	    .what = "--where",
	};

	columns_init(&run->names, &run->arena);
	if (compile_where(run, &env) < 0 ||
	    select_columns(&run->filter.selection, &run->names, &run->select,
		&env) < 0)
		return -1;
	run->filter.jobs = run->opt.common.jobs;
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

/* The records, or their number: 0, or -1 after a report. */
static int
filter_records(struct run *run, size_t *count)
{
	struct filter *f = &run->filter;
	const struct writer_format *format;
	bool good;

	if (f->count_only)
		return filter_run(f, count) < 0 ? -1 : print_count(run, *count);
	format = sink_format(&run->opt.common, reader_format(f->reader), NULL,
	    &run->diag);
	if (format == NULL)
		return -1;
	f->sink = &run->sink;
	good = sink_open(&run->sink, &run->opt.common, format,
		   reader_delimiter(f->reader), &run->names, &run->arena,
		   &run->diag) == 0 &&
	    filter_run(f, count) == 0;
	if (sink_close(&run->sink, good) < 0)
		return -1;
	return good || run->sink.output.closed_pipe ? 0 : -1;
}

static int
work(struct run *run)
{
	struct reader_opts opts = opt_reader(&run->opt.common);
	size_t count = 0;

	run->filter.reader = reader_open(
	    run->opt.operand, run->opt.noperand, &opts, &run->diag);
	if (run->filter.reader == NULL || prepare(run) < 0 ||
	    filter_records(run, &count) < 0)
		return 2;
	return run->exit_empty && count == 0 ? 1 : 0;
}

static void
run_release(struct run *run)
{
	for (struct expr **w = run->filter.where; w != NULL && *w != NULL; w++)
		expr_free(*w);
	reader_free(run->filter.reader);
	arena_release(&run->arena);
	opt_release(&run->opt);
}

int
main(int argc, char **argv)
{
	struct run run = {.filter = {.limit = SIZE_MAX}};
	int key, status;

	make_lists(&run, argc);
	opt_init(&run.opt, &command, argc, argv, &run.diag);
	while ((key = opt_next(&run.opt)) != OPT_END)
		if (key == OPT_BAD || take_option(&run, key) < 0)
			break;
	status = key == OPT_END ? work(&run) : run.opt.status;
	run_release(&run);
	return status;
}
