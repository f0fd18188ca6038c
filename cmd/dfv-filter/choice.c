#include "choice.h"

#include <stdint.h>
#include <string.h>

#include "filter.h"

struct choice {
	const struct choice_opts *opts;
	struct diag *diag;
	struct arena arena;
	struct filter filter;
	struct join *join;
	struct sink sink;
	struct columns joined; /* the stream's columns behind --join */
	struct columns names;  /* what comes out */
};

/* How often standard input is to be read. */
static size_t
standard_inputs(const struct choice_opts *o)
{
	size_t n = o->noperand == 0;

	for (size_t i = 0; i < o->noperand; i++)
		n += strcmp(o->operand[i], "-") == 0;
	for (const char **in = o->in; *in != NULL; in++) {
		const char *file = strchr(*in, '=');

		n += file != NULL &&
		    (strcmp(file, "=-") == 0 || strncmp(file, "=-:", 3) == 0);
	}
	return n + (o->join.file != NULL && strcmp(o->join.file, "-") == 0);
}

/* Options that do not go together; NULL when these do. */
static const char *
find_misuse(const struct choice_opts *o)
{
	bool join = o->join.file != NULL;

	if (o->select.keep[0] != NULL && o->select.drop[0] != NULL)
		return "-c and -x exclude each other";
	if (join != (o->join.on != NULL))
		return "--join FILE and --on KEYS go together";
	if (!join && (o->join.left || o->join.many))
		return "--left and --many go with --join";
	if (o->seeded && o->sample == SIZE_MAX)
		return "--seed goes with --sample";
	if (standard_inputs(o) > 1)
		return "standard input is read once: by the operands, or by "
		       "--join or --in";
	return NULL;
}

