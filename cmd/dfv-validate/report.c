#include "report.h"

#include <stdio.h>

#include "baseline.h"
#include "mem.h"
#include "words.h"

static const struct report_format *const formats[] = {&report_text, &report_tsv,
    &report_jsonl, &report_sarif, &report_github, &report_junit};

const char report_formats[] = "text, tsv, jsonl, sarif, github or junit";

const struct report_format *
report_format(struct span name)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (span_eq(name, span_of(formats[i]->name)))
			return formats[i];
	return NULL;
}

const char *
report_severity(const struct finding *f)
{
	if (f->status == FOUND_WAIVED)
		return N_("waived");
	if (f->status == FOUND_NOTE)
		return N_("note");
	return f->level == DIAG_ERROR ? N_("error") : N_("warning");
}

struct span
report_broken_off(void)
{
	return span_of(_("not all could be read: standard error says why"));
}

struct span
report_message(const struct finding *f)
{
	return f->message.p != NULL ? f->message
				    : span_of(_(finding_kind(f->id)->what));
}

void
report_begin(struct report *r)
{
	if (r->format->begin != NULL)
		r->format->begin(r);
}

/* What the baseline and the waivers say of it. What follows from a finding
 * that they let pass, and comes behind it, passes too. */
static void
settle_status(struct report *r, struct finding *f)
{
	if (f->status == FOUND_CAUSED)
		f->passes = keytab_find(&r->passed, f->cause) != KEYTAB_NONE;
	if (f->status != FOUND_OPEN)
		return;
	if (r->baseline != NULL && baseline_knows(r->baseline, f))
		f->status = FOUND_KNOWN;
	else if (r->waivers != NULL)
		waivers_apply(r->waivers, f);
	f->passes = f->status != FOUND_OPEN;
	if (f->passes)
		keytab_add(&r->passed, finding_name(f, r->arena));
}

/* A copy whose texts last: those that --summary shows. */
static struct finding
keep_finding(const struct finding *f, struct arena *a)
{
	struct finding k = {.id = f->id,
	    .level = f->level,
	    .status = f->status,
	    .place = f->place,
	    .table = arena_span(a, f->table),
	    .field = arena_span(a, f->field),
	    .rule = arena_span(a, f->rule)};

	k.message = arena_span(a, report_message(f));
	if (f->value.p != NULL)
		k.value = arena_span(a, f->value);
	return k;
}

static struct tally *
tally_of(struct report *r, const struct finding *f)
{
	const struct span parts[] = {span_of(report_severity(f)),
	    span_of(finding_kind(f->id)->code), f->rule, f->table, f->field};
	size_t before = r->alike.n, i;

	buf_reset(&r->scratch);
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		buf_add(&r->scratch, parts[i]);
		buf_byte(&r->scratch, '\0');
	}
	i = keytab_add(&r->alike, buf_span(&r->scratch));
	if (i == before) {
		r->tally =
		    mem_grow(r->tally, &r->tally_cap, i + 1, sizeof *r->tally);
		r->tally[i] = (struct tally){.like = keep_finding(f, r->arena)};
	}
	return &r->tally[i];
}

static void
count_consequence(struct report *r, const struct finding *f)
{
	size_t before = r->causes.n, i = keytab_add(&r->causes, f->cause);

	r->nconsequence = mem_grow(
	    r->nconsequence, &r->cause_cap, r->causes.n, sizeof(size_t));
	if (i == before)
		r->nconsequence[i] = 0;
	r->nconsequence[i]++;
}

/* Text shows a cause and how much follows from it; data has all of it. */
static void
add_finding(struct report *r, const struct finding *f)
{
	struct tally *t;

	if (f->status == FOUND_CAUSED) {
		count_consequence(r, f);
		if (r->format->is_data && !r->summary)
			r->format->finding(r, f);
		return;
	}
	if (f->status == FOUND_KNOWN)
		return;
	t = tally_of(r, f);
	t->n++;
	if (r->summary)
		return;
	if (r->format->max_repeats > 0 && t->n > r->format->max_repeats) {
		t->hidden++;
		t->last = f->place;
		return;
	}
	r->format->finding(r, f);
}

void
report_add(struct report *r, struct findings *l)
{
	for (size_t i = 0; i < l->n && !r->stopped; i++) {
		struct finding *f = &l->item[i];

		settle_status(r, f);
		r->of_status[f->status]++;
		if (f->status == FOUND_OPEN)
			r->count[f->level]++;
		add_finding(r, f);
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
	struct findings expired = FINDINGS_EMPTY;

	if (r->waivers != NULL) {
		waivers_expired(r->waivers, &expired);
		report_add(r, &expired);
		findings_release(&expired);
	}
	for (size_t i = 0; r->summary && i < r->alike.n; i++)
		r->format->tally(r, &r->tally[i]);
	if (r->format->end != NULL)
		r->format->end(r);
	return report_flush(r);
}

int
report_end_early(struct report *r)
{
	if (r->format->end_early != NULL)
		r->format->end_early(r);
	return report_flush(r);
}

bool
report_failed(const struct report *r)
{
	return r->count[DIAG_ERROR] > 0 ||
	    (r->fail_on == DIAG_WARNING && r->count[DIAG_WARNING] > 0);
}

void
report_release(struct report *r)
{
	keytab_release(&r->alike);
	mem_free(r->tally);
	keytab_release(&r->passed);
	keytab_release(&r->causes);
	mem_free(r->nconsequence);
	buf_release(&r->scratch);
	buf_release(&r->held);
	buf_release(&r->buf);
}
