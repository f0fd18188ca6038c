/*
 * link: cmd/dfv-geo/sphere.c cmd/dfv-geo/point.c
 */
#include <math.h>

#include "sphere.h"
#include "unit.h"

static bool
reads(const char *text, int32_t e7)
{
	int32_t v;

	return point_degrees(span_of(text), false, 180, &v) && v == e7;
}

static bool
refuses(const char *text)
{
	int32_t v;

	return !point_degrees(span_of(text), false, 180, &v);
}

static bool
shows(int32_t e7, const char *text)
{
	struct buf b = {NULL, 0, 0};
	bool same;

	point_put(&b, e7);
	same = span_eq(buf_span(&b), span_of(text));
	buf_release(&b);
	return same;
}

static void
test_points(void)
{
	struct point p;

	unit_check(reads("1.06272", 10627200) && reads("-2.5", -25000000) &&
		reads("46", 460000000) && reads(" 46.5 ", 465000000) &&
		reads("4.65e1", 465000000),
	    "point: degrees are read as numbers are");
	unit_check(reads("5.245637270816811", 52456373) &&
		reads("0.00000005", 1) && reads("-0.00000005", -1) &&
		reads("0.00000004999", 0),
	    "point: what is behind the seventh decimal is rounded");
	unit_check(reads("180", 1800000000) && reads("-180", -1800000000) &&
		refuses("180.0000001") && refuses("1e300") && refuses("") &&
		refuses("5,2") && refuses("nord") && refuses("99999999999999"),
	    "point: what is no degree is refused");
	unit_check(reads("12.", 120000000) && reads(".5", 5000000) &&
		reads("-.5", -5000000) && reads("+1.5", 15000000) &&
		reads("-0.0", 0) && reads("007.25", 72500000) &&
		refuses("1.2.3") && refuses("-") && refuses("-.") &&
		refuses("1-2.5") && refuses("181.5") &&
		refuses("-180.0000001") && refuses("99999999999.5"),
	    "point: the usual form is read as any number is");
	unit_check(shows(10627200, "1.06272") && shows(-1, "-0.0000001") &&
		shows(0, "0") && shows(-1800000000, "-180") &&
		shows(1000000001, "100.0000001") && shows(-95000000, "-9.5"),
	    "point: degrees are written without zeros at the end");
	unit_check(point_parse(SPAN("46.6, -1.5"), &p) &&
		p.lat_e7 == 466000000 && p.lon_e7 == -15000000 &&
		!point_parse(SPAN("46.6"), &p) &&
		!point_parse(SPAN("96.6,1"), &p),
	    "point: latitude, longitude");
}

static double
apart_km(double lat1, double lon1, double lat2, double lon2)
{
	struct point a = {
	    (int32_t)lround(lat1 * 1e7), (int32_t)lround(lon1 * 1e7)};
	struct point b = {
	    (int32_t)lround(lat2 * 1e7), (int32_t)lround(lon2 * 1e7)};

	return sphere_km(vec_chord2(sphere_vec(a), sphere_vec(b)));
}

static bool
near(double km, double wanted)
{
	return fabs(km - wanted) < 0.0005;
}

/* A degree of a great circle is 6371.0088 * pi / 180 = 111.195080 km. */
static void
test_distances(void)
{
	const double degree = 111.1950797;

	unit_check(near(apart_km(46, 2, 47, 2), degree),
	    "sphere: a degree of latitude");
	unit_check(near(apart_km(60, 10, 60, 10), 0),
	    "sphere: a place is at no distance from itself");
	unit_check(near(apart_km(0, 179.5, 0, -179.5), degree) &&
		near(apart_km(-17, 180, -17, -180), 0),
	    "sphere: the antimeridian is no border");
	unit_check(near(apart_km(90, 0, 90, 123), 0) &&
		near(apart_km(89.5, 0, 89.5, 180), degree),
	    "sphere: at a pole longitude says nothing");
	unit_check(near(apart_km(12, 34, -12, -146), 180 * degree),
	    "sphere: the other side of the Earth is half its girth away");
	/* Paris and Saint-Denis (974) by Sinnott's formula on this radius. */
	unit_check(
	    near(apart_km(48.8566, 2.3522, -20.8789, 55.4481), 9364.5805),
	    "sphere: a long way is that of the haversine");
	unit_check(near(sphere_km(sphere_chord2(50)), 50) &&
		near(sphere_km(sphere_chord2(20015)), 20015) &&
		sphere_chord2(30000) >= 4,
	    "sphere: chords lead back to distances");
}

/* The C library's, which is right to the last bit or the one before. */
static bool
is_vec_of(int32_t lat_e7, int32_t lon_e7)
{
	double radian = acos(-1) / 180 / POINT_DEGREE, most = 4e-16;
	double lat = lat_e7 * radian, lon = lon_e7 * radian;
	struct vec v = sphere_vec((struct point){lat_e7, lon_e7});

	return fabs(v.z - sin(lat)) < most &&
	    fabs(v.x - cos(lat) * cos(lon)) < most &&
	    fabs(v.y - cos(lat) * sin(lon)) < most;
}

static void
test_vectors(void)
{
	struct vec pole = sphere_vec((struct point){900000000, 123456789});
	bool good = true;

	for (int32_t lat = -899999999; lat <= 900000000; lat += 9999999)
		for (int64_t lon = -1800000000; lon <= 1800000000;
		     lon += 44999999)
			good = good && is_vec_of(lat, (int32_t)lon) &&
			    is_vec_of(lat, (int32_t)(lon / 9 * 9));
	unit_check(good, "sphere: vectors are those of the C library's sines");
	unit_check(pole.x == 0 && pole.y == 0 && pole.z == 1,
	    "sphere: a pole is a pole");
}

static bool
inside(struct box b, double lat, double lon)
{
	return box_has_lat(&b, (int32_t)lround(lat * 1e7)) &&
	    box_has_lon(&b, (int32_t)lround(lon * 1e7));
}

static void
test_boxes(void)
{
	struct box fiji =
	    sphere_box((struct point){-170000000, 1799000000}, 50);
	struct box pole = sphere_box((struct point){899000000, 0}, 50);
	bool holds = true;

	unit_check(inside(fiji, -17, -179.8) && inside(fiji, -17.4, 179.5) &&
		!inside(fiji, -17, -179) && !inside(fiji, -18, 180),
	    "sphere: a box goes across the antimeridian");
	unit_check(inside(pole, 89.9, 180) && inside(pole, 90, -90) &&
		!inside(pole, 89, 0),
	    "sphere: around a pole a box is all longitudes");
	for (int lat = -89; lat < 90; lat++)
		for (int bearing = 0; bearing < 360; bearing += 5) {
			/* A place 499.999 km away, by spherical law. */
			double d = 499.999 / 6371.0088, rad = acos(-1) / 180;
			double p = lat * rad, t = bearing * rad;
			double s = sin(p) * cos(d) + cos(p) * sin(d) * cos(t);
			double q = asin(s);
			double l = atan2(
			    sin(t) * sin(d) * cos(p), cos(d) - sin(p) * s);
			struct box b = sphere_box(
			    (struct point){lat * POINT_DEGREE, 0}, 500);

			holds = holds && inside(b, q / rad, l / rad);
		}
	unit_check(holds, "sphere: a box leaves out nothing of its circle");
}

int
main(void)
{
	test_points();
	test_distances();
	test_vectors();
	test_boxes();
	return unit_done();
}
