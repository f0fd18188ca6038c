#include "frame.h"

#include <math.h>

#include "listed.h"
#include "projection.h"

enum {
	METROPOLE_X = 96, /* the legend stands to the left, off Aquitaine */
	METROPOLE_W = DRAWING_WIDTH - METROPOLE_X - DRAWING_MARGIN,
	METROPOLE_H = 672,
	INSET_H = 136,
	INSET_GAP = 8,
	INSET_PAD = 7,
	INSET_HEAD = 18, /* for its name */
	INSET_FOOT = 18  /* for its scale */
};

static const struct frame windows[FRAMES_MAX] = {
    {.utm_zone = 0},
    {.regions = "01", .departements = "971", .utm_zone = 20},
    {.regions = "02", .departements = "972", .utm_zone = 20},
    {.regions = "03", .departements = "973", .utm_zone = 22},
    {.regions = "04", .departements = "974", .utm_zone = 40},
    {.regions = "06", .departements = "976", .utm_zone = 38},
    {.name = "Petite couronne", .regions = "", .departements = "75 92 93 94"},
};

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
			     : span_listed(code, codes, ' ');
}

static struct plane
frame_project(const struct frame *f, double lon_deg, double lat_deg)
{
	return f->utm_zone == 0 ? lambert93(lon_deg, lat_deg)
				: utm(lon_deg, lat_deg, f->utm_zone);
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

/* Of what the frame shows, in metres on its plane. */
static struct extent
frame_extent(
    const struct frame *f, const struct shapes *shapes, enum level level)
{
	struct extent e = nowhere;

	for (size_t i = 0; i < shapes->n; i++) {
		const struct shape *s = &shapes->item[i];

		if (!frame_shows(f, level, s->code))
			continue;
		for (size_t r = 0; r < s->nring; r++)
			for (size_t k = 0; k < s->ring[r].n; k++) {
				struct position at = s->ring[r].at[k];
				struct plane p =
				    frame_project(f, at.lon_deg, at.lat_deg);

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
	struct extent e = frame_extent(f, shapes, level);

	if (!(e.min_x < e.max_x && e.min_y < e.max_y))
		return false;
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
	double w = (DRAWING_WIDTH - 2 * DRAWING_MARGIN -
		       INSET_GAP * (double)(n > 0 ? n - 1 : 0)) /
	    (double)(n > 0 ? n : 1);

	for (size_t i = 0; i < n; i++) {
		struct frame *f = &frames->item[i + 1];

		f->x = DRAWING_MARGIN + (w + INSET_GAP) * (double)i;
		f->y = y;
		f->w = w;
		f->h = INSET_H;
		frame_fit(f, shapes, level, f->x + INSET_PAD, f->y + INSET_HEAD,
		    w - 2 * INSET_PAD,
		    INSET_H - INSET_HEAD - INSET_FOOT - INSET_PAD);
	}
	frames->height = y + (n > 0 ? INSET_H : 0);
}

void
frames_plan(struct frames *frames, const struct shapes *shapes,
    enum level level, double y)
{
	struct frame *metropole = &frames->item[0];

	*metropole = windows[0];
	metropole->x = DRAWING_MARGIN;
	metropole->y = y;
	metropole->w = DRAWING_WIDTH - 2 * DRAWING_MARGIN;
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

double
frame_bar_km(const struct frame *f, double pixels)
{
	double most = pixels / (f->scale * 1000);
	double power = pow(10, floor(log10(most)));

	return power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
}
