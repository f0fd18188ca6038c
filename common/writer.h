#ifndef DFV_WRITER_H
#define DFV_WRITER_H

#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "span.h"

/*
 * Records to bytes. A writer is constant once set up, so that threads can
 * write different blocks through it at once, each to a buffer of its own; the
 * buffers are then put out in order (output.h).
 */
struct writer {
	const struct writer_format *format;
	const struct columns *columns;
	char delimiter; /* of CSV: ',' ';' or TAB */
	struct arena *arena;
	void *plan; /* the format's, made by its plan() */
};

/* One row a format. Cells come TSV-encoded, one a column. */
struct writer_format {
	const char *name;
	/* What can be worked out once from the columns; may be NULL. */
	void *(*plan)(const struct writer *);
	/* Before the first record, after the last; each may be NULL. nrec says
	 * if there was one. */
	void (*head)(const struct writer *, struct buf *);
	void (*record)(
	    const struct writer *, struct buf *, const struct span *cell);
	void (*tail)(const struct writer *, struct buf *, size_t nrec);
};

/* Formats of common/: "tsv", "csv", "yaml", "jsonl", "md"; NULL for others. */
const struct writer_format *writer_format(struct span name);

/* All of them, NULL behind the last. */
extern const struct writer_format *const writer_formats[];

/* The writer's columns must outlive it; memory comes from the arena. */
void writer_init(struct writer *, const struct writer_format *,
    const struct columns *, struct arena *);

#endif
