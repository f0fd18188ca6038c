#include "verbs.h"

#include "areas.h"
#include "belong.h"
#include "cell.h"
#include "emit.h"
#include "fixes.h"
#include "mem.h"
#include "split.h"

enum {
	OPT_REGION = OPT_VERB,
	OPT_DEPARTEMENT,
	OPT_EPCI,
	OPT_BBOX,
	OPT_POLYGON,
	OPT_SPLIT
};

static const struct opt opts[] = {
    {OPT_REGION, "region", "R", "keep what is in region R, a code or name"},
    {OPT_DEPARTEMENT, "departement", "D", "in department D, the same"},
    {OPT_EPCI, "epci", "E", "in EPCI E, a SIREN or name"},
    {OPT_BBOX, "bbox", "W,S,E,N", "between these degrees"},
    {OPT_POLYGON, "polygon", "FILE", "in a polygon of a GeoJSON file"},
    {OPT_SPLIT, "split-by", "COL",
	"a file a value of COL: a column, or region, departement, epci"},
    {'d', "directory", "DIR", "where these files are written"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_words words[] = {
    {"to", "tsv csv yaml jsonl md geojson"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo extract",
    .what = "keep the records of one territory, or part those of several",
    .synopsis =
	(const char *const[]){
	    "--region R | --departement D | --epci E [OPTION]... [FILE]...",
	    "--bbox W,S,E,N | --polygon FILE [OPTION]... [FILE]...",
	    "[TERRITORY] --split-by COL -d DIR [OPTION]... [FILE]...",
	    NULL,
	},
    .opts = opts,
    .formats = "geojson",
    .words = words,
};

/* The corners, longitudes first; west may be east of east: a box across the
 * antimeridian (RFC 7946, 5.2). */
struct corners {
	int32_t west_e7, south_e7, east_e7, north_e7;
};

enum choice { CHOICE_ALL, CHOICE_LEVEL, CHOICE_BBOX, CHOICE_POLYGON };

struct extract {
	struct session *s;
	struct emitter emitter;
	enum choice choice;
	enum level level;
	const char *wanted; /* as it was asked for */
	uint32_t id;        /* the territory */
	struct corners bbox;
	struct polygons polygons;
	struct areas areas;
	const char *split_by;
	const char *dir;
	size_t split_col;       /* of the input, or COLUMN_NONE for */
	enum level split_level; /* this */
	bool draws;             /* what comes out are places, of all records */
	struct split split;
};

/* A thread's own. */
struct extractor {
	const struct extract *x;
	struct resolver resolver;
	struct belonging in;
	struct span *cell; /* one a column */
};

static void *
extractor_new(void *ctx)
{
	const struct extract *x = ctx;
	struct extractor *t = mem_alloc(1, sizeof *t);

	t->x = x;
	t->cell =
	    mem_alloc(reader_columns(x->s->reader)->n + 1, sizeof *t->cell);
	t->in.quick = true;
	session_resolver(x->s, &t->resolver);
	return t;
}

static void
extractor_free(void *ctx, void *worker)
{
	struct extractor *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	belonging_release(&t->in);
	mem_free(t->cell);
	mem_free(t);
}

static bool
bbox_has(const struct corners *c, struct point p)
{
	bool east = p.lon_e7 >= c->west_e7, west = p.lon_e7 <= c->east_e7;

	return p.lat_e7 >= c->south_e7 && p.lat_e7 <= c->north_e7 &&
	    (c->west_e7 <= c->east_e7 ? east && west : east || west);
}

static inline bool
has_point(const struct extract *x, struct point p)
{
	return x->choice == CHOICE_BBOX
	    ? bbox_has(&x->bbox, p)
	    : areas_find(&x->areas, p, NULL) != AREA_NONE;
}

/* Whether one of the record's places is there. */
static bool
chosen_by_place(struct extractor *t, const struct block *b, size_t rec)
{
	const struct extract *x = t->x;
	const struct whereabouts *at = &t->resolver.at;
	struct point p;

	if (fixes_point(&x->s->clues, b, rec, &p)) {
		if (!has_point(x, p))
			return false;
		resolver_put_point(&t->resolver, p);
		return true;
	}
	fixes_find(&t->resolver, b, rec, false);
	for (size_t i = 0; i < at->nfix; i++)
		if (has_point(x, at->fix[i].at))
			return true;
	return false;
}

static bool
chosen(
    struct extractor *t, struct batch *made, const struct block *b, size_t rec)
{
	const struct extract *x = t->x;
	bool lost;

	if (x->choice == CHOICE_ALL) {
		if (x->draws)
			fixes_find(&t->resolver, b, rec, false);
		return true;
	}
	if (x->choice != CHOICE_LEVEL) {
		if (chosen_by_place(t, b, rec))
			return true;
		lost = t->resolver.at.lost;
	} else {
		belonging_find(&t->in, &t->resolver, x->level, b, rec);
		if (belonging_has(&t->in, x->id))
			return true;
		lost = t->in.lost;
	}
	if (lost)
		batch_lose(made, rec);
	return false;
}

/* The values that say which files a record goes to. */
static void
put_label(
    struct extractor *t, struct batch *made, const struct block *b, size_t rec)
{
	const struct extract *x = t->x;
	const struct territories *table;

	if (x->split_col != COLUMN_NONE) {
		buf_add(&made->label, block_cell(b, rec, x->split_col));
		return;
	}
	table = level_table(&x->s->g, x->split_level);
	belonging_find(&t->in, &t->resolver, x->split_level, b, rec);
	for (size_t i = 0; i < t->in.n; i++) {
		if (i > 0)
			buf_byte(&made->label, '|');
		buf_add(&made->label, table->item[t->in.id[i]].code);
	}
	if (t->in.lost)
		batch_lose(made, rec);
}

static void
extract_block(void *worker, const struct block *b, struct batch *made)
{
	struct extractor *t = worker;
	const struct extract *x = t->x;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		if (!chosen(t, made, b, rec))
			continue;
		if (x->split_by != NULL)
			put_label(t, made, b, rec);
		emitter_extended(
		    &x->emitter, made, b, rec, t->cell, &t->resolver.at);
		if (x->split_by != NULL)
			batch_mark(made, 0);
	}
}

static int
extract_put(void *ctx, const struct block *b, struct batch *made)
{
	struct extract *x = ctx;
	size_t from = 0, label = 0;

	(void)b;
	if (x->split_by == NULL)
		return emitter_put(&x->emitter, made);
	for (size_t i = 0; i < made->nmark; i++) {
		const struct mark *m = &made->mark[i];

		if (split_put(&x->split,
			span_make(made->label.p + label, m->label_end - label),
			span_make(made->out.p + from, m->end - from)) < 0)
			return -1;
		from = m->end;
		label = m->label_end;
	}
	return 0;
}

static const struct {
	int key;
	const char *name;
	enum level level;
} levels[] = {
    {OPT_REGION, "region", LEVEL_REGION},
    {OPT_DEPARTEMENT, "departement", LEVEL_DEPARTEMENT},
    {OPT_EPCI, "epci", LEVEL_EPCI},
};

enum { NLEVEL = sizeof levels / sizeof levels[0] };

/* The column to split by, or the level where the input has none such. */
static int
find_split(struct extract *x)
{
	const struct columns *in = reader_columns(x->s->reader);
	struct span name = span_of(x->split_by);

	x->split_col = columns_find(in, name);
	if (x->split_by == NULL || x->split_col != COLUMN_NONE)
		return 0;
	for (size_t i = 0; i < NLEVEL; i++)
		if (span_eq(name, span_of(levels[i].name))) {
			x->split_level = levels[i].level;
			return 0;
		}
	return columns_need(in, name, &x->s->diag) == COLUMN_NONE ? -1 : 0;
}

static bool
splits_by_level(const struct extract *x)
{
	return x->split_by != NULL && x->split_col == COLUMN_NONE;
}

/* What the choice and the split need of columns and of the geography. */
static int
open_geography(struct extract *x)
{
	struct session *s = x->s;
	const struct clues *c = &s->clues;
	bool by_level = x->choice == CHOICE_LEVEL;
	unsigned what = 0;

	if (by_level || splits_by_level(x))
		what = session_wanted(s);
	if ((by_level && x->level == LEVEL_EPCI) ||
	    (splits_by_level(x) && x->split_level == LEVEL_EPCI))
		what |= GAZETTEER_EPCI;
	if ((by_level &&
		session_need(s, belonging_possible(c, x->level)) < 0) ||
	    (splits_by_level(x) &&
		session_need(s, belonging_possible(c, x->split_level)) < 0) ||
	    (!by_level && x->choice != CHOICE_ALL &&
		session_need(s, clues_lead(c)) < 0))
		return -1;
	/* belonging_find wants regions and departments even of no communes. */
	if (by_level || splits_by_level(x))
		return session_open_geography(s, what);
	x->draws = strcmp(emitter_format(s), "geojson") == 0 && clues_lead(c);
	if (x->choice != CHOICE_ALL || x->draws)
		return session_open_places(s, 0);
	session_resolver(s, &s->resolver);
	return 0;
}

static int
open_choice(struct extract *x)
{
	struct session *s = x->s;

	switch (x->choice) {
	case CHOICE_LEVEL:
		x->id = territories_need(level_table(&s->g, x->level),
		    span_of(x->wanted), &s->arena, &s->diag);
		return x->id == TERRITORY_NONE ? -1 : 0;
	case CHOICE_POLYGON:
		if (session_claim(s, x->wanted, "--polygon") < 0 ||
		    polygons_load(&x->polygons, x->wanted, DIAG_BAD_POLYGON,
			&s->arena, &s->diag) < 0)
			return -1;
		areas_build(&x->areas, &x->polygons, 0);
		if (x->polygons.n > 0)
			return 0;
		diag_report(&s->diag, DIAG_BAD_POLYGON,
		    &(struct place){x->wanted, 0, 0}, span_make(NULL, 0),
		    "there is no Polygon in it");
		return -1;
	default:
		return 0;
	}
}

static int
extract(struct extract *x)
{
	struct session *s = x->s;
	struct session_job job = {
	    x, extractor_new, extractor_free, extract_block, extract_put};
	bool good;

	if (session_open_input(s) < 0 || find_split(x) < 0 ||
	    open_geography(x) < 0 || open_choice(x) < 0)
		return -1;
	if (x->split_by != NULL &&
	    split_open(&x->split, s, reader_columns(s->reader), x->dir) < 0)
		return -1;
	if (emitter_open(&x->emitter, s, reader_columns(s->reader)) < 0)
		return -1;
	good = session_run(s, &job) == 0;
	if (x->split_by == NULL)
		return emitter_close(&x->emitter, good);
	/* It only made the records: standard output stays empty. */
	emitter_close(&x->emitter, false);
	return split_close(&x->split, good);
}

static int
bad_bbox(struct session *s)
{
	diag_report(&s->diag, DIAG_BAD_ARGUMENT, NULL, span_of(s->opts.arg),
	    "give west,south,east,north in degrees, as -5.2,47.2,-1,48.9");
	s->opts.status = 2;
	return -1;
}

static int
read_bbox(struct session *s, struct corners *c)
{
	int32_t *const to[] = {
	    &c->west_e7, &c->south_e7, &c->east_e7, &c->north_e7};
	struct span rest = span_of(s->opts.arg), item;
	size_t n = 0;

	for (; columns_next(&rest, &item); n++)
		if (n == 4 ||
		    !point_degrees(item, false, n % 2 == 0 ? 180 : 90, to[n]))
			return bad_bbox(s);
	return n == 4 && c->south_e7 <= c->north_e7 ? 0 : bad_bbox(s);
}

/* The option at hand: 0, or -1 with s->opts.status. */
static int
take_option(struct extract *x, int key, size_t *given)
{
	struct session *s = x->s;

	if (key == OPT_SPLIT || key == 'd') {
		*(key == 'd' ? &x->dir : &x->split_by) = s->opts.arg;
		return 0;
	}
	++*given;
	x->wanted = s->opts.arg;
	x->choice = key == OPT_BBOX ? CHOICE_BBOX
	    : key == OPT_POLYGON    ? CHOICE_POLYGON
				    : CHOICE_LEVEL;
	for (size_t i = 0; i < NLEVEL; i++)
		if (levels[i].key == key)
			x->level = levels[i].level;
	return key == OPT_BBOX ? read_bbox(s, &x->bbox) : 0;
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
extract_options(struct extract *x)
{
	struct session *s = x->s;
	const char *what = NULL;
	size_t given = 0;
	int key;

	while ((key = session_option(s)) != OPT_END)
		if (key == OPT_BAD || take_option(x, key, &given) < 0)
			return -1;
	if (given > 1 || (given == 0 && x->split_by == NULL))
		what = "give one of --region, --departement, --epci, --bbox "
		       "and --polygon";
	else if ((x->split_by == NULL) != (x->dir == NULL))
		what = "--split-by COL and -d DIR go together";
	else if (x->dir != NULL && s->opts.common.output != NULL)
		what = "--split-by writes to -d DIR, not to --output";
	if (what == NULL)
		return 0;
	diag_report(&s->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s", what);
	s->opts.status = 2;
	return -1;
}

int
extract_main(int argc, char **argv)
{
	struct session s;
	struct extract x = {.s = &s};
	int status;

	session_init(&s, &command, argc, argv);
	if (extract_options(&x) < 0)
		return session_end(&s, s.opts.status);
	status = extract(&x) < 0 ? 2 : 0;
	areas_release(&x.areas);
	polygons_release(&x.polygons);
	return session_end(&s, status);
}
