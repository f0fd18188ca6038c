#ifndef DFV_GEO_SCALE_H
#define DFV_GEO_SCALE_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/*
 * Cynthia Brewer's colour scales that people with any colour vision can read
 * (colorbrewer2.org, Apache License 2.0).
 */
struct scale {
	const char *name;
	bool diverging;
	/* By number of colours: "rrggbb" each, no blanks. Sequential scales
	 * run from light to dark. */
	const char *colors[12];
};

/* "#rrggbb", a string. */
struct color {
	char hex[8];
};

/* The scale of that name, or NULL. */
const struct scale *scale_find(const char *name);

/* The names, for a message; static. */
extern const char scale_names[];

/* The most colours it has. */
size_t scale_most(const struct scale *);

/* Colour i of n, n at least 1 and at most scale_most(). One and two are taken
 * out of three. */
struct color scale_color(const struct scale *, size_t n, size_t i);

/* For text: the four of "Paired" that all can tell apart, in turn. */
enum { SCALE_TEXTS = 4 };
struct color scale_text_color(size_t i);

/* The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
double color_contrast(struct color, struct color);

/* Of black and white, the one to write in on a colour. */
struct color color_ink(struct color);

#endif
