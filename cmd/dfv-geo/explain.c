#include "resolve.h"

enum { SHOWN_CANDIDATES = 6 };

static void
add_commune(const struct resolver *r, struct buf *out, uint32_t id)
{
	const struct commune *c = &r->g->commune[id];

	buf_add(out, c->name);
	buf_add(out, SPAN(" ("));
	buf_add(out, r->g->departement.item[c->departement].code);
	buf_byte(out, ')');
}

static void
add_candidates(const struct resolver *r, struct buf *out)
{
	for (size_t i = 0; i < r->n && i < SHOWN_CANDIDATES; i++) {
		buf_add(out, i > 0 ? SPAN(", ") : SPAN(""));
		add_commune(r, out, r->candidate[i].commune);
	}
	if (r->n > SHOWN_CANDIDATES)
		buf_printf(out, " and %zu more", r->n - SHOWN_CANDIDATES);
}

static void
explain_unknown(const struct resolver *r, struct buf *out)
{
	static const char *const what[CLUE_LEADS] = {
	    [CLUE_CODE] = "no commune has or had this code",
	    [CLUE_COMMUNE] = "no commune has or had this name",
	    [CLUE_POSTAL] = "no commune has this postal code",
	};

	buf_add(out, span_of(what[r->lead]));
}

static void
explain_ambiguous(const struct resolver *r, struct buf *out)
{
	if (r->n == 0) {
		buf_add(out, SPAN("too many values"));
		return;
	}
	buf_add(out, SPAN("it may be "));
	add_candidates(r, out);
	buf_add(out,
	    r->lead == CLUE_COMMUNE ? SPAN("; add the department or the code")
				    : SPAN("; add the name"));
}

static void
explain_contradiction(const struct resolver *r, struct buf *out)
{
	char shown[256];

	buf_add(out, SPAN("that is "));
	add_candidates(r, out);
	if (r->objector == r->lead) {
		buf_add(out, SPAN(", not in the department it says"));
		return;
	}
	buf_printf(out, ", but the %s is '%s'", clue_name(r->objector),
	    diag_quote(shown, sizeof shown, r->objection));
}

void
resolver_explain(const struct resolver *r, struct buf *out)
{
	switch (r->last) {
	case LOST_UNKNOWN:
		explain_unknown(r, out);
		break;
	case LOST_AMBIGUOUS:
		explain_ambiguous(r, out);
		break;
	case LOST_CONTRADICTION:
		explain_contradiction(r, out);
		break;
	case LOST_ABSENT:
		buf_add(out, SPAN("nothing in it that says where"));
		break;
	default:
		break;
	}
}
