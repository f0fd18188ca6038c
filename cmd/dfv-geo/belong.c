#include "belong.h"

#include "agree.h"
#include "cell.h"
#include "fixes.h"
#include "mem.h"

const struct territories *
level_table(const struct gazetteer *g, enum level level)
{
	switch (level) {
	case LEVEL_REGION:
		return &g->region;
	case LEVEL_DEPARTEMENT:
		return &g->departement;
	default:
		return &g->epci;
	}
}

uint32_t
level_of(const struct gazetteer *g, enum level level, const struct commune *c)
{
	const struct keymap_entry *e;

	switch (level) {
	case LEVEL_REGION:
		return c->region;
	case LEVEL_DEPARTEMENT:
		return c->departement;
	default:
		e = keymap_find(
		    &g->epci.by_code, commune_cell(c, COMMUNE_EPCI));
		return e == NULL ? TERRITORY_NONE : e->id;
	}
}

bool
belonging_has(const struct belonging *b, uint32_t id)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->id[i] == id)
			return true;
	return false;
}

bool
belonging_possible(const struct clues *c, enum level level)
{
	return clues_lead(c) ||
	    (level != LEVEL_EPCI && c->col[CLUE_DEPARTEMENT] != COLUMN_NONE) ||
	    (level == LEVEL_REGION && c->col[CLUE_REGION] != COLUMN_NONE);
}

static void
add_id(struct belonging *b, uint32_t id)
{
	if (id == TERRITORY_NONE || belonging_has(b, id))
		return;
	if (b->n == b->cap)
		b->id = mem_grow(b->id, &b->cap, b->n + 1, sizeof *b->id);
	b->id[b->n++] = id;
}

/* What a column of departments or regions says, at the level that is asked
 * for; false when it says nothing, or something unknown. */
static bool
add_column(struct belonging *b, struct resolver *r, enum level level,
    enum clue clue, struct span cell)
{
	const struct territories *t =
	    clue == CLUE_REGION ? &r->g->region : &r->g->departement;
	struct span rest = cell, value;
	bool known = !cell_missing(cell);

	while (!cell_missing(cell) && cell_value(&rest, &value)) {
		uint32_t id;

		buf_reset(&r->text);
		buf_reset(&r->name);
		id = territories_find(t, agree_text(value, &r->text), &r->name);
		if (id == TERRITORY_NONE)
			known = false;
		else if (clue == CLUE_DEPARTEMENT && level == LEVEL_REGION)
			add_id(b, r->g->departement.item[id].region);
		else
			add_id(b, id);
	}
	return known;
}

static bool
add_own_columns(struct belonging *b, struct resolver *r, enum level level,
    const struct block *block, size_t rec)
{
	const size_t *col = r->clues->col;

	if (col[CLUE_DEPARTEMENT] != COLUMN_NONE && level != LEVEL_EPCI &&
	    add_column(b, r, level, CLUE_DEPARTEMENT,
		block_cell(block, rec, col[CLUE_DEPARTEMENT])))
		return true;
	return col[CLUE_REGION] != COLUMN_NONE && level == LEVEL_REGION &&
	    add_column(b, r, level, CLUE_REGION,
		block_cell(block, rec, col[CLUE_REGION]));
}

/* The territories that the column of the level names. */
static bool
find_named(struct belonging *b, struct resolver *r, enum level level,
    const struct block *block, size_t rec)
{
	enum clue clue = level == LEVEL_REGION ? CLUE_REGION : CLUE_DEPARTEMENT;
	size_t col = r->clues->col[clue];

	if (!b->named || level == LEVEL_EPCI || col == COLUMN_NONE)
		return false;
	b->lost = false;
	if (add_column(b, r, level, clue, block_cell(block, rec, col)))
		return true;
	b->n = 0;
	return false;
}

/* The usual case of a record that only has coordinates. */
static bool
find_point(struct belonging *b, struct resolver *r, enum level level,
    const struct block *block, size_t rec)
{
	uint32_t departement;
	struct point p;

	if (!b->quick || !r->point_only || level == LEVEL_EPCI ||
	    !fixes_point(r->clues, block, rec, &p))
		return false;
	departement = atlas_departement(r->atlas, &r->scout, p);
	if (departement == TERRITORY_NONE)
		return false;
	resolver_put_point(r, p);
	add_id(b,
	    level == LEVEL_DEPARTEMENT
		? departement
		: r->g->departement.item[departement].region);
	b->lost = false;
	return true;
}

void
belonging_find(struct belonging *b, struct resolver *r, enum level level,
    const struct block *block, size_t rec)
{
	const struct gazetteer *g = r->g;
	bool contradicted = false;

	b->n = 0;
	if (find_point(b, r, level, block, rec))
		return;
	resolver_record(r, block, rec, false);
	if (find_named(b, r, level, block, rec))
		return;
	for (size_t i = 0; i < r->at.n; i++)
		add_id(b, level_of(g, level, &g->commune[r->at.commune[i]]));
	b->lost = r->at.lost;
	for (size_t i = 0; i < r->at.ndepartement && level != LEVEL_EPCI; i++) {
		uint32_t id = r->at.departement[i];

		add_id(b,
		    level == LEVEL_DEPARTEMENT
			? id
			: g->departement.item[id].region);
	}
	for (size_t i = 0; i < r->at.nfinding; i++)
		contradicted =
		    contradicted || r->at.finding[i] == LOST_CONTRADICTION;
	if (r->at.n == 0 && r->at.nfix == 0 && !contradicted)
		b->lost = !add_own_columns(b, r, level, block, rec);
}

void
belonging_release(struct belonging *b)
{
	mem_free(b->id);
	*b = (struct belonging){.n = 0};
}
