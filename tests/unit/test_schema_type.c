/*
 * link: cmd/dfv-validate/type.c cmd/dfv-validate/type_number.c
 * link: cmd/dfv-validate/type_time.c cmd/dfv-validate/type_text.c
 * link: cmd/dfv-validate/type_json.c cmd/dfv-validate/type_geojson.c
 * link: cmd/dfv-validate/moment.c
 */
#include "moment.h"
#include "schema.h"
#include "type.h"
#include "unit.h"

static struct field
field_of(const char *type, const char *format)
{
	return (struct field){.type = type_find(span_of(type), span_of(format)),
	    .format = span_of(format),
	    .decimal_char = SPAN("."),
	    .bare_number = true};
}

/* Whether every text of the list, which ends with NULL, is (or is not) of the
 * type; says which one differs. */
static bool
all_are(
    const char *type, const char *format, bool wanted, const char *const *text)
{
	struct field f = field_of(type, format);

	for (; *text != NULL; text++)
		if (f.type->check(&f, span_of(*text), NULL) != wanted) {
			printf("# '%s' of %s %s\n", *text, type, format);
			return false;
		}
	return true;
}

#define YES(...) ((const char *const[]){__VA_ARGS__, NULL})

static double
order_of(const char *type, const char *format, const char *text)
{
	struct field f = field_of(type, format);
	struct number order = number_int(-1);

	return f.type->check(&f, span_of(text), &order) ? number_double(order)
							: -999;
}

static void
test_numbers(void)
{
	struct field f = field_of("number", "");

	unit_check(all_are("number", "", true,
		       YES("0", "-1.5", "+2", "1e3", "12345678901234567890",
			   "NaN", "inf", "-INF")) &&
		all_are("number", "", false,
		    YES("", "1,5", " 1", "1 ", "0x1", "infinity", "1e", "-",
			"--1", "nan1")),
	    "types: a number is digits and a point, or NaN, INF, -INF");
	unit_check(all_are("integer", "", true,
		       YES("0", "-7", "+7", "007", "123456789012345678901")) &&
		all_are("integer", "", false,
		    YES("", "-", "1.0", "1e3", "1 000", "x")),
	    "types: an integer is a sign and digits");
	f.decimal_char = SPAN(",");
	f.group_char = SPAN(" ");
	unit_check(type_number(&f, SPAN("1 234,5"), NULL) &&
		!type_number(&f, SPAN("1.5"), NULL),
	    "types: decimalChar and groupChar replace the point and nothing");
	f = field_of("number", "");
	f.bare_number = false;
	unit_check(type_number(&f, SPAN("95 %"), NULL) &&
		type_number(&f, SPAN("€-9.5"), NULL) &&
		!type_number(&f, SPAN("%"), NULL),
	    "types: bareNumber false lets units stand around a number");
}

static void
test_dates(void)
{
	unit_check(all_are("date", "", true, YES("2024-02-29", "0001-01-01")) &&
		all_are("date", "", false,
		    YES("2023-02-29", "2024-13-01", "24-01-01", "2024-1-1",
			"2024-01-01T00:00:00Z", "")),
	    "types: a date is a day of the calendar, as ISO 8601 has it");
	unit_check(all_are("date", "any", true,
		       YES("31/12/2024", "2024/12/31", "31.12.2024",
			   "1 janvier 2024", "20241231", "14 août 2024")) &&
		all_are("date", "any", false, YES("12/31/2024", "hier")),
	    "types: a date in any format has its day before its month");
	unit_check(
	    all_are("date", "%d/%m/%Y", true, YES("01/02/2024", "1/2/2024")) &&
		all_are("date", "%d/%m/%Y", false,
		    YES("2024-02-01", "31/02/2024", "01/02/24", "01/02/2024 ")),
	    "types: a date by a pattern uses all of the text");
	unit_check(order_of("date", "%d/%m/%Y", "02/01/1970") ==
		order_of("date", "", "1970-01-02"),
	    "types: a date is the same in every format");
	unit_check(
	    all_are("time", "", true,
		YES("00:00:00", "23:59:60", "12:00:00.5Z", "12:00:00+02:00")) &&
		all_are("time", "", false, YES("24:00:00", "12:00", "1:00:00")),
	    "types: a time has hours, minutes and seconds");
	unit_check(all_are("datetime", "", true,
		       YES("2024-01-01T10:00:00Z", "2024-01-01T10:00:00",
			   "2024-01-01T10:00:00.123+01:00")) &&
		all_are("datetime", "", false,
		    YES("2024-01-01 10:00:00", "2024-01-01", "2024-01-01T10")),
	    "types: a datetime has a T");
	unit_check(order_of("datetime", "", "2024-01-01T10:00:00+01:00") ==
		order_of("datetime", "", "2024-01-01T09:00:00Z"),
	    "types: datetimes are compared in UTC");
	unit_check(order_of("datetime", "%d/%m/%Y %I:%M %p",
		       "01/01/1970 12:30 AM") == 1800,
	    "types: twelve in the morning is midnight");
}

