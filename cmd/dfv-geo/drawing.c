#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "svg.h"
#include "utf8.h"

static const double radius_one = 4, radius_most = 18, radius_least = 1.5;

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

void
drawing_plan(struct drawing *d)
{
	const struct territories *t = level_table(d->g, d->level);
	struct number *value;
	size_t n = 0;

	frames_plan(&d->frames, d->shapes, d->level, DRAWING_HEAD);
	d->most = 0;
	for (uint32_t i = 0; d->here != NULL && i < d->g->ncommune; i++)
		if (d->here[i] > d->most)
			d->most = d->here[i];
	if (d->figure == NULL)
		return;
	value = mem_alloc(t->n + 1, sizeof *value);
	for (size_t i = 0; i < t->n; i++)
		if (d->figure[i].has && !drawing_none(d, &d->figure[i]) &&
		    drawing_shows(d, d->level, t->item[i].code))
			value[n++] = d->figure[i].value;
	classes_make(&d->classes, value, n);
	mem_free(value);
}

double
circle_radius(const struct drawing *d, uint32_t count)
{
	double most = radius_one * sqrt((double)d->most);
	double shrink = most > radius_most ? radius_most / most : 1;

	return fmax(radius_least, shrink * radius_one * sqrt((double)count));
}

/* The longer a title, the smaller: about as wide as the drawing at most. */
static int
title_size(struct span title)
{
	size_t n = utf8_length(title);

	return n <= 60 ? 22 : n >= 110 ? 12 : (int)(60 * 22 / n);
}

/* What a reader who cannot see the map is told. */
static void
put_description(const struct drawing *d, struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < d->classes.n; i++)
		n += d->classes.item[i].count;
	buf_add(b, SPAN("Carte de France par "));
	buf_add(
	    b, d->level == LEVEL_REGION ? SPAN("région") : SPAN("département"));
	if (d->classes.n > 0) {
		buf_add(b, SPAN(". "));
		svg_text(b, d->heading);
		buf_printf(
		    b, "\xC2\xA0: %zu territoire%s, de ", n, n > 1 ? "s" : "");
		svg_number(b, d->classes.item[0].min);
		buf_add(b, SPAN(" à "));
		svg_number(b, d->classes.item[d->classes.n - 1].max);
	}
	if (d->here != NULL)
		buf_add(b,
		    SPAN(". Un cercle par commune, d'aire "
			 "proportionnelle au nombre d'enregistrements"));
	buf_byte(b, '.');
}

static void
put_head(const struct drawing *d, struct buf *b)
{
	double height = d->frames.height + DRAWING_FOOT;

	buf_printf(b,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" "
	    "xml:lang=\"fr\" role=\"img\" "
	    "aria-labelledby=\"titre description\" "
	    "font-family=\"Arial, 'Liberation Sans', Helvetica, "
	    "sans-serif\" font-size=\"12\" fill=\"#1d2733\">\n"
	    "<title id=\"titre\">",
	    DRAWING_WIDTH, height, DRAWING_WIDTH, height);
	svg_text(b, d->title);
	buf_add(b, SPAN("</title>\n<desc id=\"description\">"));
	put_description(d, b);
	buf_printf(b,
	    "</desc>\n"
	    "<defs><pattern id=\"vide\" width=\"5\" height=\"5\" "
	    "patternUnits=\"userSpaceOnUse\" "
	    "patternTransform=\"rotate(45)\">"
	    "<rect width=\"5\" height=\"5\" fill=\"#f6f7f8\"/>"
	    "<path d=\"M0 0v5\" stroke=\"#b4bcc5\" stroke-width=\"1.6\"/>"
	    "</pattern></defs>\n"
	    "<rect width=\"%d\" height=\"%.0f\" fill=\"#fff\"/>\n"
	    "<text x=\"24\" y=\"46\" font-size=\"%d\" "
	    "font-weight=\"bold\">",
	    DRAWING_WIDTH, height, title_size(d->title));
	svg_text(b, d->title);
	buf_add(b, SPAN("</text>\n"));
}

static void
put_foot(const struct drawing *d, struct buf *b)
{
	struct span credit = d->shapes->attribution;

	if (d->source.n == 0 && credit.n == 0)
		return;
	buf_printf(b,
	    "<text x=\"24\" y=\"%.0f\" font-size=\"10.5\" "
	    "fill=\"#56616c\">",
	    d->frames.height + 26);
	if (d->source.n > 0) {
		buf_add(b, SPAN("Source\xC2\xA0: "));
		svg_text(b, d->source);
		buf_add(b, credit.n > 0 ? SPAN(". ") : SPAN(""));
	}
	svg_text(b, credit);
	buf_add(b, SPAN("</text>\n"));
}

void
drawing_write(const struct drawing *d, struct buf *b)
{
	put_head(d, b);
	for (size_t i = 0; i < d->frames.n; i++)
		layers_write(d, b, &d->frames.item[i]);
	legend_write(d, b);
	put_foot(d, b);
	buf_add(b, SPAN("</svg>\n"));
}
