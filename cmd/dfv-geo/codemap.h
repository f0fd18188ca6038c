#ifndef DFV_GEO_CODEMAP_H
#define DFV_GEO_CODEMAP_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/*
 * INSEE and postal codes as numbers, two digits or 2A, 2B and three digits: what
 * takes one look in a table that fits the processor's cache. INSEE_NONE for all
 * others.
 */
enum { INSEE_RANKS = 102000, INSEE_NONE = -1 };

static inline int
insee_rank(struct span code)
{
	const char *p = code.p;
	unsigned d[5], corsica;

	if (code.n != 5)
		return INSEE_NONE;
	for (int i = 0; i < 5; i++)
		d[i] = (unsigned char)p[i] - (unsigned)'0';
	corsica = (unsigned char)p[1] - (unsigned)'A';
	if (d[0] > 9 || d[2] > 9 || d[3] > 9 || d[4] > 9)
		return INSEE_NONE;
	d[2] = d[2] * 100 + d[3] * 10 + d[4];
	if (d[1] <= 9)
		return (int)(d[0] * 10000 + d[1] * 1000 + d[2]);
	return d[0] == 2 && corsica <= 1 ? (int)((100 + corsica) * 1000 + d[2])
					 : INSEE_NONE;
}

/*
 * Such codes to numbers, any number of them a code. Filled first, then only
 * read, so that threads share it.
 */
struct codemap {
	uint32_t *first; /* by insee_rank: an entry + 1, or 0 */
	struct codemap_entry *entry;
	size_t n;
	size_t cap;
};

struct codemap_entry {
	uint32_t id;
	uint32_t next; /* entry + 1 of the same code's next; 0 is none */
};

#define CODEMAP_EMPTY ((struct codemap){.n = 0})

/* Adds id under a code, before those that are there; a text that is no code is
 * left out. */
void codemap_add(struct codemap *, struct span code, uint32_t id);

/* A code's ids, the last one added first; NULL at the end:
 *     for (e = codemap_find(m, code); e != NULL; e = codemap_next(m, e)) */
static inline const struct codemap_entry *
codemap_find(const struct codemap *m, struct span code)
{
	int rank = insee_rank(code);
	uint32_t at =
	    rank == INSEE_NONE || m->first == NULL ? 0 : m->first[rank];

	return at == 0 ? NULL : &m->entry[at - 1];
}

static inline const struct codemap_entry *
codemap_next(const struct codemap *m, const struct codemap_entry *e)
{
	return e->next == 0 ? NULL : &m->entry[e->next - 1];
}

void codemap_release(struct codemap *);

#endif
