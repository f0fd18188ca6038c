#ifndef DFV_GEO_SVG_H
#define DFV_GEO_SVG_H

#include "buf.h"
#include "frame.h"
#include "number.h"
#include "shapes.h"
#include "span.h"

/* The pieces of an SVG 1.1 file. Coordinates are pixels, to a tenth. */

/* Appends text with what XML needs escaped; control characters, U+FFFE and
 * U+FFFF, which it does not allow, become U+FFFD. The text is valid UTF-8. */
void svg_text(struct buf *, struct span text);

/* Appends a coordinate: "12.3", "-.4", "7". */
void svg_coord(struct buf *, double pixels);

/* Appends a shape as the value of a path's attribute d. Points nearer than a
 * third of a pixel to the last one are left out. */
void svg_path(struct buf *, const struct frame *, const struct shape *);

/* Appends a number as French readers expect it: "1 234,5". */
void svg_number(struct buf *, struct number);

#endif
