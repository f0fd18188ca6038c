#include "polygons.h"

#include "input.h"
#include "json.h"
#include "mem.h"

struct loader {
	struct polygons *to;
	struct json json;
	const char *file;
	enum diag_id id; /* what a mistake is reported as */
	struct arena *arena;
	struct diag *diag;
};

enum { FIRST_BYTES = PACK_MAGIC_BYTES, READ_BYTES = 256 * 1024 };

static int
refuse(struct loader *l, size_t at, struct span value, const char *what)
{
	struct place place = {l->file, 1, 1};

	for (size_t i = 0; i < at && i < l->json.in.n; i++) {
		bool lf = l->json.in.p[i] == '\n';

		place.line += lf;
		place.col = lf ? 1 : place.col + 1;
	}
	diag_report(l->diag, l->id, &place, value, "%s", what);
	return -1;
}

/* The next token; JSON_ERROR has been reported. */
static enum json_token
next(struct loader *l)
{
	enum json_token t = json_next(&l->json);

	if (t == JSON_ERROR)
		refuse(l, l->json.at, span_make(NULL, 0), l->json.error);
	return t;
}

static int
wrong(struct loader *l, enum json_token t, const char *what)
{
	return t == JSON_ERROR
	    ? -1
	    : refuse(l, l->json.start, span_make(NULL, 0), what);
}

/* Passes over the value that token t begins. */
static int
skip(struct loader *l, enum json_token t)
{
	int depth = 0;

	for (;;) {
		if (t == JSON_ERROR)
			return -1;
		depth += t == JSON_OBJECT || t == JSON_ARRAY;
		depth -= t == JSON_OBJECT_END || t == JSON_ARRAY_END;
		if (depth == 0)
			return 0;
		t = next(l);
	}
}

static int
read_degrees(struct loader *l, enum json_token t, int limit, int32_t *e7)
{
	if (t == JSON_NUMBER && point_degrees(l->json.text, false, limit, e7))
		return 0;
	return t == JSON_ERROR
	    ? -1
	    : refuse(l, l->json.start, l->json.text,
		  "degrees of longitude and latitude are wanted here");
}

/* A position whose first token is t; a height is passed over. */
static int
read_position(struct loader *l, enum json_token t, struct point *p)
{
	if (read_degrees(l, t, 180, &p->lon_e7) < 0 ||
	    read_degrees(l, next(l), 90, &p->lat_e7) < 0)
		return -1;
	while ((t = next(l)) == JSON_NUMBER)
		;
	return t == JSON_ARRAY_END
	    ? 0
	    : wrong(l, t, "a position is [longitude, latitude]");
}

/* Degrees in their usual form, "-1.25", at the start of s: how many bytes, or
 * 0. */
static size_t
usual_degrees(struct span s, int limit, int32_t *e7)
{
	size_t from = s.n > 0 && s.p[0] == '-';
	size_t n = point_usual(s, limit, e7);

	/* 01.5 is no number of JSON. */
	return n > 0 && s.p[from] == '0' && s.p[from + 1] != '.' ? 0 : n;
}

/* The next position of a ring, if it is written as is usual, "[1.5,46.25]". */
static bool
usual_position(struct json *j, struct point *p)
{
	size_t at = json_ahead(j), n;

	if (at == j->in.n || j->in.p[at++] != '[')
		return false;
	n = usual_degrees(span_from(j->in, at), 180, &p->lon_e7);
	at += n;
	if (n == 0 || at == j->in.n || j->in.p[at++] != ',')
		return false;
	n = usual_degrees(span_from(j->in, at), 90, &p->lat_e7);
	at += n;
	if (n == 0 || at == j->in.n || j->in.p[at] != ']')
		return false;
	json_passed(j, at + 1);
	return true;
}

