#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "room.h"
#include "text.h"

/*
 * A label stands inside its territory where there is room for it, at a smaller
 * size if need be, its lines parted; else at its centroid if no other label is
 * in the way; else nowhere, and the tooltip has it.
 */
enum {
	LINES_MAX = 5,
	TEXT_BYTES = 60, /* what is longer is left to the legend */
	CIRCLES_TRIED = 150,
	CIRCLES_AVOIDED = 1500
};

/* Where a label stands of a circle, as tried one after the other; SIDES: it is
 * of no circle. */
enum side { SIDE_RIGHT, SIDE_LEFT, SIDE_ABOVE, SIDE_BELOW, SIDES };

static const double label_margin = 1.5;

/* A label beside a circle may have a font that is wider than was thought. */
static const double font_slack = 1.12;

struct label {
	struct span line[LINES_MAX];
	struct face face[LINES_MAX];
	size_t n;
	double w, h;
};

/* What a label is made of. */
struct words {
	struct span name; /* with its code, where both are wanted */
	struct span value;
	double most; /* the largest size */
};

struct placing {
	const struct drawing *d;
	struct buf *b;
	struct rects taken; /* in this frame: circles, then labels */
	size_t ncircle;
};

/* How hard a label is tried to be put. */
enum effort {
	EFFORT_CLEAR,   /* inside, and beside all circles */
	EFFORT_INSIDE,  /* over circles if need be */
	EFFORT_OUTSIDE, /* over the borders too */
	EFFORTS
};

static struct rect
label_rect(const struct label *l, struct pixel at)
{
	return rect_about(at, l->w, l->h);
}

static void
label_make(struct label *l, const struct words *words, double size, double wrap)
{
	struct face name = {.size = words->value.n > 0 ? size * 0.82 : size};
	struct face value = {.size = size, .bold = true};
	bool left;

	*l = (struct label){.n = 0};
	wrap = fmax(wrap, text_widest_part(words->name, &name));
	if (words->name.n > 0)
		l->n = text_wrap(
		    words->name, &name, wrap, l->line, LINES_MAX - 1, &left);
	for (size_t i = 0; i < l->n; i++)
		l->face[i] = name;
	if (words->value.n > 0) {
		l->face[l->n] = value;
		l->line[l->n++] = words->value;
	}
	for (size_t i = 0; i < l->n; i++) {
		l->w = fmax(l->w, text_width(l->line[i], &l->face[i]));
		l->h += l->face[i].size * 1.12;
	}
	l->w += 2 * label_margin;
}

/* Puts it in the rectangle around `at`. Of its lines the start or the end
 * stands still, or their middle, if the font is wider than was thought. */
static void
label_put(struct placing *p, const struct label *l, struct pixel at,
    const char *class_name, enum side side)
{
	static const char *const anchor[] = {
	    [SIDE_RIGHT] = "start", [SIDE_LEFT] = "end", [SIDES] = NULL};
	double half = l->w / 2 - label_margin, y = at.y - l->h / 2;
	double x = side == SIDE_RIGHT ? at.x - half
	    : side == SIDE_LEFT       ? at.x + half
				      : at.x;

	for (size_t i = 0; i < l->n; i++) {
		struct face face = l->face[i];

		face.class_name = class_name;
		face.anchor = anchor[side];
		y += face.size * 1.12;
		text_put(
		    p->b, x, y - face.size * 0.26, l->line[i], &face, false);
	}
	rects_add(&p->taken, label_rect(l, at));
}

/* Puts it inside its territory, as large as it can be. Whether it is done. */
static bool
put_inside(struct placing *p, const struct outline *o,
    const struct words *words, const char *class_name, enum effort effort)
{
	static const double shrink[] = {1, 0.88, 0.76, 0.66};
	static const double wrap[] = {1e6, 90, 62, 44};
	size_t wraps = words->name.n > 0 ? 4 : 1;

	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < wraps; k++) {
			struct want want = {.taken = &p->taken};
			struct label l;
			struct pixel at;

			label_make(&l, words, words->most * shrink[i], wrap[k]);
			want.w = l.w;
			want.h = l.h;
			want.from = effort == EFFORT_CLEAR ? 0 : p->ncircle;
			if (!outline_room(o, &want, &at))
				continue;
			label_put(p, &l, at, class_name, SIDES);
			return true;
		}
	return false;
}

