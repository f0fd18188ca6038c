#include "verbs.h"

#include <string.h>

#include "cell.h"
#include "drawing.h"
#include "output.h"
#include "session.h"

enum {
	OPT_BY = OPT_VERB,
	OPT_VALUE,
	OPT_POINTS,
	OPT_TITLE,
	OPT_LEGEND,
	OPT_SOURCE
};

static const struct opt opts[] = {
    {OPT_BY, "by", "LEVEL", "colour each region or departement"},
    {OPT_VALUE, "value", "COL",
	"by column COL, one record a territory; else by number of records"},
    {OPT_POINTS, "points", NULL,
	"a circle a commune, as large as its records; without --by, always"},
    {OPT_TITLE, "title", "TEXT", "what is written above"},
    {OPT_LEGEND, "legend", "TEXT", "what the figures are; else COL"},
    {OPT_SOURCE, "source", "TEXT", "where the records come from, below"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo map",
    .what = "draw a map of France in SVG",
    .synopsis =
	(const char *const[]){
	    "[--points] [OPTION]... [FILE]...",
	    "--by region|departement [--value COL] [--points] [OPTION]... "
	    "[FILE]...",
	    NULL,
	},
    .opts = opts,
    .formats = "svg, and nothing else",
};

struct map {
	struct session *s;
	bool by;
	bool points;
	enum level level;
	const char *value;
	size_t value_col;
	const char *title;
	const char *legend;
	const char *source;
	struct figure *figure; /* by territory */
	uint32_t *here;        /* by commune */
	struct belonging in;
	struct buf scratch;
};

/* The figure of a territory, which only one record may give. */
static int
set_figure(struct map *m, uint32_t id, struct number v, const struct block *b,
    size_t rec)
{
	struct session *s = m->s;
	const struct territory *t = &level_table(&s->g, m->level)->item[id];

	if (m->figure[id].has) {
		struct place at = reader_place(s->reader, b, rec, m->value_col);

		diag_report(&s->diag, DIAG_DUPLICATE_KEY, &at, t->name,
		    "a second figure for it: bring them to one with "
		    "dfv-stats -g first");
		return -1;
	}
	m->figure[id] = (struct figure){v, true};
	return 0;
}

static int
take_value(struct map *m, const struct block *b, size_t rec)
{
	struct session *s = m->s;
	struct span cell = block_cell(b, rec, m->value_col), text;
	struct number v;

	if (cell_missing(cell))
		return 0;
	buf_reset(&m->scratch);
	if (cell_text(cell, &m->scratch, &text) < 0 ||
	    !number_parse(text, s->opts.common.decimal_comma, &v)) {
		struct place at = reader_place(s->reader, b, rec, m->value_col);

		diag_report(&s->diag, DIAG_NOT_A_NUMBER, &at, cell, NULL);
		return -1;
	}
	for (size_t i = 0; i < m->in.n; i++)
		if (set_figure(m, m->in.id[i], v, b, rec) < 0)
			return -1;
	return 0;
}

static int
take_count(struct map *m)
{
	for (size_t i = 0; i < m->in.n; i++) {
		struct figure *f = &m->figure[m->in.id[i]];

		if (!number_add(f->value, number_int(1), &f->value))
			return -1;
	}
	return 0;
}

static int
map_block(void *ctx, const struct block *b, struct batch *made)
{
	struct map *m = ctx;
	struct resolver *r = &m->s->resolver;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		int rc = 0;
		bool lost;

		if (m->by) {
			belonging_find(&m->in, r, m->level, b, rec);
			rc = m->value != NULL ? take_value(m, b, rec)
					      : take_count(m);
			lost = m->in.lost;
		} else {
			resolver_record(r, b, rec, false);
			lost = r->at.lost;
		}
		if (rc < 0)
			return -1;
		if (lost || (m->points && r->at.lost))
			batch_lose(made, rec);
		for (size_t i = 0; m->points && i < r->at.n; i++)
			m->here[r->at.commune[i]] +=
			    m->here[r->at.commune[i]] < UINT32_MAX;
	}
	return 0;
}

/* Counting starts at none; values are missing until a record gives them. */
static void
prepare(struct map *m)
{
	struct session *s = m->s;
	size_t n = level_table(&s->g, m->level)->n;

	if (m->by)
		m->figure = ARENA_ARRAY(&s->arena, struct figure, n);
	for (size_t i = 0; m->by && i < n; i++)
		m->figure[i] = (struct figure){number_int(0), m->value == NULL};
	if (m->points)
		m->here =
		    ARENA_ARRAY(&s->arena, uint32_t, (size_t)s->g.ncommune + 1);
}

static void
report_off(struct map *m, const struct territory *t)
{
	diag_report(&m->s->diag, DIAG_NOT_LOCATED, NULL, t->name,
	    "it is not on this map (%.*s)", (int)t->code.n, t->code.p);
}

/* What has records, and is in no frame. */
static void
report_unseen(struct map *m, const struct drawing *d)
{
	const struct gazetteer *g = &m->s->g;
	const struct territories *t = level_table(g, m->level);
	bool *there = ARENA_ARRAY(&m->s->arena, bool, t->n);

	for (size_t i = 0; m->by && i < t->n; i++)
		there[i] = m->figure[i].has && !drawing_none(d, &m->figure[i]);
	for (uint32_t i = 0; m->points && i < g->ncommune; i++)
		there[level_of(g, m->level, &g->commune[i])] |= m->here[i] > 0;
	for (size_t i = 0; i < t->n; i++)
		if (there[i] && !drawing_shows(d, m->level, t->item[i].code))
			report_off(m, &t->item[i]);
}

