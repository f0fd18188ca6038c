#ifndef DFV_VALIDATE_HOURS_H
#define DFV_VALIDATE_HOURS_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * Whether a text is written as OpenStreetMap's opening_hours says
 * (`Mo-Fr 09:00-18:00; PH off`; wiki.openstreetmap.org,
 * Key:opening_hours/specification, evaluation aside). If not, *at is the
 * offset at which it no longer is.
 */
bool hours_valid(struct span, size_t *at);

/* hours_words.c: appends to out what days and hours in French (`Lu-Ve 9h-12h et
 * 14h-18h`, `du lundi au vendredi`) or in other letters are in opening_hours.
 * False where there is no telling, or they are valid already. */
bool hours_from_words(struct span, struct buf *out);

#endif
