#ifndef DFV_KEYTAB_H
#define DFV_KEYTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * A set of byte strings, each with the number of its coming: 0, 1, 2… The
 * strings are copied. It serves sets, unique keys, and the groups of an index;
 * what belongs to a key is kept by the caller under its number. Filled and then
 * only asked, it can be shared by threads.
 */
struct keytab {
	struct buf bytes; /* the keys, end to end */
	size_t *end;      /* where each ends */
	size_t n;
	size_t cap;
	uint64_t *slot; /* 24 bits of the hash over 40 of number + 1 */
	size_t nslot;   /* a power of two, or 0 */
};

#define KEYTAB_EMPTY ((struct keytab){.n = 0})
#define KEYTAB_NONE  ((size_t)-1)

/* The number of a key, which is new when it comes out as the former n. */
size_t keytab_add(struct keytab *, struct span key);

/* The number of a key, or KEYTAB_NONE. */
size_t keytab_find(const struct keytab *, struct span key);

/* The numbers of n keys, at most KEYTAB_MANY, or KEYTAB_NONE: what they need of
 * a large table is sent for together. */
enum { KEYTAB_MANY = 32 };

void keytab_find_many(
    const struct keytab *, const struct span *key, size_t n, size_t *number);

/* Sends for what looking the key up will want: a dozen keys before it. */
void keytab_expect(const struct keytab *, struct span key);

/* The key of a number; valid until the next one is added. */
struct span keytab_key(const struct keytab *, size_t i);

void keytab_release(struct keytab *);

#endif
