#include "report.h"

#include "utf8.h"
#include "words.h"

/* What of a long line is shown, in characters; how far before the caret. */
enum { QUOTED_BYTES = 512, SHOWN_CHARS = 100, SHOWN_BEFORE = 60 };

/* file:line:col: with what is known of it. */
static void
put_place(struct buf *b, const struct place *at)
{
	if (at->file == NULL)
		return;
	diag_escape(b, span_of(at->file));
	buf_byte(b, ':');
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

/* Both sides of a comparison, and how far apart they are if they are figures:
 * `: 204, expected 202: difference 2 projets`. */
static void
put_sides(struct buf *b, const struct finding *f)
{
	bool figures = f->difference.p != NULL;
	const char *quote = figures ? "" : "'";

	buf_printf(b, ": %s", quote);
	put_quoted(b, "", f->value, quote);
	buf_printf(b, _(", expected %s"), quote);
	put_quoted(b, "", f->expected, quote);
	if (figures)
		put_quoted(b, _(": difference "), f->difference, "");
	if (figures && f->unit.n > 0)
		put_quoted(b, " ", f->unit, "");
}

static void
put_sentence(struct buf *b, const struct finding *f)
{
	diag_escape(b, report_message(f));
	if (f->rule.p != NULL && f->expected.p != NULL)
		put_sides(b, f);
	else if (f->value.p != NULL)
		put_quoted(b, ": '", f->value, "'");
	else if (f->message.p == NULL && f->field.p != NULL)
		put_quoted(b, ": '", f->field, "'");
	if (f->stake.p != NULL)
		put_quoted(b, _("; at stake: "), f->stake, "");
	if (f->stake_unit.n > 0)
		put_quoted(b, " ", f->stake_unit, "");
}

void
report_advice(struct buf *b, const struct finding *f)
{
	put_sentence(b, f);
	if (f->suggestion.p != NULL && f->status != FOUND_NOTE)
		put_quoted(b, _(": did you mean '"), f->suggestion, _("'?"));
	if (f->waiver.p != NULL) {
		buf_add(b, SPAN(" ("));
		diag_escape(b, f->waiver);
		buf_byte(b, ')');
	}
}

/* The line with a caret under the place: as much as fits of a long one. */
static void
put_source(struct buf *b, const struct finding *f)
{
	struct span s = f->source;
	size_t at = f->place.col - 1, skipped = 0, width;
	size_t value = f->value.p == NULL ? 1 : utf8_length(f->value);

	while (at > SHOWN_BEFORE + skipped && s.n > 0) {
		size_t n;

		utf8_decode(s, &n);
		s = span_from(s, n);
		skipped++;
	}
	buf_add(b, SPAN("    "));
	for (size_t i = 0; i < SHOWN_CHARS && s.n > 0; i++) {
		size_t n;
		uint32_t c = utf8_decode(s, &n);

		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			buf_byte(b, ' ');
		else
			buf_add(b, span_make(s.p, n));
		s = span_from(s, n);
	}
	buf_printf(b, "\n    %*s^", (int)(at - skipped), "");
	width = SHOWN_CHARS - (at - skipped);
	for (size_t i = 1; i < value && i < width; i++)
		buf_byte(b, '~');
	buf_byte(b, '\n');
}

static void
put_severity(struct report *r, const struct finding *f)
{
	const char *name = report_severity(f);
	const char *color = f->status != FOUND_OPEN ? "\033[1;36m"
	    : f->level == DIAG_ERROR                ? "\033[1;31m"
						    : "\033[1;35m";

	buf_printf(&r->buf, "%s%s:%s ", r->diag->color ? color : "", _(name),
	    r->diag->color ? "\033[0m" : "");
}

static void
text_finding(struct report *r, const struct finding *f)
{
	struct buf *b = &r->buf;

	if (r->diag->quiet &&
	    (f->level < DIAG_ERROR || f->status != FOUND_OPEN))
		return;
	put_place(b, &f->place);
	put_severity(r, f);
	report_advice(b, f);
	buf_printf(b, " [%s%s", finding_kind(f->id)->code,
	    f->rule.p == NULL ? "" : " ");
	if (f->rule.p != NULL)
		diag_escape(b, f->rule);
	buf_add(b, SPAN("]\n"));
	if (f->source.p != NULL && f->place.col > 0)
		put_source(b, f);
}

/* 480 more: not a date [type-error debut], the last of them in x.csv:512 */
static void
put_hidden(struct report *r, const struct tally *t)
{
	const struct finding *f = &t->like;
	struct buf *b = &r->buf;

	if (t->hidden == 0 || (r->diag->quiet && f->level < DIAG_ERROR))
		return;
	buf_printf(b, ngettext("%zu more", "%zu more", t->hidden), t->hidden);
	buf_printf(b, " [%s", finding_kind(f->id)->code);
	if (f->rule.n > 0)
		put_quoted(b, " ", f->rule, "");
	if (f->field.n > 0)
		put_quoted(b, " ", f->field, "");
	buf_add(b, span_of(_("], the last at ")));
	diag_escape(b, span_of(t->last.file));
	if (t->last.line > 0)
		buf_printf(b, ":%zu", t->last.line);
	buf_byte(b, '\n');
}

static void
put_consequences(struct report *r)
{
	for (size_t i = 0; i < r->causes.n; i++) {
		struct buf *b = &r->buf;
		size_t n = r->nconsequence[i];

		buf_printf(b,
		    ngettext("%zu finding follows from ",
			"%zu findings follow from ", n),
		    n);
		diag_escape(b, keytab_key(&r->causes, i));
		buf_byte(b, '\n');
	}
}

/* How many, and the first of them. */
static void
text_tally(struct report *r, const struct tally *t)
{
	const struct finding *f = &t->like;
	struct buf *b = &r->buf;

	if (r->diag->quiet && f->level < DIAG_ERROR)
		return;
	buf_printf(b, "%6zu  ", t->n);
	put_severity(r, f);
	diag_escape(b, f->message);
	buf_printf(b, " [%s", finding_kind(f->id)->code);
	if (f->rule.n > 0)
		put_quoted(b, " ", f->rule, "");
	if (f->field.n > 0)
		put_quoted(b, " ", f->field, "");
	buf_add(b, SPAN("], "));
	buf_add(b, span_of(_("first at ")));
	put_place(b, &f->place);
	b->n -= b->n > 1 && b->p[b->n - 1] == ' ' ? 2 : 0;
	if (f->value.p != NULL)
		put_quoted(b, ": '", f->value, "'");
	buf_byte(b, '\n');
}

static void
put_status(struct report *r, enum finding_status s, const char *text)
{
	if (r->of_status[s] > 0)
		buf_printf(&r->buf, "; %zu %s", r->of_status[s], text);
}

/* 12 findings: 10 errors, 2 warnings in 3 tables; 40 follow from these */
static void
text_end(struct report *r)
{
	struct buf *b = &r->buf;
	const size_t *of = r->of_status;
	size_t errors = r->count[DIAG_ERROR];
	size_t warnings = r->count[DIAG_WARNING], all = errors + warnings;

	for (size_t i = 0; !r->summary && i < r->alike.n; i++)
		put_hidden(r, &r->tally[i]);
	if (r->diag->quiet)
		return;
	put_consequences(r);
	if (all + of[FOUND_KNOWN] + of[FOUND_WAIVED] + of[FOUND_NOTE] == 0)
		return;
	buf_printf(b, ngettext("%zu finding", "%zu findings", all), all);
	buf_add(b, SPAN(": "));
	buf_printf(b, ngettext("%zu error", "%zu errors", errors), errors);
	buf_add(b, SPAN(", "));
	buf_printf(
	    b, ngettext("%zu warning", "%zu warnings", warnings), warnings);
	if (r->ntable > 0)
		buf_printf(b,
		    ngettext(" in %zu table", " in %zu tables", r->ntable),
		    r->ntable);
	put_status(r, FOUND_CAUSED, _("follow from these"));
	put_status(r, FOUND_KNOWN, _("known"));
	put_status(r, FOUND_WAIVED, _("waived"));
	put_status(r, FOUND_NOTE, _("repaired"));
	if (r->stopped)
		buf_add(b, span_of(_("; stopped there")));
	buf_byte(b, '\n');
}

const struct report_format report_text = {
    "text", false, 20, NULL, text_finding, text_tally, text_end, NULL};
