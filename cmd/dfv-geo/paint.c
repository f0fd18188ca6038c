#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "svg.h"
#include "text.h"

static void
put_class(const struct drawing *d, struct buf *b, const struct figure *f)
{
	if (d->figure == NULL || drawing_none(d, f))
		buf_byte(b, 'z');
	else if (!f->has)
		buf_byte(b, 'v');
	else
		buf_printf(b, "k%zu", classes_find(&d->classes, f->value));
}

/* In a page tooltips lie above all else and show the area once more. */
static void
put_area(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shape *s)
{
	uint32_t id;
	struct figure figure = drawing_figure(d, s->code, &id);

	buf_add(b, d->in_page ? SPAN("<g class=\"") : SPAN("<path class=\""));
	put_class(d, b, &figure);
	if (d->in_page) {
		buf_add(b, SPAN("\"><path id=\""));
		area_put_id(d, b, f, s);
	}
	buf_add(b, SPAN("\" d=\""));
	svg_path(b, f, s);
	if (d->in_page) {
		buf_add(b, SPAN("\"/></g>\n"));
		return;
	}
	buf_add(b, SPAN("\"><title>"));
	area_put_tip(d, b, s);
	buf_add(b, SPAN("</title></path>\n"));
}

static void
put_areas(const struct drawing *d, struct buf *b, const struct frame *f)
{
	buf_add(b, SPAN("<g class=\"a\">\n"));
	for (size_t i = 0; i < d->shapes->n; i++)
		if (frame_shows(f, d->level, d->shapes->item[i].code))
			put_area(d, b, f, &d->shapes->item[i]);
	buf_add(b, SPAN("</g>\n"));
}

/* All that the frame shows of a level as one path, with an id that what is
 * hatched is cut by. */
static void
put_outline(const struct drawing *d, struct buf *b, const struct frame *f,
    const struct shapes *shapes, enum level level)
{
	buf_printf(b, "<path id=\"bord%zu\" class=\"%s\" d=\"",
	    (size_t)(f - d->frames.item), level != d->level ? "o" : "e");
	for (size_t i = 0; i < shapes->n; i++)
		if (frame_shows(f, level, shapes->item[i].code))
			svg_path(b, f, &shapes->item[i]);
	buf_add(b, SPAN("\" pointer-events=\"none\"/>\n"));
}

static void
put_circle(const struct drawing *d, struct buf *b, const struct frame *f,
    uint32_t commune, bool told)
{
	struct disc disc;

	if (!disc_find(d, f, commune, &disc))
		return;
	disc_put(b, &disc);
	if (!told) {
		buf_add(b, SPAN("/>\n"));
		return;
	}
	buf_add(b, SPAN("><title>"));
	circle_put_tip(d, b, commune);
	buf_add(b, SPAN("</title></circle>\n"));
}

static void
put_circles(const struct drawing *d, struct buf *b, const struct frame *f)
{
	uint32_t *commune;
	size_t n;

	if (d->circles.figure == NULL)
		return;
	commune = circles_order(d, &n);
	buf_add(b, SPAN("<g class=\"c\">\n"));
	for (size_t i = 0; i < n; i++)
		put_circle(
		    d, b, f, commune[i], n <= CIRCLES_TOLD && !d->in_page);
	buf_add(b, SPAN("</g>\n"));
	mem_free(commune);
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

static void
put_box(const struct drawing *d, struct buf *b, const struct frame *f)
{
	const struct face face = {.size = 10};

	buf_add(b, SPAN("<rect class=\"f\" x=\""));
	svg_coord(b, f->x);
	buf_add(b, SPAN("\" y=\""));
	svg_coord(b, f->y);
	buf_add(b, SPAN("\" width=\""));
	svg_coord(b, f->w);
	buf_add(b, SPAN("\" height=\""));
	svg_coord(b, f->h);
	buf_add(b, SPAN("\"/>\n"));
	text_put(b, f->x + 6, f->y + 13, frame_name(d, f), &face, false);
}

/* A bar at the bottom, to the left in an inset, in the metropole to the right
 * of the legend, below the Pyrenees. */
static void
put_scale_bar(const struct drawing *d, struct buf *b, const struct frame *f)
{
	bool inset = f != &d->frames.item[0];
	struct face face = {.size = inset ? 9 : 10.5, .class_name = "m"};
	double km = frame_bar_km(f, inset ? 36 : 110);
	double x = f->x + (inset ? 6 : 330);
	double y = f->y + f->h - (inset ? 7 : 12);
	struct buf text = {NULL, 0, 0};

	buf_add(b, SPAN("<path class=\"s\" d=\"M"));
	svg_coord(b, x);
	buf_byte(b, ' ');
	svg_coord(b, y - 4);
	buf_add(b, SPAN("v4h"));
	svg_coord(b, km * 1000 * f->scale);
	buf_add(b, SPAN("v-4\"/>\n"));
	svg_number(&text, number_real(km));
	buf_add(&text, SPAN("\xC2\xA0km"));
	text_put(b, x + km * 1000 * f->scale + 5, y + 1, buf_span(&text), &face,
	    false);
	buf_release(&text);
}

void
paint_frame(const struct drawing *d, struct buf *b, const struct frame *f)
{
	/* Of regions only the coast shows, below them; of departments the
	 * borders of regions, above, but not where a part of one is. */
	const struct shapes *above = f->name == NULL ? d->outline : NULL;

	buf_add(b, SPAN("<g>\n"));
	if (f != &d->frames.item[0])
		put_box(d, b, f);
	if (above == NULL)
		put_outline(d, b, f, d->shapes, d->level);
	put_areas(d, b, f);
	if (above != NULL)
		put_outline(d, b, f, above, LEVEL_REGION);
	hatch_write(d, b, f);
	put_circles(d, b, f);
	if (f->scale > 0)
		put_scale_bar(d, b, f);
	buf_add(b, SPAN("</g>\n"));
}
