#include "map.h"

void
map_write_html(const struct drawing *d, struct buf *b)
{
	drawing_write(d, b);
}
