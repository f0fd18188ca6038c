#ifndef DFV_INPUT_H
#define DFV_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "pack.h"
#include "span.h"

/* A file, or standard input, as a stream of bytes; packed ones (gzip,
 * Zstandard, told by their first bytes) come unpacked. */
struct input {
	const char *name; /* as it is shown: "-" becomes "(stdin)" */
	int fd;
	uint64_t done; /* bytes read from it so far */
	bool begun;
	bool within; /* a packed stream that is not complete */
	const struct pack_format *pack; /* or NULL */
	void *unpacker;
	struct buf packed;   /* read, and */
	struct span pending; /* what of it is not unpacked yet */
	struct span map;     /* of input_map */
	size_t map_ready;    /* up to here its pages are in place */
	size_t map_left;     /* and up to here they have been given back */
	size_t map_at;       /* where it is used now */
};

/* 0, or -1 after filling the fault (missing, a directory, no permission). */
int input_open(struct input *, const char *name, struct fault *);

/* Up to n bytes, as many as are there now: how many, 0 at the end, -1 after
 * filling the fault. */
ptrdiff_t input_read(struct input *, char *p, size_t n, struct fault *);

/*
 * The whole of a regular file that is not packed, mapped: cheaper than reading
 * where bytes are looked at once. false when it cannot be; the input is then
 * to be read as ever. It stays mapped until input_unmap. A file that shrinks
 * meanwhile ends the program (exit 2, after a line on standard error).
 */
bool input_map(struct input *, struct span *whole);

/* Pages of a mapping that are soon wanted, and that no longer are; offsets. */
struct input_advice {
	size_t ready_from, ready_to;
	size_t left_from, left_to;
};

/*
 * Notes that a mapping is now used from offset `at` on: the next pages are to
 * be made ready, a large piece at a time, and what lies well behind is not to
 * stay in this program's memory (it may still be looked at, and comes back).
 */
void input_map_advance(struct input *, size_t at);

/* What has been noted since the last call; input_map_advise does it, which
 * takes time and needs no lock. */
struct input_advice input_map_take(struct input *);
void input_map_advise(const struct input *, const struct input_advice *);

/* Nothing more is read: gives the file back, but not its mapping, which
 * blocks may still point into. Both may be called again. */
void input_close(struct input *);
void input_unmap(struct input *);

#endif
