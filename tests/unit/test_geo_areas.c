/*
 * link: cmd/dfv-geo/areas.c cmd/dfv-geo/bands.c cmd/dfv-geo/cells.c cmd/dfv-geo/polygons.c cmd/dfv-geo/point.c
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "areas.h"
#include "unit.h"

static struct arena arena;
static struct polygons polygons;
static struct areas areas;
static uint64_t state = 1;

/* Knuth's MMIX generator, its high bits. */
static uint32_t
random_below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

static int
load(const char *json, double margin_m)
{
	char name[] = "/tmp/test_geo_areas.XXXXXX";
	int fd = mkstemp(name), rc = -1;
	struct diag diag = {.prog = "test"};

	areas_release(&areas);
	polygons_release(&polygons);
	if (fd >= 0 && write(fd, json, strlen(json)) == (ssize_t)strlen(json))
		rc = polygons_load(
		    &polygons, name, DIAG_BAD_POLYGON, &arena, &diag);
	close(fd);
	unlink(name);
	if (rc == 0)
		areas_build(&areas, &polygons, margin_m);
	return rc;
}

/* In thousandths of a degree. */
static bool
in(int lat, int lon, uint32_t area)
{
	struct point p = {lat * 10000, lon * 10000};

	return areas_find(&areas, p, NULL) == area &&
	    areas_find_slowly(&polygons, p) == area;
}

static void
test_hole(void)
{
	load("{\"type\":\"Polygon\",\"coordinates\":["
	     "[[0,0],[4,0],[4,4],[0,4],[0,0]],"
	     "[[1,1],[1,3],[3,3],[3,1],[1,1]]]}",
	    0);
	unit_check(in(500, 500, 0) && in(2000, 500, 0) && in(3500, 3500, 0),
	    "areas: a point of a polygon is in it");
	unit_check(in(2000, 2000, AREA_NONE) && in(1001, 2999, AREA_NONE),
	    "areas: a point in a hole is not");
	unit_check(in(-1, 2000, AREA_NONE) && in(2000, 4001, AREA_NONE) &&
		in(4001, 4001, AREA_NONE) && in(2000, -1, AREA_NONE),
	    "areas: nor is one outside");
	unit_check(in(0, 0, 0) && in(4000, 4000, 0) && in(0, 2000, 0) &&
		in(2000, 4000, 0) && in(1000, 1000, 0) && in(2000, 1000, 0) &&
		in(3000, 2000, 0),
	    "areas: a point on an edge or a corner, of a hole too, is inside");
}

static void
test_several(void)
{
	load("{\"type\":\"FeatureCollection\",\"features\":["
	     "{\"type\":\"Feature\",\"properties\":{\"code\":\"A\"},"
	     "\"geometry\":{\"coordinates\":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]],"
	     "[[[5,5],[6,5],[6,6],[5,6],[5,5]]]],\"type\":\"MultiPolygon\"}},"
	     "{\"type\":\"Feature\",\"properties\":null,\"geometry\":null},"
	     "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\","
	     "\"coordinates\":[[[1,0],[2,0],[2,1,7],[1,1],[1,0]]]},"
	     "\"properties\":{\"x\":[1],\"code\":\"B\"}}]}",
	    0);
	unit_check(polygons.n == 2 &&
		span_eq(polygons.area[0].code, SPAN("A")) &&
		span_eq(polygons.area[1].code, SPAN("B")),
	    "areas: features have their codes, one without a place is none");
	unit_check(in(500, 500, 0) && in(5500, 5500, 0) && in(500, 1500, 1) &&
		in(3000, 3000, AREA_NONE),
	    "areas: a feature may have several polygons");
	unit_check(in(500, 1000, 0) && in(0, 1000, 0),
	    "areas: where two touch, the first counts");
}

static void
test_ends_of_the_earth(void)
{
	load("{\"type\":\"Polygon\",\"coordinates\":[[[-180,-90],[180,-90],"
	     "[180,90],[-180,90],[-180,-90]]]}",
	    0);
	unit_check(in(90000, 180000, 0) && in(-90000, -180000, 0) &&
		in(0, 0, 0) && in(89999, -179999, 0),
	    "areas: the whole Earth is an area");
	load("{\"type\":\"Polygon\",\"coordinates\":[[[-180,-90],[180,-90],"
	     "[-180,90],[-180,-90]]]}",
	    0);
	unit_check(in(0, 0, 0) && in(0, 1, AREA_NONE) && in(0, -1, 0),
	    "areas: a line across the Earth is exact");
}

/* Stars with many corners, in each other and over the antimeridian's edge. */
static void
add_star(struct buf *b, int corners)
{
	int x = (int)random_below(300) - 150, y = (int)random_below(120) - 60;
	uint32_t size = 1 + random_below(20);
	struct buf first = {NULL, 0, 0};

	buf_printf(b, "[[");
	for (int i = 0; i < corners; i++) {
		/* Around a square, at random depth. */
		int side = 4 * i / corners, k = i % (corners / 4 + 1);
		double far = (double)size * (0.2 + random_below(1000) / 1250.0);
		int steps = corners / 4 + 1;
		double along = (2.0 * k / steps - 1) * far;
		double lon = side % 2 == 0 ? along : far;
		double lat = side % 2 == 0 ? -far : along;

		if (side >= 2) {
			lon = -lon;
			lat = -lat;
		}
		if (i == 0)
			buf_printf(&first, "[%.5f,%.5f]", x + lon, y + lat);
		buf_printf(b, "[%.5f,%.5f],", x + lon, y + lat);
	}
	buf_add(b, buf_span(&first));
	buf_printf(b, "]]");
	buf_release(&first);
}

