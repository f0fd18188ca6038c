#include "gazetteer.h"

#include "cell.h"
#include "mem.h"
#include "number.h"
#include "table.h"
#include "toponym.h"

/* France has 35,000. */
enum { COMMUNES_LIKELY = 36000 };

/* What the rows of the tables go into. */
struct loader {
	struct gazetteer *g;
	unsigned what;
	size_t commune_cap;
	size_t former_cap;
	uint32_t departement; /* of the last commune: mostly the next one's */
	uint32_t region;
	struct buf scratch;
};

static const char *
add_region(void *ctx, const struct span *cell, size_t *bad)
{
	struct loader *l = ctx;

	(void)bad;
	territories_add(&l->g->region,
	    (struct territory){cell[0], cell[1], TERRITORY_NONE},
	    l->g->shelf.arena, &l->scratch);
	return NULL;
}

static uint32_t
by_code(const struct territories *t, struct span code)
{
	const struct keymap_entry *e = keymap_find(&t->by_code, code);

	return e == NULL ? TERRITORY_NONE : e->id;
}

/* The same, where the last one's is likely. */
static uint32_t
by_code_again(const struct territories *t, struct span code, uint32_t *last)
{
	if (*last >= t->n || !span_eq(t->item[*last].code, code))
		*last = by_code(t, code);
	return *last;
}

static const char *
add_departement(void *ctx, const struct span *cell, size_t *bad)
{
	struct loader *l = ctx;
	uint32_t region = by_code(&l->g->region, cell[2]);

	*bad = 2;
	if (region == TERRITORY_NONE)
		return "regions.tsv has no such code";
	territories_add(&l->g->departement,
	    (struct territory){cell[0], cell[1], region}, l->g->shelf.arena,
	    &l->scratch);
	return NULL;
}

static const char *
add_epci(void *ctx, const struct span *cell, size_t *bad)
{
	struct loader *l = ctx;

	(void)bad;
	territories_add(&l->g->epci,
	    (struct territory){cell[0], cell[1], TERRITORY_NONE},
	    l->g->shelf.arena, &l->scratch);
	return NULL;
}

static void
add_name(struct loader *l, struct span name, uint32_t id)
{
	struct span key, bare;

	buf_reset(&l->scratch);
	key =
	    arena_span(l->g->shelf.arena, toponym_read(name, &l->scratch).key);
	if (key.n == 0)
		return;
	keymap_append(&l->g->by_name, key, id);
	if (toponym_article(key, &bare))
		keymap_append(&l->g->by_bare_name, bare, id);
}

enum {
	CODE,
	NAME,
	DEPARTEMENT,
	REGION,
	EPCI,
	POSTAL,
	LAT,
	LON,
	PRECISION,
	POPULATION
};

/* Which of them a commune keeps, and where they are. */
static const uint8_t kept[COMMUNE_CELLS] = {[COMMUNE_CODE] = CODE,
    [COMMUNE_NAME] = NAME,
    [COMMUNE_EPCI] = EPCI,
    [COMMUNE_POSTAL] = POSTAL,
    [COMMUNE_LATITUDE] = LAT,
    [COMMUNE_LONGITUDE] = LON};

/* The cells of one row, which lie in one text. The same. */
static const char *
keep_cells(struct commune *c, const struct span *cell, size_t *bad)
{
	size_t most = 0;

	c->text = cell[CODE].p;
	for (size_t i = 0; i < COMMUNE_CELLS; i++)
		if (cell[kept[i]].p < c->text)
			c->text = cell[kept[i]].p;
	for (size_t i = 0; i < COMMUNE_CELLS; i++) {
		struct span s = cell[kept[i]];
		size_t from = (size_t)(s.p - c->text);

		most |= from | s.n;
		c->cell[i].from = (uint16_t)from;
		c->cell[i].n = (uint16_t)s.n;
	}
	*bad = CODE;
	return most <= UINT16_MAX ? NULL : "a row this long is no commune's";
}

