#include "drawing.h"

#include <stdlib.h>

#include "mem.h"
#include "svg.h"

static const char *
area_fill(const struct drawing *d, const struct figure *f)
{
	if (d->figure == NULL || drawing_none(d, f))
		return DRAWING_EMPTY_FILL;
	if (!f->has)
		return "url(#vide)";
	return classes_color(&d->classes, classes_find(&d->classes, f->value));
}

static void
put_figure(struct buf *b, const struct figure *f)
{
	if (f->has)
		svg_number(b, f->value);
	else
		buf_add(b, SPAN("pas de donnée"));
}

static void
put_area(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shape *s)
{
	const struct territories *t = level_table(d->g, d->level);
	const struct keymap_entry *e = keymap_find(&t->by_code, s->code);
	const struct figure nothing = {.has = false};
	const struct figure *figure =
	    d->figure != NULL && e != NULL ? &d->figure[e->id] : &nothing;

	buf_printf(b, "<path fill=\"%s\" d=\"", area_fill(d, figure));
	svg_path(b, f, s);
	buf_add(b, SPAN("\"><title>"));
	if (e != NULL)
		svg_text(b, t->item[e->id].name);
	buf_add(b, SPAN(" ("));
	svg_text(b, s->code);
	buf_byte(b, ')');
	if (d->figure != NULL) {
		buf_add(b, SPAN("\xC2\xA0: "));
		put_figure(b, figure);
	}
	buf_add(b, SPAN("</title></path>\n"));
}

static void
put_areas(const struct drawing *d, struct buf *b, const struct frame *f)
{
	buf_printf(b,
	    "<g stroke=\"%s\" stroke-width=\".7\" stroke-linejoin=\"round\" "
	    "fill-rule=\"evenodd\">\n",
	    d->figure != NULL ? "#fff" : "#c5ccd4");
	for (size_t i = 0; i < d->shapes->n; i++)
		if (frame_shows(f, d->level, d->shapes->item[i].code))
			put_area(d, b, f, &d->shapes->item[i]);
	buf_add(b, SPAN("</g>\n"));
}

/* The borders of all the regions as one path. */
static void
put_outline(const struct shapes *regions, struct buf *b, const struct frame *f,
    const char *width)
{
	buf_printf(b,
	    "<path fill=\"none\" stroke=\"#6b7680\" stroke-width=\"%s\" "
	    "stroke-linejoin=\"round\" pointer-events=\"none\" d=\"",
	    width);
	for (size_t i = 0; i < regions->n; i++)
		if (frame_shows(f, LEVEL_REGION, regions->item[i].code))
			svg_path(b, f, &regions->item[i]);
	buf_add(b, SPAN("\"/>\n"));
}

static void
put_value(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shape *s)
{
	const struct territories *t = level_table(d->g, d->level);
	const struct keymap_entry *e = keymap_find(&t->by_code, s->code);
	const struct figure *figure = e == NULL ? NULL : &d->figure[e->id];
	struct pixel at = frame_label(f, s);
	const char *ink = "#1d2733";

	if (figure == NULL || !figure->has)
		return;
	if (!drawing_none(d, figure))
		ink = classes_ink(
		    &d->classes, classes_find(&d->classes, figure->value));
	buf_add(b, SPAN("<text x=\""));
	svg_coord(b, at.x);
	buf_add(b, SPAN("\" y=\""));
	svg_coord(b, at.y + 5);
	buf_printf(b, "\" fill=\"%s\">", ink);
	svg_number(b, figure->value);
	buf_add(b, SPAN("</text>\n"));
}

/* The figures in the regions; a department is too small for its own. */
static void
put_values(const struct drawing *d, struct buf *b, const struct frame *f)
{
	if (d->figure == NULL || d->level != LEVEL_REGION)
		return;
	buf_add(b,
	    SPAN("<g font-size=\"14\" font-weight=\"bold\" "
		 "text-anchor=\"middle\" pointer-events=\"none\">\n"));
	for (size_t i = 0; i < d->shapes->n; i++)
		if (frame_shows(f, d->level, d->shapes->item[i].code))
			put_value(d, b, f, &d->shapes->item[i]);
	buf_add(b, SPAN("</g>\n"));
}

