#include "judge.h"

/*
 * Coordinates are held against a commune's place generously: territories reach
 * further than their neighbours' middles, estimates are off by so much in one
 * case of a hundred (data/reference/SOURCES.md).
 */
static const double reach_km = 10, reach_neighbours = 3;
static const double estimate_km[] = {
    [PRECISION_POINT] = 0,
    [PRECISION_COMMUNE] = 0,
    [PRECISION_POSTAL_CODE] = 16,
    [PRECISION_EPCI] = 37,
};

static bool
object(struct resolver *r, enum clue clue, struct span value)
{
	r->objector = clue;
	r->objection = value;
	return false;
}

/* Whether the commune may be where the record's coordinates are. */
static bool
reaches(struct resolver *r, uint32_t id)
{
	const struct commune *c = &r->g->commune[id];
	double km, most;

	if (c->how == PRECISION_NONE)
		return true;
	km = sphere_km(vec_chord2(sphere_vec(c->at), sphere_vec(r->point)));
	most = reach_km + estimate_km[c->how];
	return km <= most ||
	    km <= most +
		reach_neighbours * atlas_neighbour_km(r->atlas, &r->scout, id);
}

/* What the leading value itself says beside the name. */
static bool
value_passes(struct resolver *r, struct evidence *ev, const struct commune *c)
{
	enum answer a;

	if (ev->departement != TERRITORY_NONE &&
	    ev->departement != c->departement)
		return object(r, r->lead, r->value);
	ev->confirmed = ev->confirmed || ev->departement != TERRITORY_NONE;
	if (ev->code.n > 0 &&
	    !span_eq(ev->code, commune_cell(c, COMMUNE_CODE)) &&
	    agree_cell(&r->agree, CLUE_POSTAL, ev->code, c) != ANSWER_YES)
		return object(r, r->lead, r->value);
	ev->confirmed = ev->confirmed || ev->code.n > 0;
	if (ev->postal.n == 0)
		return true;
	a = agree_cell(&r->agree, CLUE_POSTAL, ev->postal, c);
	ev->confirmed = ev->confirmed || a == ANSWER_YES;
	return a != ANSWER_NO || object(r, r->lead, r->value);
}

/* Whether the evidence lets the commune pass, by all but the region. */
static bool
commune_passes(struct resolver *r, struct evidence *ev, uint32_t id)
{
	const struct commune *c = &r->g->commune[id];

	if (!value_passes(r, ev, c))
		return false;
	for (int i = (int)r->lead + 1; i < CLUE_REGION; i++) {
		enum clue clue = (enum clue)i;
		enum answer a;

		if (ev->said[i].n == 0)
			continue;
		a = agree_cell(&r->agree, clue, ev->said[i], c);
		ev->confirmed = ev->confirmed || a == ANSWER_YES;
		if (a == ANSWER_NO)
			return object(r, clue, ev->said[i]);
	}
	return !ev->has_point || reaches(r, id) ||
	    object(r, CLUE_LATITUDE, ev->said[CLUE_LATITUDE]);
}

/* Moves candidate i up to place n, and what was there to i. */
static void
keep_candidate(struct resolver *r, size_t i, size_t n)
{
	struct candidate c = r->candidate[i];

	r->candidate[i] = r->candidate[n];
	r->candidate[n] = c;
}

/* Keeps the candidates in the region that is said, if there are any. */
static void
narrow_by_region(struct resolver *r, struct span region)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (agree_cell(&r->agree, CLUE_REGION, region,
			&r->g->commune[r->candidate[i].commune]) == ANSWER_YES)
			keep_candidate(r, i, n++);
	if (n > 0)
		r->n = n;
}

/* The same by the department that a postal code starts with: one that serves
 * no commune, as of CEDEX mail, says that much. */
static void
narrow_by_postal(struct resolver *r, struct span code)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (span_starts(code,
			r->g->departement
			    .item[r->g->commune[r->candidate[i].commune]
				      .departement]
			    .code))
			keep_candidate(r, i, n++);
	if (n > 0)
		r->n = n;
}

enum finding
judge(struct resolver *r, struct evidence *ev)
{
	size_t n = 0;

	if (r->n == 0)
		return LOST_UNKNOWN;
	for (size_t i = 0; i < r->n; i++)
		if (commune_passes(r, ev, r->candidate[i].commune))
			keep_candidate(r, i, n++);
	if (n == 0)
		return LOST_CONTRADICTION;
	r->n = n;
	if (r->n > 1 && ev->said[CLUE_REGION].n > 0)
		narrow_by_region(r, ev->said[CLUE_REGION]);
	if (r->n > 1 && ev->postal.n > 0)
		narrow_by_postal(r, ev->postal);
	if (r->n > 1 && ev->said[CLUE_POSTAL].n > 0)
		narrow_by_postal(r, ev->said[CLUE_POSTAL]);
	return r->n > 1 ? LOST_AMBIGUOUS : r->candidate[0].finding;
}
