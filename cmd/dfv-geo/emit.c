#include "emit.h"

#include "geojson.h"

void
emit_columns(
    struct columns *columns, const struct columns *in, struct arena *arena)
{
	columns_init(columns, arena);
	for (size_t i = 0; i < in->n; i++)
		columns_add(columns, in->name[i]);
}

void
emit_column(struct columns *columns, struct span name)
{
	while (columns_add(columns, name) == COLUMN_NONE)
		name = arena_printf(
		    columns->arena, "geo_%.*s", (int)name.n, name.p);
}

void
emit_distance(struct columns *columns)
{
	emit_column(columns, SPAN("distance_km"));
	emit_column(columns, SPAN("distance_precision"));
}

const char *
emitter_format(const struct session *s)
{
	return s->opts.common.to != NULL ? s->opts.common.to
					 : reader_format(s->reader);
}

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
	e->tsv = format == writer_format(SPAN("tsv"));
	if (sink_open(&e->sink,
		&(struct sink_opts){
		    .output = opts->output,
		    .format = format,
		    .delimiter = reader_delimiter(s->reader),
		    .columns = columns,
		    .arena = &s->arena,
		},
		&s->diag) == 0)
		return 0;
	sink_close(&e->sink, false);
	return -1;
}

/* Adds a record to a batch; at says where it is. */
static void
add_record(const struct emitter *e, struct batch *b, const struct span *cell,
    const struct whereabouts *at)
{
	const struct writer *w = &e->sink.writer;

	if (w->format == &writer_geojson)
		geojson_feature(&b->out, e->columns, cell, &e->s->g, at);
	else
		w->format->record(w, &b->out, cell);
	b->nrec++;
}

void
emitter_extended(const struct emitter *e, struct batch *made,
    const struct block *b, size_t rec, struct span *cell,
    const struct whereabouts *at)
{
	if (!e->tsv) {
		for (size_t c = 0; c < b->ncol; c++)
			cell[c] = block_cell(b, rec, c);
		add_record(e, made, cell, at);
		return;
	}
	buf_add(&made->out, block_record(b, rec));
	for (size_t c = b->ncol; c < e->columns->n; c++) {
		buf_byte(&made->out, '\t');
		buf_add(&made->out, cell[c]);
	}
	buf_byte(&made->out, '\n');
	made->nrec++;
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
