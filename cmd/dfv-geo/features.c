#include "map.h"

void
map_write_geojson(const struct drawing *d, struct buf *b)
{
	drawing_write(d, b);
}
