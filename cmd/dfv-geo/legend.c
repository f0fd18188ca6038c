#include "drawing.h"

#include <math.h>

#include "svg.h"

enum { LEGEND_X = 24, LEGEND_Y = 500, ROW = 21, SWATCH_W = 26, SWATCH_H = 14 };

struct cursor {
	const struct drawing *d;
	struct buf *b;
	double y;
};

static void
put_label(struct cursor *c, double x, double y, struct span text,
    const char *attributes)
{
	buf_add(c->b, SPAN("<text x=\""));
	svg_coord(c->b, x);
	buf_add(c->b, SPAN("\" y=\""));
	svg_coord(c->b, y);
	buf_printf(c->b, "\"%s>", attributes);
	svg_text(c->b, text);
	buf_add(c->b, SPAN("</text>\n"));
}

static void
put_heading(struct cursor *c, struct span text)
{
	put_label(c, LEGEND_X, c->y, text, " font-weight=\"bold\"");
	c->y += 10;
}

static void
put_swatch(struct cursor *c, const char *fill, struct span text)
{
	buf_add(c->b, SPAN("<rect x=\""));
	svg_coord(c->b, LEGEND_X);
	buf_add(c->b, SPAN("\" y=\""));
	svg_coord(c->b, c->y);
	buf_printf(c->b,
	    "\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#9aa3ad\" "
	    "stroke-width=\".6\"/>\n",
	    SWATCH_W, SWATCH_H, fill);
	put_label(c, LEGEND_X + SWATCH_W + 8, c->y + 11.5, text, "");
	c->y += ROW;
}

static void
put_class(struct cursor *c, size_t i)
{
	const struct classes *classes = &c->d->classes;
	struct buf text = {NULL, 0, 0};

	svg_number(&text, classes->item[i].min);
	if (number_cmp(classes->item[i].min, classes->item[i].max) != 0) {
		buf_add(&text, SPAN(" \xE2\x80\x93 "));
		svg_number(&text, classes->item[i].max);
	}
	put_swatch(c, classes_color(classes, i), buf_span(&text));
	buf_release(&text);
}

static void
put_classes(struct cursor *c)
{
	const struct drawing *d = c->d;
	const struct territories *t = level_table(d->g, d->level);
	bool none = false, missing = false;

	for (size_t i = 0; i < t->n; i++) {
		if (!drawing_shows(d, d->level, t->item[i].code))
			continue;
		missing = missing || !d->figure[i].has;
		none = none || drawing_none(d, &d->figure[i]);
	}
	put_heading(c, d->heading);
	for (size_t i = d->classes.n; i-- > 0;)
		put_class(c, i);
	if (none)
		put_swatch(c, DRAWING_EMPTY_FILL, SPAN("0"));
	if (missing)
		put_swatch(c, "url(#vide)", SPAN("pas de donnée"));
	c->y += 22;
}

static void
put_circle(struct cursor *c, uint32_t count, double middle)
{
	double r = circle_radius(c->d, count);
	struct buf text = {NULL, 0, 0};

	buf_add(c->b, SPAN("<circle cx=\""));
	svg_coord(c->b, LEGEND_X + middle);
	buf_add(c->b, SPAN("\" cy=\""));
	svg_coord(c->b, c->y + fmax(r, 8));
	buf_add(c->b, SPAN("\" r=\""));
	svg_coord(c->b, r);
	buf_printf(c->b, "\" %s/>\n", DRAWING_CIRCLE);
	svg_number(&text, number_int(count));
	put_label(c, LEGEND_X + 2 * middle + 10, c->y + fmax(r, 8) + 4,
	    buf_span(&text), "");
	buf_release(&text);
	c->y += 2 * fmax(r, 8) + 5;
}

static void
put_circles(struct cursor *c)
{
	uint32_t most = c->d->most, half = (most + 1) / 2;
	double middle = fmax(circle_radius(c->d, most), 8);

	put_heading(c, SPAN("Enregistrements"));
	put_label(c, LEGEND_X, c->y + 6, SPAN("par commune"), "");
	c->y += 16;
	if (most > 1)
		put_circle(c, most, middle);
	if (most > 3)
		put_circle(c, half, middle);
	put_circle(c, 1, middle);
}

void
legend_write(const struct drawing *d, struct buf *b)
{
	struct cursor c = {d, b, LEGEND_Y};

	buf_add(b, SPAN("<g>\n"));
	if (d->figure != NULL)
		put_classes(&c);
	if (d->here != NULL && d->most > 0)
		put_circles(&c);
	buf_add(b, SPAN("</g>\n"));
}
