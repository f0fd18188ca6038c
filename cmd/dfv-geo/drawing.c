#include "drawing.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"
#include "svg.h"
#include "text.h"

static const double radius_one = 4, radius_most = 18, radius_least = 1.5;

enum {
	TITLE_Y = 44,
	TITLE_ROOM = DRAWING_WIDTH - 2 * DRAWING_MARGIN,
	TITLE_LINES = 3,
	FOOT_LINES = 3,
	FOOT_LEADING = 14
};

static const struct face foot_face = {.size = 10.5, .class_name = "m"};

bool
drawing_shows(const struct drawing *d, enum level level, struct span code)
{
	for (size_t i = 0; i < d->frames.n; i++)
		if (frame_shows(&d->frames.item[i], level, code))
			return true;
	return false;
}

bool
drawing_none(const struct drawing *d, const struct figure *f)
{
	return d->counted && f->has && number_double(f->value) < 0.5;
}

struct figure
drawing_figure(const struct drawing *d, struct span code, uint32_t *id)
{
	const struct keymap_entry *e =
	    keymap_find(&level_table(d->g, d->level)->by_code, code);
	struct figure none = {.has = false};

	*id = e == NULL ? TERRITORY_NONE : e->id;
	if (d->figure == NULL || e == NULL)
		return none;
	return d->figure[e->id];
}

void
drawing_put_figure(
    const struct drawing *d, struct buf *b, const struct figure *f)
{
	if (!f->has)
		buf_add(b, SPAN("pas de donnée"));
	else if (d->classes.rule == CLASSES_TEXT)
		svg_text(b, d->text[classes_find(&d->classes, f->value)]);
	else
		amount_put_exact(b, &d->amount, f->value);
}

void
put_place(struct buf *b, struct span name, struct span code)
{
	svg_text(b, name);
	buf_add(b, SPAN(" ("));
	svg_text(b, code);
	buf_byte(b, ')');
}

void
area_put_tip(const struct drawing *d, struct buf *b, const struct shape *s)
{
	uint32_t id;
	struct figure figure = drawing_figure(d, s->code, &id);

	put_place(b,
	    id == TERRITORY_NONE ? SPAN("")
				 : level_table(d->g, d->level)->item[id].name,
	    s->code);
	if (d->figure != NULL) {
		buf_add(b, SPAN("\xC2\xA0: "));
		drawing_put_figure(d, b, &figure);
	}
}

void
circle_put_tip(const struct drawing *d, struct buf *b, uint32_t commune)
{
	put_place(b, commune_cell(&d->g->commune[commune], COMMUNE_NAME),
	    commune_departement(d->g, commune));
	buf_add(b, SPAN("\xC2\xA0: "));
	amount_put_exact(
	    b, &d->circles.amount, d->circles.figure[commune].value);
}

void
area_put_id(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shape *s)
{
	buf_printf(b, "a%zu-", (size_t)(f - d->frames.item));
	svg_text(b, s->code);
}

bool
disc_find(const struct drawing *d, const struct frame *f, uint32_t commune,
    struct disc *disc)
{
	double lon_deg, lat_deg;

	if (!frame_shows(
		f, LEVEL_DEPARTEMENT, commune_departement(d->g, commune)) ||
	    !commune_point(&d->g->commune[commune], &lon_deg, &lat_deg))
		return false;
	disc->at = frame_pixel(f, lon_deg, lat_deg);
	disc->r = circle_radius(&d->circles, d->circles.figure[commune].value);
	return true;
}

void
disc_put(struct buf *b, const struct disc *disc)
{
	buf_add(b, SPAN("<circle cx=\""));
	svg_coord(b, disc->at.x);
	buf_add(b, SPAN("\" cy=\""));
	svg_coord(b, disc->at.y);
	buf_add(b, SPAN("\" r=\""));
	svg_coord(b, disc->r);
	buf_byte(b, '"');
}

struct span
commune_departement(const struct gazetteer *g, uint32_t commune)
{
	return g->departement.item[g->commune[commune].departement].code;
}

double
circle_radius(const struct circles *c, struct number v)
{
	return fmax(radius_least,
	    c->most_r * sqrt(number_double(v) / number_double(c->most)));
}

struct spot {
	struct number value;
	uint32_t commune;
};

