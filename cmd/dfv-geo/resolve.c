#include "resolve.h"

#include "address.h"
#include "cell.h"
#include "judge.h"
#include "mem.h"
#include "toponym.h"

/* Lists of unequal length are compared each with each: up to so many pairs. */
enum { PAIRS_MAX = 1000000 };

void
resolver_init(struct resolver *r, const struct gazetteer *g,
    const struct atlas *atlas, const struct clues *clues)
{
	*r = (struct resolver){
	    .g = g, .atlas = atlas, .clues = clues, .agree.g = g};
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
add_candidate(struct resolver *r, uint32_t commune, enum finding how)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->candidate[i].commune == commune)
			return;
	if (r->n == r->cap)
		r->candidate = mem_grow(
		    r->candidate, &r->cap, r->n + 1, sizeof *r->candidate);
	r->candidate[r->n++] = (struct candidate){commune, how};
}

static void
add_today(struct resolver *r, const struct former *f, enum finding how)
{
	struct span rest = f->today, code;

	while (cell_value(&rest, &code))
		add_candidate(r, gazetteer_commune(r->g, code), how);
}

static void
add_postal(struct resolver *r, struct span code)
{
	const struct keymap *m = &r->g->by_postal_code;

	for (const struct keymap_entry *e = keymap_find(m, code); e != NULL;
	     e = keymap_next(m, e))
		add_candidate(r, e->id, FOUND_POSTAL_CODE);
}

static enum finding
resolve_former_code(struct resolver *r, struct span code, struct evidence *ev)
{
	const struct keymap *m = &r->g->former_by_code;
	bool in_force = false;
	enum finding f;

	for (const struct keymap_entry *e = keymap_find(m, code); e != NULL;
	     e = keymap_next(m, e)) {
		const struct former *was = &r->g->former[e->id];

		add_today(r, was,
		    was->arrondissement ? FOUND_CODE : FOUND_FORMER_CODE);
		in_force = in_force || was->in_force;
	}
	f = judge(r, ev);
	if (finding_is_lost(f) || in_force || ev->confirmed)
		return f;
	/* 75012 was the code of Alfortville, and is a postal code of Paris:
	 * more likely that, in the wrong column. */
	add_postal(r, code);
	return r->n > 1 ? LOST_AMBIGUOUS : f;
}

static enum finding
resolve_code(struct resolver *r, struct span text, struct evidence *ev)
{
	char bytes[INSEE_BYTES];
	struct span code = span_make(bytes, INSEE_BYTES);
	uint32_t id;

	if (!insee_normal(text, bytes))
		return LOST_UNKNOWN;
	id = gazetteer_commune(r->g, code);
	if (id == TERRITORY_NONE)
		return resolve_former_code(r, code, ev);
	add_candidate(r, id, FOUND_CODE);
	return judge(r, ev);
}

/* Where a name is looked for, the first success counts: today's names before
 * former ones, those written so before those that only lack the article. */
static const struct name_stage {
	bool bare;
	bool former;
} name_stages[] = {{false, false}, {true, false}, {false, true}, {true, true}};

enum { NAME_STAGES = sizeof name_stages / sizeof name_stages[0] };

static void
gather_name(struct resolver *r, const struct name_stage *s, struct span key)
{
	const struct gazetteer *g = r->g;
	const struct keymap *m = s->bare ? &g->by_bare_name : &g->by_name;

	for (const struct keymap_entry *e = keymap_find(m, key); e != NULL;
	     e = keymap_next(m, e)) {
		const struct former *was;

		if ((e->id >= g->ncommune) != s->former)
			continue;
		if (!s->former) {
			add_candidate(r, e->id, FOUND_NAME);
			continue;
		}
		was = &g->former[e->id - g->ncommune];
		add_today(r, was,
		    was->arrondissement ? FOUND_NAME : FOUND_FORMER_NAME);
	}
}

/*
 * A name of today that nothing else in the record confirms may be meant for a
 * larger commune, which had it or has it behind an article: Évry (89) is a
 * village, Évry (91) was a prefecture before it was joined to its neighbour.
 */
