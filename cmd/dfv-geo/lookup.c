#include "lookup.h"

#include "address.h"
#include "cell.h"
#include "mem.h"
#include "respell.h"
#include "toponym.h"

void
lookup_candidate(struct resolver *r, uint32_t commune, enum finding how)
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
		lookup_candidate(r, gazetteer_commune(r->g, code), how);
}

static void
add_postal(struct resolver *r, struct span code)
{
	const struct codemap *m = &r->g->by_postal_code;

	for (const struct codemap_entry *e = codemap_find(m, code); e != NULL;
	     e = codemap_next(m, e))
		lookup_candidate(r, e->id, FOUND_POSTAL_CODE);
}

static enum finding
former_code(struct resolver *r, struct span code, struct evidence *ev)
{
	const struct codemap *m = &r->g->former_by_code;
	bool in_force = false;
	enum finding f;

	for (const struct codemap_entry *e = codemap_find(m, code); e != NULL;
	     e = codemap_next(m, e)) {
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

enum finding
lookup_code(struct resolver *r, struct span text, struct evidence *ev)
{
	char bytes[INSEE_BYTES];
	struct span code;
	uint32_t id;

	if (!insee_normal(text, bytes))
		return LOST_UNKNOWN;
	code = span_make(bytes, INSEE_BYTES);
	id = gazetteer_commune(r->g, code);
	if (id == TERRITORY_NONE)
		return former_code(r, code, ev);
	lookup_candidate(r, id, FOUND_CODE);
	return judge(r, ev);
}

/* Where a name is looked for, the first success counts: today's names before
 * former ones, those written so before those that only lack the article. */
static const struct name_stage {
	bool bare;
	bool former;
} name_stages[] = {{false, false}, {true, false}, {false, true}, {true, true}};

enum { NAME_STAGES = sizeof name_stages / sizeof name_stages[0] };

/* Keys that a name may have: one, but for one that is respelt. */
struct keys {
	struct span key[RESPELT_MOST];
	size_t n;
};

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
			lookup_candidate(r, e->id, FOUND_NAME);
			continue;
		}
		was = &g->former[e->id - g->ncommune];
		add_today(r, was,
		    was->arrondissement ? FOUND_NAME : FOUND_FORMER_NAME);
	}
}

static void
gather_names(
    struct resolver *r, const struct name_stage *s, const struct keys *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		gather_name(r, s, keys->key[i]);
}

/*
 * A name of today that nothing else in the record confirms may be meant for a
 * larger commune, which had it or has it behind an article: Évry (89) is a
 * village, Évry (91) was a prefecture before it was joined to its neighbour.
 */
static enum finding
doubt_name(struct resolver *r, const struct keys *keys, struct evidence *ev)
{
	const struct commune *c = r->g->commune;
	size_t n = 1;

	for (size_t i = 0; i < NAME_STAGES; i++)
		gather_names(r, &name_stages[i], keys);
	for (size_t i = 1; i < r->n; i++)
		if (c[r->candidate[i].commune].population >
		    c[r->candidate[0].commune].population)
			r->candidate[n++] = r->candidate[i];
	r->n = n;
	return judge(r, ev);
}

static enum finding
find_keys(struct resolver *r, const struct keys *keys, struct evidence *ev)
{
	const struct name_stage *refused = NULL;

	for (size_t i = 0; i < NAME_STAGES; i++) {
		const struct name_stage *stage = &name_stages[i];
		enum finding f;

		r->n = 0;
		gather_names(r, stage, keys);
		f = judge(r, ev);
		if (f == FOUND_NAME && !stage->former && !ev->confirmed)
			return doubt_name(r, keys, ev);
		if (f != LOST_UNKNOWN && f != LOST_CONTRADICTION)
			return f;
		if (f == LOST_CONTRADICTION && refused == NULL)
			refused = stage;
	}
	if (refused == NULL)
		return LOST_UNKNOWN;
	r->n = 0;
	gather_names(r, refused, keys);
	return LOST_CONTRADICTION;
}