/* Large circles first, so that small ones lie on them. */
static int
by_figure(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;
	int c = number_cmp(y->value, x->value);

	return c != 0 ? c
		      : (x->commune > y->commune) - (x->commune < y->commune);
}

uint32_t *
circles_order(const struct drawing *d, size_t *n)
{
	const struct figure *figure = d->circles.figure;
	size_t most = (size_t)d->g->ncommune + 1;
	struct spot *spot = mem_alloc(most, sizeof *spot);
	uint32_t *order = mem_alloc(most, sizeof *order);

	*n = 0;
	for (uint32_t i = 0; i < d->g->ncommune; i++)
		if (figure[i].has &&
		    number_cmp(figure[i].value, number_int(0)) > 0)
			spot[(*n)++] = (struct spot){figure[i].value, i};
	qsort(spot, *n, sizeof *spot, by_figure);
	for (size_t i = 0; i < *n; i++)
		order[i] = spot[i].commune;
	mem_free(spot);
	return order;
}

static void
plan_areas(struct drawing *d)
{
	const struct territories *t = level_table(d->g, d->level);
	struct number *value = mem_alloc(t->n + 1, sizeof *value);
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (d->figure[i].has && !drawing_none(d, &d->figure[i]) &&
		    drawing_shows(d, d->level, t->item[i].code))
			value[n++] = d->figure[i].value;
	classes_make(&d->classes, &d->plan, value, n);
	d->amount = amount_plan(value, n, &d->classes, d->unit);
	if (n > 0) { /* they are sorted now */
		d->least = value[0];
		d->most = value[n - 1];
	}
	mem_free(value);
}

/* As large as is well seen, and so that all together leave the map free: no
 * more than `ink` square pixels, a fifth of the country. */
static double
largest_radius(const struct circles *c, const struct number *value, size_t n)
{
	const double ink = 55000, pi = acos(-1);
	double most = number_double(c->most), r = radius_most, sum = 0;

	if (c->counted)
		r = fmin(r, radius_one * sqrt(most));
	for (size_t i = 0; i < n; i++)
		sum += pi * r * r * number_double(value[i]) / most;
	return sum > ink ? r * sqrt(ink / sum) : r;
}

static void
plan_circles(struct drawing *d)
{
	struct circles *c = &d->circles;
	struct number *value;
	uint32_t *order;
	size_t n;

	order = circles_order(d, &n);
	value = mem_alloc(n + 1, sizeof *value);
	for (size_t i = 0; i < n; i++)
		value[i] = c->figure[order[i]].value;
	c->most = n > 0 ? value[0] : number_int(0);
	c->most_r = largest_radius(c, value, n);
	c->amount = amount_plan(value, n, NULL, c->unit);
	mem_free(value);
	mem_free(order);
}

/* Long titles are smaller, and longer ones take several lines. */
static struct face
title_face(struct span title)
{
	struct face face = {.size = 22, .bold = true};

	if (text_width(title, &face) > 1.6 * TITLE_ROOM)
		face.size = 17;
	return face;
}

static size_t
title_lines(const struct drawing *d, struct span *line, bool *left)
{
	struct face face = title_face(d->title);

	if (d->in_page) {
		*left = false;
		return 0;
	}
	return text_wrap(
	    d->title, &face, TITLE_ROOM - 12, line, TITLE_LINES, left);
}

void
drawing_plan(struct drawing *d)
{
	struct span line[TITLE_LINES];
	bool left;
	size_t n = title_lines(d, line, &left);

	d->head = n == 0
	    ? DRAWING_MARGIN
	    : TITLE_Y + 22 + (double)(n - 1) * (title_face(d->title).size + 5);
	frames_plan(&d->frames, d->shapes, d->level, d->head);
	if (d->figure != NULL)
		plan_areas(d);
	if (d->circles.figure != NULL)
		plan_circles(d);
}

static void
describe_hatching(const struct drawing *d, struct buf *b)
{
	const struct hatching *h = &d->hatching;
	bool areas = h->shapes != NULL;
	size_t all = areas ? level_table(d->g, h->level)->n : d->g->ncommune;
	size_t n = 0;

	for (size_t i = 0; i < all; i++)
		n += areas ? h->area[i] : h->commune[i];
	buf_add(b, SPAN(". Hachures\xC2\xA0: "));
	svg_text(b, h->text);
	buf_add(b, SPAN(" ("));
	svg_number(b, number_int((int64_t)n));
	buf_printf(
	    b, " %s%s)", areas ? "territoire" : "commune", n > 1 ? "s" : "");
}

