#include "resolve.h"

enum { SHOWN_CANDIDATES = 6 };

const char *
finding_name(enum finding f)
{
	static const char *const names[] = {
	    [FOUND_CODE] = "code",
	    [FOUND_FORMER_CODE] = "ancien-code",
	    [FOUND_NAME] = "nom",
	    [FOUND_FORMER_NAME] = "ancien-nom",
	    [FOUND_ADDRESS] = "adresse",
	    [FOUND_POSTAL_CODE] = "code-postal",
	    [FOUND_NEAREST] = "commune-proche",
	    [FOUND_DEPARTEMENT] = "departement",
	    [LOST_AMBIGUOUS] = "ambigu",
	    [LOST_UNKNOWN] = "inconnu",
	    [LOST_ABSENT] = "absent",
	    [LOST_CONTRADICTION] = "contradiction",
	    [LOST_UNREADABLE] = "illisible",
	    [LOST_OUTSIDE] = "hors-territoire",
	    [LOST_UNPLACED] = "sans-position",
	};

	return names[f];
}

static void
add_commune(const struct resolver *r, struct buf *out, uint32_t id)
{
	const struct commune *c = &r->g->commune[id];

	buf_add(out, commune_cell(c, COMMUNE_NAME));
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
	    [CLUE_ADDRESS] = "its end names no commune",
	    [CLUE_POSTAL] = "no commune has this postal code",
	};

	buf_add(out, span_of(what[r->lead]));
}

static void
add_departement(const struct resolver *r, struct buf *out, uint32_t id)
{
	const struct territory *d = &r->g->departement.item[id];

	buf_add(out, d->name);
	buf_add(out, SPAN(" ("));
	buf_add(out, d->code);
	buf_byte(out, ')');
}

static void
add_nearest(const struct resolver *r, struct buf *out)
{
	double km;
	uint32_t id = atlas_nearest(r->atlas, r->point, &km);

	if (id == TERRITORY_NONE)
		return;
	buf_add(out, SPAN(", the nearest commune, "));
	add_commune(r, out, id);
	buf_printf(out, ", is %.0f km away", km);
}

static void
explain_ambiguous(const struct resolver *r, struct buf *out)
{
	if (r->lead == CLUE_LATITUDE) {
		buf_add(out, SPAN("it is near the border of "));
		add_departement(r, out, r->around.outline);
		add_nearest(r, out);
		return;
	}
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
		buf_add(out, SPAN(", which is not what stands beside it"));
		return;
	}
	if (r->objector == CLUE_LATITUDE) {
		const struct commune *c =
		    &r->g->commune[r->candidate[0].commune];

		buf_printf(out, ", but the coordinates are %.0f km from there",
		    sphere_km(
			vec_chord2(sphere_vec(c->at), sphere_vec(r->point))));
		return;
	}
	buf_printf(out, ", but the %s is '%s'", clue_name(r->objector),
	    diag_quote(shown, sizeof shown, r->objection));
}

/* The commonest mistake has a name of its own. */
static void
explain_outside(struct resolver *r, struct buf *out)
{
	struct point turned = {r->point.lon_e7, r->point.lat_e7};

	buf_add(out, SPAN("no department is there"));
	if (r->point.lon_e7 <= 90 * POINT_DEGREE &&
	    r->point.lon_e7 >= -90 * POINT_DEGREE &&
	    atlas_look(r->atlas, &r->scout, turned).outline != TERRITORY_NONE)
		buf_add(out, SPAN(": are latitude and longitude swapped?"));
	else
		add_nearest(r, out);
}

void
resolver_explain(struct resolver *r, struct buf *out)
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
	case FOUND_DEPARTEMENT:
		buf_add(
		    out, SPAN("its department is known, but not its commune"));
		break;
	case LOST_UNREADABLE:
		buf_add(out,
		    SPAN("a latitude, -90 to 90, and a longitude, -180 to "
			 "180, are wanted"));
		if (!r->clues->decimal_comma &&
		    span_find(r->value, ',') < r->value.n)
			buf_add(out,
			    SPAN("; --decimal-comma reads them with a comma"));
		break;
	case LOST_OUTSIDE:
		explain_outside(r, out);
		break;
	case LOST_UNPLACED:
		buf_add(out, SPAN("the geography has no place for "));
		add_candidates(r, out);
		break;
	default:
		break;
	}
}
