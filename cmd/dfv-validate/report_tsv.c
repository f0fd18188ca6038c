#include "report.h"

#include "cell.h"

static void
put_text(struct buf *b, struct span s)
{
	cell_encode(b, s);
	buf_byte(b, '\t');
}

static void
put_number(struct buf *b, size_t n)
{
	if (n > 0)
		buf_printf(b, "%zu", n);
	buf_byte(b, '\t');
}

static void
tsv_begin(struct report *r)
{
	buf_add(&r->buf,
	    SPAN(
		"severity\tcode\trule\ttable\tfile\tline\tcolumn\tfield\tvalue\t"
		"expected\tdifference\tunit\tmessage\tsuggestion\n"));
}

static void
tsv_finding(struct report *r, const struct finding *f)
{
	const struct finding_kind *kind = finding_kind(f->id);
	struct buf *b = &r->buf;

	put_text(b, f->level == DIAG_ERROR ? SPAN("error") : SPAN("warning"));
	put_text(b, span_of(kind->code));
	put_text(b, f->rule);
	put_text(b, f->table);
	put_text(b, span_of(f->place.file));
	put_number(b, f->place.line);
	put_number(b, f->place.col);
	put_text(b, f->field);
	put_text(b, f->value);
	put_text(b, f->expected);
	put_text(b, f->difference);
	put_text(b, f->unit);
	put_text(b, f->message.p == NULL ? span_of(kind->what) : f->message);
	cell_encode(b, f->suggestion);
	buf_byte(b, '\n');
}

const struct report_format report_tsv = {
    "tsv", true, tsv_begin, tsv_finding, NULL};
