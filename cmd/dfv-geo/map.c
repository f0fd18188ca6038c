#include "map.h"

#include <string.h>

#include "marks.h"
#include "output.h"
#include "tally.h"
#include "unseen.h"
#include "utf8.h"
#include "verbs.h"

enum {
	OPT_BY = OPT_VERB,
	OPT_VALUE,
	OPT_CATEGORY,
	OPT_CLASSES,
	OPT_COLORS,
	OPT_POINTS,
	OPT_SIZE,
	OPT_LABELS,
	OPT_HATCH,
	OPT_TITLE,
	OPT_LEGEND,
	OPT_UNIT,
	OPT_SOURCE
};

static const struct opt opts[] = {
    {OPT_BY, "by", "LEVEL", "colour each region or departement"},
    {OPT_VALUE, "value", "COL",
	"by column COL, one record a territory; else by number of records"},
    {OPT_CATEGORY, "category", "COL", "the same, by the text in COL"},
    {OPT_CLASSES, "classes", "HOW",
	"quantile, equal, either with :N, or bounds such as 10,20,50"},
    {OPT_COLORS, "colors", "SCALE",
	"YlGnBu, Blues, Greens, Oranges, Purples, RdBu, PuOr or BrBG"},
    {OPT_POINTS, "points", NULL,
	"a circle a commune, as large as its records; without --by, always"},
    {OPT_SIZE, "size", "COL", "as large as the sum of column COL there"},
    {OPT_LABELS, "labels", "WHAT",
	"write name, code, value, several with commas, or none"},
    {OPT_HATCH, "hatch", "[TEXT=]FILE",
	"hatch the communes or territories of FILE; TEXT says what they are"},
    {OPT_TITLE, "title", "TEXT", "what is written above"},
    {OPT_LEGEND, "legend", "TEXT", "what the figures are; else COL"},
    {OPT_UNIT, "unit", "TEXT", "what they are counted in"},
    {OPT_SOURCE, "source", "TEXT", "where the records come from, below"},
    SESSION_OPTS,
    {0, NULL, NULL, NULL},
};

static const struct opt_words words[] = {
    {"to", "svg html geojson"},
    {"by", "region departement"},
    {"classes", "quantile equal"},
    {"colors", "YlGnBu Blues Greens Oranges Purples RdBu PuOr BrBG"},
    {"labels", "name code value none"},
    {NULL, NULL},
};

static const struct opt_command command = {
    .name = "dfv-geo map",
    .what = "draw a map of France",
    .synopsis =
	(const char *const[]){
	    "[--points | --size COL] [OPTION]... [FILE]...",
	    "--by region|departement [--value COL | --category COL] "
	    "[OPTION]... [FILE]...",
	    NULL,
	},
    .opts = opts,
    .formats = "only svg, html, geojson",
    .words = words,
};

static const struct map_format formats[] = {
    {"svg", false, true, drawing_write},
    {"html", true, true, map_write_html},
    {"geojson", false, false, map_write_geojson},
};

struct map {
	struct session *s;
	struct tally tally;
	struct marks marks;
	struct class_plan plan;
	const struct map_format *format;
	const char *value; /* columns, or NULL */
	const char *size;
	const char *title;
	const char *legend;
	const char *unit;
	const char *source;
	const char *hatch_file; /* or NULL */
	struct span hatch_text;
	unsigned labels;
	bool labelled; /* as --labels says */
};

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
	m->tally.by = true;
	m->tally.level = LEVEL_DEPARTEMENT;
	if (strcmp(arg, "region") == 0)
		m->tally.level = LEVEL_REGION;
	else if (strcmp(arg, "departement") != 0)
		return refuse(m, DIAG_BAD_ARGUMENT, arg,
		    "--by takes region or departement");
	return 0;
}

static int
set_classes(struct map *m, const char *arg)
{
	const char *wrong = class_plan_parse(&m->plan, arg);

	return wrong == NULL ? 0 : refuse(m, DIAG_BAD_ARGUMENT, arg, wrong);
}

static int
set_colors(struct map *m, const char *arg)
{
	m->plan.scale = scale_find(arg);
	return m->plan.scale != NULL
	    ? 0
	    : refuse(m, DIAG_BAD_ARGUMENT, arg, scale_names);
}

