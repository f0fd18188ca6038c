#include "resolve.h"

#include "address.h"
#include "cell.h"
#include "judge.h"
#include "lookup.h"
#include "mem.h"

/* Lists of unequal length are compared each with each: up to so many pairs. */
enum { PAIRS_MAX = 1000000 };

void
resolver_init(struct resolver *r, const struct gazetteer *g,
    const struct atlas *atlas, const struct clues *clues)
{
	*r = (struct resolver){
	    .g = g, .atlas = atlas, .clues = clues, .agree.g = g};
	scout_init(&r->scout, atlas);
	r->seen = mem_alloc((size_t)g->ncommune + 1, sizeof *r->seen);
	r->code_only = clues->col[CLUE_CODE] != COLUMN_NONE;
	r->point_only = clues_point(clues);
	for (int c = 0; c < CLUE_COUNT; c++) {
		bool point = c == CLUE_LATITUDE || c == CLUE_LONGITUDE;
		bool none = clues->col[c] == COLUMN_NONE;

		r->code_only = r->code_only && (none || c == CLUE_CODE);
		r->point_only = r->point_only && (none || point);
	}
}

static void
add_departement(struct whereabouts *at, uint32_t id)
{
	for (size_t i = 0; i < at->ndepartement; i++)
		if (at->departement[i] == id)
			return;
	if (at->ndepartement == at->departement_cap)
		at->departement =
		    mem_grow(at->departement, &at->departement_cap,
			at->ndepartement + 1, sizeof *at->departement);
	at->departement[at->ndepartement++] = id;
}

/* What a point's surroundings say of it. */
static enum finding
take_surroundings(struct resolver *r, struct surroundings around)
{
	const struct surroundings *s = &r->around;

	r->around = around;
	if (s->departement == TERRITORY_NONE)
		return s->outline == TERRITORY_NONE ? LOST_OUTSIDE
						    : LOST_AMBIGUOUS;
	add_departement(&r->at, s->departement);
	resolver_add_fix(r, (struct fix){r->point, PRECISION_POINT});
	if (s->commune == TERRITORY_NONE)
		return FOUND_DEPARTEMENT;
	lookup_candidate(r, s->commune, FOUND_NEAREST);
	return FOUND_NEAREST;
}

static enum finding
resolve_coordinates(struct resolver *r, struct span lat, struct span lon)
{
	if (!point_read(lat, lon, r->clues->decimal_comma, &r->point))
		return LOST_UNREADABLE;
	return take_surroundings(r, atlas_look(r->atlas, &r->scout, r->point));
}

static void
resolve_value(struct resolver *r, struct span value, struct evidence *ev)
{
	struct span text;

	r->n = 0;
	r->value = value;
	buf_reset(&r->text);
	text = agree_text(value, &r->text);
	switch (r->lead) {
	case CLUE_CODE:
		r->last = lookup_code(r, text, ev);
		break;
	case CLUE_COMMUNE:
		r->last = lookup_commune(r, text, ev);
		break;
	case CLUE_ADDRESS:
		r->last = lookup_address(r, text, ev);
		break;
	case CLUE_LATITUDE:
		r->last =
		    resolve_coordinates(r, text, ev->said[CLUE_LONGITUDE]);
		break;
	default:
		r->last = lookup_postal(r, text, ev);
		break;
	}
}

static void
add_place(struct whereabouts *at, uint32_t commune)
{
	if (at->n == at->cap)
		at->commune = mem_grow(
		    at->commune, &at->cap, at->n + 1, sizeof *at->commune);
	at->commune[at->n++] = commune;
}

void
resolver_add_fix(struct resolver *r, struct fix fix)
{
	struct whereabouts *at = &r->at;

	if (at->nfix == at->fix_cap)
		at->fix = mem_grow(
		    at->fix, &at->fix_cap, at->nfix + 1, sizeof *at->fix);
	at->fix[at->nfix++] = fix;
}

