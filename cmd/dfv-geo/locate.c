#include "verbs.h"

#include "added.h"
#include "cell.h"
#include "emit.h"
#include "mem.h"
#include "stratum.h"

static const struct opt opts[] = {
    SESSION_OPTS, LAYER_OPT, {0, NULL, NULL, NULL}};

static const struct opt_words words[] = {
    {"to", "tsv csv yaml jsonl md geojson"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo locate",
    .what = "add to each record the commune it is in, and what that is in",
    .synopsis = (const char *const[]){"[OPTION]... [FILE]...", NULL},
    .opts = opts,
    .formats = "geojson",
    .words = words,
};

struct locate {
	struct session *s;
	struct emitter emitter;
	struct columns columns; /* the input's, then the added ones */
	size_t nmore;           /* of them; the last is `localisation` */
};

/* A commune's added cells, each behind a TAB, and a TAB before the finding. */
struct suffix {
	const char *p; /* NULL before it is asked for */
	uint32_t n;
	uint32_t place;  /* where the latitude's TAB is */
	uint32_t layers; /* and the one behind the precision */
};

/* A thread's own. */
struct locator {
	const struct locate *l;
	struct resolver resolver;
	struct span *cell;     /* one a column */
	struct span *more;     /* those of them that are added */
	struct suffix *suffix; /* by commune */
	struct arena arena;    /* of the suffixes */
	struct buf scratch;
	size_t *from; /* where lists start in scratch, one more than them */
	struct buf points; /* the cells that a record's own coordinates give */
};

static void
plan_columns(struct locate *l)
{
	const struct columns *in = reader_columns(l->s->reader);
	const struct strata *layers = &l->s->strata;

	emit_columns(&l->columns, in, &l->s->arena);
	for (size_t i = 0; i < ADDED_COLUMNS; i++)
		emit_column(&l->columns, span_of(added[i].name));
	for (size_t i = 0; i < layers->n; i++)
		for (size_t c = 0; c < layers->item[i].ncol; c++)
			emit_column(&l->columns, layers->item[i].column[c]);
	emit_column(&l->columns, SPAN("localisation"));
	l->nmore = l->columns.n - in->n;
}

/* The i-th cell that a commune gives. */
static struct span
cell_of(const struct session *s, uint32_t id, size_t i)
{
	const struct stratum *layer = s->strata.item;

	if (i < ADDED_COLUMNS)
		return added[i].of(&s->g, &s->g.commune[id]);
	for (i -= ADDED_COLUMNS; i >= layer->ncol; layer++)
		i -= layer->ncol;
	return stratum_cell(layer, id, i);
}

/* Appends a value, the first or not, to the list that begins at `from`. */
static void
list_add(
    struct buf *b, size_t from, bool first, struct span value, bool distinct)
{
	if (distinct &&
	    (value.n == 0 ||
		stratum_list_has(span_make(b->p + from, b->n - from), value)))
		return;
	if (distinct ? b->n > from : !first)
		buf_byte(b, '|');
	buf_add(b, value);
}

/* Several communes or findings: each column a list. */
static void
fill_lists(struct locator *t)
{
	const struct whereabouts *at = &t->resolver.at;
	struct buf *b = &t->scratch;
	size_t last = t->l->nmore - 1;

	buf_reset(b);
	for (size_t i = 0; i < last; i++) {
		t->from[i] = b->n;
		for (size_t k = 0; k < at->n; k++)
			list_add(b, t->from[i], k == 0,
			    cell_of(t->l->s, at->commune[k], i),
			    i >= ADDED_COLUMNS || added[i].distinct);
	}
	t->from[last] = b->n;
	for (size_t i = 0; i < at->nfinding; i++)
		list_add(b, t->from[last], i == 0,
		    span_of(finding_name(at->finding[i])), true);
	t->from[last + 1] = b->n;
	for (size_t i = 0; i <= last; i++)
		t->more[i] =
		    span_make(b->p + t->from[i], t->from[i + 1] - t->from[i]);
}

/* One place or none: the cells are the geography's own. */
static void
fill_cells(const struct locator *t)
{
	const struct session *s = t->l->s;
	const struct whereabouts *at = &t->resolver.at;
	size_t last = t->l->nmore - 1;

	for (size_t i = 0; i < last; i++)
		t->more[i] = at->n == 0 ? span_make(NULL, 0)
					: cell_of(s, at->commune[0], i);
	t->more[last] = span_of(finding_name(at->finding[0]));
}

/* By coordinates: the place is the record's own, its department is known with a
 * commune or without. */
static void
fill_point(struct locator *t)
{
	const struct whereabouts *at = &t->resolver.at;
	struct buf *b = &t->points;
	size_t lon;

	for (size_t i = ADDED_DEPARTEMENT; i <= ADDED_REGION_NAME; i++)
		t->more[i] =
		    added_territory(t->resolver.g, at->departement[0], i);
	buf_reset(b);
	point_put(b, at->fix[0].at.lat_e7);
	lon = b->n;
	point_put(b, at->fix[0].at.lon_e7);
	t->more[ADDED_LATITUDE] = span_make(b->p, lon);
	t->more[ADDED_LONGITUDE] = span_make(b->p + lon, b->n - lon);
	t->more[ADDED_PRECISION] = precision_name(at->fix[0].how);
}

/* The same of several places: lists. */
static void
fill_points(struct locator *t)
{
	static const uint8_t column[] = {ADDED_DEPARTEMENT,
	    ADDED_DEPARTEMENT_NAME, ADDED_REGION, ADDED_REGION_NAME,
	    ADDED_LATITUDE, ADDED_LONGITUDE, ADDED_PRECISION};
	enum { COLUMNS = sizeof column / sizeof column[0] };
	const struct whereabouts *at = &t->resolver.at;
	struct buf *b = &t->points;
	size_t from[COLUMNS + 1];

	buf_reset(b);
	for (size_t i = 0; i < COLUMNS; i++) {
		bool of_fix = column[i] >= ADDED_LATITUDE;

		from[i] = b->n;
		for (size_t k = 0; !of_fix && k < at->ndepartement; k++)
			list_add(b, from[i], k == 0,
			    added_territory(
				t->resolver.g, at->departement[k], column[i]),
			    true);
		for (size_t k = 0; of_fix && k < at->nfix; k++) {
			if (k > 0)
				buf_byte(b, '|');
			added_place(b, &at->fix[k], column[i]);
		}
	}
	from[COLUMNS] = b->n;
	for (size_t i = 0; i < COLUMNS; i++)
		t->more[column[i]] =
		    span_make(b->p + from[i], from[i + 1] - from[i]);
}

/* Made once a commune. */
static const struct suffix *
suffix_of(struct locator *t, uint32_t id)
{
	struct suffix *s = &t->suffix[id];
	struct buf *b = &t->scratch;
	struct span all;

	if (s->p != NULL)
		return s;
	buf_reset(b);
	for (size_t i = 0; i + 1 < t->l->nmore; i++) {
		if (i == ADDED_LATITUDE)
			s->place = (uint32_t)b->n;
		if (i == ADDED_COLUMNS)
			s->layers = (uint32_t)b->n;
		buf_byte(b, '\t');
		buf_add(b, cell_of(t->l->s, id, i));
	}
	if (t->l->nmore == ADDED_COLUMNS + 1)
		s->layers = (uint32_t)b->n;
	buf_byte(b, '\t');
	all = arena_span(&t->arena, buf_span(b));
	s->p = all.p;
	s->n = (uint32_t)all.n;
	return s;
}

static void
prefetch(const struct suffix *s)
{
	enum { CACHE_LINE = 64 };

	for (uint32_t i = 0; i < s->n; i += CACHE_LINE)
		__builtin_prefetch(s->p + i);
	__builtin_prefetch(s->p + s->n);
}

/* As TSV what follows a record in one commune, found in one way, is the same for
 * all that are there, but for the record's own coordinates. */
static void
put_suffix(struct locator *t, struct batch *made, struct span record,
    uint32_t commune, enum finding finding)
{
	const struct suffix *s = suffix_of(t, commune);

	emitter_suffix(made, record, span_make(s->p, s->n),
	    span_of(finding_name(finding)));
}

static void
put_point(struct locator *t, struct batch *made, struct span record,
    uint32_t commune, struct point p)
{
	const struct suffix *s = suffix_of(t, commune);
	struct buf *b = &t->scratch;

	buf_reset(b);
	buf_add(b, span_make(s->p, s->place));
	buf_byte(b, '\t');
	point_put(b, p.lat_e7);
	buf_byte(b, '\t');
	point_put(b, p.lon_e7);
	buf_byte(b, '\t');
	buf_add(b, precision_name(PRECISION_POINT));
	buf_add(b, span_make(s->p + s->layers, s->n - s->layers));
	emitter_suffix(
	    made, record, buf_span(b), span_of(finding_name(FOUND_NEAREST)));
}

static void *
locator_new(void *ctx)
{
	const struct locate *l = ctx;
	struct locator *t = mem_alloc(1, sizeof *t);

	t->l = l;
	t->cell = mem_alloc(l->columns.n, sizeof *t->cell);
	t->more = t->cell + (l->columns.n - l->nmore);
	t->suffix = mem_alloc((size_t)l->s->g.ncommune + 1, sizeof *t->suffix);
	t->from = mem_alloc(l->nmore + 1, sizeof *t->from);
	session_resolver(l->s, &t->resolver);
	return t;
}

static void
locator_free(void *ctx, void *worker)
{
	struct locator *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	arena_release(&t->arena);
	buf_release(&t->scratch);
	buf_release(&t->points);
	mem_free(t->cell);
	mem_free(t->suffix);
	mem_free(t->from);
	mem_free(t);
}

/* Puts out a record that t->resolver has just dealt with. */
static void
put_record(
    struct locator *t, const struct block *b, size_t rec, struct batch *made)
{
	const struct emitter *e = &t->l->emitter;
	const struct whereabouts *at = &t->resolver.at;

	if (at->lost)
		batch_lose(made, rec);
	if (e->tsv && at->n == 1 && at->nfinding == 1 && at->nfix == 0) {
		put_suffix(t, made, block_record(b, rec), at->commune[0],
		    at->finding[0]);
		return;
	}
	if (at->n > 1 || at->nfinding > 1)
		fill_lists(t);
	else
		fill_cells(t);
	if (at->nfix == 1)
		fill_point(t);
	else if (at->nfix > 1)
		fill_points(t);
	emitter_extended(e, made, b, rec, t->cell, at);
}

/* The commune that is all there is to say of a record, or TERRITORY_NONE. */
static uint32_t
sole_commune(const struct sighting *s)
{
	return s->readable ? s->around.commune : TERRITORY_NONE;
}

/* Records that have coordinates alone, as TSV: a few at a time, so that memory
 * is not waited for. */
static void
locate_points(struct locator *t, const struct block *b, struct batch *made)
{
	struct sighting s[SIGHTINGS];
	uint32_t id[SIGHTINGS];
	size_t n;

	for (size_t rec = 0; rec < b->nrec; rec += n) {
		n = b->nrec - rec < SIGHTINGS ? b->nrec - rec : SIGHTINGS;
		resolver_sight(&t->resolver, b, rec, n, s);
		for (size_t i = 0; i < n; i++) {
			id[i] = sole_commune(&s[i]);
			if (id[i] != TERRITORY_NONE)
				__builtin_prefetch(&t->suffix[id[i]]);
		}
		for (size_t i = 0; i < n; i++)
			if (id[i] != TERRITORY_NONE)
				prefetch(suffix_of(t, id[i]));
		for (size_t i = 0; i < n; i++) {
			if (id[i] != TERRITORY_NONE) {
				put_point(t, made, block_record(b, rec + i),
				    id[i], s[i].at);
				continue;
			}
			resolver_sighted(&t->resolver, b, rec + i, &s[i]);
			put_record(t, b, rec + i, made);
		}
	}
}

static void
locate_block(void *worker, const struct block *b, struct batch *made)
{
	struct locator *t = worker;

	if (t->l->emitter.tsv && t->resolver.point_only)
		locate_points(t, b, made);
	else
		for (size_t rec = 0; rec < b->nrec; rec++) {
			resolver_record(&t->resolver, b, rec, false);
			put_record(t, b, rec, made);
		}
}

static int
locate_put(void *ctx, const struct block *b, struct batch *made)
{
	struct locate *l = ctx;

	(void)b;
	return emitter_put(&l->emitter, made);
}

static int
locate(struct session *s)
{
	struct locate l = {.s = s};
	struct session_job job = {
	    &l, locator_new, locator_free, locate_block, locate_put};

	if (session_open_input(s) < 0 ||
	    session_need(s, clues_lead(&s->clues)) < 0 ||
	    session_open_geography(s, session_wanted(s)) < 0)
		return -1;
	plan_columns(&l);
	if (emitter_open(&l.emitter, s, &l.columns) < 0)
		return -1;
	return emitter_close(&l.emitter, session_run(s, &job) == 0);
}

int
locate_main(int argc, char **argv)
{
	struct session s;

	session_init(&s, &command, argc, argv);
	if (session_option(&s) == OPT_BAD)
		return session_end(&s, s.opts.status);
	return session_end(&s, locate(&s) < 0 ? 2 : 0);
}
