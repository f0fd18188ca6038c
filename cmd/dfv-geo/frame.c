#include "frame.h"

#include <math.h>

#include "projection.h"

enum {
	MARGIN = 24,
	METROPOLE_X = 96, /* the legend stands to the left, off Aquitaine */
	METROPOLE_W = DRAWING_WIDTH - METROPOLE_X - MARGIN,
	METROPOLE_H = 672,
	INSET_H = 118,
	INSET_GAP = 8,
	INSET_PAD = 7,
	INSET_HEAD = 20 /* for its name */
};

static const struct frame windows[FRAMES_MAX] = {
    {.lambert = true},
    {.regions = "01", .departements = "971"},
    {.regions = "02", .departements = "972"},
    {.regions = "03", .departements = "973"},
    {.regions = "04", .departements = "974"},
    {.regions = "06", .departements = "976"},
    {.name = "Petite couronne",
	.regions = "",
	.departements = "75 92 93 94",
	.lambert = true},
};

static bool
words_have(const char *words, struct span word)
{
	struct span rest = span_of(words);

	while (rest.n > 0) {
		size_t n = span_find(rest, ' ');

		if (span_eq(span_make(rest.p, n), word))
			return true;
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	return false;
}

/* Codes of two characters, but overseas regions', which begin with 0. */
static bool
is_metropole(enum level level, struct span code)
{
	return code.n == 2 && (level != LEVEL_REGION || code.p[0] != '0');
}

bool
frame_shows(const struct frame *f, enum level level, struct span code)
{
	const char *codes =
	    level == LEVEL_REGION ? f->regions : f->departements;

	return codes == NULL ? is_metropole(level, code)
			     : words_have(codes, code);
}

static struct plane
frame_project(const struct frame *f, double lon_deg, double lat_deg)
{
	return f->lambert ? lambert93(lon_deg, lat_deg)
			  : equirectangular(lon_deg, lat_deg, f->lat0_deg);
}

struct extent {
	double min_x, max_x, min_y, max_y;
};

static const struct extent nowhere = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL};

static void
extent_add(struct extent *e, double x, double y)
{
	e->min_x = fmin(e->min_x, x);
	e->max_x = fmax(e->max_x, x);
	e->min_y = fmin(e->min_y, y);
	e->max_y = fmax(e->max_y, y);
}

/* Of what the frame shows: in degrees, or in metres on its plane. */
static struct extent
frame_extent(const struct frame *f, const struct shapes *shapes,
    enum level level, bool metres)
{
	struct extent e = nowhere;

	for (size_t i = 0; i < shapes->n; i++) {
		const struct shape *s = &shapes->item[i];

		if (!frame_shows(f, level, s->code))
			continue;
		for (size_t r = 0; r < s->nring; r++)
			for (size_t k = 0; k < s->ring[r].n; k++) {
				struct position at = s->ring[r].at[k];
				struct plane p = {at.lon_deg, at.lat_deg};

				if (metres)
					p = frame_project(
					    f, at.lon_deg, at.lat_deg);
				extent_add(&e, p.x_m, p.y_m);
			}
	}
	return e;
}

/* Scales what the frame shows into the middle of x, y, w, h; false when it
 * shows nothing. */
static bool
frame_fit(struct frame *f, const struct shapes *shapes, enum level level,
    double x, double y, double w, double h)
{
	struct extent e = frame_extent(f, shapes, level, false);

	if (!(e.min_x < e.max_x && e.min_y < e.max_y))
		return false;
	f->lat0_deg = (e.min_y + e.max_y) / 2;
	e = frame_extent(f, shapes, level, true);
	f->scale = fmin(w / (e.max_x - e.min_x), h / (e.max_y - e.min_y));
	f->min_x_m = e.min_x;
	f->max_y_m = e.max_y;
	f->x0 = x + (w - f->scale * (e.max_x - e.min_x)) / 2;
	f->y0 = y + (h - f->scale * (e.max_y - e.min_y)) / 2;
	return true;
}

static void
place_insets(struct frames *frames, const struct shapes *shapes,
    enum level level, double y)
{
	size_t n = frames->n - 1;
	double w = (DRAWING_WIDTH - 2 * MARGIN -
		       INSET_GAP * (double)(n > 0 ? n - 1 : 0)) /
	    (double)(n > 0 ? n : 1);

	for (size_t i = 0; i < n; i++) {
		struct frame *f = &frames->item[i + 1];

		f->x = MARGIN + (w + INSET_GAP) * (double)i;
		f->y = y;
		f->w = w;
		f->h = INSET_H;
		frame_fit(f, shapes, level, f->x + INSET_PAD,
		    f->y + INSET_HEAD + INSET_PAD, w - 2 * INSET_PAD,
		    INSET_H - INSET_HEAD - 2 * INSET_PAD);
	}
	frames->height = y + (n > 0 ? INSET_H : 0);
}

void
frames_plan(struct frames *frames, const struct shapes *shapes,
    enum level level, double y)
{
	struct frame *metropole = &frames->item[0];

	*metropole = windows[0];
	metropole->x = METROPOLE_X;
	metropole->y = y;
	metropole->w = METROPOLE_W;
	metropole->h = METROPOLE_H;
	frame_fit(
	    metropole, shapes, level, METROPOLE_X, y, METROPOLE_W, METROPOLE_H);
	frames->n = 1;
	for (size_t i = 1; i < FRAMES_MAX; i++) {
		struct frame f = windows[i];

		if (frame_fit(&f, shapes, level, 0, 0, 1, 1))
			frames->item[frames->n++] = f;
	}
	place_insets(frames, shapes, level, y + METROPOLE_H + INSET_GAP);
}

struct pixel
frame_pixel(const struct frame *f, double lon_deg, double lat_deg)
{
	struct plane p = frame_project(f, lon_deg, lat_deg);

	return (struct pixel){f->x0 + (p.x_m - f->min_x_m) * f->scale,
	    f->y0 + (f->max_y_m - p.y_m) * f->scale};
}

/* Twice the signed area of a ring, and its centroid, by the shoelace formula
 * about the ring's first point. */
static double
ring_area(const struct frame *f, const struct ring *ring, struct pixel *center)
{
	struct pixel o =
	    frame_pixel(f, ring->at[0].lon_deg, ring->at[0].lat_deg);
	struct pixel a = o;
	double area = 0, x = 0, y = 0;

	for (size_t i = 1; i < ring->n; i++) {
		struct pixel b =
		    frame_pixel(f, ring->at[i].lon_deg, ring->at[i].lat_deg);
		double cross =
		    (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);

		area += cross;
		x += cross * (a.x + b.x - 2 * o.x);
		y += cross * (a.y + b.y - 2 * o.y);
		a = b;
	}
	*center = o;
	if (fabs(area) > 0) {
		center->x += x / (3 * area);
		center->y += y / (3 * area);
	}
	return fabs(area);
}

struct pixel
frame_label(const struct frame *f, const struct shape *s)
{
	struct pixel best = {f->x, f->y};
	double largest = -1;

	for (size_t r = 0; r < s->nring; r++) {
		struct pixel center;
		double area;

		if (s->ring[r].n == 0)
			continue;
		area = ring_area(f, &s->ring[r], &center);
		if (area > largest) {
			largest = area;
			best = center;
		}
	}
	return best;
}