/* Puts it at the centroid, small, unless another label or much else of the
 * map would be below. */
static bool
put_outside(struct placing *p, const struct outline *o,
    const struct words *words, const char *class_name)
{
	struct label l;

	label_make(&l, words, words->most * 0.66, 62);
	if (l.w > 2 * (o->box.x1 - o->box.x0) + 6 ||
	    !rects_clear(&p->taken, p->ncircle, label_rect(&l, o->centroid)))
		return false;
	label_put(p, &l, o->centroid, class_name, SIDES);
	return true;
}

/* Paris and its neighbours are labelled where they are large. */
static bool
in_later_frame(const struct drawing *d, const struct frame *f, struct span code)
{
	for (const struct frame *next = f + 1;
	     next < d->frames.item + d->frames.n; next++)
		if (frame_shows(next, d->level, code))
			return true;
	return false;
}

/* An inset of one territory has its name above. */
static void
collect_words(const struct drawing *d, const struct frame *f,
    const struct territory *t, const struct figure *figure, struct buf *name,
    struct buf *value)
{
	bool titled = f != &d->frames.item[0] && f->name == NULL;
	struct span text;

	if ((d->labels & LABEL_NAME) && !titled)
		buf_add(name, t->name);
	if (d->labels & LABEL_CODE) {
		buf_add(name, name->n > 0 ? SPAN(" (") : SPAN(""));
		buf_add(name, t->code);
		buf_add(name, name->n > t->code.n ? SPAN(")") : SPAN(""));
	}
	if (!(d->labels & LABEL_VALUE) || d->figure == NULL || !figure->has)
		return;
	if (d->classes.rule != CLASSES_TEXT) {
		amount_put(value, &d->amount, figure->value);
		return;
	}
	text = d->text[classes_find(&d->classes, figure->value)];
	if (text.n <= TEXT_BYTES)
		buf_add(value, text);
}

/* Whether it is done, or there is nothing to do. */
static bool
put_area(struct placing *p, const struct frame *f, const struct shape *s,
    enum effort effort)
{
	const struct drawing *d = p->d;
	uint32_t id;
	struct figure figure = drawing_figure(d, s->code, &id);
	struct outline o = outline_of(f, s);
	struct buf name = {NULL, 0, 0}, value = {NULL, 0, 0};
	struct words words = {.most = d->level == LEVEL_REGION ? 14 : 10.5};
	char class_name[8] = "";
	const char *class;
	bool done = true;

	if (id == TERRITORY_NONE || o.at == NULL)
		goto out;
	collect_words(d, f, &level_table(d->g, d->level)->item[id], &figure,
	    &name, &value);
	words.name = buf_span(&name);
	words.value = buf_span(&value);
	if (d->figure != NULL && figure.has && !drawing_none(d, &figure)) {
		class_name[0] = 'i';
		class_name[1] =
		    (char)('0' + classes_find(&d->classes, figure.value));
	}
	if (words.name.n + words.value.n == 0)
		goto out;
	class = class_name[0] != '\0' ? class_name : NULL;
	done = effort == EFFORT_OUTSIDE
	    ? put_outside(p, &o, &words, class)
	    : put_inside(p, &o, &words, class, effort);
out:
	outline_release(&o);
	buf_release(&name);
	buf_release(&value);
	return done;
}

