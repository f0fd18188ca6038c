#include "emit.h"

#include <string.h>

#include "geojson.h"

static int
choose_format(struct emitter *e, const char *to)
{
	struct session *s = e->s;
	const struct writer_format *format = NULL;

	if (to == NULL)
		to = reader_format(s->reader);
	if (strcmp(to, "geojson") == 0)
		return 0;
	format = writer_format(span_of(to));
	if (format == NULL) {
		diag_report(&s->diag, DIAG_UNKNOWN_FORMAT, NULL, span_of(to),
		    "--to takes tsv, csv, yaml, jsonl, md or geojson");
		return -1;
	}
	writer_init(&e->writer, format, e->columns, &s->arena);
	if (strcmp(reader_format(s->reader), "csv") == 0)
		e->writer.delimiter = reader_delimiter(s->reader);
	return 0;
}

int
emitter_open(
    struct emitter *e, struct session *s, const struct columns *columns)
{
	struct buf head = {NULL, 0, 0};
	int rc;

	*e = (struct emitter){.s = s, .columns = columns};
	if (choose_format(e, s->opts.common.to) < 0 ||
	    output_open(&s->out, s->opts.common.output, &s->diag) < 0)
		return -1;
	if (e->writer.format == NULL)
		geojson_head(&head);
	else if (e->writer.format->head != NULL)
		e->writer.format->head(&e->writer, &head);
	rc = output_write(&s->out, buf_span(&head));
	buf_release(&head);
	return rc;
}

void
emitter_record(const struct emitter *e, struct batch *b,
    const struct span *cell, const struct whereabouts *at)
{
	if (e->writer.format == NULL)
		geojson_feature(&b->out, e->columns, cell, &e->s->g, at);
	else
		e->writer.format->record(&e->writer, &b->out, cell);
	b->nrec++;
}

int
emitter_put(struct emitter *e, const struct batch *b)
{
	struct span bytes = buf_span(&b->out);

	if (e->writer.format == NULL && e->nrec == 0 && b->nrec > 0)
		bytes = span_from(bytes, 1); /* the comma before it */
	e->nrec += b->nrec;
	return output_write(&e->s->out, bytes);
}

int
emitter_close(struct emitter *e)
{
	struct buf tail = {NULL, 0, 0};
	int rc;

	if (e->writer.format == NULL)
		geojson_tail(&tail);
	else if (e->writer.format->tail != NULL)
		e->writer.format->tail(&e->writer, &tail, e->nrec);
	rc = output_write(&e->s->out, buf_span(&tail));
	buf_release(&tail);
	return rc;
}