static enum finding
doubt_name(struct resolver *r, struct span key, struct evidence *ev)
{
	const struct commune *c = r->g->commune;
	size_t n = 1;

	for (size_t i = 0; i < NAME_STAGES; i++)
		gather_name(r, &name_stages[i], key);
	for (size_t i = 1; i < r->n; i++)
		if (c[r->candidate[i].commune].population >
		    c[r->candidate[0].commune].population)
			r->candidate[n++] = r->candidate[i];
	r->n = n;
	return judge(r, ev);
}

static enum finding
resolve_key(struct resolver *r, struct span key, struct evidence *ev)
{
	const struct name_stage *refused = NULL;

	for (size_t i = 0; i < NAME_STAGES; i++) {
		const struct name_stage *stage = &name_stages[i];
		enum finding f;

		r->n = 0;
		gather_name(r, stage, key);
		f = judge(r, ev);
		if (f == FOUND_NAME && !stage->former && !ev->confirmed)
			return doubt_name(r, key, ev);
		if (f != LOST_UNKNOWN && f != LOST_CONTRADICTION)
			return f;
		if (f == LOST_CONTRADICTION && refused == NULL)
			refused = stage;
	}
	if (refused == NULL)
		return LOST_UNKNOWN;
	r->n = 0;
	gather_name(r, refused, key);
	return LOST_CONTRADICTION;
}

/* Whether a value has the shape of an INSEE code, which no name has. */
static bool
is_code(struct span text)
{
	char code[INSEE_BYTES];

	if (!insee_normal(text, code))
		return false;
	for (size_t i = 0; i < INSEE_BYTES; i++)
		if ((code[i] < '0' || code[i] > '9') &&
		    !(i == 1 && (code[i] == 'A' || code[i] == 'B')))
			return false;
	return true;
}

/* "Le Blanc (36)", "36 - Le Blanc": the name of a department beside that of the
 * commune, or a code. */
static enum finding
resolve_parts(struct resolver *r, struct toponym t, const struct evidence *said)
{
	const struct territories *departements = &r->g->departement;
	struct buf *scratch = &r->agree.fold;
	struct evidence ev = *said;
	struct span name = t.head;

	if (is_code(t.tail)) {
		insee_normal(t.tail, r->code);
		ev.code = span_make(r->code, INSEE_BYTES);
		return resolve_key(r, name, &ev);
	}
	buf_reset(scratch);
	ev.departement = territories_find(departements, t.tail, scratch);
	if (ev.departement == TERRITORY_NONE) {
		ev.departement =
		    territories_find(departements, t.head, scratch);
		name = t.rest;
	}
	return ev.departement == TERRITORY_NONE ? LOST_UNKNOWN
						: resolve_key(r, name, &ev);
}

static enum finding
resolve_name(struct resolver *r, struct span text, struct evidence *ev)
{
	struct toponym t;
	enum finding f;

	if (is_code(text))
		return resolve_code(r, text, ev);
	buf_reset(&r->name);
	t = toponym_read(text, &r->name);
	f = resolve_key(r, t.key, ev);
	return f != LOST_UNKNOWN || t.tail.n == 0 ? f : resolve_parts(r, t, ev);
}

static enum finding
resolve_postal(struct resolver *r, struct span text, struct evidence *ev)
{
	char code[INSEE_BYTES];

	if (insee_normal(text, code))
		add_postal(r, span_make(code, INSEE_BYTES));
	return judge(r, ev);
}

/*
 * Where an address ends. A place that is no commune's name, a hamlet's, leaves
 * the postal code, if that has one commune.
 */
static enum finding
resolve_address(struct resolver *r, struct span text, struct evidence *ev)
{
	struct address a;
	enum finding f;

	if (!address_read(text, &a))
		return LOST_UNKNOWN;
	if (a.town.n == 0)
		return resolve_postal(r, a.postal, ev);
	ev->postal = a.postal;
	f = resolve_name(r, a.line, ev);
	if (f == LOST_UNKNOWN && a.town.n < a.line.n)
		f = resolve_name(r, a.town, ev);
	if (f == LOST_UNKNOWN) {
		r->n = 0;
		add_postal(r, a.postal);
		return r->n == 1 ? judge(r, ev) : LOST_UNKNOWN;
	}
	return finding_is_lost(f) ? f : FOUND_ADDRESS;
}

