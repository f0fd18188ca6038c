#include "type.h"

#include <string.h>

#include "json.h"
#include "number.h"

enum { ANY_DEPTH = 0, NO_DEPTH = -1 };

enum { LINE_POSITIONS = 2, RING_POSITIONS = 4, DIMENSIONS = 3 };

/* What stands where: geometries in a feature, features in a collection. */
enum { GEOMETRY_KIND = 1, FEATURE_KIND = 2, WHOLE_KIND = 4, ANY_KIND = 7 };

/* What an object of a type has to have; of coordinates, how deep their arrays
 * are, and how many positions a line or ring has at least. */
struct geo_type {
	const char *name;
	unsigned kind;
	const char *member;
	int depth; /* or ANY_DEPTH */
	size_t fewest;
};

static const struct geo_type geojson_types[] = {
    {"Point", GEOMETRY_KIND, "coordinates", 1, 0},
    {"MultiPoint", GEOMETRY_KIND, "coordinates", 2, 0},
    {"LineString", GEOMETRY_KIND, "coordinates", 2, LINE_POSITIONS},
    {"MultiLineString", GEOMETRY_KIND, "coordinates", 3, LINE_POSITIONS},
    {"Polygon", GEOMETRY_KIND, "coordinates", 3, RING_POSITIONS},
    {"MultiPolygon", GEOMETRY_KIND, "coordinates", 4, RING_POSITIONS},
    {"GeometryCollection", GEOMETRY_KIND, "geometries", ANY_DEPTH, 0},
    {"Feature", FEATURE_KIND, "geometry", ANY_DEPTH, 0},
    {"FeatureCollection", WHOLE_KIND, "features", ANY_DEPTH, 0},
    {NULL, 0, NULL, 0, 0}};

/* A topology, or an object of one. */
static const struct geo_type topojson_types[] = {
    {"Topology", WHOLE_KIND, "arcs", ANY_DEPTH, 0},
    {"Point", GEOMETRY_KIND, "coordinates", 1, 0},
    {"MultiPoint", GEOMETRY_KIND, "coordinates", 2, 0},
    {"LineString", GEOMETRY_KIND, "arcs", ANY_DEPTH, 0},
    {"MultiLineString", GEOMETRY_KIND, "arcs", ANY_DEPTH, 0},
    {"Polygon", GEOMETRY_KIND, "arcs", ANY_DEPTH, 0},
    {"MultiPolygon", GEOMETRY_KIND, "arcs", ANY_DEPTH, 0},
    {"GeometryCollection", GEOMETRY_KIND, "geometries", ANY_DEPTH, 0},
    {NULL, 0, NULL, 0, 0}};

/* Longitude, latitude, height; what follows is passed over. */
struct position {
	struct number at[DIMENSIONS];
	size_t n;
};

/* What the arrays in coordinates are like. */
struct shape {
	size_t fewest; /* positions in the shortest line that is not empty */
	bool open;     /* a line does not end where it begins */
	struct position last;
};

static void
take_number(struct json *j, struct position *p)
{
	if (p->n < DIMENSIONS && number_parse(j->text, false, &p->at[p->n]))
		p->n++;
}

static bool
same_position(const struct position *a, const struct position *b)
{
	for (size_t i = 0; a->n == b->n && i < a->n; i++)
		if (number_cmp(a->at[i], b->at[i]) != 0)
			return false;
	return a->n == b->n;
}

/* A position, whose first number was the last token. */
static int
position_depth(struct json *j, struct shape *s)
{
	enum json_token t = JSON_NUMBER;
	size_t n = 0;

	s->last.n = 0;
	for (; t == JSON_NUMBER; t = json_next(j)) {
		take_number(j, &s->last);
		n++;
	}
	return t == JSON_ARRAY_END && n >= 2 ? 1 : NO_DEPTH;
}

/* A line of n positions, of which the last one is at hand. */
static void
take_line(struct shape *s, const struct position *first, size_t n)
{
	if (s->fewest == 0 || n < s->fewest)
		s->fewest = n;
	s->open = s->open || !same_position(first, &s->last);
}

/* How deep the arrays are around positions, all of them the same: of an array
 * whose bracket was the last token; ANY_DEPTH where there are no positions. */
static int
array_depth(struct json *j, struct shape *s)
{
	enum json_token t = json_next(j);
	int depth = ANY_DEPTH;
	struct position first = {.n = 0};
	size_t n = 0;

	if (t == JSON_NUMBER)
		return position_depth(j, s);
	for (; t == JSON_ARRAY; t = json_next(j)) {
		int of_item = array_depth(j, s);

		if (of_item == NO_DEPTH ||
		    (depth != ANY_DEPTH && of_item != ANY_DEPTH &&
			of_item != depth))
			return NO_DEPTH;
		depth = of_item != ANY_DEPTH ? of_item : depth;
		if (n++ == 0)
			first = s->last;
	}
	if (t != JSON_ARRAY_END)
		return NO_DEPTH;
	if (depth == 1)
		take_line(s, &first, n);
	return depth == ANY_DEPTH ? ANY_DEPTH : depth + 1;
}