static int
check_usage(struct choice *c)
{
	const char *misuse = find_misuse(c->opts);

	if (misuse == NULL)
		return 0;
	diag_report(
	    c->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", misuse);
	return -1;
}

static int
open_input(struct choice *c)
{
	const struct choice_opts *o = c->opts;
	struct reader_opts how = opt_reader(o->common);

	c->filter.reader = reader_open(o->operand, o->noperand, &how, c->diag);
	return c->filter.reader == NULL ? -1 : 0;
}

static int
open_join(struct choice *c, struct expr_env *env)
{
	const struct choice_opts *o = c->opts;

	if (o->join.file == NULL)
		return 0;
	c->join = join_open(&o->join, o->common, env, &c->joined);
	c->filter.join = c->join;
	env->columns = &c->joined;
	return c->join == NULL ? -1 : 0;
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
compile_where(struct choice *c, struct expr_env *env)
{
	const char **text = c->opts->where;
	size_t n = length(text);
	struct expr **where = ARENA_ARRAY(&c->arena, struct expr *, n + 1);

	c->filter.where = where;
	for (size_t i = 0; i < n; i++) {
		where[i] = expr_compile(span_of(text[i]), EXPR_BOOL, env);
		if (where[i] == NULL)
			return -1;
	}
	return 0;
}

static int
open_among(struct choice *c, const struct expr_env *env)
{
	const char **text = c->opts->in;
	size_t n = length(text);
	struct among **among = ARENA_ARRAY(&c->arena, struct among *, n + 1);

	c->filter.among = among;
	for (size_t i = 0; i < n; i++) {
		among[i] = among_open(text[i], env, c->opts->common);
		if (among[i] == NULL)
			return -1;
	}
	return 0;
}

static int
choose_unique(struct choice *c, const char *text)
{
	struct filter *f = &c->filter;
	struct span list = span_of(text), item;

	while (columns_next(&list, &item)) {
		struct out_column *all =
		    ARENA_ARRAY(&c->arena, struct out_column, f->nunique + 1);

		if (f->nunique > 0)
			memcpy(all, f->unique, f->nunique * sizeof *all);
		f->unique = all;
		if (selection_need(&f->selection, columns_bare(item), c->diag,
			&f->unique[f->nunique++]) < 0)
			return -1;
	}
	return 0;
}

/* -u's columns and -k's keys; several of an option add up. */
static int
choose_keys(struct choice *c, const struct expr_env *env)
{
	struct filter *f = &c->filter;

	for (const char **u = c->opts->unique; *u != NULL; u++)
		if (choose_unique(c, *u) < 0)
			return -1;
	for (const char **k = c->opts->sort; *k != NULL; k++)
		if (sort_keys_parse(&f->sort, *k, &f->selection, env) < 0)
			return -1;
	return 0;
}

/* The words, understood now that the columns are known. */
static int
make_filter(struct choice *c)
{
	struct filter *f = &c->filter;
	struct expr_env env = {
	    .columns = reader_columns(f->reader),
	    .decimal_comma = c->opts->common->decimal_comma,
	    .arena = &c->arena,
	    .diag = c->diag,
	    .what = "--where",
	};

	f->invert = c->opts->invert;
	f->decimal_comma = env.decimal_comma;
	f->jobs = c->opts->common->jobs;
	columns_init(&c->names, &c->arena);
	if (open_join(c, &env) < 0 || compile_where(c, &env) < 0 ||
	    open_among(c, &env) < 0 ||
	    select_columns(&f->selection, &c->names, &c->opts->select, &env) <
		0)
		return -1;
	return choose_keys(c, &env);
}

static int
open_sink(struct choice *c)
{
	struct filter *f = &c->filter;
	const char *came_in = reader_format(f->reader);
	const struct writer_format *format =
	    sink_format(c->opts->common, came_in, NULL, c->diag);

	if (format == NULL)
		return -1;
	f->writer = &c->sink.writer;
	f->as_it_stands = f->selection.identity && f->join == NULL &&
	    strcmp(format->name, came_in) == 0;
	return sink_open(&c->sink,
	    &(struct sink_opts){
		.output = c->opts->common->output,
		.format = format,
		.delimiter = reader_delimiter(f->reader),
		.columns = &c->names,
		.arena = &c->arena,
	    },
	    c->diag);
}

/* Without a sink they are only counted. */
static int
run_filter(struct choice *c, struct sink *sink, size_t *count)
{
	const struct choice_opts *o = c->opts;
	const struct tail_opts tail = {
	    .unique = o->unique[0] != NULL,
	    .sorted = o->sort[0] != NULL,
	    .sample = o->sample,
	    .seed = o->seed,
	    .skip = o->skip,
	    .limit = o->limit,
	    .sink = sink,
	    .diag = c->diag,
	};
	int rc;

	c->filter.tail = tail_new(&tail);
	rc = filter_run(&c->filter);
	*count = tail_count(c->filter.tail);
	tail_free(c->filter.tail);
	return rc;
}

static int
write_records(struct choice *c, size_t *count)
{
	bool good = open_sink(c) == 0 && run_filter(c, &c->sink, count) == 0;

	if (c->filter.writer == NULL || sink_close(&c->sink, good) < 0)
		return -1;
	return good || c->sink.output.closed_pipe ? 0 : -1;
}

static int
write_count(struct choice *c, size_t *count)
{
	struct output out;
	struct buf text = {NULL, 0, 0};
	int rc;

	if (run_filter(c, NULL, count) < 0)
		return -1;
	rc = output_open(&out, c->opts->common->output, c->diag);
	buf_printf(&text, "%zu\n", *count);
	if (rc == 0)
		rc = output_write(&out, buf_span(&text));
	buf_release(&text);
	return output_close(&out, rc == 0);
}

static void
choice_release(struct choice *c)
{
	struct filter *f = &c->filter;

	for (struct expr **w = f->where; w != NULL && *w != NULL; w++)
		expr_free(*w);
	for (struct among **a = f->among; a != NULL && *a != NULL; a++)
		among_free(*a);
	selection_release(&f->selection);
	join_free(c->join);
	reader_free(f->reader);
	arena_release(&c->arena);
}

int
choice_run(const struct choice_opts *opts, struct diag *diag, size_t *count)
{
	struct choice c = {.opts = opts, .diag = diag, .arena = ARENA_EMPTY};
	int rc = -1;

	*count = 0;
	if (check_usage(&c) == 0 && open_input(&c) == 0 && make_filter(&c) == 0)
		rc = opts->count_only ? write_count(&c, count)
				      : write_records(&c, count);
	choice_release(&c);
	return rc;
}