static void
add_edge(struct polygons *to, struct point a, struct point b)
{
	struct area *area = &to->area[to->n - 1];

	if (a.lat_e7 == b.lat_e7 && a.lon_e7 == b.lon_e7)
		return;
	to->edge =
	    mem_grow(to->edge, &to->edge_cap, to->nedge + 1, sizeof *to->edge);
	to->edge[to->nedge++] = (struct edge){a, b};
	if (area->nedge++ == 0)
		area->least = area->most = a;
	if (a.lat_e7 < area->least.lat_e7)
		area->least.lat_e7 = a.lat_e7;
	if (a.lat_e7 > area->most.lat_e7)
		area->most.lat_e7 = a.lat_e7;
	if (a.lon_e7 < area->least.lon_e7)
		area->least.lon_e7 = a.lon_e7;
	if (a.lon_e7 > area->most.lon_e7)
		area->most.lon_e7 = a.lon_e7;
}

/* What an array of coordinates turned out to be. */
struct coords {
	bool position;
	struct point at; /* of a position */
	size_t start;    /* of the array */
	size_t npos;     /* positions in it: then it is a ring */
	struct point first, last;
};

static void
add_position(struct loader *l, struct coords *ring, struct point at)
{
	if (ring->npos++ == 0)
		ring->first = at;
	else
		add_edge(l->to, ring->last, at);
	ring->last = at;
}

static int
end_ring(struct loader *l, const struct coords *ring)
{
	if (ring->npos == 0 ||
	    (ring->npos >= 4 && ring->last.lat_e7 == ring->first.lat_e7 &&
		ring->last.lon_e7 == ring->first.lon_e7))
		return 0;
	return refuse(l, ring->start, span_make(NULL, 0),
	    "a ring has four positions or more, the last one the first");
}

/*
 * Reads what stands behind a `[` that is the depth-th of `coordinates`, from 1;
 * *deepest is where positions were met, 0 before the first. json.h caps how
 * deep arrays lie.
 */
static int
read_coords(struct loader *l, int depth, int *deepest, struct coords *out)
{
	struct coords inner;
	enum json_token t;

	*out = (struct coords){.start = l->json.start};
	t = next(l);
	if (t == JSON_NUMBER) {
		if (*deepest != 0 && *deepest != depth)
			return wrong(l, t, "positions lie at different depths");
		*deepest = depth;
		out->position = true;
		return read_position(l, t, &out->at);
	}
	for (; t == JSON_ARRAY; t = next(l)) {
		if (read_coords(l, depth + 1, deepest, &inner) < 0)
			return -1;
		if (!inner.position)
			continue;
		add_position(l, out, inner.at);
		while (usual_position(&l->json, &inner.at))
			add_position(l, out, inner.at);
	}
	return t == JSON_ARRAY_END
	    ? end_ring(l, out)
	    : wrong(l, t, "an array of positions is wanted");
}

static void
begin_area(struct loader *l)
{
	struct polygons *to = l->to;

	to->area = mem_grow(to->area, &to->cap, to->n + 1, sizeof *to->area);
	to->area[to->n++] = (struct area){.edge = to->nedge};
}

/* The `code` among a feature's properties, which token t begins. */
static int
read_properties(struct loader *l, enum json_token t)
{
	struct area *area = &l->to->area[l->to->n - 1];

	if (t != JSON_OBJECT)
		return skip(l, t);
	while ((t = next(l)) == JSON_KEY) {
		bool code = span_eq(l->json.text, SPAN("code"));

		t = next(l);
		if (code && (t == JSON_STRING || t == JSON_NUMBER))
			area->code = arena_span(l->arena, l->json.text);
		else if (skip(l, t) < 0)
			return -1;
	}
	return t == JSON_OBJECT_END ? 0 : -1;
}

static int read_object(struct loader *);

/* The objects of an array, which token t begins. */
static int
read_objects(struct loader *l, enum json_token t, bool features)
{
	if (t != JSON_ARRAY)
		return wrong(l, t, "an array of objects is wanted");
	while ((t = next(l)) == JSON_OBJECT) {
		if (features)
			begin_area(l);
		if (read_object(l) < 0)
			return -1;
	}
	return t == JSON_ARRAY_END
	    ? 0
	    : wrong(l, t, "an array of objects is wanted");
}

/* What was said of a geometry, in any order. */
struct geometry {
	size_t start;
	int depth; /* of its positions; 0: none */
	int wanted;
	bool seen;
};

/* The depth of positions that a type of geometry has; 0 for other types. */
static int
type_depth(struct span type)
{
	if (span_eq(type, SPAN("Polygon")))
		return 3;
	return span_eq(type, SPAN("MultiPolygon")) ? 4 : 0;
}