/* The members that say what is in an object. */
enum {
	COORDINATES,
	GEOMETRIES,
	GEOMETRY,
	FEATURES,
	ARCS,
	PROPERTIES,
	ID,
	BBOX,
	NMEMBER
};

static const char *const geo_members[NMEMBER] = {"coordinates", "geometries",
    "geometry", "features", "arcs", "properties", "id", "bbox"};

/* What was met of an object. */
struct geo {
	const struct geo_type *types;
	const struct geo_type *type;
	bool has[NMEMBER];
	int depth;
	struct shape shape;
	bool odd_properties, odd_id; /* of a feature they are not */
};

static bool is_object(struct json *, const struct geo_type *, unsigned kinds);

/* The objects of an array whose bracket was the last token. */
static bool
are_objects(struct json *j, const struct geo_type *types, unsigned kinds)
{
	enum json_token t;

	while ((t = json_next(j)) == JSON_OBJECT)
		if (!is_object(j, types, kinds))
			return false;
	return t == JSON_ARRAY_END;
}

/* An array whose bracket was the last token: two corners, in two dimensions or
 * three. */
static bool
is_box(struct json *j)
{
	enum json_token t;
	size_t n = 0;

	while ((t = json_next(j)) == JSON_NUMBER)
		n++;
	return t == JSON_ARRAY_END && (n == 4 || n == 6);
}

/* The value, whose first token is t, of a member. */
static bool
take_member(struct json *j, struct geo *g, size_t member, enum json_token t)
{
	g->has[member] = true;
	switch (member) {
	case COORDINATES:
		g->depth =
		    t == JSON_ARRAY ? array_depth(j, &g->shape) : NO_DEPTH;
		return g->depth != NO_DEPTH;
	case GEOMETRIES:
		return t == JSON_ARRAY &&
		    are_objects(j, g->types, GEOMETRY_KIND);
	case FEATURES:
		return t == JSON_ARRAY &&
		    are_objects(j, g->types, FEATURE_KIND);
	case GEOMETRY:
		return t == JSON_NULL ||
		    (t == JSON_OBJECT && is_object(j, g->types, GEOMETRY_KIND));
	case BBOX:
		return t == JSON_ARRAY && is_box(j);
	case PROPERTIES:
		g->odd_properties = t != JSON_OBJECT && t != JSON_NULL;
		return type_skip_json(j, t);
	case ID:
		g->odd_id = t != JSON_STRING && t != JSON_NUMBER;
		return type_skip_json(j, t);
	default:
		return type_skip_json(j, t);
	}
}

static const struct geo_type *
geo_type(const struct geo_type *types, struct span name)
{
	while (types->name != NULL && !span_eq(name, span_of(types->name)))
		types++;
	return types;
}

/* A member, whose name was the last token. */
static bool
take_key(struct json *j, struct geo *g)
{
	bool is_type = span_eq(j->text, SPAN("type"));
	size_t member = 0;
	enum json_token t;

	while (
	    member < NMEMBER && !span_eq(j->text, span_of(geo_members[member])))
		member++;
	t = json_next(j);
	if (is_type && t == JSON_STRING)
		g->type = geo_type(g->types, j->text);
	return member < NMEMBER ? take_member(j, g, member, t)
				: type_skip_json(j, t);
}

static bool
is_of_its_type(const struct geo *g)
{
	const struct geo_type *type = g->type;
	size_t member = 0;

	while (strcmp(geo_members[member], type->member) != 0)
		member++;
	if (!g->has[member])
		return false;
	if (type->kind == FEATURE_KIND &&
	    (!g->has[PROPERTIES] || g->odd_properties || g->odd_id))
		return false;
	if (type->depth == ANY_DEPTH || g->depth == ANY_DEPTH)
		return true;
	return g->depth == type->depth && g->shape.fewest >= type->fewest &&
	    (type->fewest < RING_POSITIONS || !g->shape.open);
}

/* An object, of one of these kinds, whose brace was the last token. */
static bool
is_object(struct json *j, const struct geo_type *types, unsigned kinds)
{
	struct geo g = {.types = types};
	enum json_token t;

	while ((t = json_next(j)) == JSON_KEY)
		if (!take_key(j, &g))
			return false;
	return t == JSON_OBJECT_END && g.type != NULL &&
	    (g.type->kind & kinds) != 0 && is_of_its_type(&g);
}

static bool
is_geo(struct span s, const struct geo_type *types)
{
	struct json j;
	bool good;

	json_init(&j, s);
	good = json_next(&j) == JSON_OBJECT && is_object(&j, types, ANY_KIND) &&
	    json_next(&j) == JSON_END;
	json_release(&j);
	return good;
}

bool
type_geojson(const struct field *f, struct span s, struct number *order)
{
	(void)f, (void)order;
	return is_geo(s, geojson_types);
}

bool
type_topojson(const struct field *f, struct span s, struct number *order)
{
	(void)f, (void)order;
	return is_geo(s, topojson_types);
}
