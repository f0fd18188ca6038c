#include "geojson.h"

#include "cell.h"
#include "json.h"
#include "number.h"

static void
geojson_head(const struct writer *w, struct buf *b)
{
	(void)w;
	buf_add(b, SPAN("{\"type\":\"FeatureCollection\",\"features\":["));
}

static void
geojson_tail(const struct writer *w, struct buf *b, size_t nrec)
{
	(void)w;
	(void)nrec;
	buf_add(b, SPAN("\n]}\n"));
}

const struct writer_format writer_geojson = {
    .name = "geojson",
    .head = geojson_head,
    .tail = geojson_tail,
};

/* Longitude before latitude: RFC 7946, 3.1.1. */
static void
put_position(struct buf *b, const struct commune *c)
{
	struct number lon, lat;

	number_parse(commune_cell(c, COMMUNE_LONGITUDE), false, &lon);
	number_parse(commune_cell(c, COMMUNE_LATITUDE), false, &lat);
	buf_byte(b, '[');
	number_format(b, lon);
	buf_byte(b, ',');
	number_format(b, lat);
	buf_byte(b, ']');
}

/* Places of the record's own. */
static void
put_fixes(struct buf *b, const struct fix *fix, size_t n)
{
	buf_add(b,
	    n > 1 ? SPAN("{\"type\":\"MultiPoint\",\"coordinates\":[")
		  : SPAN("{\"type\":\"Point\",\"coordinates\":"));
	for (size_t i = 0; i < n; i++) {
		buf_add(b, i > 0 ? SPAN(",[") : SPAN("["));
		point_put(b, fix[i].at.lon_e7);
		buf_byte(b, ',');
		point_put(b, fix[i].at.lat_e7);
		buf_byte(b, ']');
	}
	buf_add(b, n > 1 ? SPAN("]}") : SPAN("}"));
}

static void
put_geometry(
    struct buf *b, const struct gazetteer *g, const struct whereabouts *at)
{
	size_t n = 0, done = 0;

	if (at->nfix > 0) {
		put_fixes(b, at->fix, at->nfix);
		return;
	}
	for (size_t i = 0; i < at->n; i++)
		n += commune_cell(&g->commune[at->commune[i]], COMMUNE_LATITUDE)
			 .n > 0;
	if (n == 0) {
		buf_add(b, SPAN("null"));
		return;
	}
	buf_add(b,
	    n > 1 ? SPAN("{\"type\":\"MultiPoint\",\"coordinates\":[")
		  : SPAN("{\"type\":\"Point\",\"coordinates\":"));
	for (size_t i = 0; i < at->n; i++) {
		const struct commune *c = &g->commune[at->commune[i]];

		if (commune_cell(c, COMMUNE_LATITUDE).n == 0)
			continue;
		if (done++ > 0)
			buf_byte(b, ',');
		put_position(b, c);
	}
	buf_add(b, n > 1 ? SPAN("]}") : SPAN("}"));
}

static void
put_string(struct buf *b, struct span value, struct buf *scratch)
{
	buf_reset(scratch);
	json_quote(b, cell_shown(value, scratch));
}

static void
put_cell(struct buf *b, struct span cell, struct buf *scratch)
{
	struct span rest = cell, value;
	bool first = true;

	if (cell_missing(cell)) {
		buf_add(b, SPAN("null"));
		return;
	}
	if (!cell_is_list(cell)) {
		put_string(b, cell, scratch);
		return;
	}
	buf_byte(b, '[');
	while (cell_value(&rest, &value)) {
		if (!first)
			buf_byte(b, ',');
		first = false;
		put_string(b, value, scratch);
	}
	buf_byte(b, ']');
}

void
geojson_feature(struct buf *b, const struct columns *columns,
    const struct span *cell, const struct gazetteer *g,
    const struct whereabouts *at)
{
	struct buf scratch = {NULL, 0, 0};

	buf_add(b, SPAN(",\n{\"type\":\"Feature\",\"geometry\":"));
	put_geometry(b, g, at);
	buf_add(b, SPAN(",\"properties\":{"));
	for (size_t i = 0; i < columns->n; i++) {
		if (i > 0)
			buf_byte(b, ',');
		json_quote(b, columns->name[i]);
		buf_byte(b, ':');
		put_cell(b, cell[i], &scratch);
	}
	buf_add(b, SPAN("}}"));
	buf_release(&scratch);
}