static int
read_member(struct loader *l, struct span name, struct geometry *g)
{
	enum {
		OTHER,
		COORDINATES,
		FEATURES,
		GEOMETRIES,
		GEOMETRY,
		PROPERTIES,
		TYPE
	};
	static const char *const names[] = {[COORDINATES] = "coordinates",
	    [FEATURES] = "features",
	    [GEOMETRIES] = "geometries",
	    [GEOMETRY] = "geometry",
	    [PROPERTIES] = "properties",
	    [TYPE] = "type"};
	int which = TYPE;
	struct coords all;
	enum json_token t;

	while (which > OTHER && !span_eq(name, span_of(names[which])))
		which--;
	t = next(l);
	switch (which) {
	case COORDINATES:
		g->seen = true;
		return t == JSON_ARRAY ? read_coords(l, 1, &g->depth, &all)
				       : wrong(l, t, "an array is wanted");
	case FEATURES:
		return read_objects(l, t, true);
	case GEOMETRIES:
		return read_objects(l, t, false);
	case GEOMETRY:
		return t == JSON_OBJECT ? read_object(l) : skip(l, t);
	case PROPERTIES:
		return read_properties(l, t);
	case TYPE:
		g->wanted = type_depth(l->json.text);
		return skip(l, t);
	default:
		return skip(l, t);
	}
}

/* The members of an object, behind its `{`. */
static int
read_object(struct loader *l)
{
	struct geometry g = {.start = l->json.start};
	enum json_token t;

	while ((t = next(l)) == JSON_KEY)
		if (read_member(l, l->json.text, &g) < 0)
			return -1;
	if (t != JSON_OBJECT_END)
		return -1;
	if (g.wanted == 0 ? !g.seen
			  : g.seen && (g.depth == 0 || g.depth == g.wanted))
		return 0;
	return refuse(l, g.start, span_make(NULL, 0),
	    "a Polygon or a MultiPolygon is wanted here");
}

/* Without the areas that enclose nothing. */
static void
drop_empty(struct polygons *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->area[i].nedge > 0)
			p->area[n++] = p->area[i];
	p->n = n;
}

static int
read_text(struct loader *l)
{
	enum json_token t = next(l);

	begin_area(l);
	if (t != JSON_OBJECT)
		return wrong(l, t, "a GeoJSON object is wanted");
	if (read_object(l) < 0)
		return -1;
	t = next(l);
	if (t != JSON_END)
		return wrong(l, t, "the file goes on behind its object");
	drop_empty(l->to);
	return 0;
}

/* The file's bytes: mapped if that can be, or read into the buffer. */
static int
take_file(
    struct loader *l, struct input *in, struct buf *room, struct span *text)
{
	struct fault fault = {.id = DIAG_NONE};
	size_t want = FIRST_BYTES;
	ptrdiff_t n = -1;

	if (input_open(in, l->file, &fault) < 0)
		goto out;
	/* The first bytes say whether the file is packed. */
	while ((n = input_read(in, buf_room(room, want), want, &fault)) > 0) {
		room->n += (size_t)n;
		if (want == FIRST_BYTES && input_map(in, text))
			goto out;
		want = READ_BYTES;
	}
	*text = buf_span(room);
out:
	input_close(in);
	if (n < 0)
		diag_fault(l->diag, &fault);
	return n < 0 ? -1 : 0;
}

int
polygons_load(struct polygons *p, const char *file, enum diag_id id,
    struct arena *arena, struct diag *diag)
{
	struct loader l = {
	    .to = p, .file = file, .id = id, .arena = arena, .diag = diag};
	struct buf room = {NULL, 0, 0};
	struct input in;
	struct span text;
	int rc;

	*p = POLYGONS_EMPTY;
	rc = take_file(&l, &in, &room, &text);
	if (rc == 0) {
		json_init(&l.json, text);
		rc = read_text(&l);
		json_release(&l.json);
	}
	input_unmap(&in);
	buf_release(&room);
	return rc;
}

void
polygons_release(struct polygons *p)
{
	mem_free(p->edge);
	mem_free(p->area);
	*p = POLYGONS_EMPTY;
}
