#ifndef DFV_TYPE_H
#define DFV_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "json.h"
#include "number.h"
#include "span.h"

struct field;

enum {
	TYPE_ORDERED = 1,
	TYPE_NUMERIC = 2, /* values are equal when their numbers are */
	TYPE_LIST = 4,    /* a list cell may be one */
	TYPE_VARIES = 8   /* equal values may be written differently */
};

/*
 * A type of Table Schema in one of its formats: one row of a table. check says
 * whether a text is of the type; where the type has an order it leaves there,
 * when `order` is not NULL, a number that sorts like the value: the number
 * itself, days, seconds, months.
 */
struct type {
	const char *name;
	const char *format; /* NULL: a strptime pattern */
	unsigned is;        /* TYPE_… */
	bool (*check)(const struct field *, struct span, struct number *order);
	const char *expected; /* "an integer" */
};

/* The row of a name and format, or NULL. An empty format is `default`. */
const struct type *type_find(struct span name, struct span format);

/* Whether there is any row of that name. */
bool type_known(struct span name);

/* The text as it is compared with others: 1 for 01 where the type is a number,
 * true for oui where that is what is true, else the text itself. In scratch when
 * it had to be written. */
struct span type_canon(
    const struct field *, struct span text, struct buf *scratch);

/* type_number.c */
bool type_number(const struct field *, struct span, struct number *);
bool type_integer(const struct field *, struct span, struct number *);

/* Whether number_parse() reads a field's numbers as they are written. */
bool type_plain_number(const struct field *);

/* type_time.c */
bool type_date(const struct field *, struct span, struct number *);
bool type_date_any(const struct field *, struct span, struct number *);
bool type_date_pattern(const struct field *, struct span, struct number *);
bool type_time(const struct field *, struct span, struct number *);
bool type_time_pattern(const struct field *, struct span, struct number *);
bool type_datetime(const struct field *, struct span, struct number *);
bool type_datetime_any(const struct field *, struct span, struct number *);
bool type_datetime_pattern(const struct field *, struct span, struct number *);
bool type_year(const struct field *, struct span, struct number *);
bool type_yearmonth(const struct field *, struct span, struct number *);
bool type_duration(const struct field *, struct span, struct number *);

/* type_text.c */
bool type_email(const struct field *, struct span, struct number *);
bool type_uri(const struct field *, struct span, struct number *);
bool type_uuid(const struct field *, struct span, struct number *);
bool type_binary(const struct field *, struct span, struct number *);

/* type_json.c */
bool type_geopoint(const struct field *, struct span, struct number *);
bool type_geopoint_array(const struct field *, struct span, struct number *);
bool type_geopoint_list(struct span cell);
bool type_geopoint_object(const struct field *, struct span, struct number *);
bool type_array(const struct field *, struct span, struct number *);
bool type_object(const struct field *, struct span, struct number *);

/* type_geojson.c */
bool type_geojson(const struct field *, struct span, struct number *);
bool type_topojson(const struct field *, struct span, struct number *);

/* Reads the rest of a JSON value whose first token is t; false on a mistake. */

bool type_skip_json(struct json *, enum json_token t);

/* The degrees of a geopoint in any of its formats; for other texts, anything
 * or false. */
bool type_position(struct span, double *lon_deg, double *lat_deg);

/*
 * Appends the items of a JSON array, each with a NUL behind it: strings
 * decoded, other things as they are written, nulls left out. -1 when it is no
 * array, or an item has a NUL itself.
 */
int type_items(struct span, struct buf *out);

/* How many items or members a JSON array or object has. */
size_t type_members(struct span);

#endif