static int
set_labels(struct map *m, const char *arg)
{
	static const char *const names[] = {"name", "code", "value"};
	struct span rest = span_of(arg);
	bool none = strcmp(arg, "none") == 0;

	m->labels = 0;
	m->labelled = true;
	while (rest.n > 0 && !none) {
		size_t n = span_find(rest, ','), i = 0;

		while (
		    i < 3 && !span_eq(span_make(rest.p, n), span_of(names[i])))
			i++;
		if (i == 3)
			return refuse(m, DIAG_BAD_ARGUMENT, arg,
			    "--labels takes name, code, value or none");
		m->labels |= 1U << i;
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	return 0;
}

static void
set_hatch(struct map *m, const char *arg)
{
	const char *equals = strchr(arg, '=');

	m->hatch_file = equals == NULL ? arg : equals + 1;
	m->hatch_text = equals == NULL ? SPAN("zones blanches")
				       : span_make(arg, (size_t)(equals - arg));
}

static int
take_option(struct map *m, int key)
{
	const char *arg = m->s->opts.arg;

	switch (key) {
	case OPT_BY:
		return set_level(m, arg);
	case OPT_CATEGORY:
		m->tally.text = true;
		m->value = arg;
		return 0;
	case OPT_VALUE:
		m->tally.text = false;
		m->value = arg;
		return 0;
	case OPT_CLASSES:
		return set_classes(m, arg);
	case OPT_COLORS:
		return set_colors(m, arg);
	case OPT_SIZE:
		m->size = arg;
		m->tally.points = true;
		return 0;
	case OPT_POINTS:
		m->tally.points = true;
		return 0;
	case OPT_LABELS:
		return set_labels(m, arg);
	case OPT_HATCH:
		set_hatch(m, arg);
		return 0;
	case OPT_TITLE:
		m->title = arg;
		return 0;
	case OPT_LEGEND:
		m->legend = arg;
		return 0;
	case OPT_UNIT:
		m->unit = arg;
		return 0;
	case OPT_SOURCE:
		m->source = arg;
		return 0;
	default: /* OPT_BAD */
		return -1;
	}
}

static int
set_format(struct map *m)
{
	const char *to = m->s->opts.common.to;

	m->format = &formats[0];
	for (size_t i = 0; to != NULL; i++) {
		if (i == sizeof formats / sizeof formats[0])
			return refuse(m, DIAG_UNKNOWN_FORMAT, to,
			    "a map is written as svg, html or geojson");
		m->format = &formats[i];
		if (strcmp(to, formats[i].name) == 0)
			break;
	}
	return 0;
}

/* What is written out has to be UTF-8. */
static int
check_texts(struct map *m)
{
	const struct span texts[] = {span_of(m->title), span_of(m->legend),
	    span_of(m->unit), span_of(m->source), m->hatch_text};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (utf8_check(texts[i]) == texts[i].n)
			continue;
		diag_report(&m->s->diag, DIAG_BAD_UTF8, NULL, texts[i],
		    "the texts of a map are UTF-8");
		m->s->opts.status = 2;
		return -1;
	}
	return 0;
}

/* Reads the options: 0, or -1 with s->opts.status. */
static int
map_options(struct map *m)
{
	int key;

	while ((key = session_option(m->s)) != OPT_END)
		if (take_option(m, key) < 0)
			return -1;
	if (set_format(m) < 0)
		return -1;
	if (check_texts(m) < 0)
		return -1;
	if (m->value != NULL && !m->tally.by)
		return refuse(m, DIAG_USAGE, NULL,
		    "--value and --category need --by region or "
		    "--by departement; circles have --size");
	m->tally.points = m->tally.points || !m->tally.by;
	if (!m->labelled && m->tally.by && m->tally.level == LEVEL_REGION)
		m->labels = LABEL_VALUE;
	return 0;
}

/* What the columns have to say for the map that is asked for. */
static bool
columns_suffice(const struct map *m)
{
	const struct clues *c = &m->s->clues;

	return (!m->tally.by || belonging_possible(c, m->tally.level)) &&
	    (!m->tally.points || clues_lead(c));
}

static int
find_column(struct map *m, const char *name, size_t *col)
{
	struct session *s = m->s;

	*col = COLUMN_NONE;
	if (name == NULL)
		return 0;
	*col = columns_need(reader_columns(s->reader), span_of(name), &s->diag);
	return *col == COLUMN_NONE ? -1 : 0;
}

