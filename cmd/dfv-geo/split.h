#ifndef DFV_GEO_SPLIT_H
#define DFV_GEO_SPLIT_H

#include "emit.h"
#include "keytab.h"

/*
 * Records to one file a value, DIR/VALUE.FORMAT, each complete or not at all.
 * In names `/`, `%`, control characters and a first `.` are written as `%2F`;
 * what has no value goes to `inconnu`.
 */
struct split {
	struct session *s;
	const struct columns *columns;
	const char *dir;
	struct keytab value;
	struct emitter *part; /* by value */
	size_t cap;
};

/* Makes the folder unless it is there. 0, or -1 after a report. */
int split_open(
    struct split *, struct session *, const struct columns *, const char *dir);

/* Puts one record into the files of a list's values. The same, or -1 when a
 * pipe was closed. */
int split_put(struct split *, struct span values, struct span record);

/* Ends all files, good or not. 0, or -1 after a report. */
int split_close(struct split *, bool good);

#endif
