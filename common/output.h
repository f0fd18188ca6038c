#ifndef DFV_OUTPUT_H
#define DFV_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "diag.h"
#include "pack.h"
#include "span.h"

/*
 * Where data goes: standard output, or a file that is written beside its name
 * and renamed when complete, so that an interrupted run leaves the old file. A
 * name that is not a regular file (a device, a pipe) is written in place.
 * Every write and the final close are checked. A name that ends in .gz or .zst
 * is packed.
 */
struct output {
	struct diag *diag;
	const char *name; /* NULL: standard output */
	char *target;     /* what to rename to, symbolic links resolved */
	char *tmp;        /* what is written, or NULL */
	int fd;
	bool failed;
	bool closed_pipe; /* the reader went away: stop, quietly */
	struct buf buf;
	const struct pack_format *pack; /* or NULL */
	void *packer;
	struct buf packed;
};

/* name NULL or "-" is standard output. 0, or -1 after a report. */
int output_open(struct output *, const char *name, struct diag *);

/* Appends bytes; large ones go straight through. 0, or -1 after a report or,
 * without one, when the pipe is closed. */
int output_write(struct output *, struct span);

/* Ends it. keep false, or an earlier failure, leaves the old file as it was.
 * 0, also when the pipe was closed; or -1 after a report. */
int output_close(struct output *, bool keep);

#endif