static int
read_all(struct map *m)
{
	struct session *s = m->s;
	unsigned wanted;

	if (session_open_input(s) < 0 ||
	    session_need(s, columns_suffice(m)) < 0 ||
	    find_column(m, m->value, &m->tally.value_col) < 0 ||
	    find_column(m, m->size, &m->tally.size_col) < 0)
		return -1;
	wanted = session_wanted(s);
	if (m->hatch_file != NULL) {
		if (session_claim(s, m->hatch_file, "--hatch") < 0 ||
		    marks_open(&m->marks, s, m->hatch_file) < 0)
			return -1;
		wanted |= marks_wanted(&m->marks);
	}
	if (session_open_geography(s, wanted) < 0 || tally_run(&m->tally) < 0)
		return -1;
	return m->hatch_file == NULL ? 0 : marks_read(&m->marks);
}

/* What --legend and --title say, or what there is to say without them. */
static const char *
heading(const struct map *m, const char *col)
{
	return m->legend != NULL ? m->legend
	    : col != NULL        ? col
				 : "Nombre d'enregistrements";
}

static const char *
title(struct map *m)
{
	if (m->title != NULL)
		return m->title;
	if (!m->tally.by)
		return "Localisation des enregistrements";
	return arena_printf(&m->s->arena, "%s par %s", heading(m, m->value),
	    m->tally.level == LEVEL_REGION ? "région" : "département")
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
put_out(struct session *s, struct span bytes)
{
	struct output out;
	int rc = output_open(&out, s->opts.common.output, &s->diag);

	if (rc == 0)
		rc = output_write(&out, bytes);
	return output_close(&out, rc == 0);
}

static struct circles
circles_of(const struct map *m)
{
	bool alone = !m->tally.by;

	return (struct circles){
	    .figure = m->tally.here,
	    .heading = span_of(alone  ? heading(m, m->size)
		    : m->size != NULL ? m->size
				      : "Enregistrements par commune"),
	    .unit = span_of(alone ? m->unit : NULL),
	    .counted = m->size == NULL,
	};
}

static int
draw(struct map *m)
{
	struct session *s = m->s;
	struct tally *t = &m->tally;
	struct shapes areas, regions, hatched;
	struct drawing d = {.g = &s->g,
	    .level = t->level,
	    .shapes = &areas,
	    .figure = t->figure,
	    .text = t->name,
	    .counted = m->value == NULL,
	    .plan = m->plan,
	    .circles = circles_of(m),
	    .hatching = {m->marks.commune, m->marks.area, m->marks.level, NULL,
		m->hatch_text},
	    .labels = m->labels,
	    .in_page = m->format->in_page,
	    .title = span_of(title(m)),
	    .heading = span_of(heading(m, m->value)),
	    .unit = span_of(m->unit),
	    .source = span_of(m->source)};
	struct buf out = {NULL, 0, 0};
	int rc;

	if (load_shapes(m, t->level, &areas) < 0)
		return -1;
	if (t->level == LEVEL_DEPARTEMENT) {
		if (load_shapes(m, LEVEL_REGION, &regions) < 0)
			return -1;
		d.outline = &regions;
	}
	if (m->marks.area != NULL) {
		if (load_shapes(m, m->marks.level, &hatched) < 0)
			return -1;
		d.hatching.shapes = &hatched;
	}
	if (t->text) {
		d.plan.rule = CLASSES_TEXT;
		d.plan.n = t->nname;
	}
	drawing_plan(&d);
	unseen_tell_placeless(t, &m->marks);
	if (m->format->framed)
		unseen_tell_outside(t, &m->marks, &d);
	m->format->write(&d, &out);
	rc = put_out(s, buf_span(&out));
	buf_release(&out);
	return rc;
}

int
map_main(int argc, char **argv)
{
	struct session s;
	struct map m = {.s = &s,
	    .tally = {.s = &s, .level = LEVEL_DEPARTEMENT},
	    .plan = CLASSES_DEFAULT};
	int status;

	session_init(&s, &command, argc, argv);
	if (map_options(&m) < 0)
		return session_end(&s, s.opts.status);
	status = read_all(&m) < 0 || draw(&m) < 0 ? 2 : 0;
	tally_release(&m.tally);
	marks_release(&m.marks);
	return session_end(&s, status);
}
