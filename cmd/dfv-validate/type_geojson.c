#include "type.h"

#include <string.h>

#include "json.h"

enum { ANY_DEPTH = 0, NO_DEPTH = -1 };

/* What an object of a type has to have; of coordinates, how deep their arrays
 * are. */
struct geo_type {
	const char *name;
	const char *member;
	int depth; /* or ANY_DEPTH */
};

static const struct geo_type geojson_types[] = {{"Point", "coordinates", 1},
    {"MultiPoint", "coordinates", 2}, {"LineString", "coordinates", 2},
    {"MultiLineString", "coordinates", 3}, {"Polygon", "coordinates", 3},
    {"MultiPolygon", "coordinates", 4}, {"GeometryCollection", "geometries", 0},
    {"Feature", "geometry", 0}, {"FeatureCollection", "features", 0},
    {NULL, NULL, 0}};

/* A topology, or an object of one. */
static const struct geo_type topojson_types[] = {{"Topology", "arcs", 0},
    {"Point", "coordinates", 1}, {"MultiPoint", "coordinates", 2},
    {"LineString", "arcs", 0}, {"MultiLineString", "arcs", 0},
    {"Polygon", "arcs", 0}, {"MultiPolygon", "arcs", 0},
    {"GeometryCollection", "geometries", 0}, {NULL, NULL, 0}};

/* A position, whose first number was the last token. */
static int
position_depth(struct json *j)
{
	enum json_token t;
	int n = 1;

	while ((t = json_next(j)) == JSON_NUMBER)
		n++;
	return t == JSON_ARRAY_END && n >= 2 ? 1 : NO_DEPTH;
}

/* How deep the arrays are around positions, all of them the same: of an array
 * whose bracket was the last token; ANY_DEPTH where there are no positions. */
static int
array_depth(struct json *j)
{
	enum json_token t = json_next(j);
	int depth = ANY_DEPTH;

	if (t == JSON_NUMBER)
		return position_depth(j);
	for (; t == JSON_ARRAY; t = json_next(j)) {
		int of_item = array_depth(j);

		if (of_item == NO_DEPTH ||
		    (depth != ANY_DEPTH && of_item != ANY_DEPTH &&
			of_item != depth))
			return NO_DEPTH;
		depth = of_item != ANY_DEPTH ? of_item : depth;
	}
	if (t != JSON_ARRAY_END)
		return NO_DEPTH;
	return depth == ANY_DEPTH ? ANY_DEPTH : depth + 1;
}

/* The members that say what is in an object. */
enum { COORDINATES, GEOMETRIES, GEOMETRY, FEATURES, ARCS, NMEMBER };

static const char *const geo_members[NMEMBER] = {
    "coordinates", "geometries", "geometry", "features", "arcs"};

/* What was met of an object. */
struct geo {
	const struct geo_type *types;
	const struct geo_type *type;
	bool has[NMEMBER];
	int depth;
};

static bool is_object(struct json *, const struct geo_type *);

/* The objects of an array whose bracket was the last token. */
static bool
are_objects(struct json *j, const struct geo_type *types)
{
	enum json_token t;

	while ((t = json_next(j)) == JSON_OBJECT)
		if (!is_object(j, types))
			return false;
	return t == JSON_ARRAY_END;
}

/* The value, whose first token is t, of a member. */
static bool
take_member(struct json *j, struct geo *g, size_t member, enum json_token t)
{
	g->has[member] = true;
	switch (member) {
	case COORDINATES:
		g->depth = t == JSON_ARRAY ? array_depth(j) : NO_DEPTH;
		return g->depth != NO_DEPTH;
	case GEOMETRIES:
	case FEATURES:
		return t == JSON_ARRAY && are_objects(j, g->types);
	case GEOMETRY:
		return t == JSON_NULL ||
		    (t == JSON_OBJECT && is_object(j, g->types));
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

/* An object whose brace was the last token. */
static bool
is_object(struct json *j, const struct geo_type *types)
{
	struct geo g = {.types = types};
	size_t member = 0;
	enum json_token t;

	while ((t = json_next(j)) == JSON_KEY)
		if (!take_key(j, &g))
			return false;
	if (t != JSON_OBJECT_END || g.type == NULL || g.type->name == NULL)
		return false;
	while (strcmp(geo_members[member], g.type->member) != 0)
		member++;
	return g.has[member] &&
	    (g.type->depth == ANY_DEPTH || g.depth == ANY_DEPTH ||
		g.depth == g.type->depth);
}

static bool
is_geo(struct span s, const struct geo_type *types)
{
	struct json j;
	bool good;

	json_init(&j, s);
	good = json_next(&j) == JSON_OBJECT && is_object(&j, types) &&
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
