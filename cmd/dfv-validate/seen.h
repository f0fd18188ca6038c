#ifndef DFV_VALIDATE_SEEN_H
#define DFV_VALIDATE_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "span.h"

/*
 * Keys, and the line where each was first. A key takes its bytes and three
 * more, and eight in a table that is at least three eighths full: memory is
 * what a unique key costs, so lines are kept as steps from the key before.
 */
struct seen {
	struct buf keys; /* of each: length, lines since the one before, it */
	uint64_t *slot;  /* 24 bits of the hash over 40 of offset + 1 */
	size_t nslot;    /* a power of two, or 0 */
	size_t n;        /* keys */
	size_t line;     /* of the last one */
	struct seen_mark
	    *mark; /* every so many keys, and at each file's first */
	size_t nmark;
	size_t mark_cap;
	size_t since_mark; /* keys */
};

#define SEEN_EMPTY ((struct seen){.n = 0})

/* The hash of a key, whose slot is sent for: worth it some keys ahead, for a
 * table beyond the cache. */
uint64_t seen_expect(const struct seen *, struct span key);

/* False when the key is there already: *at then is where it was first. Else it
 * is added, as being *at. The hash is that of seen_expect(). Lines of a file
 * ascend; the file's name is one pointer throughout, and is not copied. */
bool seen_add(struct seen *, struct span key, uint64_t hash, struct place *at);

void seen_release(struct seen *);

#endif