static enum finding
find_key(struct resolver *r, struct span key, struct evidence *ev)
{
	struct keys one = {.key = {key}, .n = 1};

	return find_keys(r, &one, ev);
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

/* What a key that is not known may have been meant for (respell.h). */
static enum finding
find_respelt(struct resolver *r, struct span key, const struct evidence *said)
{
	struct evidence ev = *said;
	struct span name = key, code;
	struct keys keys;
	enum finding f = LOST_UNKNOWN;

	buf_reset(&r->respelt);
	if (respell_ordinal(key, &r->respelt, &name))
		f = find_key(r, name, &ev);
	if (f == LOST_UNKNOWN && respell_code(key, &name, &code)) {
		buf_reset(&r->agree.fold);
		ev.departement =
		    territories_find(&r->g->departement, code, &r->agree.fold);
		if (ev.departement == TERRITORY_NONE)
			return LOST_UNKNOWN;
		key = name;
		f = find_key(r, key, &ev);
	}
	if (f != LOST_UNKNOWN)
		return f;
	buf_reset(&r->respelt);
	keys.n = respell_elision(key, &r->respelt, keys.key);
	return find_keys(r, &keys, &ev);
}

static enum finding
find_either(struct resolver *r, struct span key, struct evidence *ev)
{
	enum finding f = find_key(r, key, ev);

	return f == LOST_UNKNOWN ? find_respelt(r, key, ev) : f;
}

/* "Le Blanc (36)", "36 - Le Blanc": the name of a department beside that of the
 * commune, or a code. */
static enum finding
find_parts(struct resolver *r, struct toponym t, const struct evidence *said)
{
	const struct territories *departements = &r->g->departement;
	struct buf *scratch = &r->agree.fold;
	struct evidence ev = *said;
	struct span name = t.head;

	if (is_code(t.tail)) {
		insee_normal(t.tail, r->code);
		ev.code = span_make(r->code, INSEE_BYTES);
		return find_either(r, name, &ev);
	}
	buf_reset(scratch);
	ev.departement = territories_find(departements, t.tail, scratch);
	if (ev.departement == TERRITORY_NONE) {
		ev.departement =
		    territories_find(departements, t.head, scratch);
		name = t.rest;
	}
	return ev.departement == TERRITORY_NONE ? LOST_UNKNOWN
						: find_either(r, name, &ev);
}

static enum finding
find_spelt(struct resolver *r, struct span text, struct evidence *ev)
{
	struct toponym t;
	enum finding f;

	if (is_code(text))
		return lookup_code(r, text, ev);
	buf_reset(&r->name);
	t = toponym_read(text, &r->name);
	f = find_key(r, t.key, ev);
	if (f == LOST_UNKNOWN && t.tail.n > 0)
		f = find_parts(r, t, ev);
	return f == LOST_UNKNOWN ? find_respelt(r, t.key, ev) : f;
}

/* A name, or an office of that name. */
static enum finding
find_name(struct resolver *r, struct span text, struct evidence *ev)
{
	enum finding f = find_spelt(r, text, ev);
	struct span name;

	buf_reset(&r->office);
	return f == LOST_UNKNOWN && respell_office(text, &r->office, &name)
	    ? find_spelt(r, name, ev)
	    : f;
}

enum finding
lookup_postal(struct resolver *r, struct span text, struct evidence *ev)
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
enum finding
lookup_address(struct resolver *r, struct span text, struct evidence *ev)
{
	struct address a;
	enum finding f;

	if (!address_read(text, &a))
		return LOST_UNKNOWN;
	if (a.town.n == 0)
		return lookup_postal(r, a.postal, ev);
	ev->postal = a.postal;
	f = find_name(r, a.line, ev);
	if (f == LOST_UNKNOWN && a.town.n < a.line.n)
		f = find_name(r, a.town, ev);
	if (f == LOST_UNKNOWN) {
		r->n = 0;
		add_postal(r, a.postal);
		return r->n == 1 ? judge(r, ev) : LOST_UNKNOWN;
	}
	return finding_is_lost(f) ? f : FOUND_ADDRESS;
}

/* A commune as it is written in a column of its own: a name, or as addresses
 * have it, "36300 Le Blanc", or the other way round. */
enum finding
lookup_commune(struct resolver *r, struct span text, struct evidence *ev)
{
	enum finding f = find_name(r, text, ev);
	struct address a;

	if (f != LOST_UNKNOWN || !address_read(text, &a))
		return f;
	ev->postal = a.postal;
	f = find_name(r, a.line.n > 0 ? a.line : span_trim(a.street), ev);
	return finding_is_lost(f) ? f : FOUND_ADDRESS;
}