void
resolver_put_point(struct resolver *r, struct point p)
{
	r->at.n = r->at.nfix = 0;
	resolver_add_fix(r, (struct fix){p, PRECISION_POINT});
}

void
resolver_note(struct resolver *r)
{
	struct whereabouts *at = &r->at;
	size_t i = 0;

	while (i < at->nfinding && at->finding[i] != r->last)
		i++;
	if (i == at->nfinding)
		at->finding[at->nfinding++] = r->last;
	at->lost = at->lost || finding_is_lost(r->last);
	if (finding_is_lost(r->last) || r->last == FOUND_DEPARTEMENT)
		return;
	if (r->seen[r->candidate[0].commune] != r->serial) {
		r->seen[r->candidate[0].commune] = r->serial;
		add_place(at, r->candidate[0].commune);
	}
}

static size_t
value_count(struct span cell)
{
	struct span rest = cell, value;
	size_t n = 0;

	while (rest.n > 0 && cell_value(&rest, &value))
		n++;
	return n;
}

/*
 * The clues that follow the one that leads. A name goes with the department of
 * the same rank where there are as many of both; otherwise, and for codes, a
 * list is a set. A latitude goes with the longitude of its rank, or with none.
 * false when that would be too much work to be meant.
 */
static bool
plan_evidence(
    const struct resolver *r, const struct span *cell, bool by_rank[CLUE_COUNT])
{
	size_t n = value_count(cell[r->lead]);

	for (int c = (int)r->lead + 1; c < CLUE_COUNT; c++) {
		size_t m = value_count(cell[c]);
		bool pair = r->lead == CLUE_LATITUDE && c == CLUE_LONGITUDE;

		by_rank[c] =
		    r->lead != CLUE_CODE && n > 1 && (pair ? m <= n : m == n);
		if (!by_rank[c] && m > 0 && n > PAIRS_MAX / m)
			return false;
	}
	return true;
}

static void
resolve_values(struct resolver *r, const struct span *cell, bool stop_at_lost)
{
	bool by_rank[CLUE_COUNT] = {false};
	bool plain = plan_evidence(r, cell, by_rank);
	struct span rest[CLUE_COUNT], value;
	bool has_point;

	memcpy(rest, cell, sizeof rest);
	/* Coordinates speak for one place: of a list, not for each. */
	has_point = r->lead < CLUE_LATITUDE && cell[CLUE_LATITUDE].n > 0 &&
	    !cell_is_list(cell[r->lead]) &&
	    point_read(cell[CLUE_LATITUDE], cell[CLUE_LONGITUDE],
		r->clues->decimal_comma, &r->point);
	while (cell_value(&rest[r->lead], &value)) {
		struct evidence ev = {
		    .departement = TERRITORY_NONE, .has_point = has_point};

		for (int c = (int)r->lead + 1; c < CLUE_COUNT; c++) {
			ev.said[c] = cell[c];
			if (by_rank[c] && !cell_value(&rest[c], &ev.said[c]))
				ev.said[c] = span_make(NULL, 0);
		}
		if (plain)
			resolve_value(r, value, &ev);
		else
			r->last = LOST_AMBIGUOUS;
		resolver_note(r);
		if (stop_at_lost && finding_is_lost(r->last))
			return;
	}
}

/* An address without digits in fives is a street, and leads nowhere. */
static bool
leads(struct resolver *r, const struct span *cell, enum clue c)
{
	struct address a;

	if (cell[c].n == 0)
		return false;
	if (c == CLUE_LATITUDE)
		return cell[CLUE_LONGITUDE].n > 0;
	if (c != CLUE_ADDRESS)
		return true;
	buf_reset(&r->text);
	return address_read(agree_text(cell[c], &r->text), &a);
}