/* What --legend and --title say, or what there is to say without them. */
static const char *
heading(const struct map *m)
{
	return m->legend != NULL ? m->legend
	    : m->value != NULL   ? m->value
				 : "Nombre d'enregistrements";
}

static const char *
title(struct map *m)
{
	if (m->title != NULL)
		return m->title;
	if (!m->by)
		return "Localisation des enregistrements";
	return arena_printf(&m->s->arena, "%s par %s", heading(m),
	    m->level == LEVEL_REGION ? "région" : "département")
	    .p;
}

static int
load_shapes(struct map *m, enum level level, struct shapes *shapes)
{
	const char *file = session_path(m->s,
	    level == LEVEL_REGION ? "regions.geojson" : "departements.geojson");

	return file == NULL
	    ? -1
	    : shapes_load(shapes, file, &m->s->arena, &m->s->diag);
}

static int
write_svg(struct session *s, struct span svg)
{
	struct output out;
	int rc = output_open(&out, s->opts.common.output, &s->diag);
	bool quiet;

	if (rc == 0)
		rc = output_write(&out, svg);
	rc = output_close(&out, rc == 0);
	quiet = out.closed_pipe;
	return rc < 0 && !quiet ? -1 : 0;
}

static int
draw(struct map *m)
{
	struct session *s = m->s;
	struct shapes areas, regions;
	struct drawing d = {.g = &s->g,
	    .level = m->level,
	    .shapes = &areas,
	    .figure = m->figure,
	    .counted = m->value == NULL,
	    .here = m->here,
	    .title = span_of(title(m)),
	    .heading = span_of(heading(m)),
	    .source = span_of(m->source)};
	struct buf svg = {NULL, 0, 0};
	int rc;

	if (load_shapes(m, m->level, &areas) < 0 ||
	    (m->level == LEVEL_DEPARTEMENT &&
		load_shapes(m, LEVEL_REGION, &regions) < 0))
		return -1;
	if (m->level == LEVEL_DEPARTEMENT)
		d.outline = &regions;
	drawing_plan(&d);
	report_unseen(m, &d);
	drawing_write(&d, &svg);
	rc = write_svg(s, buf_span(&svg));
	buf_release(&svg);
	return rc;
}

/* What the columns have to say for the map that is asked for. */
static bool
columns_suffice(const struct map *m)
{
	const struct clues *c = &m->s->clues;

	return (!m->by || belonging_possible(c, m->level)) &&
	    (!m->points || clues_lead(c));
}

static int
map(struct map *m)
{
	struct session *s = m->s;
	struct session_job job = {.ctx = m, .put = map_block};

	if (session_open_input(s) < 0 ||
	    session_need(s, columns_suffice(m)) < 0)
		return -1;
	if (m->value != NULL) {
		m->value_col = columns_need(
		    reader_columns(s->reader), span_of(m->value), &s->diag);
		if (m->value_col == COLUMN_NONE)
			return -1;
	}
	if (session_open_geography(s, session_wanted(s)) < 0)
		return -1;
	prepare(m);
	return session_run(s, &job) < 0 ? -1 : draw(m);
}

static int
refuse(struct map *m, enum diag_id id, const char *value, const char *detail)
{
	diag_report(&m->s->diag, id, NULL, span_of(value), "%s", detail);
	m->s->opts.status = 2;
	return -1;
}

static int
set_level(struct map *m, const char *arg)
{
	m->by = true;
	m->level = LEVEL_DEPARTEMENT;
	if (strcmp(arg, "region") == 0)
		m->level = LEVEL_REGION;
	else if (strcmp(arg, "departement") != 0)
		return refuse(m, DIAG_BAD_ARGUMENT, arg,
		    "--by takes region or departement");
	return 0;
}

static int
take_option(struct map *m, int key)
{
	const char *arg = m->s->opts.arg;

	switch (key) {
	case OPT_BY:
		return set_level(m, arg);
	case OPT_VALUE:
		m->value = arg;
		return 0;
	case OPT_POINTS:
		m->points = true;
		return 0;
	case OPT_TITLE:
		m->title = arg;
		return 0;
	case OPT_LEGEND:
		m->legend = arg;
		return 0;
	case OPT_SOURCE:
		m->source = arg;
		return 0;
	default: /* OPT_BAD */
		return -1;
	}
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
map_options(struct map *m)
{
	const char *to;
	int key;

	while ((key = session_option(m->s)) != OPT_END)
		if (take_option(m, key) < 0)
			return -1;
	to = m->s->opts.common.to;
	if (to != NULL && strcmp(to, "svg") != 0)
		return refuse(
		    m, DIAG_UNKNOWN_FORMAT, to, "a map is written as svg");
	if (m->value != NULL && !m->by)
		return refuse(m, DIAG_USAGE, NULL,
		    "--value needs --by region or --by departement");
	m->points = m->points || !m->by;
	return 0;
}

int
map_main(int argc, char **argv)
{
	struct session s;
	struct map m = {.s = &s, .level = LEVEL_DEPARTEMENT};
	int status;

	session_init(&s, &command, argc, argv);
	if (map_options(&m) < 0)
		return session_end(&s, s.opts.status);
	status = map(&m) < 0 ? 2 : 0;
	belonging_release(&m.in);
	buf_release(&m.scratch);
	return session_end(&s, status);
}
