#include "report.h"

enum { QUOTED_BYTES = 512 };

/* file:line:col: with what is known of it. */
static void
put_place(struct buf *b, const struct place *at)
{
	if (at->file == NULL)
		return;
	buf_printf(b, "%s:", at->file);
	if (at->line > 0)
		buf_printf(b, "%zu:", at->line);
	if (at->line > 0 && at->col > 0)
		buf_printf(b, "%zu:", at->col);
	buf_byte(b, ' ');
}

static void
put_quoted(struct buf *b, const char *before, struct span s, const char *after)
{
	char quoted[QUOTED_BYTES];

	buf_printf(
	    b, "%s%s%s", before, diag_quote(quoted, sizeof quoted, s), after);
}

/* A message is our own words around what a schema or a file has: its control
 * characters must not reach a terminal. */
static void
put_message(struct buf *b, struct span s)
{
	while (s.n > 0) {
		size_t n = 0;

		while (
		    n < s.n && (unsigned char)s.p[n] >= 0x20 && s.p[n] != 0x7F)
			n++;
		buf_add(b, span_make(s.p, n));
		s = span_from(s, n);
		if (s.n > 0) {
			buf_printf(b, "\\x%02X", (unsigned)(unsigned char)*s.p);
			s = span_from(s, 1);
		}
	}
}

/* Both sides of a comparison, and how far apart they are if they are figures:
 * `: 204, expected 202: difference 2 projets`. */
static void
put_sides(struct buf *b, const struct finding *f)
{
	bool figures = f->difference.p != NULL;
	const char *quote = figures ? "" : "'";

	buf_printf(b, ": %s", quote);
	put_quoted(b, "", f->value, quote);
	buf_printf(b, ", expected %s", quote);
	put_quoted(b, "", f->expected, quote);
	if (figures)
		put_quoted(b, ": difference ", f->difference, "");
	if (figures && f->unit.n > 0)
		put_quoted(b, " ", f->unit, "");
}

static void
text_finding(struct report *r, const struct finding *f)
{
	static const char *const names[] = {"warning", "error"};
	static const char *const colors[] = {"\033[1;35m", "\033[1;31m"};
	const struct finding_kind *kind = finding_kind(f->id);
	bool color = r->diag->color;
	struct buf *b = &r->buf;

	if (r->diag->quiet && f->level < DIAG_ERROR)
		return;
	put_place(b, &f->place);
	buf_printf(b, "%s%s:%s ", color ? colors[f->level] : "",
	    names[f->level], color ? "\033[0m" : "");
	if (f->message.p == NULL)
		buf_add(b, span_of(kind->what));
	else
		put_message(b, f->message);
	if (f->rule.p != NULL && f->expected.p != NULL)
		put_sides(b, f);
	else if (f->value.p != NULL)
		put_quoted(b, ": '", f->value, "'");
	else if (f->message.p == NULL && f->field.p != NULL)
		put_quoted(b, ": '", f->field, "'");
	if (f->suggestion.p != NULL)
		put_quoted(b, ": did you mean '", f->suggestion, "'?");
	buf_printf(b, " [%s%s", kind->code, f->rule.p == NULL ? "" : " ");
	if (f->rule.p != NULL)
		buf_add(b, f->rule);
	buf_add(b, SPAN("]\n"));
}

static void
put_count(struct buf *b, size_t n, const char *what)
{
	buf_printf(b, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

/* 12 findings: 10 errors, 2 warnings in 3 tables */
static void
text_end(struct report *r)
{
	struct buf *b = &r->buf;
	size_t all = r->count[DIAG_ERROR] + r->count[DIAG_WARNING];

	if (all == 0 || r->diag->quiet)
		return;
	put_count(b, all, "finding");
	buf_add(b, SPAN(": "));
	put_count(b, r->count[DIAG_ERROR], "error");
	buf_add(b, SPAN(", "));
	put_count(b, r->count[DIAG_WARNING], "warning");
	if (r->ntable > 0) {
		buf_add(b, SPAN(" in "));
		put_count(b, r->ntable, "table");
	}
	if (r->stopped)
		buf_add(b, SPAN("; stopped there"));
	buf_byte(b, '\n');
}

const struct report_format report_text = {
    "text", false, NULL, text_finding, text_end};
