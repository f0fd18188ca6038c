#include "report.h"

#include "cell.h"
#include "json.h"
#include "report_column.h"

static void
tsv_begin(struct report *r)
{
	size_t n;
	const struct report_column *c = report_columns(r->summary, &n);

	for (size_t i = 0; i < n; i++)
		buf_printf(&r->buf, "%s%c", c[i].name, i + 1 < n ? '\t' : '\n');
}

static void
put_row(struct report *r, const struct finding *f, size_t count)
{
	size_t n;
	const struct report_column *c = report_columns(r->summary, &n);

	for (size_t i = 0; i < n; i++) {
		buf_reset(&r->scratch);
		cell_encode(&r->buf, c[i].get(f, count, &r->scratch));
		buf_byte(&r->buf, i + 1 < n ? '\t' : '\n');
	}
}

static void
tsv_finding(struct report *r, const struct finding *f)
{
	put_row(r, f, 1);
}

static void
tsv_tally(struct report *r, const struct tally *t)
{
	put_row(r, &t->like, t->n);
}

const struct report_format report_tsv = {
    "tsv", true, 0, tsv_begin, tsv_finding, tsv_tally, NULL, NULL};

/* One object a line, without what is absent. */
static void
put_object(struct report *r, const struct finding *f, size_t count)
{
	size_t n, members = 0;
	const struct report_column *c = report_columns(r->summary, &n);
	struct buf *b = &r->buf;

	for (size_t i = 0; i < n; i++) {
		struct span text;

		buf_reset(&r->scratch);
		text = c[i].get(f, count, &r->scratch);
		if (text.n == 0)
			continue;
		buf_printf(
		    b, "%s\"%s\": ", members++ == 0 ? "{" : ", ", c[i].name);
		if (c[i].is_number)
			buf_add(b, text);
		else
			json_quote(b, text);
	}
	buf_add(b, SPAN("}\n"));
}

static void
jsonl_finding(struct report *r, const struct finding *f)
{
	put_object(r, f, 1);
}

static void
jsonl_tally(struct report *r, const struct tally *t)
{
	put_object(r, &t->like, t->n);
}

const struct report_format report_jsonl = {
    "jsonl", true, 0, NULL, jsonl_finding, jsonl_tally, NULL, NULL};