static void
test_periods(void)
{
	unit_check(all_are("year", "", true, YES("2024", "-0044", "12024")) &&
		all_are("year", "", false, YES("24", "02024", "2024.0", "")),
	    "types: a year has four digits or more");
	unit_check(all_are("yearmonth", "", true, YES("2024-01", "2024-12")) &&
		all_are("yearmonth", "", false,
		    YES("2024-13", "2024-1", "2024", "2024-01-01")),
	    "types: a yearmonth has a year and a month");
	unit_check(all_are("duration", "", true,
		       YES("P1Y", "P1Y2M3DT4H5M6S", "PT0.5S", "-P1D", "P2W",
			   "PT36H")) &&
		all_are("duration", "", false,
		    YES("P", "PT", "P1S", "P1D2M", "1D", "P1.5D", "P1DT", "P1",
			"PT1H1H")),
	    "types: a duration names units in order, once each");
	unit_check(order_of("duration", "", "PT36H") ==
		order_of("duration", "", "P1DT12H"),
	    "types: durations are compared by their length");
}

static void
test_texts(void)
{
	unit_check(all_are("string", "email", true,
		       YES("a@b.fr", "prénom.nom+x@sous.domaine.fr")) &&
		all_are("string", "email", false,
		    YES("", "a@b", "@b.fr", "a@b..fr", "a b@c.fr", "a@b@c.fr",
			".a@b.fr", "a..b@c.fr", "a@-b.fr")),
	    "types: an email has a local part and a domain");
	unit_check(all_are("string", "uri", true,
		       YES("https://a.fr/x?y#z", "mailto:a@b.fr", "urn:x:y")) &&
		all_are("string", "uri", false,
		    YES("", "www.a.fr", "http:", "http:///x", "1a:b",
			"https://a b", "https://a/%2")),
	    "types: a URI has a scheme");
	unit_check(all_are("string", "uuid", true,
		       YES("123e4567-e89b-12d3-a456-426614174000")) &&
		all_are("string", "uuid", false,
		    YES("123e4567e89b12d3a456426614174000",
			"123e4567-e89b-12d3-a456-42661417400g")),
	    "types: a UUID has 32 digits and four hyphens");
	unit_check(all_are("string", "binary", true, YES("", "YQ==", "YWJj")) &&
		all_are("string", "binary", false, YES("YQ=", "Y===", "é===")),
	    "types: binary is base64 with its padding");
}

