#include "session.h"

#include <stdlib.h>
#include <string.h>

#include "datadir.h"
#include "fixes.h"
#include "mem.h"
#include "pump.h"

void
session_init(
    struct session *s, const struct opt_command *command, int argc, char **argv)
{
	*s = (struct session){.arena = ARENA_EMPTY, .clues = CLUES_USUAL};
	opt_init(&s->opts, command, argc, argv, &s->diag);
}

int
session_option(struct session *s)
{
	int key;

	for (;;) {
		key = opt_next(&s->opts);
		if (key == OPT_GEOGRAPHY) {
			s->geography_dir = s->opts.arg;
		} else if (key != OPT_COLUMN && key != OPT_LAYER) {
			return key;
		} else if ((key == OPT_COLUMN
				   ? clues_choose(
					 &s->clues, s->opts.arg, &s->diag)
				   : strata_choose(&s->strata, s->opts.arg,
					 &s->diag)) < 0) {
			s->opts.status = 2;
			return OPT_BAD;
		}
	}
}

static bool
operands_read_stdin(const struct opt_parser *given)
{
	for (size_t i = 0; i < given->noperand; i++)
		if (strcmp(given->operand[i], "-") == 0)
			return true;
	return given->noperand == 0;
}

int
session_claim(struct session *s, const char *file, const char *option)
{
	if (file == NULL || strcmp(file, "-") != 0)
		return 0;
	if (!s->took_stdin && !operands_read_stdin(&s->opts)) {
		s->took_stdin = true;
		return 0;
	}
	diag_report(&s->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
	    "standard input is read already: %s needs a file", option);
	return -1;
}

int
session_open_input(struct session *s)
{
	struct reader_opts opts = opt_reader(&s->opts.common);

	for (size_t i = 0; i < s->strata.n; i++)
		if (session_claim(s, s->strata.item[i].file, "--layer") < 0)
			return -1;
	s->reader =
	    reader_open(s->opts.operand, s->opts.noperand, &opts, &s->diag);
	if (s->reader == NULL)
		return -1;
	s->clues.decimal_comma = s->opts.common.decimal_comma;
	return clues_find(&s->clues, reader_columns(s->reader), &s->diag);
}

int
session_need(struct session *s, bool there_is)
{
	if (there_is)
		return 0;
	diag_report(&s->diag, DIAG_UNKNOWN_COLUMN, NULL, span_make(NULL, 0),
	    "no column says where records are: name one with "
	    "--column ROLE=NAME");
	return -1;
}

static const char *
geography_dir(struct session *s)
{
	const char *env = getenv("DFV_GEOGRAPHY");
	struct buf path = {NULL, 0, 0};

	if (s->geography_dir != NULL)
		return s->geography_dir;
	if (env != NULL && env[0] != '\0')
		return s->geography_dir = env;
	if (datadir_path(&path, "reference", &s->diag) == 0)
		s->geography_dir = arena_span(&s->arena, buf_span(&path)).p;
	buf_release(&path);
	return s->geography_dir;
}

int
session_open_geography(struct session *s, unsigned what)
{
	const char *dir = geography_dir(s);

	if (s->strata.n > 0)
		what |= GAZETTEER_FORMER;
	if (dir == NULL ||
	    gazetteer_load(&s->g, dir, what, &s->arena, &s->diag) < 0)
		return -1;
	if ((what & GAZETTEER_PLACES) &&
	    atlas_load(&s->atlas, &s->g, dir, &s->arena, &s->diag) < 0)
		return -1;
	s->strata.encoding = s->opts.common.encoding;
	if (strata_load(&s->strata, &s->g, dir, &s->arena, &s->diag) < 0)
		return -1;
	session_resolver(s, &s->resolver);
	return 0;
}

void
session_resolver(struct session *s, struct resolver *r)
{
	resolver_init(r, &s->g, &s->atlas, &s->clues);
}

unsigned
session_wanted(const struct session *s)
{
	const size_t *col = s->clues.col;
	unsigned what = 0;

	if (clues_text(&s->clues))
		what |= GAZETTEER_FORMER;
	if (col[CLUE_COMMUNE] != COLUMN_NONE ||
	    col[CLUE_ADDRESS] != COLUMN_NONE)
		what |= GAZETTEER_NAMES | GAZETTEER_POSTAL_CODES;
	if (col[CLUE_POSTAL] != COLUMN_NONE)
		what |= GAZETTEER_POSTAL_CODES;
	if (clues_point(&s->clues))
		what |= GAZETTEER_COMMUNES | GAZETTEER_PLACES;
	return what;
}

unsigned
session_places_wanted(const struct session *s)
{
	/* Coordinates alone need no communes. */
	return clues_text(&s->clues)
	    ? session_wanted(s) & ~(unsigned)GAZETTEER_PLACES
	    : 0;
}

int
session_open_places(struct session *s, unsigned more)
{
	unsigned what = session_places_wanted(s) | more;

	s->by_fixes = true;
	if (what != 0)
		return session_open_geography(s, what);
	session_resolver(s, &s->resolver);
	return 0;
}

