#ifndef DFV_GEO_EMIT_H
#define DFV_GEO_EMIT_H

#include <stdbool.h>

#include "session.h"
#include "writer.h"

/*
 * Records out, in one of the common formats or as GeoJSON. Constant between
 * emitter_open and emitter_close but for emitter_put, which is called in the
 * input's order.
 */
struct emitter {
	struct session *s;
	struct writer writer; /* format NULL: GeoJSON */
	const struct columns *columns;
	size_t nrec;
};

/* Opens the session's output. The columns outlive it. 0, or -1 after a report. */
int emitter_open(struct emitter *, struct session *, const struct columns *);

/* Adds a record to a batch; at says where it is. */
void emitter_record(const struct emitter *, struct batch *,
    const struct span *cell, const struct whereabouts *at);

/* Puts a batch out: 0, or -1 after a report. */
int emitter_put(struct emitter *, const struct batch *);

/* What follows the last record. The same. */
int emitter_close(struct emitter *);

#endif
