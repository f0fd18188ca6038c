#include "report.h"

#include <inttypes.h>

#include "hash.h"
#include "json.h"
#include "opt.h"
#include "words.h"

/*
 * SARIF 2.1.0 (OASIS, 2020), one run: the kinds of findings are the driver's
 * rules, each finding a result. Columns count code points.
 */
static void
put_rule(struct buf *b, enum finding_id id)
{
	const struct finding_kind *k = finding_kind(id);

	buf_add(b, SPAN("{\"id\": "));
	json_quote(b, span_of(k->code));
	buf_add(b, SPAN(", \"shortDescription\": {\"text\": "));
	json_quote(b, span_of(_(k->what)));
	buf_add(b, SPAN("}}"));
}

static void
sarif_begin(struct report *r)
{
	struct buf *b = &r->buf;

	buf_add(b,
	    SPAN("{\"$schema\": "
		 "\"https://json.schemastore.org/sarif-2.1.0.json\",\n"
		 " \"version\": \"2.1.0\",\n"
		 " \"runs\": [{\n"
		 "  \"tool\": {\"driver\": {\"name\": \"dfv-validate\", "
		 "\"version\": \""));
	buf_add(b, span_of(opt_version()));
	buf_add(b, SPAN("\", \"rules\": [\n"));
	for (int id = 0; id < FINDING_COUNT; id++) {
		buf_add(b, SPAN("   "));
		put_rule(b, (enum finding_id)id);
		buf_add(b, id + 1 < FINDING_COUNT ? SPAN(",\n") : SPAN("\n"));
	}
	buf_add(b,
	    SPAN("  ]}},\n  \"columnKind\": \"unicodeCodePoints\",\n"
		 "  \"results\": ["));
}

/* A file's name as a relative reference (RFC 3986): what a path may not hold
 * is percent-encoded. */
static void
put_uri(struct buf *b, const char *file)
{
	static const char kept[] = "-._~!$&'()*+,;=@/";

	buf_add(b, file[0] == '/' ? SPAN("\"file://") : SPAN("\""));
	for (; *file != '\0'; file++) {
		char c = *file;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || strchr(kept, c) != NULL)
			buf_byte(b, c);
		else
			buf_printf(b, "%%%02X", (unsigned)(unsigned char)c);
	}
	buf_byte(b, '"');
}

static void
put_location(struct buf *b, const struct place *at)
{
	buf_add(b,
	    SPAN(", \"locations\": [{\"physicalLocation\": "
		 "{\"artifactLocation\": {\"uri\": "));
	put_uri(b, at->file);
	buf_byte(b, '}');
	if (at->line > 0)
		buf_printf(b, ", \"region\": {\"startLine\": %zu", at->line);
	if (at->line > 0 && at->col > 0)
		buf_printf(b, ", \"startColumn\": %zu", at->col);
	buf_add(b, at->line > 0 ? SPAN("}}}]") : SPAN("}}]"));
}

static void
put_property(struct buf *b, const char *name, struct span text)
{
	if (text.n == 0)
		return;
	buf_printf(b, "%s\"%s\": ", b->p[b->n - 1] == '{' ? "" : ", ", name);
	json_quote(b, text);
}

static void
put_properties(struct buf *b, const struct finding *f)
{
	buf_add(b, SPAN(", \"properties\": {"));
	put_property(b, "rule", f->rule);
	put_property(b, "table", f->table);
	put_property(b, "field", f->field);
	put_property(b, "key", f->key);
	put_property(b, "value", f->value);
	put_property(b, "expected", f->expected);
	put_property(b, "suggestion", f->suggestion);
	put_property(b, "stake", f->stake);
	put_property(b, "stakeUnit", f->stake_unit);
	put_property(b, "cause", f->cause);
	buf_byte(b, '}');
}

/* What is the same in the next run, for services that tell new from known. */
static void
put_fingerprint(struct report *r, const struct finding *f)
{
	buf_reset(&r->scratch);
	finding_identity(&r->scratch, f);
	buf_printf(&r->buf,
	    ", \"partialFingerprints\": {\"dfv/v1\": \"%016" PRIx64 "\"}",
	    hash_bytes(buf_span(&r->scratch)));
}

static const char *
level_of(const struct finding *f)
{
	if (f->status == FOUND_NOTE)
		return "note";
	return f->level == DIAG_ERROR ? "error" : "warning";
}

static void
sarif_finding(struct report *r, const struct finding *f)
{
	struct buf *b = &r->buf;

	buf_add(b, r->state == NULL ? SPAN("\n   ") : SPAN(",\n   "));
	r->state = r;
	buf_printf(b,
	    "{\"ruleId\": \"%s\", \"ruleIndex\": %d, \"level\": \"%s\", "
	    "\"message\": {\"text\": ",
	    finding_kind(f->id)->code, (int)f->id, level_of(f));
	buf_reset(&r->scratch);
	report_advice(&r->scratch, f);
	json_quote(b, buf_span(&r->scratch));
	buf_byte(b, '}');
	if (f->place.file != NULL)
		put_location(b, &f->place);
	put_fingerprint(r, f);
	if (f->waiver.p != NULL) {
		buf_add(b,
		    SPAN(", \"suppressions\": [{\"kind\": \"external\", "
			 "\"justification\": "));
		json_quote(b, f->waiver);
		buf_add(b, SPAN("}]"));
	}
	put_properties(b, f);
	buf_byte(b, '}');
}

static void
sarif_end(struct report *r)
{
	buf_add(&r->buf,
	    SPAN("\n  ],\n"
		 "  \"invocations\": [{\"executionSuccessful\": true}]\n"
		 " }]\n}\n"));
}

static void
sarif_end_early(struct report *r)
{
	buf_add(&r->buf,
	    SPAN("\n  ],\n"
		 "  \"invocations\": [{\"executionSuccessful\": false, "
		 "\"toolExecutionNotifications\": [\n"
		 "   {\"level\": \"error\", \"message\": {\"text\": "));
	json_quote(&r->buf, report_broken_off());
	buf_add(&r->buf, SPAN("}}]}]\n }]\n}\n"));
}

const struct report_format report_sarif = {"sarif", true, 0, sarif_begin,
    sarif_finding, NULL, sarif_end, sarif_end_early};