static void
begin_record(struct resolver *r)
{
	r->at.n = r->at.nfix = r->at.nfinding = r->n = 0;
	r->at.ndepartement = 0;
	r->at.lost = false;
	r->value = r->objection = span_make(NULL, 0);
	if (++r->serial == 0) {
		memset(r->seen, 0, (r->g->ncommune + 1) * sizeof *r->seen);
		r->serial = 1;
	}
}

void
resolver_sight(struct resolver *r, const struct block *b, size_t rec, size_t n,
    struct sighting *s)
{
	const size_t *col = r->clues->col;

	for (size_t i = 0; i < n; i++) {
		s[i].readable =
		    point_read(block_cell(b, rec + i, col[CLUE_LATITUDE]),
			block_cell(b, rec + i, col[CLUE_LONGITUDE]),
			r->clues->decimal_comma, &s[i].at);
		if (s[i].readable)
			atlas_prepare(r->atlas, &r->scout, s[i].at);
	}
	for (size_t i = 0; i < n; i++)
		if (s[i].readable)
			s[i].around = atlas_look(r->atlas, &r->scout, s[i].at);
}

static void
take_sighting(struct resolver *r, const struct block *b, size_t rec,
    const struct sighting *s)
{
	begin_record(r);
	r->lead = CLUE_LATITUDE;
	r->value = block_cell(b, rec, r->clues->col[CLUE_LATITUDE]);
	r->point = s->at;
	r->last = take_surroundings(r, s->around);
	resolver_note(r);
}

/* The usual cases: coordinates, or a code of today, and nothing else that is to
 * agree. */
static bool
point_at_once(struct resolver *r, const struct block *b, size_t rec)
{
	struct sighting s;

	resolver_sight(r, b, rec, 1, &s);
	if (s.readable)
		take_sighting(r, b, rec, &s);
	return s.readable;
}

static bool
code_at_once(struct resolver *r, const struct block *b, size_t rec)
{
	uint32_t id = gazetteer_commune(
	    r->g, block_cell(b, rec, r->clues->col[CLUE_CODE]));

	if (id == TERRITORY_NONE)
		return false;
	begin_record(r);
	add_place(&r->at, id);
	r->at.finding[r->at.nfinding++] = FOUND_CODE;
	return true;
}

void
resolver_record(
    struct resolver *r, const struct block *b, size_t rec, bool stop_at_lost)
{
	struct span cell[CLUE_COUNT];

	if ((r->point_only && point_at_once(r, b, rec)) ||
	    (r->code_only && code_at_once(r, b, rec)))
		return;
	begin_record(r);
	for (int c = 0; c < CLUE_COUNT; c++) {
		size_t col = r->clues->col[c];

		cell[c] = span_make(NULL, 0);
		if (col != COLUMN_NONE)
			cell[c] = block_cell(b, rec, col);
		if (cell_missing(cell[c]))
			cell[c].n = 0;
	}
	for (int c = 0; c < CLUE_LEADS; c++)
		if (leads(r, cell, (enum clue)c)) {
			r->lead = (enum clue)c;
			resolve_values(r, cell, stop_at_lost);
			return;
		}
	r->lead = CLUE_COUNT;
	r->last = LOST_ABSENT;
	resolver_note(r);
}

void
resolver_sighted(struct resolver *r, const struct block *b, size_t rec,
    const struct sighting *s)
{
	if (s->readable)
		take_sighting(r, b, rec, s);
	else
		resolver_record(r, b, rec, false);
}

void
resolver_text(struct resolver *r, struct span text)
{
	struct evidence ev = {.departement = TERRITORY_NONE};

	r->lead = CLUE_COMMUNE;
	resolve_value(r, text, &ev);
}

void
resolver_release(struct resolver *r)
{
	mem_free(r->at.commune);
	mem_free(r->at.fix);
	mem_free(r->at.departement);
	mem_free(r->candidate);
	mem_free(r->seen);
	scout_release(&r->scout);
	buf_release(&r->text);
	buf_release(&r->name);
	buf_release(&r->office);
	buf_release(&r->respelt);
	agree_release(&r->agree);
}
