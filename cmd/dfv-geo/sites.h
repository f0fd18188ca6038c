#ifndef DFV_GEO_SITES_H
#define DFV_GEO_SITES_H

#include "session.h"

/* A file of places to be near to: its records, where they are, and a tree of
 * that. Filled once, then only read, so that threads share it. */
struct sites {
	struct reader *reader;
	struct clues clues;
	struct span *cell;   /* ncol a site, in the session's arena */
	struct span *suffix; /* of a site: its cells as TSV, all in TABs */
	size_t suffix_cap;
	size_t ncol;
	size_t n;
	size_t cap;
	size_t nlost;
	struct fix *fix; /* a site may have several, or none */
	uint32_t *of;    /* the site of each */
	size_t nfix;
	size_t fix_cap;
	size_t of_cap;
	struct rtree tree; /* of the fixes */
};

#define SITES_EMPTY ((struct sites){.n = 0})

/* Opens the file and finds what it says of places; then what it needs of the
 * geography. 0, or -1 after a report. */
int sites_open(struct sites *, const char *file, struct session *);

/* Reads it. Sites without a place are reported. The same. */
int sites_read(struct sites *, struct session *);

/* Adds what a resolver found of one more record; the tree comes with
 * sites_plant. */
void sites_add(struct sites *, const struct whereabouts *);
void sites_plant(struct sites *);

void sites_release(struct sites *);

#endif
