#include "room.h"

#include <math.h>

#include "mem.h"

enum { GRID = 14 };

void
rects_add(struct rects *b, struct rect box)
{
	if (b->n == b->cap)
		b->item = mem_grow(b->item, &b->cap, b->n + 1, sizeof *b->item);
	b->item[b->n++] = box;
}

bool
rects_clear(const struct rects *b, size_t from, struct rect box)
{
	for (size_t i = from; i < b->n; i++) {
		struct rect o = b->item[i];

		if (o.x0 < box.x1 && box.x0 < o.x1 && o.y0 < box.y1 &&
		    box.y0 < o.y1)
			return false;
	}
	return true;
}

/* The shoelace formula about the first point. */
static void
outline_measure(struct outline *o)
{
	struct pixel first = o->at[0];
	double x = 0, y = 0, area = 0;

	o->box = (struct rect){first.x, first.y, first.x, first.y};
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

struct outline
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
has_box(const struct outline *o, struct rect box)
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

static bool
is_room(const struct outline *o, const struct want *want, struct pixel at)
{
	struct rect box = rect_about(at, want->w, want->h);

	return has_box(o, box) && rects_clear(want->taken, want->from, box);
}

bool
outline_room(
    const struct outline *o, const struct want *want, struct pixel *best)
{
	double dx = (o->box.x1 - o->box.x0) / GRID;
	double dy = (o->box.y1 - o->box.y0) / GRID, least = HUGE_VAL;

	*best = o->centroid;
	if (is_room(o, want, *best))
		return true;
	if (want->w > o->box.x1 - o->box.x0 || want->h > o->box.y1 - o->box.y0)
		return false;
	for (int i = 1; i < GRID * GRID; i++) {
		int col = i % GRID, row = i / GRID;
		struct pixel at = {o->box.x0 + dx * col, o->box.y0 + dy * row};
		double far = hypot(at.x - o->centroid.x, at.y - o->centroid.y);

		if (far < least && is_room(o, want, at)) {
			least = far;
			*best = at;
		}
	}
	return least < HUGE_VAL;
}

void
outline_release(struct outline *o)
{
	mem_free(o->at);
	o->at = NULL;
}
