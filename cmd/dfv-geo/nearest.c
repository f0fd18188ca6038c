#include "verbs.h"

#include "emit.h"
#include "fixes.h"
#include "mem.h"
#include "nearby.h"
#include "sites.h"

enum { OPT_TO = OPT_VERB, OPT_MAX };

static const struct opt opts[] = {
    {OPT_TO, "to", "FILE", "the places: records as those of the input"},
    {'k', "count", "N", "the N nearest, a record each; 1 unless given"},
    {OPT_MAX, "max", "KM", "none that is further than KM kilometres"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo nearest",
    .what = "add to each record the nearest of a file's places",
    .synopsis =
	(const char *const[]){
	    "--to FILE [-k N] [--max KM] [OPTION]... [FILE]...", NULL},
    .opts = opts,
    .formats = "geojson",
};

struct nearest {
	struct session *s;
	struct emitter emitter;
	struct columns columns; /* the input's, the file's, then ours */
	struct sites sites;
	const char *file;
	bool ranked; /* --count is above 1 */
	size_t k;    /* neighbours that are looked for */
	double most_chord2;
};

/* A place that was found. */
struct neighbour {
	double chord2;
	uint32_t site;
	enum precision how;
};

/* A thread's own. */
struct finder {
	const struct nearest *q;
	struct resolver resolver;
	struct span *cell;
	struct neighbour *found; /* k of them */
	size_t n;
	struct nearby near;
	struct rtree_hit *hit;
	size_t hit_cap;
	struct buf text;
};

static void *
finder_new(void *ctx)
{
	const struct nearest *q = ctx;
	struct finder *t = mem_alloc(1, sizeof *t);

	t->q = q;
	t->cell = mem_alloc(q->columns.n, sizeof *t->cell);
	t->found = mem_alloc(q->k, sizeof *t->found);
	t->near.tree = &q->sites.tree;
	session_resolver(q->s, &t->resolver);
	return t;
}

static void
finder_free(void *ctx, void *worker)
{
	struct finder *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	buf_release(&t->text);
	mem_free(t->cell);
	mem_free(t->found);
	mem_free(t->hit);
	nearby_release(&t->near);
	mem_free(t);
}

/* Takes a place into those found, each once and by its nearest fix, in the
 * order of distance, of equal ones the first in the file. */
static void
take(struct finder *t, struct neighbour it)
{
	struct neighbour *f = t->found;
	size_t i = 0;

	while (i < t->n && f[i].site != it.site)
		i++;
	if (i < t->n) {
		if (f[i].chord2 <= it.chord2)
			return;
	} else if (t->n < t->q->k) {
		t->n++;
	} else if (f[--i].chord2 < it.chord2 ||
	    (f[i].chord2 == it.chord2 && f[i].site < it.site)) {
		return;
	}
	for (; i > 0 &&
	     (f[i - 1].chord2 > it.chord2 ||
		 (f[i - 1].chord2 == it.chord2 && f[i - 1].site > it.site));
	     i--)
		f[i] = f[i - 1];
	f[i] = it;
}

static void
take_hit(struct finder *t, const struct rtree_hit *hit, enum precision from)
{
	const struct sites *s = &t->q->sites;

	take(t,
	    (struct neighbour){hit->chord2, s->of[hit->id],
		precision_worse(from, s->fix[hit->id].how)});
}

/* Looks from one fix for k places. Fixes of one place may crowd out others:
 * then again, for more. */
static void
look_around(struct finder *t, struct fix from)
{
	const struct nearest *q = t->q;
	const struct sites *s = &q->sites;
	struct vec at = sphere_vec(from.at);
	size_t k = q->k < s->nfix ? q->k : s->nfix, n;

	for (;;) {
		t->hit = mem_grow(t->hit, &t->hit_cap, k + 1, sizeof *t->hit);
		n = rtree_nearest(&s->tree, at, k, q->most_chord2, t->hit);
		for (size_t i = 0; i < n; i++)
			take_hit(t, &t->hit[i], from.how);
		if (n < k || k == s->nfix || t->n == q->k || s->nfix == s->n)
			return;
		k = 2 * k < s->nfix ? 2 * k : s->nfix;
	}
}

static void
look(struct finder *t, struct fix from)
{
	const struct nearest *q = t->q;
	struct rtree_hit hit;

	if (q->k > 1)
		look_around(t, from);
	else if (nearby_find(&t->near, from.at, q->most_chord2, &hit))
		take_hit(t, &hit, from.how);
}

/* What stands behind the place's cells. */
static void
put_distance(struct finder *t, const struct neighbour *f, size_t rank,
    size_t end[DISTANCE_COLUMNS])
{
	struct buf *b = &t->text;

	buf_reset(b);
	sphere_put_km(b, sphere_km(f->chord2));
	end[0] = b->n;
	buf_byte(b, '\t');
	buf_add(b, precision_name(f->how));
	end[1] = b->n;
	if (t->q->ranked)
		buf_printf(b, "\t%zu", rank);
}

static void
put_record(struct finder *t, struct batch *made, const struct block *b,
    size_t rec, size_t rank)
{
	const struct sites *s = &t->q->sites;
	const struct neighbour *f = &t->found[rank];
	struct span *more = t->cell + b->ncol, tail;
	size_t end[DISTANCE_COLUMNS];

	put_distance(t, f, rank + 1, end);
	tail = buf_span(&t->text);
	if (t->q->emitter.tsv) {
		emitter_suffix(
		    made, block_record(b, rec), s->suffix[f->site], tail);
		return;
	}
	memcpy(more, s->cell + f->site * s->ncol, s->ncol * sizeof *more);
	more += s->ncol;
	*more++ = span_make(tail.p, end[0]);
	*more++ = span_make(tail.p + end[0] + 1, end[1] - end[0] - 1);
	if (t->q->ranked)
		*more = span_from(tail, end[1] + 1);
	emitter_extended(
	    &t->q->emitter, made, b, rec, t->cell, &t->resolver.at);
}

/* None is near enough, or the record has no place: it is kept. */
static void
put_alone(
    struct finder *t, struct batch *made, const struct block *b, size_t rec)
{
	for (size_t c = b->ncol; c < t->q->columns.n; c++)
		t->cell[c] = span_make(NULL, 0);
	emitter_extended(
	    &t->q->emitter, made, b, rec, t->cell, &t->resolver.at);
}

/* A record, with the point it has of its own or NULL. */
static void
find_record(struct finder *t, struct batch *made, const struct block *b,
    size_t rec, const struct point *own)
{
	struct whereabouts *at = &t->resolver.at;

	if (own != NULL) {
		resolver_put_point(&t->resolver, *own);
	} else {
		fixes_find(&t->resolver, b, rec, false);
		if (at->lost)
			batch_lose(made, rec);
	}
	t->n = 0;
	for (size_t i = 0; i < at->nfix; i++)
		look(t, at->fix[i]);
	for (size_t i = 0; i < t->n; i++)
		put_record(t, made, b, rec, i);
	if (t->n == 0)
		put_alone(t, made, b, rec);
}

/* A few at a time: what is known of their cells is fetched from memory while
 * the others' coordinates are read. */
static void
find_block(void *worker, const struct block *b, struct batch *made)
{
	enum { TOGETHER = 32 };
	struct finder *t = worker;
	struct point p[TOGETHER];
	bool own[TOGETHER];
	size_t n;

	for (size_t rec = 0; rec < b->nrec; rec += n) {
		n = b->nrec - rec < TOGETHER ? b->nrec - rec : TOGETHER;
		for (size_t i = 0; i < n; i++) {
			own[i] =
			    fixes_point(&t->q->s->clues, b, rec + i, &p[i]);
			if (own[i] && t->q->k == 1)
				nearby_prepare(&t->near, p[i]);
		}
		for (size_t i = 0; i < n; i++)
			find_record(t, made, b, rec + i, own[i] ? &p[i] : NULL);
	}
}

static int
nearest_put(void *ctx, const struct block *b, struct batch *made)
{
	struct nearest *q = ctx;

	(void)b;
	return emitter_put(&q->emitter, made);
}

static void
plan_columns(struct nearest *q)
{
	const struct columns *of = reader_columns(q->sites.reader);

	emit_columns(&q->columns, reader_columns(q->s->reader), &q->s->arena);
	for (size_t c = 0; c < of->n; c++)
		emit_column(&q->columns, of->name[c]);
	emit_distance(&q->columns);
	if (q->ranked)
		emit_column(&q->columns, SPAN("rang"));
}

/* What of the geography the places need. */
static unsigned
sites_wanted(struct nearest *q)
{
	struct clues own = q->s->clues;
	unsigned what;

	q->s->clues = q->sites.clues;
	what = session_places_wanted(q->s);
	q->s->clues = own;
	return what;
}

static int
nearest(struct nearest *q)
{
	struct session *s = q->s;
	struct session_job job = {
	    q, finder_new, finder_free, find_block, nearest_put};

	if (session_claim(s, q->file, "--to") < 0 ||
	    session_open_input(s) < 0 ||
	    session_need(s, clues_lead(&s->clues)) < 0 ||
	    sites_open(&q->sites, q->file, s) < 0 ||
	    session_open_places(s, sites_wanted(q)) < 0 ||
	    sites_read(&q->sites, s) < 0)
		return -1;
	q->ranked = q->k > 1;
	/* Of few places there are few neighbours, however many are asked for. */
	q->k = q->k < q->sites.n ? q->k : q->sites.n;
	plan_columns(q);
	if (emitter_open(&q->emitter, s, &q->columns) < 0)
		return -1;
	return emitter_close(&q->emitter, session_run(s, &job) == 0);
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
nearest_options(struct nearest *q)
{
	struct session *s = q->s;
	double km;
	int key;

	while ((key = session_option(s)) != OPT_END) {
		if (key == OPT_BAD)
			return -1;
		if (key == OPT_TO) {
			q->file = s->opts.arg;
		} else if (key == 'k') {
			if (opt_count(&s->opts, 1, &q->k) < 0)
				return -1;
		} else {
			if (session_km(s, &km) < 0)
				return -1;
			q->most_chord2 = sphere_chord2(km);
		}
	}
	if (q->file != NULL)
		return 0;
	diag_report(
	    &s->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "give --to FILE");
	s->opts.status = 2;
	return -1;
}

int
nearest_main(int argc, char **argv)
{
	struct session s;
	struct nearest q = {.s = &s, .k = 1, .most_chord2 = 4};
	int status;

	session_init(&s, &command, argc, argv);
	if (nearest_options(&q) < 0)
		return session_end(&s, s.opts.status);
	status = nearest(&q) < 0 ? 2 : 0;
	sites_release(&q.sites);
	return session_end(&s, status);
}
