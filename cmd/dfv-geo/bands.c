#include "bands.h"

/*
 * Whether a ray from p to the east cuts the edge, which turns *odd round; true
 * when p is on the edge itself. Products stay below 2^63: 180 by 360 degrees.
 */
static inline bool
edge_cuts(const struct edge *e, struct point p, bool *odd)
{
	int64_t rise = (int64_t)e->b.lat_e7 - e->a.lat_e7;
	int64_t run = (int64_t)e->b.lon_e7 - e->a.lon_e7;
	int64_t north = (int64_t)p.lat_e7 - e->a.lat_e7;
	int64_t east = (int64_t)p.lon_e7 - e->a.lon_e7;
	int64_t left, right;

	if (rise == 0)
		return north == 0 &&
		    (run > 0 ? east >= 0 && east <= run
			     : east <= 0 && east >= run);
	if (rise > 0 ? north < 0 || north > rise : north > 0 || north < rise)
		return false;
	left = run * north;
	right = east * rise;
	if (left == right)
		return true;
	/* Of two edges that meet at p's latitude one counts: the upper. */
	if ((e->a.lat_e7 > p.lat_e7) != (e->b.lat_e7 > p.lat_e7))
		*odd ^= rise > 0 ? right < left : right > left;
	return false;
}

bool
edges_enclose(const struct edge *e, size_t n, struct point p)
{
	bool odd = false;

	for (size_t i = 0; i < n; i++)
		if (edge_cuts(&e[i], p, &odd))
			return true;
	return odd;
}

bool
bands_enclose(const struct bands *b, struct point p)
{
	const struct band *band = &b->band[band_row(p.lat_e7) - b->south];

	return edges_enclose(b->edge + band->edge, band->n, p);
}

/* Counted, given room, then filled. */
void
bands_build(
    struct bands *b, const struct polygons *p, size_t area, struct arena *arena)
{
	const struct area *a = &p->area[area];
	const struct edge *edge = p->edge + a->edge;
	int first, last;
	size_t nedge = 0;

	b->south = band_row(a->least.lat_e7);
	b->n = band_row(a->most.lat_e7) - b->south + 1;
	b->band = ARENA_ARRAY(arena, struct band, (size_t)b->n);
	for (size_t e = 0; e < a->nedge; e++) {
		edge_rows(&edge[e], band_row, &first, &last);
		for (int r = first; r <= last; r++)
			b->band[r - b->south].n++;
	}
	for (int r = 0; r < b->n; r++) {
		b->band[r].edge = nedge;
		nedge += b->band[r].n;
		b->band[r].n = 0;
	}
	b->edge = ARENA_ARRAY(arena, struct edge, nedge);
	for (size_t e = 0; e < a->nedge; e++) {
		edge_rows(&edge[e], band_row, &first, &last);
		for (int r = first; r <= last; r++) {
			struct band *to = &b->band[r - b->south];

			b->edge[to->edge + to->n++] = edge[e];
		}
	}
}
