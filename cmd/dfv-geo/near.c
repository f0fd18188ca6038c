#include "verbs.h"

#include <stdlib.h>

#include "emit.h"
#include "fixes.h"
#include "mem.h"

enum { OPT_AT = OPT_VERB, OPT_RADIUS, OPT_SORT };

static const struct opt opts[] = {
    {OPT_AT, "at", "PLACE", "around latitude,longitude, a code or a commune"},
    {OPT_RADIUS, "radius", "KM", "keep what is within KM kilometres"},
    {OPT_SORT, "sort", NULL, "the nearest first"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_words words[] = {
    {"to", "tsv csv yaml jsonl md geojson"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo near",
    .what = "keep the records within a distance of a place",
    .synopsis =
	(const char *const[]){
	    "--at PLACE --radius KM [--sort] [OPTION]... [FILE]...", NULL},
    .opts = opts,
    .formats = "geojson",
    .words = words,
};

/* A kept record that waits to be sorted. */
struct kept {
	double chord2;
	size_t serial;
	size_t at; /* in near.waiting */
	size_t n;
};

struct near {
	struct session *s;
	struct emitter emitter;
	struct columns columns; /* the input's, then ours */
	const char *place;
	bool has_radius;
	double radius_km;
	bool sort;
	struct fix centre;
	struct vec at;
	struct box box;
	double most_chord2;
	struct kept *kept;
	size_t nkept;
	size_t cap;
	struct buf waiting;
};

/* A thread's own. */
struct seeker {
	const struct near *q;
	struct resolver resolver;
	struct span *cell;
	struct buf km;
};

static void *
seeker_new(void *ctx)
{
	const struct near *q = ctx;
	struct seeker *t = mem_alloc(1, sizeof *t);

	t->q = q;
	t->cell = mem_alloc(q->columns.n, sizeof *t->cell);
	session_resolver(q->s, &t->resolver);
	return t;
}

static void
seeker_free(void *ctx, void *worker)
{
	struct seeker *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	buf_release(&t->km);
	mem_free(t->cell);
	mem_free(t);
}

/* The square of the chord to the place, or more than 4 where the box shows that
 * it is too far. */
static inline double
chord_to(const struct near *q, struct point p)
{
	if (!box_has_lat(&q->box, p.lat_e7) || !box_has_lon(&q->box, p.lon_e7))
		return 5;
	return vec_chord2(sphere_vec(p), q->at);
}

static void
keep(struct seeker *t, struct batch *made, const struct block *b, size_t rec,
    double chord2, enum precision how)
{
	struct span *more = t->cell + b->ncol;

	buf_reset(&t->km);
	sphere_put_km(&t->km, sphere_km(chord2));
	more[0] = buf_span(&t->km);
	more[1] = precision_name(precision_worse(how, t->q->centre.how));
	emitter_extended(
	    &t->q->emitter, made, b, rec, t->cell, &t->resolver.at);
	if (t->q->sort)
		batch_mark(made, chord2);
}

/* One that is not simply a point: the nearest of its places counts. */
static void
seek_places(
    struct seeker *t, struct batch *made, const struct block *b, size_t rec)
{
	const struct whereabouts *at = &t->resolver.at;
	enum precision how = PRECISION_NONE;
	double best = 5;

	fixes_find(&t->resolver, b, rec, false);
	if (at->lost)
		batch_lose(made, rec);
	for (size_t i = 0; i < at->nfix; i++) {
		double chord2 = chord_to(t->q, at->fix[i].at);

		if (chord2 >= best)
			continue;
		best = chord2;
		how = at->fix[i].how;
	}
	if (best <= t->q->most_chord2)
		keep(t, made, b, rec, best, how);
}

static void
seek_block(void *worker, const struct block *b, struct batch *made)
{
	struct seeker *t = worker;
	const struct near *q = t->q;
	struct point p;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		double chord2;

		if (!fixes_point(&q->s->clues, b, rec, &p)) {
			seek_places(t, made, b, rec);
			continue;
		}
		chord2 = chord_to(q, p);
		if (chord2 > q->most_chord2)
			continue;
		resolver_put_point(&t->resolver, p);
		keep(t, made, b, rec, chord2, PRECISION_POINT);
	}
}

static void
take_kept(struct near *q, const struct batch *made)
{
	size_t from = 0;

	for (size_t i = 0; i < made->nrec; i++) {
		const struct mark *m = &made->mark[i];

		if (q->nkept == q->cap)
			q->kept = mem_grow(
			    q->kept, &q->cap, q->nkept + 1, sizeof *q->kept);
		q->kept[q->nkept] = (struct kept){
		    m->key, q->nkept, q->waiting.n + from, m->end - from};
		q->nkept++;
		from = m->end;
	}
	buf_add(&q->waiting, buf_span(&made->out));
}

static int
near_put(void *ctx, const struct block *b, struct batch *made)
{
	struct near *q = ctx;

	(void)b;
	if (!q->sort)
		return emitter_put(&q->emitter, made);
	take_kept(q, made);
	return 0;
}

static int
by_chord(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->chord2 != y->chord2)
		return x->chord2 < y->chord2 ? -1 : 1;
	return (x->serial > y->serial) - (x->serial < y->serial);
}

static int
put_sorted(struct near *q)
{
	struct batch one = {.nrec = 1};
	int rc = 0;

	if (q->nkept > 0)
		qsort(q->kept, q->nkept, sizeof *q->kept, by_chord);
	for (size_t i = 0; i < q->nkept && rc == 0; i++) {
		buf_reset(&one.out);
		buf_add(&one.out,
		    span_make(q->waiting.p + q->kept[i].at, q->kept[i].n));
		rc = emitter_put(&q->emitter, &one);
	}
	buf_release(&one.out);
	return rc;
}

static int
near(struct near *q)
{
	struct session *s = q->s;
	struct session_job job = {
	    q, seeker_new, seeker_free, seek_block, near_put};
	int rc;

	if (session_open_input(s) < 0 ||
	    session_need(s, clues_lead(&s->clues)) < 0 ||
	    session_open_places(s, session_place_wants(q->place)) < 0 ||
	    session_place(s, q->place, &q->centre) < 0)
		return -1;
	q->at = sphere_vec(q->centre.at);
	q->box = sphere_box(q->centre.at, q->radius_km);
	q->most_chord2 = sphere_chord2(q->radius_km);
	emit_columns(&q->columns, reader_columns(s->reader), &s->arena);
	emit_distance(&q->columns);
	if (emitter_open(&q->emitter, s, &q->columns) < 0)
		return -1;
	rc = session_run(s, &job);
	if (rc == 0)
		rc = put_sorted(q);
	return emitter_close(&q->emitter, rc == 0);
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
near_options(struct near *q)
{
	struct session *s = q->s;
	int key;

	while ((key = session_option(s)) != OPT_END) {
		if (key == OPT_BAD)
			return -1;
		if (key == OPT_AT)
			q->place = s->opts.arg;
		else if (key == OPT_SORT)
			q->sort = true;
		else if (session_km(s, &q->radius_km) < 0)
			return -1;
		else
			q->has_radius = true;
	}
	if (q->place != NULL && q->has_radius)
		return 0;
	diag_report(&s->diag, DIAG_USAGE, NULL, span_make(NULL, 0),
	    "give --at PLACE and --radius KM");
	s->opts.status = 2;
	return -1;
}

int
near_main(int argc, char **argv)
{
	struct session s;
	struct near q = {.s = &s};
	int status;

	session_init(&s, &command, argc, argv);
	if (near_options(&q) < 0)
		return session_end(&s, s.opts.status);
	status = near(&q) < 0 ? 2 : 0;
	mem_free(q.kept);
	buf_release(&q.waiting);
	return session_end(&s, status);
}
