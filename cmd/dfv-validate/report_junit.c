#include "report.h"

#include "utf8.h"

/*
 * JUnit's XML as build servers read it: a test case a finding, which fails when
 * the run does because of it. The counts stand before the cases, so all of
 * them are kept until the end.
 */
struct junit {
	size_t n;
	size_t nfailed;
};

static void
put_reference(struct buf *b, const char *name)
{
	buf_byte(b, '&');
	buf_add(b, span_of(name));
	buf_byte(b, ';');
}

/* Text of an attribute or an element. What XML 1.0 has no character for
 * becomes U+FFFD. */
static void
put_text(struct buf *b, struct span s)
{
	while (s.n > 0) {
		size_t n;
		uint32_t c = utf8_decode(s, &n);

		if (c == '<')
			put_reference(b, "lt");
		else if (c == '&')
			put_reference(b, "amp");
		else if (c == '>')
			put_reference(b, "gt");
		else if (c == '"')
			put_reference(b, "quot");
		else if (c == '\t' || c == '\n' || c == '\r')
			buf_printf(b, "&#%u;", (unsigned)c);
		else if (c < 0x20 || c == 0xFFFE || c == 0xFFFF)
			utf8_encode(b, 0xFFFD);
		else
			buf_add(b, span_make(s.p, n));
		s = span_from(s, n);
	}
}

static void
put_attribute(struct buf *b, const char *name, struct span text)
{
	buf_printf(b, " %s=\"", name);
	put_text(b, text);
	buf_byte(b, '"');
}

static void
junit_begin(struct report *r)
{
	r->state = ARENA_NEW(r->arena, struct junit);
}

static bool
fails(const struct report *r, const struct finding *f)
{
	return f->status == FOUND_OPEN &&
	    (f->level == DIAG_ERROR || r->fail_on == DIAG_WARNING);
}

static void
junit_finding(struct report *r, const struct finding *f)
{
	struct junit *j = r->state;
	struct buf *b = &r->held, *s = &r->scratch;
	bool failed = fails(r, f);
	struct span name = finding_name(f, r->arena);

	j->n++;
	j->nfailed += failed;
	buf_add(b, SPAN("  <testcase"));
	put_attribute(b, "classname", finding_file(f, s));
	put_attribute(b, "name", name);
	buf_reset(s);
	report_advice(s, f);
	buf_add(b, failed ? SPAN("><failure") : SPAN("><system-out>"));
	if (failed) {
		put_attribute(b, "type", span_of(finding_kind(f->id)->code));
		put_attribute(b, "message", buf_span(s));
		buf_byte(b, '>');
	}
	put_text(b, buf_span(s));
	buf_add(b,
	    failed ? SPAN("</failure></testcase>\n")
		   : SPAN("</system-out></testcase>\n"));
}

static void
put_suites(struct report *r, size_t n, size_t nerror, struct span last)
{
	struct junit *j = r->state;
	struct buf *b = &r->buf;

	buf_add(b, SPAN("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
	buf_printf(
	    b, "<testsuites tests=\"%zu\" failures=\"%zu\">\n", n, j->nfailed);
	buf_printf(b,
	    " <testsuite name=\"dfv-validate\" tests=\"%zu\" failures=\"%zu\" "
	    "errors=\"%zu\">\n",
	    n, j->nfailed, nerror);
	buf_add(b, buf_span(&r->held));
	buf_add(b, last);
	buf_add(b, SPAN(" </testsuite>\n</testsuites>\n"));
}

/* Where nothing was found there is one case, which passed. */
static void
junit_end(struct report *r)
{
	const struct junit *j = r->state;

	if (j->n == 0)
		put_suites(r, 1, 0,
		    SPAN("  <testcase classname=\"dfv-validate\" "
			 "name=\"valid\"/>\n"));
	else
		put_suites(r, j->n, 0, SPAN(""));
}

/* That it was not all looked at is a case more. */
static void
junit_end_early(struct report *r)
{
	const struct junit *j = r->state;
	struct buf *s = &r->scratch;

	buf_reset(s);
	buf_add(s,
	    SPAN("  <testcase classname=\"dfv-validate\" name=\"complete\">"
		 "<error"));
	put_attribute(s, "message", report_broken_off());
	buf_add(s, SPAN("/></testcase>\n"));
	put_suites(r, j->n + 1, 1, buf_span(s));
}

const struct report_format report_junit = {"junit", true, 0, junit_begin,
    junit_finding, NULL, junit_end, junit_end_early};
