#ifndef DFV_VALIDATE_HOURS_H
#define DFV_VALIDATE_HOURS_H

#include <stdbool.h>

#include "span.h"

/*
 * Whether a text is written as OpenStreetMap's opening_hours says
 * (`Mo-Fr 09:00-18:00; PH off`; wiki.openstreetmap.org,
 * Key:opening_hours/specification, evaluation aside). If not, *at is the
 * offset at which it no longer is.
 */
bool hours_valid(struct span, size_t *at);

#endif
