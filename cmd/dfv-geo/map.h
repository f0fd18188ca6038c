#ifndef DFV_GEO_MAP_H
#define DFV_GEO_MAP_H

#include "buf.h"
#include "drawing.h"

/* What a map is written as: a row a format, named for --to. */
struct map_format {
	const char *name;
	bool in_page; /* the drawing is part of a page (drawing.h) */
	bool framed;  /* it shows what is in a frame, and nothing else */
	void (*write)(const struct drawing *, struct buf *);
};

/* page.c: one HTML file with the map, what is in it as tables, and tooltips
 * for mouse and keyboard. */
void map_write_html(const struct drawing *, struct buf *);

/* features.c: GeoJSON (RFC 7946), a Feature a territory and a circle. */
void map_write_geojson(const struct drawing *, struct buf *);

#endif
