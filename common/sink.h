#ifndef DFV_SINK_H
#define DFV_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "opt.h"
#include "output.h"
#include "writer.h"

/* A writer and the output it fills: where a tool's records go. */
struct sink {
	struct writer writer;
	struct output output;
	size_t nrec;
	bool begun; /* what stands before the first record is written */
};

/*
 * The format that --to names, or `fallback` ("tsv", or what came in) without
 * it; `more` lists a tool's own formats, may be NULL. NULL after a report.
 */
const struct writer_format *sink_format(const struct opt_common *,
    const char *fallback, const struct writer_format *const *more,
    struct diag *);

/* What is written, and where. */
struct sink_opts {
	const char *output; /* of --output; NULL: standard output */
	const struct writer_format *format;
	char delimiter; /* of CSV: that of the CSV that came in; 0: a comma */
	const struct columns *columns; /* must outlive the sink */
	struct arena *arena;           /* for the writer */
};

/* Nothing is written before the first records or a good end, so that a run that
 * fails early leaves no header behind. 0, or -1 after a report: then sink_close
 * is still to be called. */
int sink_open(struct sink *, const struct sink_opts *, struct diag *);

/* Bytes of nrec records, made with the writer. 0, or -1 (see output_write). */
int sink_put(struct sink *, struct span bytes, size_t nrec);

/* Ends the records and the output. good false leaves an old file as it was. 0,
 * or -1 after a report. A reader of our pipe that went away is no failure. */
int sink_close(struct sink *, bool good);

#endif