/* A commune that has records, with how many, for sorting. */
struct spot {
	uint32_t commune;
	uint32_t count;
};

/* Large circles first, so that small ones lie on them. */
static int
by_count(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return (x->commune > y->commune) - (x->commune < y->commune);
}

static void
put_spot(const struct drawing *d, struct buf *b, const struct frame *f,
    struct spot spot)
{
	const struct commune *c = &d->g->commune[spot.commune];
	struct span code = d->g->departement.item[c->departement].code;
	double lon_deg, lat_deg;
	struct pixel at;

	if (!frame_shows(f, LEVEL_DEPARTEMENT, code) ||
	    !commune_point(c, &lon_deg, &lat_deg))
		return;
	at = frame_pixel(f, lon_deg, lat_deg);
	buf_add(b, SPAN("<circle cx=\""));
	svg_coord(b, at.x);
	buf_add(b, SPAN("\" cy=\""));
	svg_coord(b, at.y);
	buf_add(b, SPAN("\" r=\""));
	svg_coord(b, circle_radius(d, spot.count));
	buf_add(b, SPAN("\"><title>"));
	svg_text(b, c->name);
	buf_add(b, SPAN(" ("));
	svg_text(b, code);
	buf_add(b, SPAN(")\xC2\xA0: "));
	svg_number(b, number_int(spot.count));
	buf_add(b, SPAN("</title></circle>\n"));
}

static void
put_spots(const struct drawing *d, struct buf *b, const struct frame *f)
{
	struct spot *spot;
	size_t n = 0;

	if (d->here == NULL)
		return;
	spot = mem_alloc((size_t)d->g->ncommune + 1, sizeof *spot);
	for (uint32_t i = 0; i < d->g->ncommune; i++)
		if (d->here[i] > 0)
			spot[n++] = (struct spot){i, d->here[i]};
	qsort(spot, n, sizeof *spot, by_count);
	buf_printf(b, "<g %s>\n", DRAWING_CIRCLE);
	for (size_t i = 0; i < n; i++)
		put_spot(d, b, f, spot[i]);
	buf_add(b, SPAN("</g>\n"));
	mem_free(spot);
}

static struct span
frame_name(const struct drawing *d, const struct frame *f)
{
	const struct territories *t = level_table(d->g, d->level);

	if (f->name != NULL)
		return span_of(f->name);
	for (size_t i = 0; i < t->n; i++)
		if (frame_shows(f, d->level, t->item[i].code))
			return t->item[i].name;
	return SPAN("");
}

void
layers_write(const struct drawing *d, struct buf *b, const struct frame *f)
{
	buf_add(b, SPAN("<g>\n"));
	if (f != &d->frames.item[0]) {
		buf_add(b, SPAN("<rect fill=\"none\" stroke=\"#c5ccd4\" x=\""));
		svg_coord(b, f->x);
		buf_add(b, SPAN("\" y=\""));
		svg_coord(b, f->y);
		buf_add(b, SPAN("\" width=\""));
		svg_coord(b, f->w);
		buf_add(b, SPAN("\" height=\""));
		svg_coord(b, f->h);
		buf_add(b, SPAN("\"/>\n<text font-size=\"10\" x=\""));
		svg_coord(b, f->x + 6);
		buf_add(b, SPAN("\" y=\""));
		svg_coord(b, f->y + 14);
		buf_add(b, SPAN("\">"));
		svg_text(b, frame_name(d, f));
		buf_add(b, SPAN("</text>\n"));
	}
	/* Under the regions it is the coast that shows, else their borders. */
	if (d->outline == NULL)
		put_outline(d->shapes, b, f, "1.8");
	put_areas(d, b, f);
	if (d->outline != NULL)
		put_outline(d->outline, b, f, ".9");
	put_values(d, b, f);
	put_spots(d, b, f);
	buf_add(b, SPAN("</g>\n"));
}
