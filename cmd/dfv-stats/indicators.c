#include "indicators.h"

#include <string.h>
#include <time.h>

#include "indicator_rows.h"
#include "picture.h"
#include "pass.h"
#include "period.h"
#include "roll.h"

struct indicators_run {
	const struct indicators_opts *opts;
	struct arena arena;
	struct passes passes;
	struct roll *rolls;
	struct sink sink;
	enum compare compare;
	struct date as_of;
};

static int
bad_argument(struct diag *diag, const char *text, const char *wanted)
{
	diag_report(diag, DIAG_BAD_ARGUMENT, NULL, span_of(text), "%s", wanted);
	return -1;
}

/* The program's only clock. */
static struct date
today(void)
{
	time_t now = time(NULL);
	struct date d = {0};
	struct tm tm;

	if (localtime_r(&now, &tm) != NULL)
		date_from_ymd(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, &d);
	return d;
}

static int
take_words(struct indicators_run *r)
{
	const struct indicators_opts *o = r->opts;
	struct indicator_file *f = &r->passes.file;
	struct diag *diag = r->passes.diag;

	r->as_of = o->as_of == NULL ? today() : (struct date){0};
	if (o->as_of != NULL && !date_parse(span_of(o->as_of), &r->as_of))
		return bad_argument(
		    diag, o->as_of, "--as-of takes a date as 2025-11-10");
	if (o->compare != NULL && strcmp(o->compare, "year-ago") == 0)
		r->compare = COMPARE_YEAR_AGO;
	else if (o->compare != NULL && strcmp(o->compare, "previous") != 0)
		return bad_argument(
		    diag, o->compare, "--compare takes previous or year-ago");
	r->passes.period = f->period;
	if (o->period != NULL &&
	    (!date_period_parse(span_of(o->period), &r->passes.period) ||
		r->passes.period == DATE_DAY))
		return bad_argument(diag, o->period,
		    "--period takes week, month, quarter or year");
	return 0;
}

/* An indicator with a date needs a period, and a period a date. */
static int
check_periods(const struct indicators_run *r)
{
	const struct indicator_file *f = &r->passes.file;
	size_t dated = 0;

	for (size_t i = 0; i < f->n; i++) {
		dated += f->indicator[i].date != NULL;
		if (dated > 0 && !f->has_period && r->opts->period == NULL)
			return indicator_mistake(r->passes.diag,
			    f->indicator[i].date,
			    "by which period? write `period: week`, or pass "
			    "--period");
	}
	return dated > 0 || r->opts->period == NULL
	    ? 0
	    : bad_argument(r->passes.diag, r->opts->period,
		  "no indicator of the file has a date: --period means "
		  "nothing to it");
}

/* The periods that come out: up to the last that is over, at least that. */
static struct period_span
periods_of(const struct indicators_run *r, int last)
{
	struct period_span s = {last, last};

	for (const struct roll *roll = r->rolls; roll != NULL;
	     roll = roll->next)
		if (roll->plan->date != COLUMN_NONE && roll->first < s.first)
			s.first = roll->first;
	if (r->passes.file.has_start)
		s.first = period_of(r->passes.file.start, r->passes.period);
	return s;
}

/* What a picture cannot see in the columns. The total's name is that of the
 * first indicator that has one: files have one for all. */
static void
hint_at_keys(struct indicators_run *r, const struct indicator_rows *rows)
{
	const struct indicator_file *f = &r->passes.file;
	struct span total = {NULL, 0};

	for (size_t i = 0; i < f->n && total.p == NULL; i++)
		total = f->indicator[i].total;
	picture_hint(&r->sink.writer,
	    (struct picture_hint){
		.nkey = rows->dated + rows->ngroup,
		.total = total.p == NULL ? SPAN("") : total,
		.title = f->title,
		.opts = r->passes.opts,
	    });
}

static int
write_rows(struct indicators_run *r, int last)
{
	struct passes *b = &r->passes;
	struct indicator_rows rows = {.passes = b,
	    .sink = &r->sink,
	    .compare = r->compare,
	    .periods = periods_of(r, last)};
	const struct writer_format *format =
	    sink_format(b->opts, "tsv", picture_formats, b->diag);
	bool good;

	if (format == NULL || indicator_rows_init(&rows) < 0)
		return -1;
	good = sink_open(&r->sink,
		   &(struct sink_opts){
		       .output = b->opts->output,
		       .format = format,
		       .columns = &rows.names,
		       .arena = b->arena,
		   },
		   b->diag) == 0;
	if (good) {
		hint_at_keys(r, &rows);
		good = indicator_rows_write(&rows) == 0;
	}
	indicator_rows_release(&rows);
	if (sink_close(&r->sink, good) < 0)
		return -1;
	return good || r->sink.output.closed_pipe ? 0 : -1;
}

static int
work(struct indicators_run *r)
{
	struct passes *b = &r->passes;
	int last;

	if (indicator_load(&b->file, r->opts->file, b->arena, b->diag) < 0 ||
	    take_words(r) < 0 || check_periods(r) < 0 || passes_plan(b) < 0 ||
	    passes_count(b) < 0)
		return -1;
	last = period_last(r->as_of, b->period);
	return rolls_build(b, last, &r->rolls) < 0 ? -1 : write_rows(r, last);
}

int
indicators_run(const struct indicators_opts *opts, struct diag *diag)
{
	struct indicators_run r = {.opts = opts, .arena = ARENA_EMPTY};
	struct passes *b = &r.passes;
	int rc;

	b->opts = opts->common;
	b->operand = opts->operand;
	b->noperand = opts->noperand;
	b->arena = &r.arena;
	b->diag = diag;
	b->sides = (struct sidetabs){.reader = opt_reader(opts->common),
	    .decimal_comma = opts->common->decimal_comma,
	    .arena = &r.arena,
	    .diag = diag};
	b->sides.reader.from = NULL;
	rc = work(&r);
	rolls_release(r.rolls);
	passes_release(b);
	arena_release(&r.arena);
	return rc;
}
