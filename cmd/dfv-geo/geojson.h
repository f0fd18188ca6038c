#ifndef DFV_GEO_GEOJSON_H
#define DFV_GEO_GEOJSON_H

#include "buf.h"
#include "columns.h"
#include "gazetteer.h"
#include "resolve.h"
#include "span.h"
#include "writer.h"

/*
 * RFC 7946. A record is a Feature: a Point, a MultiPoint where it is in several
 * communes, a null geometry where it could not be placed. Its properties are
 * the columns: strings, arrays for lists, null for what is missing.
 */
extern const struct writer_format writer_geojson; /* has no record() */

/* One record; cell has one a column. Starts with ",\n", of which the first
 * feature of a collection goes without the comma. */
void geojson_feature(struct buf *, const struct columns *,
    const struct span *cell, const struct gazetteer *,
    const struct whereabouts *);

#endif