const char *
session_path(struct session *s, const char *file)
{
	const char *dir = geography_dir(s);

	return dir == NULL ? NULL
			   : arena_printf(&s->arena, "%s/%s", dir, file).p;
}

void
batch_lose(struct batch *b, size_t rec)
{
	if (b->nlost == b->lost_cap)
		b->lost = mem_grow(
		    b->lost, &b->lost_cap, b->nlost + 1, sizeof *b->lost);
	b->lost[b->nlost++] = rec;
}

void
batch_mark(struct batch *b, double key)
{
	if (b->nmark == b->mark_cap)
		b->mark = mem_grow(
		    b->mark, &b->mark_cap, b->nmark + 1, sizeof *b->mark);
	b->mark[b->nmark++] = (struct mark){key, b->out.n, b->label.n};
}

/* The column that a report is about: the one that led, or could have. */
static size_t
lost_column(const struct resolver *r)
{
	const size_t *col = r->clues->col;

	if (r->lead < CLUE_COUNT && col[r->lead] != COLUMN_NONE)
		return col[r->lead];
	for (int c = 0; c < CLUE_COUNT; c++)
		if (col[c] != COLUMN_NONE)
			return col[c];
	return 0;
}

void
session_report_lost(
    struct session *s, struct resolver *r, const struct block *b, size_t rec)
{
	struct buf why = {NULL, 0, 0};
	struct place at;

	if (s->by_fixes)
		fixes_find(r, b, rec, true);
	else
		resolver_record(r, b, rec, true);
	resolver_explain(r, &why);
	at = reader_place(b, rec, lost_column(r));
	diag_report(&s->diag, DIAG_NOT_LOCATED, &at, r->value, "%.*s",
	    (int)why.n, why.p);
	buf_release(&why);
}

static void
report_batch(struct session *s, const struct block *b, const struct batch *made)
{
	for (size_t i = 0; i < made->nlost && s->nlost + i < REPORTS_MAX; i++)
		session_report_lost(s, &s->resolver, b, made->lost[i]);
	s->nlost += made->nlost;
}

void
session_report_rest(struct session *s, size_t nlost)
{
	if (nlost > REPORTS_MAX)
		diag_report(&s->diag, DIAG_NOT_LOCATED, NULL,
		    span_make(NULL, 0), "%zu more records, %zu in all",
		    nlost - REPORTS_MAX, nlost);
}

/* A thread's: the job, and what the job made for the thread. */
struct worker {
	const struct session_job *job;
	void *own;
};

/* What the pump's functions are called with. */
struct run {
	struct session *s;
	const struct session_job *job;
};

static void *
worker_new(void *ctx)
{
	const struct session_job *job = ((struct run *)ctx)->job;
	struct worker *w = mem_alloc(1, sizeof *w);

	w->job = job;
	if (job->worker_new != NULL)
		w->own = job->worker_new(job->ctx);
	return w;
}

static void
worker_free(void *ctx, void *worker)
{
	const struct session_job *job = ((struct run *)ctx)->job;
	struct worker *w = worker;

	if (job->worker_free != NULL)
		job->worker_free(job->ctx, w->own);
	mem_free(w);
}

static void *
batch_new(void *ctx)
{
	(void)ctx;
	return mem_alloc(1, sizeof(struct batch));
}

static void
batch_free(void *ctx, void *result)
{
	struct batch *b = result;

	(void)ctx;
	buf_release(&b->out);
	buf_release(&b->label);
	mem_free(b->mark);
	mem_free(b->lost);
	mem_free(b);
}

static void
work_block(void *worker, struct pump_task *t)
{
	const struct worker *w = worker;
	struct batch *made = t->result;

	made->nrec = made->nlost = made->nmark = 0;
	buf_reset(&made->out);
	buf_reset(&made->label);
	if (w->job->work != NULL)
		w->job->work(w->own, &t->block, made);
}

static int
put_batch(void *ctx, struct pump_task *t)
{
	const struct run *run = ctx;
	int rc = 0;

	if (run->job->put != NULL)
		rc = run->job->put(run->job->ctx, &t->block, t->result);
	report_batch(run->s, &t->block, t->result);
	return rc;
}

int
session_run(struct session *s, const struct session_job *job)
{
	struct run run = {s, job};
	struct pump pump = {
	    .reader = s->reader,
	    .jobs = job->work == NULL ? 1 : s->opts.common.jobs,
	    .ctx = &run,
	    .worker_new = worker_new,
	    .worker_free = worker_free,
	    .result_new = batch_new,
	    .result_free = batch_free,
	    .work = work_block,
	    .emit = put_batch,
	};
	int rc = pump_run(&pump);

	session_report_rest(s, s->nlost);
	return rc < 0 ? -1 : 0;
}

int
session_end(struct session *s, int status)
{
	reader_free(s->reader);
	if (s->resolver.g != NULL)
		resolver_release(&s->resolver);
	strata_release(&s->strata);
	atlas_release(&s->atlas);
	gazetteer_release(&s->g);
	arena_release(&s->arena);
	opt_release(&s->opts);
	return status;
}
