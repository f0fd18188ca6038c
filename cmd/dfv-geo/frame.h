#ifndef DFV_GEO_FRAME_H
#define DFV_GEO_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "belong.h"
#include "shapes.h"

/*
 * The windows of the map: the metropole, in Lambert-93, and insets, each at a
 * scale of its own: the overseas departments, each in the zone of UTM that is
 * official there, and Paris with its neighbours where departments are shown.
 */
struct frame {
	const char *name;         /* of an inset; NULL: its territory's */
	const char *regions;      /* codes it shows, parted by spaces; NULL */
	const char *departements; /* for the metropole: all of it */
	int utm_zone;             /* or 0: Lambert-93 */
	double x, y, w, h;        /* the box, in pixels of the drawing */
	double min_x_m, max_y_m;  /* what is at the drawing's corner x0, y0 */
	double x0, y0;
	double scale; /* pixels a metre */
};

enum { FRAMES_MAX = 7 };

struct frames {
	struct frame item[FRAMES_MAX]; /* the first is the metropole */
	size_t n;
	double height; /* of all, and of what is above them */
};

enum { DRAWING_WIDTH = 820, DRAWING_MARGIN = 24 };

/* Lays the frames out below y, for shapes of a level (regions or
 * departments). The metropole's has the whole width. */
void frames_plan(struct frames *, const struct shapes *, enum level, double y);

/* Whether it shows the territory of that code. */
bool frame_shows(const struct frame *, enum level, struct span code);

struct pixel {
	double x;
	double y;
};

struct pixel frame_pixel(const struct frame *, double lon_deg, double lat_deg);

/* A length for a scale bar of at most `pixels`: 1, 2 or 5 and zeros. */
double frame_bar_km(const struct frame *, double pixels);

#endif
