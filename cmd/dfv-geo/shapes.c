#include "shapes.h"

#include "node.h"
#include "number.h"

struct loader {
	struct arena *arena;
	struct diag *diag;
};

static int
refuse(const struct loader *l, const struct node *where, struct span value,
    const char *what)
{
	diag_report(
	    l->diag, DIAG_BAD_GEOGRAPHY, &where->place, value, "%s", what);
	return -1;
}

static int
need_sequence(const struct loader *l, const struct node *in,
    const struct node *n, const char *what)
{
	if (n != NULL && n->kind == NODE_SEQUENCE)
		return 0;
	return refuse(l, n != NULL ? n : in, span_make(NULL, 0), what);
}

static int
read_degrees(
    const struct loader *l, const struct node *n, double limit, double *out)
{
	struct number v;

	if (!number_parse(node_text(n), false, &v))
		return refuse(l, n, node_text(n), "a number is wanted here");
	*out = number_double(v);
	if (*out < -limit || *out > limit)
		return refuse(l, n, node_text(n),
		    "degrees of longitude and latitude are wanted here");
	return 0;
}

static int
read_ring(const struct loader *l, const struct node *n, struct ring *ring)
{
	if (need_sequence(l, n, n, "a ring is an array of positions") < 0)
		return -1;
	ring->at = ARENA_ARRAY(l->arena, struct position, n->n);
	ring->n = n->n;
	for (size_t i = 0; i < n->n; i++) {
		const struct node *at = &n->item[i];

		if (at->kind != NODE_SEQUENCE || at->n < 2)
			return refuse(l, at, span_make(NULL, 0),
			    "a position is [longitude, latitude]");
		if (read_degrees(l, &at->item[0], 180, &ring->at[i].lon_deg) <
			0 ||
		    read_degrees(l, &at->item[1], 90, &ring->at[i].lat_deg) < 0)
			return -1;
	}
	return 0;
}

/* Reads the rings of one polygon behind those the shape has. */
static int
read_polygon(const struct loader *l, const struct node *n, struct shape *shape)
{
	for (size_t i = 0; i < n->n; i++) {
		struct ring *ring = &shape->ring[shape->nring++];

		ring->outer = i == 0;
		if (read_ring(l, &n->item[i], ring) < 0)
			return -1;
	}
	return 0;
}

static int
read_geometry(
    const struct loader *l, const struct node *geometry, struct shape *shape)
{
	const struct node *all = node_get(geometry, "coordinates");
	struct span type = node_text(node_get(geometry, "type"));
	bool one = span_eq(type, SPAN("Polygon"));
	size_t nring = 0;

	if (!one && !span_eq(type, SPAN("MultiPolygon")))
		return refuse(l, geometry, type,
		    "a boundary is a Polygon or a MultiPolygon");
	if (need_sequence(l, geometry, all, "coordinates are wanted") < 0)
		return -1;
	for (size_t i = 0; !one && i < all->n; i++) {
		if (need_sequence(l, all, &all->item[i],
			"a polygon is an array of rings") < 0)
			return -1;
		nring += all->item[i].n;
	}
	shape->ring = ARENA_ARRAY(l->arena, struct ring, one ? all->n : nring);
	if (one)
		return read_polygon(l, all, shape);
	for (size_t i = 0; i < all->n; i++)
		if (read_polygon(l, &all->item[i], shape) < 0)
			return -1;
	return 0;
}

static int
read_feature(
    const struct loader *l, const struct node *feature, struct shape *shape)
{
	const struct node *geometry = node_get(feature, "geometry");

	shape->code =
	    node_text(node_get(node_get(feature, "properties"), "code"));
	if (shape->code.n == 0)
		return refuse(l, feature, span_make(NULL, 0),
		    "a feature needs a property 'code'");
	return node_null(geometry) ? 0 : read_geometry(l, geometry, shape);
}

int
shapes_load(struct shapes *shapes, const char *file, struct arena *arena,
    struct diag *diag)
{
	struct loader l = {arena, diag};
	struct arena tree = ARENA_EMPTY;
	const struct node *root = node_load(file, &tree, diag);
	const struct node *features = node_get(root, "features");
	int rc = -1;

	*shapes = (struct shapes){.n = 0};
	if (root == NULL ||
	    need_sequence(&l, root, features,
		"a GeoJSON FeatureCollection is wanted") < 0)
		goto out;
	rc = 0;
	shapes->attribution =
	    arena_span(arena, node_text(node_get(root, "attribution")));
	shapes->item = ARENA_ARRAY(arena, struct shape, features->n);
	for (size_t i = 0; i < features->n && rc == 0; i++) {
		struct shape *s = &shapes->item[shapes->n++];

		rc = read_feature(&l, &features->item[i], s);
		s->code = arena_span(arena, s->code);
	}
out:
	arena_release(&tree);
	return rc;
}
