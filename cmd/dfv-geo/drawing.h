#ifndef DFV_GEO_DRAWING_H
#define DFV_GEO_DRAWING_H

#include <stdbool.h>
#include <stdint.h>

#include "amount.h"
#include "belong.h"
#include "buf.h"
#include "classes.h"
#include "frame.h"
#include "gazetteer.h"
#include "shapes.h"

/* A territory's or a commune's figure; of texts, which one it is. */
struct figure {
	struct number value;
	bool has;
};

/* What is written in territories or beside circles: any of these. */
enum { LABEL_NAME = 1, LABEL_CODE = 2, LABEL_VALUE = 4 };

/* Circles on communes. */
struct circles {
	const struct figure *figure; /* by commune; NULL: no circles */
	struct span heading;         /* what the figures are */
	struct span unit;
	bool counted; /* figures are numbers of records */
	struct number most;
	double most_r; /* the largest circle's radius */
	struct amount amount;
};

/* What is hatched over the rest: communes and whole territories. */
struct hatching {
	const bool *commune; /* by index; NULL: nothing is hatched */
	const bool *area;    /* by index of level_table(level) */
	enum level level;
	const struct shapes *shapes; /* of that level; NULL without areas */
	struct span text;            /* for the legend */
};

/* A map as it is to be drawn; all is borrowed. */
struct drawing {
	const struct gazetteer *g;
	enum level level;             /* of the areas */
	const struct shapes *shapes;  /* the same */
	const struct shapes *outline; /* regions over departments, or NULL */
	struct span title;
	struct span source;  /* the user's, or empty */
	struct span heading; /* of the legend */
	struct span unit;    /* of the figures, or empty */
	bool in_page;        /* of HTML, which has title and tooltips */

	const struct figure *figure; /* by territory; NULL: areas are plain */
	const struct span *text;     /* of CLASSES_TEXT: what they are */
	bool counted;                /* figures are numbers of records */
	struct class_plan plan;
	struct circles circles;
	struct hatching hatching;
	unsigned labels; /* LABEL_… */

	/* Found by drawing_plan. */
	struct frames frames;
	struct classes classes;
	struct amount amount;
	struct number least, most; /* of the figures in the classes */
	double head;               /* where the map begins */
};

/* Lays it out and finds the classes. */
void drawing_plan(struct drawing *);

/* Appends the SVG file. */
void drawing_write(const struct drawing *, struct buf *);

/* Whether a frame shows the territory, by its code. */
bool drawing_shows(const struct drawing *, enum level, struct span code);

/* Whether the figure is left out of the classes: a count of none. */
bool drawing_none(const struct drawing *, const struct figure *);

/* The figure of a shape, by its code; one that it has not, where it is not
 * known. *id is the territory's index, or TERRITORY_NONE. */
struct figure drawing_figure(
    const struct drawing *, struct span code, uint32_t *id);

/* Appends the figure as tooltips and tables give it: exactly, a text as it
 * is, or that there is none. */
void drawing_put_figure(
    const struct drawing *, struct buf *, const struct figure *);

/* Appends "Indre (36)". */
void put_place(struct buf *, struct span name, struct span code);

/* What is told of an area or a circle: "Indre (36) : 12". */
void area_put_tip(const struct drawing *, struct buf *, const struct shape *);
void circle_put_tip(const struct drawing *, struct buf *, uint32_t commune);

/* The id of an area in a page: "a0-36". */
void area_put_id(const struct drawing *, struct buf *, const struct frame *,
    const struct shape *);

/* The communes with a circle, the largest first: *n of them, for mem_free. */
uint32_t *circles_order(const struct drawing *, size_t *n);

/* A circle's radius in pixels: its area goes with the figure. */
double circle_radius(const struct circles *, struct number);

/* A circle as it is drawn in a frame. */
struct disc {
	struct pixel at;
	double r;
};

/* False where the frame does not show the commune. */
bool disc_find(const struct drawing *, const struct frame *, uint32_t commune,
    struct disc *);

/* Appends the element, whose start tag is still open. */
void disc_put(struct buf *, const struct disc *);

/* Beyond so many circles nobody points at one: they have no tooltips, and the
 * file stays small. */
enum { CIRCLES_TOLD = 2000 };

/* The department's code of a commune. */
struct span commune_departement(const struct gazetteer *, uint32_t commune);

/* style.c: the style sheet, for light and dark, and the patterns. */
void style_write(const struct drawing *, struct buf *);

/* paint.c: areas, borders and circles of a frame, and its scale bar. */
void paint_frame(const struct drawing *, struct buf *, const struct frame *);

/* hatch.c: what is hatched in a frame. */
void hatch_write(const struct drawing *, struct buf *, const struct frame *);

/* labels.c: the labels of all frames, none over another. */
void labels_write(const struct drawing *, struct buf *);

/* tips.c: in a page, what mouse and keyboard find above all else. */
void tips_write(const struct drawing *, struct buf *);

/* legend.c: beside the map. */
void legend_write(const struct drawing *, struct buf *);

#endif
