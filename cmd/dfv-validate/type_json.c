#include "type.h"

#include <math.h>
#include <string.h>

#include "cell.h"
#include "json.h"
#include "number.h"

static bool
in_range(struct span s, double limit)
{
	struct number number;

	return number_parse(s, false, &number) &&
	    fabs(number_double(number)) <= limit;
}

/* Longitude first, as the specification has it. */
bool
type_geopoint(const struct field *f, struct span s, struct number *order)
{
	size_t comma = span_find(s, ',');

	(void)f, (void)order;
	return comma < s.n && in_range(span_trim(span_make(s.p, comma)), 180) &&
	    in_range(span_trim(span_from(s, comma + 1)), 90);
}

static bool
next_in_range(struct json *j, double limit)
{
	enum json_token t = json_next(j);

	return (t == JSON_NUMBER || t == JSON_STRING) &&
	    in_range(j->text, limit);
}

bool
type_geopoint_array(const struct field *f, struct span s, struct number *order)
{
	struct json j;
	bool good;

	(void)f, (void)order;
	json_init(&j, s);
	good = json_next(&j) == JSON_ARRAY && next_in_range(&j, 180) &&
	    next_in_range(&j, 90) && json_next(&j) == JSON_ARRAY_END &&
	    json_next(&j) == JSON_END;
	json_release(&j);
	return good;
}

/* The same of a list cell, which is what an array of YAML or JSON Lines is. */
bool
type_geopoint_list(struct span cell)
{
	struct span lon, lat, more;

	return cell_value(&cell, &lon) && cell_value(&cell, &lat) &&
	    !cell_value(&cell, &more) && in_range(lon, 180) &&
	    in_range(lat, 90);
}

bool
type_geopoint_object(const struct field *f, struct span s, struct number *order)
{
	struct json j;
	bool lon = false, lat = false, good;
	enum json_token t = JSON_ERROR;

	(void)f, (void)order;
	json_init(&j, s);
	good = json_next(&j) == JSON_OBJECT;
	while (good && (t = json_next(&j)) == JSON_KEY) {
		bool is_lon = span_eq(j.text, SPAN("lon"));
		bool *which = is_lon ? &lon : &lat;

		good = (is_lon || span_eq(j.text, SPAN("lat"))) && !*which &&
		    next_in_range(&j, is_lon ? 180 : 90);
		*which = true;
	}
	good = good && t == JSON_OBJECT_END && json_next(&j) == JSON_END;
	json_release(&j);
	return good && lon && lat;
}

/* Numbers in the order in which they stand; an object's by their names. */
bool
type_position(struct span s, double *lon_deg, double *lat_deg)
{
	double value[2] = {0, 0};
	size_t n = 0;
	bool swapped = false;

	for (size_t i = 0; i < s.n && n < 2; i++) {
		size_t end = i;
		struct number number;

		if (n == 0 && span_starts(span_from(s, i), SPAN("\"lat\"")))
			swapped = true;
		while (end < s.n &&
		    strchr("+-.0123456789eE", s.p[end]) != NULL &&
		    s.p[end] != '\0')
			end++;
		if (end == i ||
		    !number_parse(span_make(s.p + i, end - i), false, &number))
			continue;
		value[n++] = number_double(number);
		i = end;
	}
	*lon_deg = value[swapped];
	*lat_deg = value[!swapped];
	return n == 2;
}

/* Whether s is one JSON value that starts with `first`. */
static bool
is_json(struct span s, enum json_token first)
{
	struct json j;
	enum json_token t;
	bool good;

	json_init(&j, s);
	t = json_next(&j);
	good = t == first;
	while (good && t != JSON_END && t != JSON_ERROR)
		t = json_next(&j);
	json_release(&j);
	return good && t == JSON_END;
}

/* A list cell is one too: it is what an array of YAML or JSON Lines becomes. */
bool
type_array(const struct field *f, struct span s, struct number *order)
{
	(void)f, (void)order;
	return is_json(s, JSON_ARRAY);
}

bool
type_object(const struct field *f, struct span s, struct number *order)
{
	(void)f, (void)order;
	return is_json(s, JSON_OBJECT);
}

bool
type_skip_json(struct json *j, enum json_token t)
{
	int depth = j->depth;

	if (t != JSON_OBJECT && t != JSON_ARRAY)
		return t != JSON_ERROR && t != JSON_END;
	while (j->depth >= depth) {
		t = json_next(j);
		if (t == JSON_ERROR || t == JSON_END)
			return false;
	}
	return true;
}

size_t
type_members(struct span s)
{
	struct json j;
	enum json_token t;
	size_t n = 0;

	json_init(&j, s);
	json_next(&j);
	while ((t = json_next(&j)) != JSON_ARRAY_END && t != JSON_OBJECT_END) {
		if (t == JSON_KEY)
			t = json_next(&j);
		if (!type_skip_json(&j, t))
			break;
		n++;
	}
	json_release(&j);
	return n;
}

int
type_items(struct span s, struct buf *out)
{
	struct json j;
	enum json_token t;
	bool good;

	json_init(&j, s);
	good = json_next(&j) == JSON_ARRAY;
	while (good && (t = json_next(&j)) != JSON_ARRAY_END) {
		size_t start = j.start;

		if (t == JSON_NULL)
			continue;
		if (t == JSON_STRING)
			buf_add(out, j.text);
		good = type_skip_json(&j, t) &&
		    (t != JSON_STRING || span_find(j.text, '\0') == j.text.n);
		if (t != JSON_STRING)
			buf_add(out, span_make(s.p + start, j.at - start));
		buf_byte(out, '\0');
	}
	good = good && json_next(&j) == JSON_END;
	json_release(&j);
	return good ? 0 : -1;
}
