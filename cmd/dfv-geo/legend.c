#include "drawing.h"

#include <math.h>

#include "svg.h"
#include "text.h"

/* To the left of the map's south, its bottom that of the metropole. */
enum {
	LEGEND_X = DRAWING_MARGIN,
	LEGEND_W = 204,
	ROW = 20,
	SWATCH_W = 26,
	SWATCH_H = 14,
	SWATCH_GAP = 8,
	LINES_MAX = 4
};

struct cursor {
	const struct drawing *d;
	struct buf *b;
	double y;
	struct face face; /* of the rows */
};

static const struct face heading_face = {.size = 12, .bold = true};

/* Text in lines below each other, from y on; how many there are. */
static size_t
put_lines(struct cursor *c, double x, double y, struct span text,
    const struct face *face)
{
	struct span line[LINES_MAX];
	bool left;
	size_t n = text_wrap(
	    text, face, LEGEND_X + LEGEND_W - x, line, LINES_MAX, &left);

	for (size_t i = 0; i < n; i++)
		text_put(c->b, x, y + (double)i * (face->size + 2), line[i],
		    face, left && i + 1 == n);
	return n;
}

static void
put_heading(struct cursor *c, struct span text)
{
	size_t n = put_lines(c, LEGEND_X, c->y + 11, text, &heading_face);

	c->y += (double)n * (heading_face.size + 2) + 7;
}

static void
put_swatch(struct cursor *c, const char *class_name, struct span text)
{
	size_t n;

	buf_printf(c->b, "<path class=\"b %s\" d=\"M%d ", class_name, LEGEND_X);
	svg_coord(c->b, c->y);
	buf_printf(c->b, "h%dv%dh-%dz\"/>\n", SWATCH_W, SWATCH_H, SWATCH_W);
	n = put_lines(
	    c, LEGEND_X + SWATCH_W + SWATCH_GAP, c->y + 11.5, text, &c->face);
	c->y += n > 1 ? (double)(n - 1) * (c->face.size + 2) + ROW : ROW;
}

/* What the class holds: "2 – 5", "de 2 à moins de 5", "5 ou plus", a text. */
static void
put_range(const struct drawing *d, struct buf *b, size_t i)
{
	const struct classes *c = &d->classes;
	struct number min = c->item[i].min, max = c->item[i].max;
	bool last = i + 1 == c->n, given = c->rule == CLASSES_GIVEN;

	if (c->rule == CLASSES_TEXT) {
		buf_add(b, d->text[i]);
		return;
	}
	if (c->rule == CLASSES_QUANTILE || c->n == 1) {
		amount_put(b, &d->amount, min);
		if (number_cmp(min, max) != 0) {
			buf_add(b, SPAN(" \xE2\x80\x93 "));
			amount_put(b, &d->amount, max);
		}
		return;
	}
	if (given && i == 0) {
		buf_add(b, SPAN("moins de "));
		amount_put(b, &d->amount, max);
		return;
	}
	buf_add(b, given && last ? SPAN("") : SPAN("de "));
	amount_put(b, &d->amount, min);
	if (given && last) {
		buf_add(b, SPAN(" ou plus"));
		return;
	}
	buf_add(b, last ? SPAN(" à ") : SPAN(" à moins de "));
	amount_put(b, &d->amount, max);
}

static void
put_class(struct cursor *c, size_t i)
{
	struct buf text = {NULL, 0, 0};
	char class_name[8] = {'k', (char)('0' + i), '\0'};

	put_range(c->d, &text, i);
	put_swatch(c, class_name, buf_span(&text));
	buf_release(&text);
}

/* The rows are set as large as their longest allows. */
static struct face
row_face(const struct drawing *d)
{
	struct face face = {.size = 12};
	double most = 0, room = LEGEND_W - SWATCH_W - SWATCH_GAP;
	struct buf text = {NULL, 0, 0};

	for (size_t i = 0; i < d->classes.n && d->classes.rule != CLASSES_TEXT;
	     i++) {
		buf_reset(&text);
		put_range(d, &text, i);
		most = fmax(most, text_width(buf_span(&text), &face));
	}
	buf_release(&text);
	if (most > room)
		face.size = fmax(9, floor(2 * face.size * room / most) / 2);
	return face;
}

