#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "svg.h"
#include "text.h"

/*
 * A label stands inside its territory where there is room for it, at a smaller
 * size if need be, its lines parted; else at its centroid if no other label is
 * in the way; else nowhere, and the tooltip has it.
 */
enum { LINES_MAX = 5, GRID = 14, CIRCLES_TRIED = 150, CIRCLES_AVOIDED = 1500 };

struct box {
	double x0, y0, x1, y1;
};

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
	struct box *taken;
	size_t n;
	size_t cap;
};

static bool
boxes_meet(struct box a, struct box b)
{
	return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static bool
is_free(const struct placing *p, struct box box)
{
	for (size_t i = 0; i < p->n; i++)
		if (boxes_meet(p->taken[i], box))
			return false;
	return true;
}

static void
take(struct placing *p, struct box box)
{
	if (p->n == p->cap)
		p->taken =
		    mem_grow(p->taken, &p->cap, p->n + 1, sizeof *p->taken);
	p->taken[p->n++] = box;
}

static struct box
box_about(struct pixel at, const struct label *l)
{
	return (struct box){at.x - l->w / 2, at.y - l->h / 2, at.x + l->w / 2,
	    at.y + l->h / 2};
}

/* --- the largest ring of a shape, in pixels ---------------------------------- */

struct outline {
	struct pixel *at;
	size_t n;
	struct pixel centroid;
	double area; /* twice that */
	struct box box;
};

/* The shoelace formula about the first point. */
static void
outline_measure(struct outline *o)
{
	struct pixel first = o->at[0];
	double x = 0, y = 0, area = 0;

	o->box = (struct box){first.x, first.y, first.x, first.y};
	for (size_t i = 0; i + 1 < o->n; i++) {
		struct pixel a = o->at[i], b = o->at[i + 1];
		double cross = (a.x - first.x) * (b.y - first.y) -
		    (b.x - first.x) * (a.y - first.y);

		area += cross;
		x += cross * (a.x + b.x - 2 * first.x);
		y += cross * (a.y + b.y - 2 * first.y);
		o->box.x0 = fmin(o->box.x0, b.x);
		o->box.y0 = fmin(o->box.y0, b.y);
		o->box.x1 = fmax(o->box.x1, b.x);
		o->box.y1 = fmax(o->box.y1, b.y);
	}
	o->centroid = first;
	if (fabs(area) > 0) {
		o->centroid.x += x / (3 * area);
		o->centroid.y += y / (3 * area);
	}
	o->area = fabs(area);
}

/* For mem_free(o->at); at is NULL where a shape has nothing. */
static struct outline
outline_of(const struct frame *f, const struct shape *s)
{
	struct outline best = {.at = NULL};

	for (size_t r = 0; r < s->nring; r++) {
		const struct ring *ring = &s->ring[r];
		struct outline o = {.n = ring->n};

		if (ring->n == 0 || !ring->outer)
			continue;
		o.at = mem_alloc(ring->n, sizeof *o.at);
		for (size_t i = 0; i < ring->n; i++)
			o.at[i] = frame_pixel(
			    f, ring->at[i].lon_deg, ring->at[i].lat_deg);
		outline_measure(&o);
		if (best.at != NULL && o.area <= best.area) {
			mem_free(o.at);
			continue;
		}
		mem_free(best.at);
		best = o;
	}
	return best;
}

static bool
has_point(const struct outline *o, double x, double y)
{
	bool in = false;

	for (size_t i = 0, j = o->n - 1; i < o->n; j = i++) {
		struct pixel a = o->at[i], b = o->at[j];

		if ((a.y > y) != (b.y > y) &&
		    x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
			in = !in;
	}
	return in;
}

/* Whether the box is inside: its corners are, and no point of the ring is in
 * the box. */
static bool
has_box(const struct outline *o, struct box box)
{
	if (!has_point(o, box.x0, box.y0) || !has_point(o, box.x1, box.y1) ||
	    !has_point(o, box.x1, box.y0) || !has_point(o, box.x0, box.y1))
		return false;
	for (size_t i = 0; i < o->n; i++)
		if (o->at[i].x > box.x0 && o->at[i].x < box.x1 &&
		    o->at[i].y > box.y0 && o->at[i].y < box.y1)
			return false;
	return true;
}

/* The place nearest to the centroid where the box is inside, on a grid. */
static bool
find_room(const struct outline *o, const struct label *l, struct pixel *best)
{
	double dx = (o->box.x1 - o->box.x0) / GRID;
	double dy = (o->box.y1 - o->box.y0) / GRID, least = HUGE_VAL;

	*best = o->centroid;
	if (has_box(o, box_about(*best, l)))
		return true;
	if (l->w > o->box.x1 - o->box.x0 || l->h > o->box.y1 - o->box.y0)
		return false;
	for (int i = 1; i < GRID * GRID; i++) {
		struct pixel at = {o->box.x0 + dx * (i % GRID),
		    o->box.y0 + dy * (double)(i / GRID)};
		double far =
		    hypot(at.x - o->centroid.x, at.y - o->centroid.y);

		if (far < least && has_box(o, box_about(at, l))) {
			least = far;
			*best = at;
		}
	}
	return least < HUGE_VAL;
}

/* --- labels ------------------------------------------------------------------ */

static void
label_make(struct label *l, const struct words *words, double size, double wrap)
{
	struct face name = {.size = words->value.n > 0 ? size * 0.82 : size};
	struct face value = {.size = size, .bold = true};
	bool left;

	*l = (struct label){.n = 0};
	if (words->name.n > 0)
		l->n = text_wrap(words->name, &name, wrap, l->line,
		    LINES_MAX - 1, &left);
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
	l->w += 3;
}

static void
label_put(struct placing *p, const struct label *l, struct pixel at,
    const char *class_name)
{
	double y = at.y - l->h / 2;

	for (size_t i = 0; i < l->n; i++) {
		struct face face = l->face[i];

		face.class_name = class_name;
		y += face.size * 1.12;
		text_put(p->b, at.x, y - face.size * 0.26, l->line[i], &face,
		    false);
	}
	take(p, box_about(at, l));
}

/* Puts it inside its territory; failing that, with `outside`, at the centroid.
 * Whether it is done. */
static bool
put_words(struct placing *p, const struct outline *o,
    const struct words *words, const char *class_name, bool outside)
{
	static const double shrink[] = {1, 0.88, 0.76, 0.66};
	static const double wrap[] = {1e6, 90, 62, 44};
	size_t wraps = words->name.n > 0 ? 4 : 1;
	struct label l;
	struct pixel at;

	for (size_t i = 0; i < 4 && !outside; i++)
		for (size_t k = 0; k < wraps; k++) {
			label_make(&l, words, words->most * shrink[i], wrap[k]);
			if (!find_room(o, &l, &at))
				continue;
			label_put(p, &l, at, class_name);
			return true;
		}
	label_make(&l, words, words->most * shrink[3], 62);
	if (!outside || !is_free(p, box_about(o->centroid, &l)))
		return false;
	label_put(p, &l, o->centroid, class_name);
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

	if ((d->labels & LABEL_NAME) && !titled)
		buf_add(name, t->name);
	if (d->labels & LABEL_CODE) {
		buf_add(name, name->n > 0 ? SPAN(" (") : SPAN(""));
		buf_add(name, t->code);
		buf_add(name, name->n > t->code.n ? SPAN(")") : SPAN(""));
	}
	if (!(d->labels & LABEL_VALUE) || d->figure == NULL || !figure->has)
		return;
	if (d->classes.rule == CLASSES_TEXT)
		drawing_put_figure(d, value, figure);
	else
		amount_put(value, &d->amount, figure->value);
}

/* Whether it is done, or there is nothing to do. */
static bool
put_area(struct placing *p, const struct frame *f, const struct shape *s,
    bool outside)
{
	const struct drawing *d = p->d;
	uint32_t id;
	struct figure figure = drawing_figure(d, s->code, &id);
	struct outline o = outline_of(f, s);
	struct buf name = {NULL, 0, 0}, value = {NULL, 0, 0};
	struct words words = {.most = d->level == LEVEL_REGION ? 14 : 10.5};
	char class_name[8] = "";
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
	if (words.name.n + words.value.n > 0)
		done = put_words(p, &o, &words,
		    class_name[0] != '\0' ? class_name : NULL, outside);
out:
	mem_free(o.at);
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

	for (int outside = 0; outside < 2; outside++)
		for (size_t i = 0; i < d->shapes->n; i++) {
			const struct shape *s = &d->shapes->item[i];

			if (!done[i] && frame_shows(f, d->level, s->code) &&
			    !in_later_frame(d, f, s->code))
				done[i] = put_area(p, f, s, outside > 0);
		}
	mem_free(done);
}

/* --- beside circles ----------------------------------------------------------- */

static bool
circle_spot(const struct placing *p, const struct frame *f, uint32_t commune,
    struct pixel *at, double *r)
{
	const struct gazetteer *g = p->d->g;
	double lon_deg, lat_deg;

	if (!frame_shows(
		f, LEVEL_DEPARTEMENT, commune_departement(g, commune)) ||
	    !commune_point(&g->commune[commune], &lon_deg, &lat_deg))
		return false;
	*at = frame_pixel(f, lon_deg, lat_deg);
	*r = circle_radius(
	    &p->d->circles, p->d->circles.figure[commune].value);
	return true;
}

static void
put_beside(struct placing *p, const struct frame *f, const struct label *l,
    struct pixel at, double r)
{
	const struct pixel side[] = {
	    {at.x + r + 2 + l->w / 2, at.y},
	    {at.x - r - 2 - l->w / 2, at.y},
	    {at.x, at.y - r - 1 - l->h / 2},
	    {at.x, at.y + r + 1 + l->h / 2},
	};

	for (size_t i = 0; i < 4; i++) {
		struct box box = box_about(side[i], l);

		if (box.x0 < f->x || box.x1 > f->x + f->w || box.y0 < f->y ||
		    box.y1 > f->y + f->h || !is_free(p, box))
			continue;
		label_put(p, l, side[i], NULL);
		return;
	}
}

static void
put_commune(struct placing *p, const struct frame *f, uint32_t commune)
{
	const struct drawing *d = p->d;
	struct buf text = {NULL, 0, 0};
	struct words words = {.most = 11};
	struct pixel at;
	struct label l;
	double r;

	if (!circle_spot(p, f, commune, &at, &r))
		return;
	if (d->labels & LABEL_NAME)
		buf_add(&text, d->g->commune[commune].name);
	else if (d->labels & LABEL_CODE)
		buf_add(&text, d->g->commune[commune].code);
	if (d->labels & LABEL_VALUE) {
		buf_add(&text, text.n > 0 ? SPAN("\xC2\xA0: ") : SPAN(""));
		amount_put(&text, &d->circles.amount,
		    d->circles.figure[commune].value);
	}
	words.name = buf_span(&text);
	label_make(&l, &words, words.most, 1e6);
	put_beside(p, f, &l, at, r);
	buf_release(&text);
}

/* The largest circles first; no label lies on a circle. */
static void
put_communes(struct placing *p, const struct frame *f)
{
	size_t n;
	uint32_t *commune = circles_order(p->d, &n);
	struct pixel at;
	double r;

	for (size_t i = 0; i < n && i < CIRCLES_AVOIDED; i++)
		if (circle_spot(p, f, commune[i], &at, &r))
			take(p,
			    (struct box){
				at.x - r, at.y - r, at.x + r, at.y + r});
	for (size_t i = 0; i < n && i < CIRCLES_TRIED; i++)
		put_commune(p, f, commune[i]);
	mem_free(commune);
}

void
labels_write(const struct drawing *d, struct buf *b)
{
	struct placing p = {.d = d, .b = b};

	if (d->labels == 0)
		return;
	buf_add(b, SPAN("<g class=\"l\" pointer-events=\"none\">\n"));
	for (size_t i = 0; i < d->frames.n; i++)
		if (d->figure == NULL)
			put_communes(&p, &d->frames.item[i]);
		else
			put_areas(&p, &d->frames.item[i]);
	buf_add(b, SPAN("</g>\n"));
	mem_free(p.taken);
}
