#include <fcntl.h>
#include <unistd.h>

#include "columns.h"
#include "suggest.h"
#include "unit.h"

static struct arena arena;

static void
add_all(struct columns *c, const char *const names[])
{
	columns_init(c, &arena);
	for (; *names != NULL; names++)
		columns_add(c, span_of(*names));
}

static void
test_find(void)
{
	struct columns c;
	char name[] = "région";

	columns_init(&c, &arena);
	unit_check(columns_find(&c, SPAN("a")) == COLUMN_NONE,
	    "columns: nothing is found where there are none");
	unit_check(columns_add(&c, span_of(name)) == 0 &&
		columns_add(&c, SPAN("nom")) == 1 && c.n == 2,
	    "columns: names get their index in order");
	name[0] = 'x';
	unit_check(
	    columns_find(&c, SPAN("région")) == 0, "columns: a name is copied");
	unit_check(columns_add(&c, SPAN("nom")) == COLUMN_NONE && c.n == 2,
	    "columns: a name is added once");
	unit_check(columns_find(&c, SPAN("Nom")) == COLUMN_NONE &&
		columns_find(&c, SPAN("no")) == COLUMN_NONE &&
		columns_find(&c, SPAN("")) == COLUMN_NONE,
	    "columns: a name is found as it is written");
}

static void
test_many(void)
{
	enum { MANY = 200000 };
	struct columns c;
	bool good = true;
	char name[32];

	columns_init(&c, &arena);
	for (size_t i = 0; i < MANY; i++) {
		int n = snprintf(name, sizeof name, "c%zu", i);

		good = good && columns_add(&c, span_make(name, (size_t)n)) == i;
	}
	for (size_t i = 0; i < MANY; i++) {
		int n = snprintf(name, sizeof name, "c%zu", i);

		good =
		    good && columns_find(&c, span_make(name, (size_t)n)) == i;
	}
	unit_check(good && c.n == MANY, "columns: there may be very many");
}

static void
test_distance(void)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} rows[] = {
	    {"", "", 0},
	    {"", "abc", 3},
	    {"abc", "", 3},
	    {"nom", "nom", 0},
	    {"nom", "nmo", 1},
	    {"nom", "non", 1},
	    {"nom", "noms", 1},
	    {"region", "rgeoin", 2},
	    {"ca", "abc", 3}, /* 2 if parts could be edited twice */
	    {"kitten", "sitting", 3},
	    {"été", "ete", 2},
	};
	char long_a[600], long_b[600];
	bool good = true;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct span a = span_of(rows[i].a), b = span_of(rows[i].b);

		good = good && suggest_distance(a, b, 9) == rows[i].distance &&
		    suggest_distance(b, a, 9) == rows[i].distance;
	}
	unit_check(good, "suggest: distances count code points and swaps");
	unit_check(suggest_distance(SPAN("kitten"), SPAN("sitting"), 2) == 3 &&
		suggest_distance(SPAN("a"), SPAN("abcdefgh"), 2) == 3,
	    "suggest: what is beyond the limit is the limit and one");
	unit_check(suggest_distance(SPAN("caf\xE9"), SPAN("caf\xE9"), 4) == 5,
	    "suggest: what is no UTF-8 is far from everything");
	memset(long_a, 'a', sizeof long_a);
	memset(long_b, 'b', sizeof long_b);
	unit_check(suggest_distance(span_make(long_a, 600),
		       span_make(long_b, 600), 1000) == 1001 &&
		suggest_distance(span_make(long_a, 256), span_make(long_b, 256),
		    1000) == 256,
	    "suggest: very long words are not compared");
}

static void
test_nearest(void)
{
	const struct span words[] = {
	    SPAN("region"), SPAN("numero"), SPAN("nom"), SPAN("Département")};

	unit_check(suggest_nearest(SPAN("regoin"), words, 4) == 0 &&
		suggest_nearest(SPAN("mon"), words, 4) == SUGGEST_NONE &&
		suggest_nearest(SPAN("nmo"), words, 4) == 2,
	    "suggest: the nearest takes a third of the length at most");
	unit_check(suggest_nearest(SPAN("departement"), words, 4) == 3,
	    "suggest: accents and case are put aside");
	unit_check(suggest_nearest(SPAN("x"), words, 4) == SUGGEST_NONE &&
		suggest_nearest(SPAN(""), words, 4) == SUGGEST_NONE &&
		suggest_nearest(SPAN("nom"), NULL, 0) == SUGGEST_NONE,
	    "suggest: nothing is near where nothing is");
	unit_check(suggest_nearest(SPAN("\xE9\xE8"), words, 4) == SUGGEST_NONE,
	    "suggest: bytes that are no UTF-8 have nothing near");
}

static void
test_suggestions(void)
{
	static const char *const names[] = {"region", "a\033[31m", "nom", NULL};
	struct diag diag = {.prog = "test"};
	struct columns c, empty;
	int null = open("/dev/null", O_WRONLY), err = dup(STDERR_FILENO);

	add_all(&c, names);
	columns_init(&empty, &arena);
	unit_check(span_eq(columns_suggest(&c, SPAN("Régions"), &arena),
		       SPAN("did you mean 'region'?")),
	    "columns: the nearest name is suggested");
	unit_check(span_eq(columns_suggest(&c, SPAN("zzz"), &arena),
		       SPAN("the columns are region, a\\x1B[31m, nom")),
	    "columns: else the names are listed, fit for a terminal");
	unit_check(columns_suggest(&empty, SPAN("zzz"), &arena).n > 0,
	    "columns: something is said when there are none");
	dup2(null, STDERR_FILENO);
	unit_check(columns_need(&c, SPAN("nom"), &diag) == 2 &&
		diag.count[DIAG_ERROR] == 0,
	    "columns: a name that is there is not reported");
	unit_check(columns_need(&c, SPAN("nm"), &diag) == COLUMN_NONE &&
		diag.count[DIAG_ERROR] == 1,
	    "columns: a name that is not there is reported");
	dup2(err, STDERR_FILENO);
	close(err);
	close(null);
}

static void
test_long_list(void)
{
	struct columns c;
	char name[200], number[16];
	struct span said;

	columns_init(&c, &arena);
	for (int i = 0; i < 5000; i++) {
		memset(name, 'a' + i % 26, sizeof name);
		snprintf(number, sizeof number, "%7d", i);
		memcpy(name, number, 7);
		columns_add(&c, span_make(name, sizeof name));
	}
	said = columns_suggest(&c, SPAN("zzz"), &arena);
	unit_check(said.n < 400 && strstr(said.p, "(5000 in all)") != NULL,
	    "columns: a long list of names is cut");
}

int
main(void)
{
	test_find();
	test_many();
	test_distance();
	test_nearest();
	test_suggestions();
	test_long_list();
	arena_release(&arena);
	return unit_done();
}
