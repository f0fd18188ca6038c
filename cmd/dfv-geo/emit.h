#ifndef DFV_GEO_EMIT_H
#define DFV_GEO_EMIT_H

#include "columns.h"
#include "session.h"
#include "sink.h"

/*
 * Records out, in one of the common formats or as GeoJSON. emitter_record is
 * for any thread; the others are called in the order of the input.
 */
struct emitter {
	const struct session *s;
	const struct columns *columns;
	struct sink sink;
};

/* Opens --output. The columns outlive it. 0, or -1 after a report: then there
 * is nothing to close. */
int emitter_open(struct emitter *, struct session *, const struct columns *);

/* Adds a record to a batch; at says where it is. */
void emitter_record(const struct emitter *, struct batch *,
    const struct span *cell, const struct whereabouts *at);

/* Puts a batch out: 0, or -1 after a report or when a pipe was closed. */
int emitter_put(struct emitter *, const struct batch *);

/* Ends the output, good or not. 0, or -1 after a report; a pipe that was
 * closed makes good what is not. */
int emitter_close(struct emitter *, bool good);

#endif
