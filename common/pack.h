#ifndef DFV_PACK_H
#define DFV_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

enum unpack_failure {
	UNPACK_DAMAGED = -1,
	UNPACK_TOO_WIDE = -2 /* it asks for a window of more than 128 MiB */
};

/*
 * Compressed streams, gzip through zlib and Zstandard through libzstd, both
 * ways: one row of a table each. Several members one behind the other are one
 * stream, as the formats have it.
 */
struct pack_format {
	const char *suffix; /* ".gz" */
	struct span magic;  /* a packed stream's first bytes */
	const char *what;   /* "gzip", for messages */
	void *(*unpack_new)(void);
	/* Unpacks from *in, of which it takes what it uses, to out[0..n): how
	 * many bytes, 0 when it needs more input, an unpack_failure when it
	 * cannot go on. *within tells whether a member is begun and not
	 * ended. */
	ptrdiff_t (*unpack)(
	    void *, struct span *in, char *out, size_t n, bool *within);
	void (*unpack_free)(void *);
	void *(*pack_new)(void);
	/* Appends the packed form; `end` finishes the stream. */
	void (*pack)(void *, struct span in, bool end, struct buf *out);
	void (*pack_free)(void *);
};

/* By a stream's first bytes, or a file's name; NULL when it is not packed. */
const struct pack_format *pack_by_magic(struct span first);
const struct pack_format *pack_by_name(struct span file);

enum { PACK_MAGIC_BYTES = 4 };

#endif
