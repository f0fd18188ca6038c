#include "type.h"

#include "schema.h"

#define NUMBER (TYPE_ORDERED | TYPE_NUMERIC | TYPE_VARIES)

static bool
type_boolean(const struct field *f, struct span s, struct number *order)
{
	(void)order;
	return keytab_find(&f->truths, s) != KEYTAB_NONE ||
	    keytab_find(&f->untruths, s) != KEYTAB_NONE;
}

/* A row without a check takes any text. `list` is the type of its values. */
static const struct type types[] = {
    {"string", "default", 0, NULL, "text"},
    {"string", "email", 0, type_email, "an email address"},
    {"string", "uri", 0, type_uri, "a URI with its scheme"},
    {"string", "uuid", 0, type_uuid, "a UUID"},
    {"string", "binary", 0, type_binary, "base64"},
    {"number", "default", NUMBER, type_number, "a number"},
    {"integer", "default", NUMBER, type_integer, "an integer"},
    {"boolean", "default", TYPE_VARIES, type_boolean, "a boolean"},
    {"date", "default", TYPE_ORDERED, type_date, "a date like 2025-11-10"},
    {"date", "any", TYPE_ORDERED, type_date_any, "a date"},
    {"date", NULL, TYPE_ORDERED, type_date_pattern, "a date of its format"},
    {"time", "default", TYPE_ORDERED, type_time, "a time like 14:30:00"},
    {"time", "any", TYPE_ORDERED, type_time, "a time"},
    {"time", NULL, TYPE_ORDERED, type_time_pattern, "a time of its format"},
    {"datetime", "default", TYPE_ORDERED, type_datetime,
	"a date and time like 2025-11-10T14:30:00Z"},
    {"datetime", "any", TYPE_ORDERED, type_datetime_any, "a date and time"},
    {"datetime", NULL, TYPE_ORDERED, type_datetime_pattern,
	"a date and time of its format"},
    {"year", "default", TYPE_ORDERED, type_year, "a year like 2025"},
    {"yearmonth", "default", TYPE_ORDERED, type_yearmonth,
	"a month like 2025-11"},
    {"duration", "default", TYPE_ORDERED, type_duration,
	"a duration like P1Y2M or PT36H"},
    {"geopoint", "default", 0, type_geopoint, "longitude, latitude"},
    {"geopoint", "array", TYPE_LIST, type_geopoint_array,
	"[longitude, latitude]"},
    {"geopoint", "object", 0, type_geopoint_object, "{\"lon\": …, \"lat\": …}"},
    {"geojson", "default", 0, type_geojson, "GeoJSON"},
    {"geojson", "topojson", 0, type_topojson, "TopoJSON"},
    {"array", "default", TYPE_LIST, type_array, "a JSON array"},
    {"object", "default", 0, type_object, "a JSON object"},
    {"any", "default", 0, NULL, "anything"},
};

enum { NTYPE = sizeof types / sizeof types[0] };

const struct type *
type_find(struct span name, struct span format)
{
	if (format.n == 0)
		format = SPAN("default");
	for (size_t i = 0; i < NTYPE; i++) {
		const struct type *t = &types[i];

		if (!span_eq(name, span_of(t->name)))
			continue;
		if (t->format == NULL ? span_find(format, '%') < format.n
				      : span_eq(format, span_of(t->format)))
			return t;
	}
	return NULL;
}

bool
type_known(struct span name)
{
	return type_find(name, SPAN("default")) != NULL;
}

/* Digits that do not start with a zero they could do without. */
static bool
is_canonical(struct span s)
{
	if (s.n == 0 || s.n > 18 || (s.p[0] == '0' && s.n > 1))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static struct span
canon_boolean(const struct field *f, struct span text)
{
	if (keytab_find(&f->truths, text) != KEYTAB_NONE)
		return SPAN("true");
	if (keytab_find(&f->untruths, text) != KEYTAB_NONE)
		return SPAN("false");
	return text;
}

struct span
type_canon(const struct field *f, struct span text, struct buf *scratch)
{
	struct number number;
	size_t start = scratch->n;

	if ((f->type->is & TYPE_VARIES) == 0)
		return text;
	if ((f->type->is & TYPE_NUMERIC) == 0)
		return canon_boolean(f, text);
	if (is_canonical(text) || !f->type->check(f, text, &number))
		return text;
	number_format(scratch, number);
	return span_make(scratch->p + start, scratch->n - start);
}
