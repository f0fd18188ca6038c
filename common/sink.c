#include "sink.h"

#include <string.h>

static void
add_names(struct buf *b, const struct writer_format *const *formats)
{
	for (; formats != NULL && *formats != NULL; formats++) {
		buf_add(b, b->n == 0 ? SPAN("") : SPAN(", "));
		buf_add(b, span_of((*formats)->name));
	}
}

static void
report_unknown(const char *name, const struct writer_format *const *more,
    struct diag *diag)
{
	struct buf b = {NULL, 0, 0};

	add_names(&b, writer_formats);
	add_names(&b, more);
	diag_report(diag, DIAG_UNKNOWN_FORMAT, NULL, span_of(name),
	    "--to takes one of %.*s", (int)b.n, b.p);
	buf_release(&b);
}

const struct writer_format *
sink_format(const struct opt_common *opts, const char *fallback,
    const struct writer_format *const *more, struct diag *diag)
{
	const char *name = opts->to != NULL ? opts->to : fallback;
	const struct writer_format *format = writer_format(span_of(name));

	for (size_t i = 0; format == NULL && more != NULL && more[i] != NULL;
	     i++)
		if (strcmp(more[i]->name, name) == 0)
			format = more[i];
	if (format == NULL)
		report_unknown(name, more, diag);
	return format;
}

/* What the format writes around the records. */
static int
put_frame(struct sink *s, bool head)
{
	struct buf b = {NULL, 0, 0};
	int rc;

	if (head && s->writer.format->head != NULL)
		s->writer.format->head(&s->writer, &b);
	if (!head && s->writer.format->tail != NULL)
		s->writer.format->tail(&s->writer, &b, s->nrec);
	rc = output_write(&s->output, buf_span(&b));
	buf_release(&b);
	return rc;
}

int
sink_open(struct sink *s, const struct sink_opts *o, struct diag *diag)
{
	s->nrec = 0;
	s->begun = false;
	writer_init(&s->writer, o->format, o->columns, o->arena);
	if (o->delimiter != 0)
		s->writer.delimiter = o->delimiter;
	return output_open(&s->output, o->output, diag);
}

static int
begin(struct sink *s)
{
	if (s->begun)
		return 0;
	s->begun = true;
	return put_frame(s, true);
}

int
sink_put(struct sink *s, struct span bytes, size_t nrec)
{
	s->nrec += nrec;
	return begin(s) < 0 ? -1 : output_write(&s->output, bytes);
}

int
sink_close(struct sink *s, bool good)
{
	if (good && begin(s) == 0)
		put_frame(s, false);
	return output_close(&s->output, good);
}
