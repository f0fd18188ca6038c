#ifndef DFV_GEO_UNSEEN_H
#define DFV_GEO_UNSEEN_H

#include "drawing.h"
#include "marks.h"
#include "tally.h"

/* Warnings of what ought to be on a map, and cannot be seen on it. */

/* Communes that are to be drawn, and whose place is not known; of many, the
 * first by name and the others by their number. */
void unseen_tell_placeless(const struct tally *, const struct marks *);

/* Territories that have figures, or communes to be drawn, and are in no frame
 * of the drawing. */
void unseen_tell_outside(
    const struct tally *, const struct marks *, const struct drawing *);

#endif
