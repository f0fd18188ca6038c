#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "room.h"
#include "svg.h"
#include "text.h"

/*
 * What is pointed at, or has the focus, shows its tooltip, by the style sheet
 * alone (page.c): a group of the shape once more, not to be seen, and of the
 * box. Groups of areas come first, and all circles lie above.
 */

/* The keyboard gets to so many circles, the largest; the table has them all. */
enum { CIRCLES_REACHED = 150, TIP_H = 22, TIP_GAP = 6 };

static const struct face tip_face = {.size = 13};

static void
open_group(struct buf *b, struct span tip, bool reached)
{
	buf_add(b, SPAN("<g class=\"q\" role=\"img\" "));
	if (reached)
		buf_add(b, SPAN("tabindex=\"0\" "));
	buf_add(b, SPAN("aria-label=\""));
	buf_add(b, tip); /* escaped already */
	buf_add(b, SPAN("\">"));
}

/* The box above a place, or below where that would be off the drawing. */
static void
put_box(struct buf *b, struct span tip, struct pixel at, double r)
{
	double w = text_width(tip, &tip_face) + 16;
	double x = fmin(fmax(at.x, w / 2 + 2), DRAWING_WIDTH - w / 2 - 2);
	double y = at.y - r - TIP_GAP - TIP_H;

	if (y < 2)
		y = at.y + r + TIP_GAP;
	buf_add(b, SPAN("<g class=\"tip\"><rect rx=\"3\" x=\""));
	svg_coord(b, x - w / 2);
	buf_add(b, SPAN("\" y=\""));
	svg_coord(b, y);
	buf_add(b, SPAN("\" width=\""));
	svg_coord(b, w);
	buf_printf(b,
	    "\" height=\"%d\"/><text font-size=\"13\" "
	    "text-anchor=\"middle\" x=\"",
	    TIP_H);
	svg_coord(b, x);
	buf_add(b, SPAN("\" y=\""));
	svg_coord(b, y + 15.5);
	buf_add(b, SPAN("\">"));
	buf_add(b, tip);
	buf_add(b, SPAN("</text></g></g>\n"));
}

static void
put_area(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shape *s)
{
	struct outline o = outline_of(f, s);
	struct buf tip = {NULL, 0, 0};

	if (o.at == NULL)
		return;
	area_put_tip(d, &tip, s);
	open_group(b, buf_span(&tip), d->figure != NULL);
	buf_add(b, SPAN("<use href=\"#"));
	area_put_id(d, b, f, s);
	buf_add(b, SPAN("\"/>"));
	put_box(b, buf_span(&tip), o.centroid, 4);
	buf_release(&tip);
	outline_release(&o);
}

static void
put_circle(const struct drawing *d, struct buf *b, const struct frame *f,
    uint32_t commune, bool reached)
{
	struct buf tip = {NULL, 0, 0};
	struct disc disc;

	if (!disc_find(d, f, commune, &disc))
		return;
	circle_put_tip(d, &tip, commune);
	open_group(b, buf_span(&tip), reached);
	disc_put(b, &disc);
	buf_add(b, SPAN("/>"));
	put_box(b, buf_span(&tip), disc.at, disc.r);
	buf_release(&tip);
}

static void
put_circles(const struct drawing *d, struct buf *b)
{
	size_t n;
	uint32_t *commune = circles_order(d, &n);

	for (size_t i = 0; i < n && n <= CIRCLES_TOLD; i++)
		for (size_t f = 0; f < d->frames.n; f++)
			put_circle(d, b, &d->frames.item[f], commune[i],
			    i < CIRCLES_REACHED);
	mem_free(commune);
}

void
tips_write(const struct drawing *d, struct buf *b)
{
	for (size_t f = 0; f < d->frames.n; f++)
		for (size_t i = 0; i < d->shapes->n; i++) {
			const struct shape *s = &d->shapes->item[i];

			if (frame_shows(&d->frames.item[f], d->level, s->code))
				put_area(d, b, &d->frames.item[f], s);
		}
	if (d->circles.figure != NULL)
		put_circles(d, b);
}