/* A commune as it is written in a column of its own: a name, or as addresses
 * have it, "36300 Le Blanc", or the other way round. */
static enum finding
resolve_commune(struct resolver *r, struct span text, struct evidence *ev)
{
	enum finding f = resolve_name(r, text, ev);
	struct address a;

	if (f != LOST_UNKNOWN || !address_read(text, &a))
		return f;
	ev->postal = a.postal;
	f = resolve_name(r, a.line.n > 0 ? a.line : span_trim(a.street), ev);
	return finding_is_lost(f) ? f : FOUND_ADDRESS;
}

static enum finding
resolve_point(struct resolver *r, struct span lat, struct span lon)
{
	const struct surroundings *s = &r->around;

	r->value = lat;
	if (!point_read(lat, lon, r->clues->decimal_comma, &r->point))
		return LOST_UNREADABLE;
	r->around = atlas_look(r->atlas, r->point);
	r->at.departement = s->departement;
	if (s->departement == TERRITORY_NONE)
		return s->outline == TERRITORY_NONE ? LOST_OUTSIDE
						    : LOST_AMBIGUOUS;
	resolver_add_fix(r, (struct fix){r->point, PRECISION_POINT});
	if (s->commune == TERRITORY_NONE)
		return FOUND_DEPARTEMENT;
	add_candidate(r, s->commune, FOUND_NEAREST);
	return FOUND_NEAREST;
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
		r->last = resolve_code(r, text, ev);
		break;
	case CLUE_COMMUNE:
		r->last = resolve_commune(r, text, ev);
		break;
	case CLUE_ADDRESS:
		r->last = resolve_address(r, text, ev);
		break;
	case CLUE_LATITUDE:
		r->last = resolve_point(r, text, ev->said[CLUE_LONGITUDE]);
		break;
	default:
		r->last = resolve_postal(r, text, ev);
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
 * list is a set. false when that would be too much work to be meant.
 */
static bool
plan_evidence(
    const struct resolver *r, const struct span *cell, bool by_rank[CLUE_COUNT])
{
	size_t n = value_count(cell[r->lead]);

	for (int c = (int)r->lead + 1; c < CLUE_COUNT; c++) {
		size_t m = value_count(cell[c]);

		by_rank[c] = r->lead != CLUE_CODE && n > 1 && m == n;
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
			if (by_rank[c])
				cell_value(&rest[c], &ev.said[c]);
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

/* The usual case: a code of today, and nothing else that is to agree. */
static bool
resolve_at_once(struct resolver *r, const struct block *b, size_t rec)
{
	uint32_t id;

	if (!r->code_only)
		return false;
	id = gazetteer_commune(
	    r->g, block_cell(b, rec, r->clues->col[CLUE_CODE]));
	if (id == TERRITORY_NONE)
		return false;
	r->at.n = 0;
	add_place(&r->at, id);
	r->at.nfix = 0;
	r->at.departement = TERRITORY_NONE;
	r->at.finding[0] = FOUND_CODE;
	r->at.nfinding = 1;
	r->at.lost = false;
	return true;
}

void
resolver_record(
    struct resolver *r, const struct block *b, size_t rec, bool stop_at_lost)
{
	struct span cell[CLUE_COUNT];

	if (resolve_at_once(r, b, rec))
		return;
	r->at.n = r->at.nfix = r->at.nfinding = r->n = 0;
	r->at.lost = false;
	r->at.departement = TERRITORY_NONE;
	r->value = r->objection = span_make(NULL, 0);
	if (++r->serial == 0) {
		memset(r->seen, 0, (r->g->ncommune + 1) * sizeof *r->seen);
		r->serial = 1;
	}
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
	mem_free(r->candidate);
	mem_free(r->seen);
	buf_release(&r->text);
	buf_release(&r->name);
	agree_release(&r->agree);
}
