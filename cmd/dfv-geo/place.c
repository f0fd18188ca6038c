#include "session.h"

#include "number.h"
#include "suggest.h"

/* Places and distances as options give them. */

unsigned
session_place_wants(const char *text)
{
	struct point p;

	return point_parse(span_of(text), &p)
	    ? 0
	    : GAZETTEER_COMMUNES | GAZETTEER_NAMES | GAZETTEER_POSTAL_CODES;
}

static void
report_unknown(struct session *s, struct span text)
{
	const struct gazetteer *g = &s->g;
	struct span *names =
	    ARENA_ARRAY(&s->arena, struct span, (size_t)g->ncommune + 1);
	struct span code;
	size_t near;

	for (uint32_t i = 0; i < g->ncommune; i++)
		names[i] = commune_cell(&g->commune[i], COMMUNE_NAME);
	near = suggest_nearest(text, names, g->ncommune);
	if (near == SUGGEST_NONE) {
		diag_report(&s->diag, DIAG_UNKNOWN_PLACE, NULL, text,
		    "give latitude,longitude, an INSEE code or a commune");
		return;
	}
	code = commune_cell(&g->commune[near], COMMUNE_CODE);
	diag_report(&s->diag, DIAG_UNKNOWN_PLACE, NULL, text,
	    "did you mean '%.*s' (%.*s)?", (int)names[near].n, names[near].p,
	    (int)code.n, code.p);
}

static void
report_place(struct session *s, struct span text)
{
	struct resolver *r = &s->resolver;
	struct buf why = {NULL, 0, 0};

	if (r->last == LOST_UNKNOWN) {
		report_unknown(s, text);
		return;
	}
	resolver_explain(r, &why);
	diag_report(&s->diag,
	    r->last == LOST_AMBIGUOUS ? DIAG_AMBIGUOUS_PLACE
				      : DIAG_UNKNOWN_PLACE,
	    NULL, text, "%.*s", (int)why.n, why.p);
	buf_release(&why);
}

int
session_place(struct session *s, const char *text, struct fix *fix)
{
	struct resolver *r = &s->resolver;
	const struct commune *c;

	*fix = (struct fix){.how = PRECISION_POINT};
	if (point_parse(span_of(text), &fix->at))
		return 0;
	resolver_text(r, span_of(text));
	if (finding_is_lost(r->last)) {
		report_place(s, span_of(text));
		return -1;
	}
	c = &s->g.commune[r->candidate[0].commune];
	*fix = (struct fix){c->at, c->how};
	if (c->how != PRECISION_NONE)
		return 0;
	diag_report(&s->diag, DIAG_UNKNOWN_PLACE, NULL, span_of(text),
	    "the geography has no place for it: give latitude,longitude");
	return -1;
}

int
session_km(struct session *s, double *km)
{
	struct number n;

	if (number_parse(span_of(s->opts.arg), false, &n) &&
	    (*km = number_double(n)) >= 0)
		return 0;
	diag_report(&s->diag, DIAG_BAD_ARGUMENT, NULL, span_of(s->opts.arg),
	    "give kilometres, as 20 or 7.5");
	s->opts.status = 2;
	return -1;
}
