#include "verbs.h"

#include <stdlib.h>

#include "cell.h"
#include "emit.h"
#include "fixes.h"
#include "grouping.h"
#include "keytab.h"
#include "mem.h"
#include "number.h"
#include "sites.h"

enum { OPT_RADIUS = OPT_VERB, OPT_BY, OPT_WHITE };

static const struct opt opts[] = {
    {OPT_RADIUS, "radius", "KM", "in reach is what is within KM kilometres"},
    {OPT_BY, "by", "KEYS",
	"a record for each region, departement, epci, or class of a layer"},
    {OPT_WHITE, "white-zones", NULL, "the communes out of reach instead"},
    SESSION_OPTS,
    LAYER_OPT,
    {0, NULL, NULL, NULL},
};

static const struct opt_words words[] = {
    {"by", "region departement epci"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo coverage",
    .what = "how many communes and inhabitants are within reach of records",
    .synopsis =
	(const char *const[]){
	    "--radius KM [--by KEYS] [--layer NAME[=FILE]]... [OPTION]... "
	    "[FILE]...",
	    "--radius KM --white-zones [--layer NAME[=FILE]]... "
	    "[OPTION]... [FILE]...",
	    NULL,
	},
    .opts = opts,
    .formats = NULL,
    .words = words,
};

/* Of one group, or of all. */
struct tally {
	uint64_t communes, communes_in, unplaced;
	uint64_t inhabitants, inhabitants_in, estimated;
	uint32_t furthest; /* commune */
	double furthest_chord2;
};

struct coverage {
	struct session *s;
	struct sites sites;
	struct sink sink;
	struct columns columns;
	bool has_radius;
	double radius_km;
	double most_chord2;
	const char *keys; /* --by */
	struct grouping by;
	bool white;
	size_t unplaced; /* left out of the white zones */
	struct keytab group;
	struct tally *tally;
	size_t cap;
	struct buf out;
	struct buf text;
	struct span *cell;
};

/* The record nearest to a commune. */
struct reach {
	bool known; /* there is one, and the commune has a place */
	double chord2;
	enum precision how;
};

static struct reach
reach_of(const struct coverage *v, const struct commune *c)
{
	struct reach r = {.known = false};
	struct rtree_hit hit;

	if (c->how == PRECISION_NONE ||
	    rtree_nearest(&v->sites.tree, sphere_vec(c->at), 1, 4, &hit) == 0)
		return r;
	r.known = true;
	r.chord2 = hit.chord2;
	r.how = precision_worse(c->how, v->sites.fix[hit.id].how);
	return r;
}

static struct tally *
tally_of(struct coverage *v, uint32_t id)
{
	size_t n = grouping_cells(&v->by, &v->s->g, id, v->cell), i,
	       had = v->group.n;

	buf_reset(&v->text);
	for (i = 0; i < n; i++) {
		buf_add(&v->text, v->cell[i]);
		buf_byte(&v->text, '\t');
	}
	i = keytab_add(&v->group, buf_span(&v->text));
	if (i == had) {
		v->tally = mem_grow(v->tally, &v->cap, i + 1, sizeof *v->tally);
		v->tally[i] = (struct tally){.furthest = TERRITORY_NONE};
	}
	return &v->tally[i];
}

static void
count_commune(struct coverage *v, uint32_t id)
{
	const struct commune *c = &v->s->g.commune[id];
	struct tally *t = tally_of(v, id);
	struct reach r = reach_of(v, c);

	t->communes++;
	t->inhabitants += c->population;
	t->unplaced += c->how == PRECISION_NONE;
	if (!r.known)
		return;
	if (t->furthest == TERRITORY_NONE || r.chord2 > t->furthest_chord2) {
		t->furthest = id;
		t->furthest_chord2 = r.chord2;
	}
	if (r.chord2 > v->most_chord2)
		return;
	t->communes_in++;
	t->inhabitants_in += c->population;
	if (precision_estimated(r.how))
		t->estimated += c->population;
}

/* Appends a cell's text to v->out; cells are cut out of it at the end. */
static void
put_cell(struct coverage *v, struct span text)
{
	buf_add(&v->out, text);
	buf_byte(&v->out, '\t');
}

static void
put_count(struct coverage *v, uint64_t n)
{
	buf_printf(&v->out, "%llu\t", (unsigned long long)n);
}

/* A share in per cent, to one decimal; nothing of nothing. */
static void
put_share(struct coverage *v, uint64_t part, uint64_t whole)
{
	if (whole > 0)
		number_format(&v->out,
		    (struct number){.exact = true,
			.scale = 1,
			.mant =
			    (int64_t)((2000 * part + whole) / (2 * whole))});
	buf_byte(&v->out, '\t');
}

/* Puts out one record, its cells in v->out, each behind it a TAB. */
static int
put_record(struct coverage *v)
{
	const struct writer *w = &v->sink.writer;
	struct span rest = buf_span(&v->out);
	int rc;

	for (size_t c = 0; c < v->columns.n; c++) {
		size_t n = span_find(rest, '\t');

		v->cell[c] = span_make(rest.p, n);
		rest = span_from(rest, n + 1);
	}
	buf_reset(&v->text);
	w->format->record(w, &v->text, v->cell);
	rc = sink_put(&v->sink, buf_span(&v->text), 1);
	buf_reset(&v->out);
	return rc;
}

static const char *const counted[] = {"communes", "communes_couvertes",
    "habitants", "habitants_couverts", "part_couverte", "part_estimee",
    "communes_sans_position", "plus_loin_code", "plus_loin", "plus_loin_km"};

static int
put_tally(struct coverage *v, size_t i)
{
	const struct gazetteer *g = &v->s->g;
	const struct tally *t = &v->tally[i];

	buf_add(&v->out, keytab_key(&v->group, i));
	put_count(v, t->communes);
	put_count(v, t->communes_in);
	put_count(v, t->inhabitants);
	put_count(v, t->inhabitants_in);
	put_share(v, t->inhabitants_in, t->inhabitants);
	put_share(v, t->estimated, t->inhabitants_in);
	put_count(v, t->unplaced);
	if (t->furthest == TERRITORY_NONE) {
		buf_add(&v->out, SPAN("\t\t\t"));
	} else {
		put_cell(
		    v, commune_cell(&g->commune[t->furthest], COMMUNE_CODE));
		put_cell(
		    v, commune_cell(&g->commune[t->furthest], COMMUNE_NAME));
		sphere_put_km(&v->out, sphere_km(t->furthest_chord2));
		buf_byte(&v->out, '\t');
	}
	return put_record(v);
}

/* A group while they are sorted. */
struct ordered {
	struct span key;
	size_t group;
};

static int
by_key(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	return span_cmp(x->key, y->key);
}

/* Groups in the order of their keys. */
static int
put_tallies(struct coverage *v)
{
	size_t n = v->group.n;
	struct ordered *order = mem_alloc(n + 1, sizeof *order);
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		order[i] = (struct ordered){keytab_key(&v->group, i), i};
	qsort(order, n, sizeof *order, by_key);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = put_tally(v, order[i].group);
	mem_free(order);
	return rc;
}

static int
cover(struct coverage *v)
{
	for (uint32_t i = 0; i < v->s->g.ncommune; i++)
		count_commune(v, i);
	return put_tallies(v);
}

static const char *const white[] = {"code_commune", "commune", "departement",
    "region", "epci", "habitants", "latitude", "longitude", "precision"};

static int
put_white(struct coverage *v, uint32_t id, const struct reach *r)
{
	const struct gazetteer *g = &v->s->g;
	const struct commune *c = &g->commune[id];
	const struct strata *layers = &v->s->strata;

	put_cell(v, commune_cell(c, COMMUNE_CODE));
	put_cell(v, commune_cell(c, COMMUNE_NAME));
	put_cell(v, g->departement.item[c->departement].code);
	put_cell(v, g->region.item[c->region].code);
	put_cell(v, commune_cell(c, COMMUNE_EPCI));
	put_count(v, c->population);
	put_cell(v, commune_cell(c, COMMUNE_LATITUDE));
	put_cell(v, commune_cell(c, COMMUNE_LONGITUDE));
	put_cell(v, precision_name(c->how));
	for (size_t i = 0; i < layers->n; i++)
		for (size_t k = 0; k < layers->item[i].ncol; k++)
			put_cell(v, stratum_cell(&layers->item[i], id, k));
	if (r->known)
		sphere_put_km(&v->out, sphere_km(r->chord2));
	buf_byte(&v->out, '\t');
	put_cell(v, r->known ? precision_name(r->how) : SPAN(""));
	return put_record(v);
}

static int
list_white(struct coverage *v)
{
	for (uint32_t i = 0; i < v->s->g.ncommune; i++) {
		const struct commune *c = &v->s->g.commune[i];
		struct reach r = reach_of(v, c);

		if (c->how == PRECISION_NONE) {
			v->unplaced++;
			continue;
		}
		if (r.known && r.chord2 <= v->most_chord2)
			continue;
		if (put_white(v, i, &r) < 0)
			return -1;
	}
	if (v->unplaced > 0)
		diag_report(&v->s->diag, DIAG_NOT_LOCATED, NULL,
		    span_make(NULL, 0),
		    "%zu communes have no place in this geography, and are "
		    "left out",
		    v->unplaced);
	return 0;
}

static void
plan_columns(struct coverage *v)
{
	const struct strata *layers = &v->s->strata;

	columns_init(&v->columns, &v->s->arena);
	for (size_t i = 0; v->white && i < sizeof white / sizeof *white; i++)
		emit_column(&v->columns, span_of(white[i]));
	for (size_t i = 0; v->white && i < layers->n; i++)
		for (size_t c = 0; c < layers->item[i].ncol; c++)
			emit_column(&v->columns, layers->item[i].column[c]);
	if (v->white)
		emit_distance(&v->columns);
	grouping_columns(&v->by, &v->columns);
	for (size_t i = 0; !v->white && i < sizeof counted / sizeof *counted;
	     i++)
		emit_column(&v->columns, span_of(counted[i]));
	v->cell =
	    ARENA_ARRAY(&v->s->arena, struct span, v->columns.n + 2 * BY_MAX);
}

static int
take_block(void *ctx, const struct block *b, struct batch *made)
{
	struct coverage *v = ctx;
	struct resolver *r = &v->s->resolver;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		fixes_find(r, b, rec, false);
		sites_add(&v->sites, &r->at);
		if (r->at.lost)
			batch_lose(made, rec);
	}
	return 0;
}