static int
load_stars(double margin_m)
{
	struct buf b = {NULL, 0, 0};
	int rc;

	buf_printf(&b, "{\"features\":[");
	for (int i = 0; i < 60; i++) {
		buf_printf(&b,
		    "%s{\"geometry\":{\"type\":\"Polygon\","
		    "\"coordinates\":",
		    i > 0 ? "," : "");
		add_star(&b, 4 + (int)random_below(60));
		buf_printf(&b, "}}");
	}
	buf_printf(&b, "]}");
	buf_byte(&b, '\0');
	rc = load(b.p, margin_m);
	buf_release(&b);
	return rc;
}

static struct point
random_point(void)
{
	return (struct point){(int32_t)random_below(1800000000) - 900000000,
	    (int32_t)((int64_t)random_below(3600000000u) - 1800000000)};
}

/* A corner, or what is just beside one. */
static struct point
random_corner(void)
{
	struct point p =
	    polygons.edge[random_below((uint32_t)polygons.nedge)].a;

	p.lat_e7 += (int32_t)random_below(3) - 1;
	p.lon_e7 += (int32_t)random_below(3) - 1;
	return p;
}

static void
test_against_brute_force(double margin_m, const char *name)
{
	bool same = load_stars(margin_m) == 0;
	size_t found = 0;

	for (int i = 0; i < 200000 && same; i++) {
		struct point p = i % 4 == 0 ? random_corner() : random_point();
		uint32_t in = areas_find(&areas, p, NULL);

		same = in == areas_find_slowly(&polygons, p);
		found += in != AREA_NONE;
	}
	unit_check(same && found > 1000, name);
}

enum { ASKED = 20000, THREADS = 4 };

/* Points, and which area each is in. */
static struct point asked[ASKED];
static uint32_t answer[ASKED];

/* Asks for all of them, from a place of the thread's own on. */
static void *
ask_all(void *from)
{
	size_t start = *(const size_t *)from, wrong = 0;

	for (size_t i = 0; i < ASKED; i++) {
		size_t k = (start + i) % ASKED;

		areas_prepare(&areas, asked[k]);
		wrong += areas_find(&areas, asked[k], NULL) != answer[k];
	}
	return wrong == 0 ? NULL : asked;
}

static void
test_threads(void)
{
	pthread_t thread[THREADS];
	size_t from[THREADS];
	bool right = true;
	void *wrong;

	load_stars(1500);
	for (size_t i = 0; i < ASKED; i++) {
		asked[i] = random_point();
		answer[i] = areas_find_slowly(&polygons, asked[i]);
	}
	for (size_t i = 0; i < THREADS; i++) {
		from[i] = i * 7;
		right = right &&
		    pthread_create(&thread[i], NULL, ask_all, &from[i]) == 0;
	}
	for (size_t i = 0; i < THREADS; i++)
		right = right && pthread_join(thread[i], &wrong) == 0 &&
		    wrong == NULL;
	unit_check(right, "areas: threads that share it find the same");
}

static void
test_margin(void)
{
	bool near;

	/* A degree is 111.195 km. */
	load("{\"type\":\"Polygon\",\"coordinates\":["
	     "[[0,0],[4,0],[4,4],[0,4],[0,0]]]}",
	    5000);
	areas_find(&areas, (struct point){20000000, 20000000}, &near);
	unit_check(!near, "areas: the middle of an area is not near an edge");
	areas_find(&areas, (struct point){440000, 20000000}, &near);
	unit_check(near, "areas: what is within the margin is near an edge");
	areas_find(&areas, (struct point){-440000, 20000000}, &near);
	unit_check(near, "areas: from outside as well");
	areas_find(&areas, (struct point){-1500000, 20000000}, &near);
	unit_check(!near, "areas: far outside is not near");
}

static void
test_mistakes(void)
{
	static const char *const wrong[] = {"", "[]", "{", "{}x",
	    "{\"type\":\"Point\",\"coordinates\":[1,2]}",
	    "{\"type\":\"Polygon\"}",
	    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1,0],[1,1],[2,2]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1,0],[1,91],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1.5,0.5],[1.5,91.5],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[01.5,0.5],[1.5,1.5],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1.5,0.5] [1.5,1.5],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1.5,0.5],[1.5.1,1.5],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1.5,0.5],[1.5,1.5],,[0,0]]]}",
	    "{\"type\":\"MultiPolygon\",\"coordinates\":"
	    "[[[0,0],[1,0],[1,1],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":"
	    "[[[0,0],[1],[1,1],[0,0]]]}",
	    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[\"1\",0]]]}",
	    "{\"features\":{}}"};
	bool all = true;

	if (freopen("/dev/null", "w", stderr) == NULL)
		all = false;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (load(wrong[i], 0) == 0) {
			printf("# taken: %s\n", wrong[i]);
			all = false;
		}
	unit_check(all, "areas: what is no polygon is refused");
}

int
main(void)
{
	arena = ARENA_EMPTY;
	test_hole();
	test_several();
	test_ends_of_the_earth();
	test_against_brute_force(
	    0, "areas: the index finds what brute force finds");
	test_against_brute_force(1500, "areas: with a margin, too");
	test_threads();
	test_margin();
	test_mistakes();
	areas_release(&areas);
	polygons_release(&polygons);
	arena_release(&arena);
	return unit_done();
}
