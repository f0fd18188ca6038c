#ifndef DFV_STATS_HEADING_H
#define DFV_STATS_HEADING_H

#include "buf.h"
#include "span.h"

/*
 * Names of columns as a French reader expects them. Names of data go without
 * accents and have underscores for spaces: `duree_moyenne` is "durée moyenne".
 * With dated, the name is of a column of periods, and its ending says which:
 * `debut_week` is "début (semaine)".
 */
void heading_put(struct buf *, struct span name, bool dated);

/* The same in a sentence: `debut_week` is just "semaine". */
void heading_word(struct buf *, struct span name, bool dated);

/* Appends text with its first letter a capital. */
void heading_capital(struct buf *, struct span text);

#endif
