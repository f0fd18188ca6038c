/* link: cmd/dfv-filter/item_sort.c cmd/dfv-filter/runs.c cmd/dfv-filter/sorter.c */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sorter.h"
#include "unit.h"

enum { RECORDS = 20000, KEYS = 500 };

/* What comes out is checked against the order and the numbers that went in. */
struct check {
	int last_key;
	int last_number;
	int n;
	bool good;
	int stop_after;
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
	c->last_key = key;
	c->last_number = number;
	return ++c->n == c->stop_after;
}

/* Sorts, checks, and says whether all was well. */
static bool
sorted(size_t limit_bytes, int stop_after, int *n)
{
	struct diag diag = {.prog = "test"};
	struct sorter *s = sorter_new(limit_bytes, &diag);
	struct check c = {-1, 0, 0, true, stop_after};
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
	return added && c.good && rc >= 0;
}

int
main(void)
{
	int n;

	unit_check(sorted(SIZE_MAX, 0, &n) && n == RECORDS,
	    "sorter: in memory, by key, equal keys as they came");
	unit_check(sorted(64 * 1024, 0, &n) && n == RECORDS,
	    "sorter: by runs on disk, by key, equal keys as they came");
	unit_check(sorted(64 * 1024, 7, &n) && n == 7,
	    "sorter: it stops when no more is wanted");
	setenv("TMPDIR", "/nonexistent", 1);
	{
		struct diag diag = {.prog = "test"};
		struct sorter *s = sorter_new(1, &diag);

		sorter_add(s, SPAN("a"), SPAN("1"));
		unit_check(sorter_add(s, SPAN("b"), SPAN("2")) < 0 &&
			diag.count[DIAG_ERROR] == 1,
		    "sorter: a temporary folder that is none is told");
		sorter_free(s);
	}
	return unit_done();
}
