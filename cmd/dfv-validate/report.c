#include "report.h"

#include <stdio.h>

static const struct report_format *const formats[] = {
    &report_text, &report_tsv};

const struct report_format *
report_format(struct span name)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (span_eq(name, span_of(formats[i]->name)))
			return formats[i];
	return NULL;
}

void
report_begin(struct report *r)
{
	if (r->format->begin != NULL)
		r->format->begin(r);
}

void
report_add(struct report *r, const struct findings *l)
{
	for (size_t i = 0; i < l->n && !r->stopped; i++) {
		const struct finding *f = &l->item[i];

		r->count[f->level]++;
		r->format->finding(r, f);
		r->stopped =
		    r->max_errors > 0 && r->count[DIAG_ERROR] >= r->max_errors;
	}
}

int
report_flush(struct report *r)
{
	int rc = 0;

	if (r->buf.n == 0)
		return 0;
	if (r->format->is_data)
		rc = output_write(r->out, buf_span(&r->buf));
	else
		fwrite(r->buf.p, 1, r->buf.n, stderr);
	buf_reset(&r->buf);
	return rc;
}

int
report_end(struct report *r)
{
	if (r->format->end != NULL)
		r->format->end(r);
	return report_flush(r);
}

void
report_release(struct report *r)
{
	buf_release(&r->buf);
}
