#ifndef DFV_INPUT_H
#define DFV_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "diag.h"
#include "pack.h"
#include "span.h"

/* A file, or standard input, as a stream of bytes; packed ones (gzip, Zstandard,
 * told by their first bytes) come unpacked. */
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
};

/* 0, or -1 after filling the fault (missing, a directory, no permission). */
int input_open(struct input *, const char *name, struct fault *);

/* Up to n bytes, as many as are there now: how many, 0 at the end, -1 after
 * filling the fault. */
ptrdiff_t input_read(struct input *, char *p, size_t n, struct fault *);

void input_close(struct input *);

#endif
