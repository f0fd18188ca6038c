#ifndef DFV_UNIT_H
#define DFV_UNIT_H

#include <stdbool.h>
#include <stdio.h>

/* Unit tests in TAP: unit_check() once a behaviour, `return unit_done();`. */
struct unit {
	int done;
	int failed;
};

static struct unit unit;

static inline void
unit_report(bool good, const char *name, const char *file, int line)
{
	unit.done++;
	printf("%s %d - %s\n", good ? "ok" : "not ok", unit.done, name);
	if (!good) {
		unit.failed++;
		printf("# at %s:%d\n", file, line);
	}
}

#define unit_check(good, name) unit_report((good), (name), __FILE__, __LINE__)

static inline int
unit_done(void)
{
	printf("1..%d\n", unit.done);
	return unit.failed != 0;
}

#endif
