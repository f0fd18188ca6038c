#include "map.h"

#include <math.h>
#include <stdlib.h>

#include "json.h"
#include "mem.h"

/*
 * RFC 7946: rings closed and turned as 3.1.6 wants them, outer ones against
 * the clock; a bbox that may cross the antimeridian (5.2); no crs. `fill` is
 * the class's colour, in Mapbox's simplestyle, which many maps show.
 */
struct features {
	const struct drawing *d;
	struct buf *b;
	size_t n;
	struct interval *lon; /* of every ring and point, for the bbox */
	size_t nlon;
	size_t cap;
	double south, north;
};

struct interval {
	double west, east;
};

static void
add_interval(struct features *f, double west, double east)
{
	if (f->nlon == f->cap)
		f->lon = mem_grow(f->lon, &f->cap, f->nlon + 1, sizeof *f->lon);
	f->lon[f->nlon++] = (struct interval){west, east};
}

static void
cover_ring(struct features *f, const struct ring *ring)
{
	double west = HUGE_VAL, east = -HUGE_VAL;

	for (size_t i = 0; i < ring->n; i++) {
		west = fmin(west, ring->at[i].lon_deg);
		east = fmax(east, ring->at[i].lon_deg);
		f->south = fmin(f->south, ring->at[i].lat_deg);
		f->north = fmax(f->north, ring->at[i].lat_deg);
	}
	add_interval(f, west, east);
}

static int
by_west(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	return (x->west > y->west) - (x->west < y->west);
}

/* The shortest way round the Earth that covers all: what is left out is the
 * widest gap. West is more than east where it crosses the antimeridian. */
static struct interval
cover(struct features *f)
{
	struct interval all;
	double reach, widest;

	qsort(f->lon, f->nlon, sizeof *f->lon, by_west);
	all.west = f->lon[0].west;
	reach = f->lon[0].east;
	for (size_t i = 1; i < f->nlon; i++)
		reach = fmax(reach, f->lon[i].east);
	all.east = reach;
	widest = all.west + 360 - all.east;
	reach = f->lon[0].east;
	for (size_t i = 1; i < f->nlon; i++) {
		if (f->lon[i].west - reach > widest) {
			widest = f->lon[i].west - reach;
			all = (struct interval){f->lon[i].west, reach};
		}
		reach = fmax(reach, f->lon[i].east);
	}
	return all;
}

/* To seven digits, a centimetre. */
static void
put_degrees(struct buf *b, double deg)
{
	number_format(b, number_round(number_real(deg), 7));
}

static void
put_position(struct buf *b, double lon_deg, double lat_deg)
{
	buf_byte(b, '[');
	put_degrees(b, lon_deg);
	buf_byte(b, ',');
	put_degrees(b, lat_deg);
	buf_byte(b, ']');
}

static bool
is_closed(const struct ring *r)
{
	struct position a = r->at[0], z = r->at[r->n - 1];

	return !(a.lon_deg < z.lon_deg || a.lon_deg > z.lon_deg ||
	    a.lat_deg < z.lat_deg || a.lat_deg > z.lat_deg);
}

/* What has no four positions is no ring (3.1.6). */
static bool
is_ring(const struct ring *r)
{
	return r->n >= 4 || (r->n == 3 && !is_closed(r));
}

/* Twice the area, positive against the clock. */
static double
turn(const struct ring *r)
{
	double sum = 0;

	for (size_t i = 0, j = r->n - 1; i < r->n; j = i++)
		sum += (r->at[j].lon_deg - r->at[i].lon_deg) *
		    (r->at[j].lat_deg + r->at[i].lat_deg);
	return sum;
}

static void
put_ring(struct buf *b, const struct ring *r)
{
	bool back = (turn(r) > 0) != r->outer;
	size_t n = r->n + !is_closed(r);

	buf_byte(b, '[');
	for (size_t i = 0; i < n; i++) {
		struct position at = r->at[(back ? n - 1 - i : i) % r->n];

		if (i > 0)
			buf_byte(b, ',');
		put_position(b, at.lon_deg, at.lat_deg);
	}
	buf_byte(b, ']');
}

static void
put_shape(struct features *f, const struct shape *s)
{
	bool open = false, in = false;
	size_t n = 0;

	for (size_t i = 0; i < s->nring; i++)
		n += s->ring[i].outer && is_ring(&s->ring[i]);
	if (n == 0) {
		buf_add(f->b, SPAN("null"));
		return;
	}
	buf_add(f->b,
	    n > 1 ? SPAN("{\"type\":\"MultiPolygon\",\"coordinates\":[")
		  : SPAN("{\"type\":\"Polygon\",\"coordinates\":"));
	for (size_t i = 0; i < s->nring; i++) {
		const struct ring *r = &s->ring[i];

		if (r->outer)
			in = is_ring(r);
		if (!in || !is_ring(r))
			continue;
		if (r->outer)
			buf_add(f->b, open ? SPAN("],[") : SPAN("["));
		else
			buf_byte(f->b, ',');
		open = true;
		put_ring(f->b, r);
		cover_ring(f, r);
	}
	buf_add(f->b, n > 1 ? SPAN("]]}") : SPAN("]}"));
}

static void
open_feature(struct features *f)
{
	buf_add(f->b, f->n++ > 0 ? SPAN(",\n") : SPAN("\n"));
	buf_add(f->b, SPAN("{\"type\":\"Feature\",\"geometry\":"));
}

static void
put_names(struct buf *b, struct span code, struct span name)
{
	buf_add(b, SPAN(",\"properties\":{\"code\":"));
	json_quote(b, code);
	buf_add(b, SPAN(",\"nom\":"));
	json_quote(b, name);
}

