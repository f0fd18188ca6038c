#include "report.h"

/*
 * Workflow commands of GitHub Actions, which shows them beside the lines:
 *     ::error file=a.csv,line=3,col=5,title=type-error::not a date
 */
static void
put_escaped(struct buf *b, struct span s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool special = c == '%' || c == '\r' || c == '\n' ||
		    (property && (c == ':' || c == ','));

		if (special)
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)c);
		else
			buf_byte(b, c);
	}
}

static const char *
command_of(const struct finding *f)
{
	if (f->status == FOUND_NOTE || f->status == FOUND_WAIVED ||
	    f->status == FOUND_CAUSED)
		return "notice";
	return f->level == DIAG_ERROR ? "error" : "warning";
}

static void
github_finding(struct report *r, const struct finding *f)
{
	struct buf *b = &r->buf;

	buf_printf(b, "::%s ", command_of(f));
	if (f->place.file != NULL) {
		buf_add(b, SPAN("file="));
		put_escaped(b, finding_file(f, &r->scratch), true);
		buf_byte(b, ',');
	}
	if (f->place.line > 0)
		buf_printf(b, "line=%zu,", f->place.line);
	if (f->place.line > 0 && f->place.col > 0)
		buf_printf(b, "col=%zu,", f->place.col);
	buf_add(b, SPAN("title="));
	put_escaped(b, span_of(finding_kind(f->id)->code), true);
	if (f->rule.n > 0)
		buf_byte(b, ' ');
	put_escaped(b, f->rule, true);
	buf_add(b, SPAN("::"));
	buf_reset(&r->scratch);
	report_advice(&r->scratch, f);
	put_escaped(b, buf_span(&r->scratch), false);
	buf_byte(b, '\n');
}

const struct report_format report_github = {
    "github", true, 0, NULL, github_finding, NULL, NULL, NULL};
