#include "drawing.h"

#include <math.h>

#include "mem.h"
#include "svg.h"

/*
 * The geography knows a commune's place, not its borders: what is nearest to a
 * hatched commune is hatched, square by square, and cut at the coast. That is
 * the commune's Voronoi cell, to SQUARE pixels.
 */
enum { SQUARE = 2, BUCKET = 10, FAR = 60 };

struct site {
	struct pixel at;
	bool marked;
	size_t next; /* in its bucket, from 1; 0 ends it */
};

struct field {
	struct site *site; /* from 1 */
	size_t n;
	size_t *bucket;
	long cols, rows;
	double x, y;
};

static long
clamp(double v, long n)
{
	return v < 0 ? 0 : v >= (double)n ? n - 1 : (long)v;
}

static size_t *
bucket_of(const struct field *f, struct pixel at)
{
	long col = clamp((at.x - f->x) / BUCKET, f->cols);
	long row = clamp((at.y - f->y) / BUCKET, f->rows);

	return &f->bucket[row * f->cols + col];
}

/* The communes of a frame; false when none of them is hatched. */
static bool
field_fill(struct field *f, const struct drawing *d, const struct frame *frame)
{
	const struct gazetteer *g = d->g;
	bool any = false;

	f->x = frame->x;
	f->y = frame->y;
	f->cols = (long)(frame->w / BUCKET) + 1;
	f->rows = (long)(frame->h / BUCKET) + 1;
	f->bucket = mem_alloc((size_t)(f->cols * f->rows), sizeof *f->bucket);
	f->site = mem_alloc((size_t)g->ncommune + 1, sizeof *f->site);
	for (uint32_t i = 0; i < g->ncommune; i++) {
		struct site *site = &f->site[f->n + 1];
		double lon_deg, lat_deg;
		size_t *bucket;

		if (!frame_shows(
			frame, LEVEL_DEPARTEMENT, commune_departement(g, i)) ||
		    !commune_point(&g->commune[i], &lon_deg, &lat_deg))
			continue;
		site->at = frame_pixel(frame, lon_deg, lat_deg);
		site->marked = d->hatching.commune[i];
		any = any || site->marked;
		bucket = bucket_of(f, site->at);
		site->next = *bucket;
		*bucket = ++f->n;
	}
	return any;
}

/* Looks through the buckets at the rim of the square of that reach. */
static void
search_rim(const struct field *f, struct pixel at, long reach, double *best,
    bool *marked)
{
	long col = clamp((at.x - f->x) / BUCKET, f->cols);
	long row = clamp((at.y - f->y) / BUCKET, f->rows);

	for (long r = row - reach; r <= row + reach; r++) {
		bool whole = r == row - reach || r == row + reach;
		long step = whole || reach == 0 ? 1 : 2 * reach;

		for (long c = col - reach; c <= col + reach; c += step) {
			if (r < 0 || r >= f->rows || c < 0 || c >= f->cols)
				continue;
			for (size_t i = f->bucket[r * f->cols + c]; i != 0;
			     i = f->site[i].next) {
				double dist = hypot(f->site[i].at.x - at.x,
				    f->site[i].at.y - at.y);

				if (dist < *best) {
					*best = dist;
					*marked = f->site[i].marked;
				}
			}
		}
	}
}

static bool
is_hatched(const struct field *f, double x, double y)
{
	struct pixel at = {x + SQUARE / 2.0, y + SQUARE / 2.0};
	double best = FAR;
	bool marked = false;

	/* What is in a further rim is at least reach - 1 buckets away. */
	for (long reach = 0; (double)((reach - 1) * BUCKET) <= best; reach++)
		search_rim(f, at, reach, &best, &marked);
	return marked;
}

/* A row of squares: each run of hatched ones is a rectangle of the path. */
static void
put_row(struct buf *b, const struct field *f, const struct frame *frame,
    double y, double x_end)
{
	double x = frame->x;

	while (x < x_end) {
		double from;

		while (x < x_end && !is_hatched(f, x, y))
			x += SQUARE;
		from = x;
		while (x < x_end && is_hatched(f, x, y))
			x += SQUARE;
		if (x > from)
			buf_printf(b, "M%.0f %.0fh%.0fv%dH%.0fz", from, y,
			    x - from, SQUARE, from);
	}
}

static void
put_communes(const struct drawing *d, struct buf *b, const struct frame *frame)
{
	struct field f = {.n = 0};
	size_t number = (size_t)(frame - d->frames.item);

	if (field_fill(&f, d, frame)) {
		buf_printf(b,
		    "<clipPath id=\"coupe%zu\"><use href=\"#bord%zu\"/>"
		    "</clipPath>\n<path class=\"h\" "
		    "clip-path=\"url(#coupe%zu)\" d=\"",
		    number, number, number);
		for (int row = 0; row * SQUARE < (int)frame->h; row++)
			put_row(b, &f, frame, frame->y + row * SQUARE,
			    frame->x + frame->w);
		buf_add(b, SPAN("\" pointer-events=\"none\"/>\n"));
	}
	mem_free(f.site);
	mem_free(f.bucket);
}

static void
put_territories(
    const struct drawing *d, struct buf *b, const struct frame *frame)
{
	const struct hatching *h = &d->hatching;
	const struct territories *t = level_table(d->g, h->level);

	for (size_t i = 0; i < h->shapes->n; i++) {
		const struct shape *s = &h->shapes->item[i];
		const struct keymap_entry *e =
		    keymap_find(&t->by_code, s->code);

		if (e == NULL || !h->area[e->id] ||
		    !frame_shows(frame, h->level, s->code))
			continue;
		buf_add(b, SPAN("<path class=\"h\" d=\""));
		svg_path(b, frame, s);
		buf_add(b, SPAN("\" pointer-events=\"none\"/>\n"));
	}
}

void
hatch_write(const struct drawing *d, struct buf *b, const struct frame *frame)
{
	if (d->hatching.commune == NULL)
		return;
	if (d->hatching.shapes != NULL)
		put_territories(d, b, frame);
	else
		put_communes(d, b, frame);
}
