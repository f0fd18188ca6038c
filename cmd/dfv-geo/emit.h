#ifndef DFV_GEO_EMIT_H
#define DFV_GEO_EMIT_H

#include "columns.h"
#include "session.h"
#include "sink.h"

/*
 * Records out, in one of the common formats or as GeoJSON. emitter_extended
 * and emitter_suffix are for any thread; the others are called in the order of
 * the input.
 */
struct emitter {
	const struct session *s;
	const struct columns *columns;
	struct sink sink;
	bool tsv; /* that is what comes out */
};

/* Begins output columns with the input's, and adds one: a name that is there
 * stays what it is, ours is then geo_NAME. */
void emit_columns(struct columns *, const struct columns *in, struct arena *);
void emit_column(struct columns *, struct span name);

/* Adds the two of a distance: distance_km, and distance_precision, which is the
 * worse of its ends'. */
enum { DISTANCE_COLUMNS = 2 };
void emit_distance(struct columns *);

/* The name of the format that comes out: --to, or what came in. */
const char *emitter_format(const struct session *);

/* Opens --output. The columns outlive it. 0, or -1 after a report: then there
 * is nothing to close. */
int emitter_open(struct emitter *, struct session *, const struct columns *);

/* Adds record rec of a block with more cells behind its own, those of cell from
 * b->ncol on: what is before them is filled in where it is needed. at says
 * where the record is. */
void emitter_extended(const struct emitter *, struct batch *,
    const struct block *b, size_t rec, struct span *cell,
    const struct whereabouts *at);

/* The same in TSV, of bytes that follow the record. */
static inline void
emitter_suffix(
    struct batch *made, struct span record, struct span more, struct span last)
{
	char *p = buf_room(&made->out, record.n + more.n + last.n + 1);

	memcpy(p, record.p, record.n);
	memcpy(p + record.n, more.p, more.n);
	memcpy(p + record.n + more.n, last.p, last.n);
	p[record.n + more.n + last.n] = '\n';
	made->out.n += record.n + more.n + last.n + 1;
	made->nrec++;
}

/* Puts a batch out: 0, or -1 after a report or when a pipe was closed. */
int emitter_put(struct emitter *, const struct batch *);

/* Ends the output, good or not. 0, or -1 after a report; a pipe that was
 * closed makes good what is not. */
int emitter_close(struct emitter *, bool good);

#endif
