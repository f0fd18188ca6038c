#include "agree.h"

#include "address.h"
#include "cell.h"
#include "toponym.h"

struct span
agree_text(struct span cell, struct buf *scratch)
{
	struct span text;

	return cell_text(cell, scratch, &text) < 0 ? cell : text;
}

bool
insee_normal(struct span text, char out[INSEE_BYTES])
{
	size_t n = 0, space;

	text = span_trim(text);
	space = text.n == INSEE_BYTES + 1 && text.p[2] == ' ' ? 2 : text.n;
	if (text.n == INSEE_BYTES - 1)
		out[n++] = '0';
	if (n + text.n - (space < text.n) != INSEE_BYTES)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (i == space)
			continue;
		out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return true;
}

static bool
former_is(const struct former *f, const struct commune *c)
{
	struct span rest = f->today, code;

	while (cell_value(&rest, &code))
		if (span_eq(code, commune_cell(c, COMMUNE_CODE)))
			return true;
	return false;
}

/* Whether a toponym key may stand for a commune, of today or before. */
static enum answer
key_means(const struct gazetteer *g, const struct keymap *names,
    struct span key, const struct commune *c)
{
	const struct keymap_entry *e = keymap_find(names, key);

	if (e == NULL)
		return ANSWER_SILENT;
	for (; e != NULL; e = keymap_next(names, e))
		if (e->id < g->ncommune
			? &g->commune[e->id] == c
			: former_is(&g->former[e->id - g->ncommune], c))
			return ANSWER_YES;
	return ANSWER_NO;
}

/* Of two readings of one text, the one that says yes, else the one that says
 * anything. */
static enum answer
either(enum answer a, enum answer b)
{
	return a == ANSWER_YES || b == ANSWER_SILENT ? a : b;
}

static enum answer
territory_agrees(
    struct agree *a, const struct territories *t, struct span text, uint32_t is)
{
	uint32_t said = territories_find(t, text, &a->fold);

	if (said == TERRITORY_NONE)
		return ANSWER_SILENT;
	return said == is ? ANSWER_YES : ANSWER_NO;
}

/* "Le Blanc (36)": the name and the department have to agree. */
static enum answer
tail_agrees(struct agree *a, struct toponym t, const struct commune *c)
{
	const struct gazetteer *g = a->g;
	enum answer name = key_means(g, &g->by_name, t.head, c);
	uint32_t said;

	name = either(name, key_means(g, &g->by_bare_name, t.head, c));
	if (name != ANSWER_YES)
		return name;
	said = territories_find(&g->departement, t.tail, &a->text);
	return said == TERRITORY_NONE || said == c->departement ? ANSWER_YES
								: ANSWER_NO;
}

static enum answer
name_agrees(struct agree *a, struct span text, const struct commune *c)
{
	const struct gazetteer *g = a->g;
	struct toponym t;
	enum answer whole;

	if (span_eq(text, commune_cell(c, COMMUNE_NAME)) ||
	    span_eq(text, commune_cell(c, COMMUNE_CODE)))
		return ANSWER_YES;
	t = toponym_read(text, &a->fold);
	whole = key_means(g, &g->by_name, t.key, c);
	if (whole == ANSWER_YES)
		return whole;
	return either(whole,
	    t.tail.n > 0 ? tail_agrees(a, t, c)
			 : key_means(g, &g->by_bare_name, t.key, c));
}

static enum answer
postal_agrees(
    const struct gazetteer *g, struct span text, const struct commune *c)
{
	const struct codemap *m = &g->by_postal_code;
	const struct codemap_entry *e = NULL;
	char code[INSEE_BYTES];

	if (insee_normal(text, code))
		e = codemap_find(m, span_make(code, INSEE_BYTES));
	if (e == NULL)
		return ANSWER_SILENT;
	for (; e != NULL; e = codemap_next(m, e))
		if (&g->commune[e->id] == c)
			return ANSWER_YES;
	return ANSWER_NO;
}

/* The postal code and the town; a postal code may be the neighbour's. */
static enum answer
address_agrees(struct agree *a, struct span text, const struct commune *c)
{
	struct address end;
	enum answer town;

	if (!address_read(text, &end))
		return ANSWER_SILENT;
	town = end.town.n > 0 ? name_agrees(a, end.town, c) : ANSWER_SILENT;
	return town == ANSWER_YES
	    ? town
	    : either(postal_agrees(a->g, end.postal, c), town);
}

static enum answer
value_agrees(
    struct agree *a, enum clue clue, struct span value, const struct commune *c)
{
	const struct gazetteer *g = a->g;
	struct span text;

	buf_reset(&a->text);
	buf_reset(&a->fold);
	text = agree_text(value, &a->text);
	switch (clue) {
	case CLUE_COMMUNE:
		return name_agrees(a, text, c);
	case CLUE_ADDRESS:
		return address_agrees(a, text, c);
	case CLUE_POSTAL:
		return postal_agrees(g, text, c);
	case CLUE_DEPARTEMENT:
		return territory_agrees(
		    a, &g->departement, text, c->departement);
	case CLUE_REGION:
		return territory_agrees(a, &g->region, text, c->region);
	default:
		return ANSWER_SILENT;
	}
}

enum answer
agree_cell(
    struct agree *a, enum clue clue, struct span cell, const struct commune *c)
{
	enum answer best = ANSWER_SILENT;
	struct span rest = cell, value;

	while (cell_value(&rest, &value)) {
		enum answer one = value_agrees(a, clue, value, c);

		if (one == ANSWER_YES)
			return one;
		best = one == ANSWER_NO ? one : best;
	}
	return best;
}

void
agree_release(struct agree *a)
{
	buf_release(&a->text);
	buf_release(&a->fold);
}