static void
test_json(void)
{
	unit_check(all_are("geopoint", "", true, YES("2.35, 48.85", "2,48")) &&
		all_are("geopoint", "", false,
		    YES("48.85", "2.35, 98", "190,0", "a,b", ",")),
	    "types: a geopoint is a longitude and a latitude");
	unit_check(all_are("geopoint", "array", true, YES("[2.35, 48.85]")) &&
		all_are(
		    "geopoint", "array", false, YES("[2]", "[2,3,4]", "2,3")),
	    "types: a geopoint may be an array of two");
	unit_check(all_are("geopoint", "object", true,
		       YES("{\"lat\": 48, \"lon\": 2}")) &&
		all_are("geopoint", "object", false,
		    YES("{\"lat\": 48}", "{\"lat\": 1, \"lat\": 2}",
			"{\"lat\": 48, \"lon\": 2, \"x\": 1}")),
	    "types: a geopoint may be an object of lon and lat");
	unit_check(
	    all_are("geojson", "", true,
		YES("{\"type\":\"Point\",\"coordinates\":[1,2]}",
		    "{\"features\":[],\"type\":\"FeatureCollection\"}")) &&
		all_are("geojson", "", false,
		    YES("{}", "[]", "{\"type\":\"Point\"}",
			"{\"type\":\"Pont\",\"coordinates\":[]}",
			"{\"type\":\"Point\",\"coordinates\":[1,2]")),
	    "types: GeoJSON has a known type and its member");
	unit_check(
	    all_are("geojson", "", true,
		YES("{\"coordinates\":[[[1,2],[3,4],[5,6],[1.0,2]],[]],"
		    "\"type\":\"Polygon\"}",
		    "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4,5]],"
		    "\"bbox\":[1,2,3,4]}",
		    "{\"type\":\"Feature\",\"geometry\":null,"
		    "\"properties\":null,\"id\":1}",
		    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
		    "\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"
		    "[1,2]},\"properties\":{\"type\":1}}]}")) &&
		all_are("geojson", "", false,
		    YES("{\"type\":\"Point\",\"coordinates\":[1]}",
			"{\"type\":\"Point\",\"coordinates\":[\"1\",\"2\"]}",
			"{\"type\":\"Polygon\",\"coordinates\":[[1,2]]}",
			"{\"type\":\"LineString\",\"coordinates\":[[1,2],3]}",
			"{\"type\":\"Feature\",\"geometry\":{},\"properties\":{}}",
			"{\"type\":\"Feature\",\"geometry\":null}",
			"{\"type\":\"Feature\",\"geometry\":null,"
			"\"properties\":[]}",
			"{\"type\":\"Feature\",\"geometry\":null,"
			"\"properties\":{},\"id\":[]}",
			"{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
			"{\"type\":\"FeatureCollection\",\"features\":[]}}",
			"{\"type\":\"FeatureCollection\",\"features\":"
			"[{\"type\":\"Point\",\"coordinates\":[1,2]}]}",
			"{\"type\":\"Point\",\"coordinates\":[1,2],\"bbox\":[1,2]}",
			"{\"type\":\"LineString\",\"coordinates\":[[1,2]]}",
			"{\"type\":\"MultiPolygon\",\"coordinates\":"
			"[[[[1,2],[3,4],[1,2]]]]}",
			"{\"type\":\"Polygon\",\"coordinates\":"
			"[[[1,2],[3,4],[5,6],[1,3]]]}",
			"{\"type\":\"FeatureCollection\",\"features\":[1]}")),
	    "types: GeoJSON's coordinates are as deep as its type is, and so "
	    "within");
	unit_check(all_are("array", "", true, YES("[]", "[1, {\"a\": []}]")) &&
		all_are("array", "", false, YES("", "{}", "[1", "[1] 2")) &&
		all_are("object", "", true, YES("{}", "{\"a\": [1]}")) &&
		all_are("object", "", false, YES("[]", "{a: 1}")),
	    "types: an array and an object are JSON");
	unit_check(type_members(SPAN("[1,[2,3],{\"a\":4}]")) == 3 &&
		type_members(SPAN("{\"a\":[1,2],\"b\":2}")) == 2 &&
		type_members(SPAN("[]")) == 0,
	    "types: the items of an array are counted at its first level");
}

static void
test_canon(void)
{
	struct buf scratch = {NULL, 0, 0};
	struct field n = field_of("number", ""), s = field_of("string", "");
	struct span one = type_canon(&n, SPAN("1.0"), &scratch);

	unit_check(span_eq(one, SPAN("1")) &&
		span_eq(type_canon(&s, SPAN("01"), &scratch), SPAN("01")) &&
		span_eq(type_canon(&n, SPAN("x"), &scratch), SPAN("x")),
	    "types: equal numbers are one key, equal texts only as written");
	buf_release(&scratch);
}

static void
test_patterns(void)
{
	struct span bad;

	unit_check(moment_pattern(SPAN("%d/%m/%Y %H:%M"), &bad) &&
		!moment_pattern(SPAN("%d %Q"), &bad) &&
		span_eq(bad, SPAN("%Q")) && !moment_pattern(SPAN("%"), &bad) &&
		!moment_pattern(SPAN("100%"), &bad),
	    "types: an unknown directive of a pattern is told");
}

int
main(void)
{
	test_numbers();
	test_dates();
	test_periods();
	test_texts();
	test_json();
	test_canon();
	test_patterns();
	return unit_done();
}
