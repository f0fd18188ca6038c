#ifndef DFV_GEO_DRAWING_H
#define DFV_GEO_DRAWING_H

#include <stdbool.h>
#include <stdint.h>

#include "belong.h"
#include "buf.h"
#include "classes.h"
#include "frame.h"
#include "gazetteer.h"
#include "shapes.h"

/* A territory's figure. */
struct figure {
	struct number value;
	bool has;
};

/* A map as it is to be drawn; all is borrowed. */
struct drawing {
	const struct gazetteer *g;
	enum level level;             /* of the areas */
	const struct shapes *shapes;  /* the same */
	const struct shapes *outline; /* regions over departments, or NULL */
	struct frames frames;
	struct span title;
	struct span source;  /* the user's, or empty */
	struct span heading; /* of the legend */

	const struct figure *figure; /* by territory; NULL: areas are plain */
	bool counted;                /* figures are numbers of records */
	struct classes classes;

	const uint32_t *here; /* records by commune; NULL: no circles */
	uint32_t most;        /* the largest of them */
};

/* Lays it out and finds the classes. */
void drawing_plan(struct drawing *);

/* Appends the SVG file. */
void drawing_write(const struct drawing *, struct buf *);

/* Whether a frame shows the territory, by its code. */
bool drawing_shows(const struct drawing *, enum level, struct span code);

/* Whether the figure is left out of the classes: a count of none. */
bool drawing_none(const struct drawing *, const struct figure *);

/* What layers.c draws in a frame: areas, outlines, figures, circles. */
void layers_write(const struct drawing *, struct buf *, const struct frame *);

/* What legend.c draws, beside the map. */
void legend_write(const struct drawing *, struct buf *);

/* A circle's radius in pixels: its area goes with the number of records. */
double circle_radius(const struct drawing *, uint32_t count);

enum { DRAWING_HEAD = 84, DRAWING_FOOT = 44 };

#define DRAWING_EMPTY_FILL "#f1f3f5"
#define DRAWING_CIRCLE                                                         \
	"fill=\"#d94801\" fill-opacity=\".78\" "                               \
	"stroke=\"#fff\" stroke-width=\".8\""

#endif