static void
put_value(struct features *f, const struct figure *figure)
{
	const struct drawing *d = f->d;
	size_t class;

	buf_add(f->b, SPAN(",\"valeur\":"));
	if (!figure->has) {
		buf_add(f->b, SPAN("null"));
		return;
	}
	class = d->classes.n > 0 ? classes_find(&d->classes, figure->value) : 0;
	if (d->classes.rule == CLASSES_TEXT)
		json_quote(f->b, d->text[class]);
	else
		number_format(f->b, figure->value);
	if (d->classes.n > 0 && !drawing_none(d, figure))
		buf_printf(
		    f->b, ",\"fill\":\"%s\"", d->classes.item[class].color.hex);
}

static const struct shape *
shape_of(const struct shapes *shapes, struct span code)
{
	for (size_t i = 0; i < shapes->n; i++)
		if (span_eq(shapes->item[i].code, code))
			return &shapes->item[i];
	return NULL;
}

/* Territories, those without a boundary too where there is a figure. */
static void
put_areas(struct features *f)
{
	const struct drawing *d = f->d;
	const struct territories *t = level_table(d->g, d->level);

	for (size_t i = 0; i < t->n; i++) {
		const struct shape *s = shape_of(d->shapes, t->item[i].code);

		if (s == NULL &&
		    (!d->figure[i].has || drawing_none(d, &d->figure[i])))
			continue;
		open_feature(f);
		if (s == NULL)
			buf_add(f->b, SPAN("null"));
		else
			put_shape(f, s);
		put_names(f->b, t->item[i].code, t->item[i].name);
		put_value(f, &d->figure[i]);
		buf_add(f->b, SPAN("}}"));
	}
}

static void
open_commune(struct features *f, uint32_t commune)
{
	const struct commune *c = &f->d->g->commune[commune];
	double lon_deg, lat_deg;

	open_feature(f);
	if (commune_point(c, &lon_deg, &lat_deg)) {
		buf_add(f->b, SPAN("{\"type\":\"Point\",\"coordinates\":"));
		put_position(f->b, lon_deg, lat_deg);
		buf_byte(f->b, '}');
		add_interval(f, lon_deg, lon_deg);
		f->south = fmin(f->south, lat_deg);
		f->north = fmax(f->north, lat_deg);
	} else {
		buf_add(f->b, SPAN("null"));
	}
	put_names(
	    f->b, commune_cell(c, COMMUNE_CODE), commune_cell(c, COMMUNE_NAME));
	buf_add(f->b, SPAN(",\"departement\":"));
	json_quote(f->b, commune_departement(f->d->g, commune));
}

static void
put_circles(struct features *f)
{
	size_t n;
	uint32_t *commune = circles_order(f->d, &n);

	for (size_t i = 0; i < n; i++) {
		open_commune(f, commune[i]);
		buf_add(f->b, SPAN(",\"valeur\":"));
		number_format(f->b, f->d->circles.figure[commune[i]].value);
		buf_add(f->b, SPAN("}}"));
	}
	mem_free(commune);
}

/* What is hatched: `hachures` says as what. */
static void
put_hatched(struct features *f)
{
	const struct hatching *h = &f->d->hatching;
	const struct territories *t = level_table(f->d->g, h->level);

	for (uint32_t i = 0; i < f->d->g->ncommune; i++) {
		if (!h->commune[i])
			continue;
		open_commune(f, i);
		buf_add(f->b, SPAN(",\"hachures\":"));
		json_quote(f->b, h->text);
		buf_add(f->b, SPAN("}}"));
	}
	for (size_t i = 0; h->shapes != NULL && i < t->n; i++) {
		const struct shape *s = shape_of(h->shapes, t->item[i].code);

		if (!h->area[i] || s == NULL)
			continue;
		open_feature(f);
		put_shape(f, s);
		put_names(f->b, t->item[i].code, t->item[i].name);
		buf_add(f->b, SPAN(",\"hachures\":"));
		json_quote(f->b, h->text);
		buf_add(f->b, SPAN("}}"));
	}
}

static void
put_bbox(struct features *f, struct buf *b)
{
	struct interval lon;

	if (f->nlon == 0)
		return;
	lon = cover(f);
	buf_add(b, SPAN("\"bbox\":["));
	put_degrees(b, lon.west);
	buf_byte(b, ',');
	put_degrees(b, f->south);
	buf_byte(b, ',');
	put_degrees(b, lon.east);
	buf_byte(b, ',');
	put_degrees(b, f->north);
	buf_add(b, SPAN("],"));
}

void
map_write_geojson(const struct drawing *d, struct buf *b)
{
	struct buf body = {NULL, 0, 0};
	struct features f = {
	    .d = d, .b = &body, .south = HUGE_VAL, .north = -HUGE_VAL};

	if (d->figure != NULL)
		put_areas(&f);
	if (d->circles.figure != NULL)
		put_circles(&f);
	if (d->hatching.commune != NULL)
		put_hatched(&f);
	buf_add(b, SPAN("{\"type\":\"FeatureCollection\","));
	put_bbox(&f, b);
	if (d->shapes->attribution.n > 0) {
		buf_add(b, SPAN("\"attribution\":"));
		json_quote(b, d->shapes->attribution);
		buf_byte(b, ',');
	}
	buf_add(b, SPAN("\"features\":["));
	buf_add(b, buf_span(&body));
	buf_add(b, SPAN("\n]}\n"));
	buf_release(&body);
	mem_free(f.lon);
}