/* Where the commune is. The same. */
static const char *
read_place(struct commune *c, const struct span *cell, size_t *bad)
{
	struct number n;

	*bad = LAT;
	if ((cell[LAT].n > 0) != (cell[LON].n > 0) ||
	    (cell[LAT].n > 0 &&
		!point_degrees(cell[LAT], false, 90, &c->at.lat_e7)))
		return "a latitude, -90 to 90, with its longitude is wanted";
	*bad = LON;
	if (cell[LON].n > 0 &&
	    !point_degrees(cell[LON], false, 180, &c->at.lon_e7))
		return "a longitude, -180 to 180, is wanted";
	*bad = PRECISION;
	c->how = PRECISION_COMMUNE;
	if (cell[PRECISION].n > 0 && !precision_find(cell[PRECISION], &c->how))
		return "a precision is commune, code-postal or epci";
	if (cell[LAT].n == 0)
		c->how = PRECISION_NONE;
	*bad = POPULATION;
	if (cell[POPULATION].n == 0)
		return NULL;
	if (!number_parse(cell[POPULATION], false, &n) || !n.exact ||
	    n.scale > 0 || n.mant < 0 || n.mant > UINT32_MAX)
		return "a number of inhabitants is wanted";
	c->population = (uint32_t)n.mant;
	return NULL;
}

static const char *
add_commune(void *ctx, const struct span *cell, size_t *bad)
{
	struct loader *l = ctx;
	struct gazetteer *g = l->g;
	struct commune c = {.departement = by_code_again(&g->departement,
				cell[DEPARTEMENT], &l->departement),
	    .region = by_code_again(&g->region, cell[REGION], &l->region)};
	int rank = insee_rank(cell[CODE]);
	const char *what;

	*bad = CODE;
	if (rank == INSEE_NONE)
		return "an INSEE code, of five characters, is wanted";
	if (g->commune_by_code[rank] != 0)
		return "this code was there before";
	*bad = DEPARTEMENT;
	if (c.departement == TERRITORY_NONE)
		return "departements.tsv has no such code";
	*bad = REGION;
	if (c.region == TERRITORY_NONE)
		return "regions.tsv has no such code";
	what = keep_cells(&c, cell, bad);
	if (what == NULL)
		what = read_place(&c, cell, bad);
	if (what != NULL)
		return what;
	if (g->ncommune == l->commune_cap)
		g->commune = mem_grow(g->commune, &l->commune_cap,
		    (size_t)g->ncommune + 1, sizeof *g->commune);
	g->commune_by_code[rank] = g->ncommune + 1;
	if (l->what & GAZETTEER_NAMES)
		add_name(l, cell[NAME], g->ncommune);
	g->commune[g->ncommune++] = c;
	return NULL;
}

static const char *
add_former(void *ctx, const struct span *cell, size_t *bad)
{
	struct loader *l = ctx;
	struct gazetteer *g = l->g;
	struct span kind = cell[2], rest = cell[3], today;
	struct former f = {.code = cell[0],
	    .name = cell[1],
	    .today = cell[3],
	    .arrondissement = span_eq(kind, SPAN("arrondissement"))};

	f.in_force = f.arrondissement || span_eq(kind, SPAN("deleguee")) ||
	    span_eq(kind, SPAN("associee"));
	if (insee_rank(f.code) == INSEE_NONE)
		return "an INSEE code, of five characters, is wanted";
	*bad = 3;
	if (rest.n == 0)
		return "a code of communes.tsv is wanted";
	while (cell_value(&rest, &today))
		if (gazetteer_commune(g, today) == TERRITORY_NONE)
			return "communes.tsv has no such code";
	if (g->nformer == l->former_cap)
		g->former = mem_grow(g->former, &l->former_cap,
		    (size_t)g->nformer + 1, sizeof *g->former);
	if (l->what & GAZETTEER_NAMES)
		add_name(l, f.name, g->ncommune + g->nformer);
	g->former[g->nformer++] = f;
	return NULL;
}