/* Those that have room first: they are in nobody's way. */
static void
put_areas(struct placing *p, const struct frame *f)
{
	const struct drawing *d = p->d;
	bool *done = mem_alloc(d->shapes->n + 1, sizeof *done);

	for (enum effort effort = 0; effort < EFFORTS; effort++)
		for (size_t i = 0; i < d->shapes->n; i++) {
			const struct shape *s = &d->shapes->item[i];

			if (!done[i] && frame_shows(f, d->level, s->code) &&
			    !in_later_frame(d, f, s->code))
				done[i] = put_area(p, f, s, effort);
		}
	mem_free(done);
}

static void
put_beside(struct placing *p, const struct frame *f, const struct label *l,
    struct pixel at, double r)
{
	const struct pixel place[SIDES] = {
	    [SIDE_RIGHT] = {at.x + r + 2 + l->w / 2, at.y},
	    [SIDE_LEFT] = {at.x - r - 2 - l->w / 2, at.y},
	    [SIDE_ABOVE] = {at.x, at.y - r - 1 - l->h / 2},
	    [SIDE_BELOW] = {at.x, at.y + r + 1 + l->h / 2},
	};

	for (enum side i = 0; i < SIDES; i++) {
		struct rect box = label_rect(l, place[i]);

		if (box.x0 < f->x || box.x1 > f->x + f->w || box.y0 < f->y ||
		    box.y1 > f->y + f->h || !rects_clear(&p->taken, 0, box))
			continue;
		label_put(p, l, place[i], NULL, i);
		return;
	}
}

static void
put_commune(struct placing *p, const struct frame *f, uint32_t commune)
{
	const struct drawing *d = p->d;
	struct buf text = {NULL, 0, 0};
	struct words words = {.most = 11};
	struct disc disc;
	struct label l;

	if (!disc_find(d, f, commune, &disc))
		return;
	if (d->labels & LABEL_NAME)
		buf_add(
		    &text, commune_cell(&d->g->commune[commune], COMMUNE_NAME));
	else if (d->labels & LABEL_CODE)
		buf_add(
		    &text, commune_cell(&d->g->commune[commune], COMMUNE_CODE));
	if (d->labels & LABEL_VALUE) {
		buf_add(&text, text.n > 0 ? SPAN("\xC2\xA0: ") : SPAN(""));
		amount_put(&text, &d->circles.amount,
		    d->circles.figure[commune].value);
	}
	words.name = buf_span(&text);
	label_make(&l, &words, words.most, 1e6);
	l.w *= font_slack;
	put_beside(p, f, &l, disc.at, disc.r);
	buf_release(&text);
}

/* The largest circles first; no label lies on a circle. */
static void
put_communes(struct placing *p, const struct frame *f)
{
	size_t n;
	uint32_t *commune = circles_order(p->d, &n);

	for (size_t i = 0; i < n && i < CIRCLES_TRIED; i++)
		put_commune(p, f, commune[i]);
	mem_free(commune);
}

/* What no label lies on, if it can be helped. */
static void
take_circles(struct placing *p, const struct frame *f)
{
	uint32_t *commune;
	struct disc disc;
	size_t n;

	p->taken.n = 0;
	if (p->d->circles.figure != NULL) {
		commune = circles_order(p->d, &n);
		for (size_t i = 0; i < n && i < CIRCLES_AVOIDED; i++)
			if (disc_find(p->d, f, commune[i], &disc))
				rects_add(&p->taken,
				    rect_about(
					disc.at, 2 * disc.r, 2 * disc.r));
		mem_free(commune);
	}
	p->ncircle = p->taken.n;
}

void
labels_write(const struct drawing *d, struct buf *b)
{
	struct placing p = {.d = d, .b = b};

	if (d->labels == 0)
		return;
	buf_add(b, SPAN("<g class=\"l\" pointer-events=\"none\">\n"));
	for (size_t i = 0; i < d->frames.n; i++) {
		const struct frame *f = &d->frames.item[i];

		take_circles(&p, f);
		if (d->figure == NULL)
			put_communes(&p, f);
		else
			put_areas(&p, f);
	}
	buf_add(b, SPAN("</g>\n"));
	mem_free(p.taken.item);
}
