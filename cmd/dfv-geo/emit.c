#include "emit.h"

#include "geojson.h"

int
emitter_open(
    struct emitter *e, struct session *s, const struct columns *columns)
{
	static const struct writer_format *const more[] = {
	    &writer_geojson, NULL};
	const struct opt_common *opts = &s->opts.common;
	const struct writer_format *format =
	    sink_format(opts, reader_format(s->reader), more, &s->diag);

	*e = (struct emitter){.s = s, .columns = columns};
	if (format == NULL)
		return -1;
	if (sink_open(&e->sink, opts, format, reader_delimiter(s->reader),
		columns, &s->arena, &s->diag) == 0)
		return 0;
	sink_close(&e->sink, false);
	return -1;
}

void
emitter_record(const struct emitter *e, struct batch *b,
    const struct span *cell, const struct whereabouts *at)
{
	const struct writer *w = &e->sink.writer;

	if (w->format == &writer_geojson)
		geojson_feature(&b->out, e->columns, cell, &e->s->g, at);
	else
		w->format->record(w, &b->out, cell);
	b->nrec++;
}

int
emitter_put(struct emitter *e, const struct batch *b)
{
	struct span bytes = buf_span(&b->out);

	if (e->sink.writer.format == &writer_geojson && e->sink.nrec == 0 &&
	    b->nrec > 0)
		bytes = span_from(bytes, 1); /* the comma before it */
	return sink_put(&e->sink, bytes, b->nrec);
}

int
emitter_close(struct emitter *e, bool good)
{
	bool closed_pipe = e->sink.output.closed_pipe;

	if (sink_close(&e->sink, good) < 0)
		return -1;
	return good || closed_pipe ? 0 : -1;
}