static void
put_classes(struct cursor *c)
{
	const struct drawing *d = c->d;
	const struct territories *t = level_table(d->g, d->level);
	bool none = false, missing = false;
	struct buf heading = {NULL, 0, 0};

	for (size_t i = 0; i < t->n; i++) {
		if (!drawing_shows(d, d->level, t->item[i].code))
			continue;
		missing = missing || !d->figure[i].has;
		none = none || drawing_none(d, &d->figure[i]);
	}
	amount_put_heading(&heading, &d->amount, d->heading);
	put_heading(c, buf_span(&heading));
	buf_release(&heading);
	if (d->classes.rule == CLASSES_TEXT)
		for (size_t i = 0; i < d->classes.n; i++)
			put_class(c, i);
	else
		for (size_t i = d->classes.n; i-- > 0;)
			put_class(c, i);
	if (none)
		put_swatch(c, "z", SPAN("0"));
	if (missing)
		put_swatch(c, "v", SPAN("pas de donnée"));
	c->y += 6;
}

static void
put_circle(struct cursor *c, struct number v, double middle)
{
	double r = circle_radius(&c->d->circles, v), half = fmax(r, 8);
	const struct face face = {.size = 12};
	struct buf text = {NULL, 0, 0};

	buf_add(c->b, SPAN("<circle class=\"c\" cx=\""));
	svg_coord(c->b, LEGEND_X + middle);
	buf_add(c->b, SPAN("\" cy=\""));
	svg_coord(c->b, c->y + half);
	buf_add(c->b, SPAN("\" r=\""));
	svg_coord(c->b, r);
	buf_add(c->b, SPAN("\"/>\n"));
	amount_put(&text, &c->d->circles.amount, v);
	text_put(c->b, LEGEND_X + 2 * middle + 8, c->y + half + 4,
	    buf_span(&text), &face, false);
	buf_release(&text);
	c->y += 2 * half + 3;
}

/* 1, 2 or 5 and zeros, at most v. */
static double
round_figure(double v)
{
	double power = pow(10, floor(log10(v)));

	return power * (v >= 5 * power ? 5 : v >= 2 * power ? 2 : 1);
}

/* The largest circle there is, and about a quarter and a sixteenth of it. */
static void
put_circles(struct cursor *c)
{
	const struct circles *circles = &c->d->circles;
	double most = number_double(circles->most);
	double middle = fmax(circle_radius(circles, circles->most), 8);
	struct buf heading = {NULL, 0, 0};

	amount_put_heading(&heading, &circles->amount, circles->heading);
	put_heading(c, buf_span(&heading));
	buf_release(&heading);
	c->y -= 2;
	put_circle(c, circles->most, middle);
	for (int part = 4; part <= 16; part *= 4) {
		double v = round_figure(most / part);

		if (!circles->counted || v >= 1)
			put_circle(c, number_real(v), middle);
		else if (part == 4 && most > 1)
			put_circle(c, number_int(1), middle);
	}
	c->y += 8;
}

static void
put_legend(struct cursor *c)
{
	const struct drawing *d = c->d;

	if (d->figure != NULL)
		put_classes(c);
	if (d->circles.figure != NULL &&
	    number_cmp(d->circles.most, number_int(0)) > 0)
		put_circles(c);
	if (d->hatching.commune != NULL) {
		put_swatch(c, "z", SPAN(""));
		c->y -= ROW;
		put_swatch(c, "h", d->hatching.text);
	}
}

void
legend_write(const struct drawing *d, struct buf *b)
{
	const struct frame *map = &d->frames.item[0];
	struct cursor c = {d, b, 0, row_face(d)};
	size_t start = b->n;

	/* Once to learn how high it is. */
	put_legend(&c);
	b->n = start;
	c.y = fmax(map->y, map->y + map->h - c.y);
	buf_add(b, SPAN("<g>\n"));
	put_legend(&c);
	buf_add(b, SPAN("</g>\n"));
}
