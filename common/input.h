#ifndef DFV_INPUT_H
#define DFV_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "span.h"

/* A file, or standard input, as a stream of bytes. */
struct input {
	const char *name; /* as it is shown: "-" becomes "(stdin)" */
	int fd;
	uint64_t done; /* bytes read so far */
};

/* 0, or -1 after filling the fault (missing, a directory, no permission). */
int input_open(struct input *, const char *name, struct fault *);

/* Up to n bytes, as many as are there now: how many, 0 at the end, -1 after
 * filling the fault. */
ptrdiff_t input_read(struct input *, char *p, size_t n, struct fault *);

void input_close(struct input *);

#endif
