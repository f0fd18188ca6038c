#ifndef DFV_VALIDATE_KEYLOG_H
#define DFV_VALIDATE_KEYLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "span.h"

struct keylog_cursor {
	size_t group;
	size_t i;  /* keys of it that were given */
	size_t at; /* offset behind them */
	size_t line;
};

/*
 * Keys in the order in which they came, and their lines. Memory is what a
 * unique key costs, so groups of them share what they can: keys of one length
 * on lines that follow each other take their bytes and no more, any others two
 * bytes besides.
 *
 * Nobody asks where a key is as long as none comes twice. The first times all
 * keys are gone through; then an index is made of them, of eight bytes and a
 * third each at least.
 */
struct keylog {
	struct buf bytes;
	struct keylog_group *group;
	size_t ngroup;
	size_t group_cap;
	size_t n;       /* keys */
	size_t line;    /* of the last one */
	size_t nfind;   /* times that a key was asked for */
	uint64_t *slot; /* 24 bits of the hash over 40 of ordinal + 1 */
	size_t nslot;   /* a power of two, or 0 */
	struct keylog_cursor indexed; /* so far */
};

enum { KEYLOG_GROUP = 64 };

#define KEYLOG_EMPTY ((struct keylog){.n = 0})

/* n keys, at most KEYLOG_GROUP, of one file, and their lines, which ascend. The
 * file's name is one pointer throughout, and is not copied. */
struct keylog_keys {
	const struct span *key;
	const size_t *line;
	size_t n;
	const char *file;
};

void keylog_add(struct keylog *, const struct keylog_keys *);

/* Whether the key, of this hash_bytes(), is there; then *at is where. */
bool keylog_find(
    struct keylog *, struct span key, uint64_t hash, struct place *at);

/* All keys in turn, from a cursor that is {0}: false behind the last one, from
 * where it goes on once there are more. */
bool keylog_next(
    const struct keylog *, struct keylog_cursor *, struct span *key);

void keylog_release(struct keylog *);

#endif