static int
write_all(struct coverage *v)
{
	struct session *s = v->s;
	const struct opt_common *common = &s->opts.common;
	const struct writer_format *format =
	    sink_format(common, "tsv", NULL, &s->diag);
	int rc;

	if (format == NULL)
		return -1;
	plan_columns(v);
	rc = sink_open(&v->sink,
	    &(struct sink_opts){
		.output = common->output,
		.format = format,
		.columns = &v->columns,
		.arena = &s->arena,
	    },
	    &s->diag);
	if (rc == 0)
		rc = v->white ? list_white(v) : cover(v);
	if (sink_close(&v->sink, rc == 0) < 0)
		return -1;
	return rc == 0 || v->sink.output.closed_pipe ? 0 : -1;
}

static int
coverage(struct coverage *v)
{
	struct session *s = v->s;
	struct session_job job = {.ctx = v, .put = take_block};

	if (session_open_input(s) < 0 ||
	    session_need(s, clues_lead(&s->clues)) < 0 ||
	    session_open_places(s, GAZETTEER_COMMUNES | GAZETTEER_EPCI) < 0 ||
	    grouping_find(&v->by, s, v->keys) < 0 || session_run(s, &job) < 0)
		return -1;
	sites_plant(&v->sites);
	v->most_chord2 = sphere_chord2(v->radius_km);
	return write_all(v);
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
coverage_options(struct coverage *v)
{
	struct session *s = v->s;
	int key;

	while ((key = session_option(s)) != OPT_END) {
		if (key == OPT_BAD)
			return -1;
		if (key == OPT_BY) {
			v->keys = s->opts.arg;
		} else if (key == OPT_WHITE) {
			v->white = true;
		} else {
			if (session_km(s, &v->radius_km) < 0)
				return -1;
			v->has_radius = true;
		}
	}
	if (v->has_radius && (v->keys == NULL || !v->white))
		return 0;
	diag_report(&s->diag, DIAG_USAGE, NULL, span_make(NULL, 0), "%s",
	    v->has_radius ? "--by and --white-zones exclude each other"
			  : "give --radius KM");
	s->opts.status = 2;
	return -1;
}

int
coverage_main(int argc, char **argv)
{
	struct session s;
	struct coverage v = {.s = &s};
	int status;

	session_init(&s, &command, argc, argv);
	if (coverage_options(&v) < 0)
		return session_end(&s, s.opts.status);
	status = coverage(&v) < 0 ? 2 : 0;
	sites_release(&v.sites);
	keytab_release(&v.group);
	mem_free(v.tally);
	buf_release(&v.out);
	buf_release(&v.text);
	return session_end(&s, status);
}
