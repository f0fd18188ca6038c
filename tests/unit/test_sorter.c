/* link: cmd/dfv-filter/item_sort.c cmd/dfv-filter/runs.c cmd/dfv-filter/sorter.c */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sorter.h"
#include "unit.h"

enum { RECORDS = 20000, KEYS = 500, FIRST = 90 };

/* What comes out is checked against the order and the numbers that went in. */
struct check {
	int last_key;
	int last_number;
	int n;
	bool good;
	int stop_after;
	uint64_t first; /* a hash of the first FIRST records */
};

static int
check_record(void *ctx, struct span record)
{
	struct check *c = ctx;
	char text[32];
	int key = 0, number = 0;

	snprintf(text, sizeof text, "%.*s", (int)record.n, record.p);
	c->good = c->good && sscanf(text, "%d %d", &key, &number) == 2 &&
	    (key > c->last_key ||
		(key == c->last_key && number > c->last_number));
	if (c->n < FIRST)
		c->first = c->first * 31 + (uint64_t)number;
	c->last_key = key;
	c->last_number = number;
	return ++c->n == c->stop_after;
}

/* Sorts, checks, and says whether all was well; *first is the hash of what came
 * first. */
static bool
sorted(
    size_t limit_bytes, size_t wanted, int stop_after, int *n, uint64_t *first)
{
	struct diag diag = {.prog = "test"};
	struct sorter *s = sorter_new(limit_bytes, wanted, &diag);
	struct check c = {-1, 0, 0, true, stop_after, 0};
	unsigned state = 1;
	bool added = true;
	int rc;

	for (int i = 0; i < RECORDS; i++) {
		char key[16], record[32];
		int k, len;

		state = state * 1103515245u + 12345u;
		k = (int)(state >> 16) % KEYS;
		len = snprintf(key, sizeof key, "%04d", k);
		snprintf(record, sizeof record, "%d %d", k, i);
		added = added &&
		    sorter_add(
			s, span_make(key, (size_t)len), span_of(record)) == 0;
	}
	rc = sorter_finish(s, check_record, &c);
	sorter_free(s);
	*n = c.n;
	*first = c.first;
	return added && c.good && rc >= 0;
}

int
main(void)
{
	uint64_t all, first;
	int n;

	unit_check(sorted(SIZE_MAX, SIZE_MAX, 0, &n, &all) && n == RECORDS,
	    "sorter: in memory, by key, equal keys as they came");
	unit_check(sorted(64 * 1024, SIZE_MAX, 0, &n, &first) && n == RECORDS &&
		first == all,
	    "sorter: by runs on disk, by key, equal keys as they came");
	unit_check(sorted(64 * 1024, SIZE_MAX, 7, &n, &first) && n == 7,
	    "sorter: it stops when no more is wanted");
	unit_check(sorted(SIZE_MAX, FIRST, 0, &n, &first) && n == FIRST &&
		first == all,
	    "sorter: of the first alone, in memory");
	unit_check(sorted(16 * 1024, FIRST, FIRST, &n, &first) && n == FIRST &&
		first == all,
	    "sorter: of the first alone, by runs on disk");
	unit_check(
	    sorted(SIZE_MAX, 0, 0, &n, &first) && n == 0, "sorter: of none");
	setenv("TMPDIR", "/nonexistent", 1);
	{
		struct diag diag = {.prog = "test"};
		struct sorter *s = sorter_new(1, SIZE_MAX, &diag);

		sorter_add(s, SPAN("a"), SPAN("1"));
		unit_check(sorter_add(s, SPAN("b"), SPAN("2")) < 0 &&
			diag.count[DIAG_ERROR] == 1,
		    "sorter: a temporary folder that is none is told");
		sorter_free(s);
	}
	return unit_done();
}