static const struct {
	unsigned wanted; /* any of these; 0: always */
	struct table table;
} tables[] = {
    {0,
	{"regions.tsv", (const char *const[]){"code", "nom", NULL},
	    add_region}},
    {0,
	{"departements.tsv",
	    (const char *const[]){"code", "nom", "region_code", NULL},
	    add_departement}},
    {GAZETTEER_EPCI,
	{"epci.tsv", (const char *const[]){"siren", "nom", NULL}, add_epci}},
    {GAZETTEER_COMMUNES,
	{"communes.tsv",
	    (const char *const[]){"code", "nom", "departement_code",
		"region_code", "epci_siren", "codes_postaux", "latitude",
		"longitude", "?precision", "?population", NULL},
	    add_commune}},
    {GAZETTEER_FORMER,
	{"communes_anciennes.tsv",
	    (const char *const[]){"code", "nom", "type", "code_actuel", NULL},
	    add_former}},
};

/* Codes lead to what comes first in the file first. */
static void
index_former_codes(struct gazetteer *g)
{
	for (uint32_t i = g->nformer; i-- > 0;)
		codemap_add(&g->former_by_code, g->former[i].code, i);
}

static void
index_postal_codes(struct gazetteer *g, bool all)
{
	for (uint32_t i = g->ncommune; i-- > 0;) {
		struct span rest = commune_cell(&g->commune[i], COMMUNE_POSTAL),
			    code;

		while (rest.n > 0 && cell_value(&rest, &code))
			if (all || codemap_find(&g->former_by_code, code))
				codemap_add(&g->by_postal_code, code, i);
	}
}

int
gazetteer_load(struct gazetteer *g, const char *dir, unsigned what,
    struct arena *arena, struct diag *diag)
{
	struct loader l = {.g = g, .what = what};
	int rc = 0;

	if (what & (GAZETTEER_NAMES | GAZETTEER_POSTAL_CODES))
		what |= GAZETTEER_FORMER;
	if (what & GAZETTEER_FORMER)
		what |= GAZETTEER_COMMUNES;
	*g = GAZETTEER_EMPTY;
	g->shelf.arena = arena;
	if (what & GAZETTEER_COMMUNES) {
		g->commune =
		    mem_alloc_filled(COMMUNES_LIKELY, sizeof *g->commune);
		l.commune_cap = COMMUNES_LIKELY;
		g->commune_by_code =
		    mem_alloc(INSEE_RANKS, sizeof *g->commune_by_code);
	}
	if (what & GAZETTEER_NAMES)
		keymap_reserve(&g->by_name, COMMUNES_LIKELY);
	for (size_t i = 0; i < sizeof tables / sizeof *tables && rc == 0; i++)
		if (tables[i].wanted == 0 || (tables[i].wanted & what) != 0)
			rc = table_read(
			    &tables[i].table, dir, &l, &g->shelf, diag);
	if (rc == 0) {
		keymap_link(&g->by_name);
		keymap_link(&g->by_bare_name);
		index_former_codes(g);
		if (what & GAZETTEER_FORMER)
			index_postal_codes(g, what & GAZETTEER_POSTAL_CODES);
	}
	buf_release(&l.scratch);
	return rc;
}

bool
commune_point(const struct commune *c, double *lon_deg, double *lat_deg)
{
	*lon_deg = (double)c->at.lon_e7 / POINT_DEGREE;
	*lat_deg = (double)c->at.lat_e7 / POINT_DEGREE;
	return c->how != PRECISION_NONE;
}

void
gazetteer_release(struct gazetteer *g)
{
	territories_release(&g->region);
	territories_release(&g->departement);
	territories_release(&g->epci);
	mem_free(g->commune);
	mem_free(g->former);
	mem_free(g->commune_by_code);
	codemap_release(&g->former_by_code);
	keymap_release(&g->by_name);
	keymap_release(&g->by_bare_name);
	codemap_release(&g->by_postal_code);
	shelf_release(&g->shelf);
	*g = GAZETTEER_EMPTY;
}