/* What a reader who cannot see the map is told. */
static void
put_description(const struct drawing *d, struct buf *b)
{
	const struct classes *c = &d->classes;
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->item[i].count;
	buf_add(b, SPAN("Carte de France par "));
	buf_add(
	    b, d->level == LEVEL_REGION ? SPAN("région") : SPAN("département"));
	if (c->n > 0) {
		buf_add(b, SPAN(". "));
		svg_text(b, d->heading);
		buf_printf(
		    b, "\xC2\xA0: %zu territoire%s", n, n > 1 ? "s" : "");
	}
	if (c->n > 0 && c->rule != CLASSES_TEXT) {
		buf_add(b, SPAN(", de "));
		amount_put_exact(b, &d->amount, d->least);
		buf_add(b, SPAN(" à "));
		amount_put_exact(b, &d->amount, d->most);
	}
	if (d->circles.figure != NULL) {
		buf_add(b,
		    SPAN(". Un cercle par commune, d'aire proportionnelle\xC2"
			 "\xA0: "));
		svg_text(b, d->circles.heading);
	}
	if (d->hatching.commune != NULL)
		describe_hatching(d, b);
	buf_byte(b, '.');
}

static void
put_title(const struct drawing *d, struct buf *b)
{
	struct face face = title_face(d->title);
	struct span line[TITLE_LINES];
	bool left;
	size_t n = title_lines(d, line, &left);

	for (size_t i = 0; i < n; i++)
		text_put(b, DRAWING_MARGIN,
		    TITLE_Y + (double)i * (face.size + 5), line[i], &face,
		    left && i + 1 == n);
}

static void
put_head(const struct drawing *d, struct buf *b, double height)
{
	buf_printf(b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" "
	    "xml:lang=\"fr\" lang=\"fr\" role=\"%s\" "
	    "aria-labelledby=\"titre description\" "
	    "font-family=\"Arial, 'Liberation Sans', Helvetica, "
	    "sans-serif\" font-size=\"12\">\n"
	    "<title id=\"titre\">",
	    DRAWING_WIDTH, height, DRAWING_WIDTH, height,
	    d->in_page ? "group" : "img");
	svg_text(b, d->title);
	buf_add(b, SPAN("</title>\n<desc id=\"description\">"));
	put_description(d, b);
	buf_add(b, SPAN("</desc>\n"));
	style_write(d, b);
	buf_printf(b, "<rect class=\"g\" width=\"%d\" height=\"%.0f\"/>\n",
	    DRAWING_WIDTH, height);
	put_title(d, b);
}

/* Where the records come from, then the boundaries. */
static void
collect_credits(const struct drawing *d, struct buf *text)
{
	struct span credit = d->shapes->attribution;

	if (d->source.n > 0) {
		buf_add(text, SPAN("Source\xC2\xA0: "));
		buf_add(text, d->source);
		buf_add(text, credit.n > 0 ? SPAN(". ") : SPAN(""));
	}
	buf_add(text, credit);
}

void
drawing_write(const struct drawing *d, struct buf *b)
{
	struct buf text = {NULL, 0, 0};
	struct span line[FOOT_LINES];
	double height = d->frames.height + 20;
	bool left;
	size_t n;

	collect_credits(d, &text);
	n = text_wrap(
	    buf_span(&text), &foot_face, TITLE_ROOM, line, FOOT_LINES, &left);
	put_head(d, b, height + (double)n * FOOT_LEADING);
	for (size_t i = 0; i < d->frames.n; i++)
		paint_frame(d, b, &d->frames.item[i]);
	labels_write(d, b);
	legend_write(d, b);
	for (size_t i = 0; i < n; i++)
		text_put(b, DRAWING_MARGIN, height + (double)i * FOOT_LEADING,
		    line[i], &foot_face, left && i + 1 == n);
	buf_release(&text);
	if (d->in_page)
		tips_write(d, b);
	buf_add(b, SPAN("</svg>\n"));
}
