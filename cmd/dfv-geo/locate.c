#include "verbs.h"

#include "cell.h"
#include "emit.h"
#include "mem.h"

static const struct opt opts[] = {SESSION_OPTS, {0, NULL, NULL, NULL}};

static const struct opt_command command = {
    .name = "dfv-geo locate",
    .what = "add to each record the commune it is in, and what that is in",
    .synopsis = (const char *const[]){"[OPTION]... [FILE]...", NULL},
    .opts = opts,
    .formats = "geojson",
};

static struct span
code_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return c->code;
}

static struct span
name_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return c->name;
}

static struct span
departement_of(const struct gazetteer *g, const struct commune *c)
{
	return g->departement.item[c->departement].code;
}

static struct span
departement_name_of(const struct gazetteer *g, const struct commune *c)
{
	return g->departement.item[c->departement].name;
}

static struct span
region_of(const struct gazetteer *g, const struct commune *c)
{
	return g->region.item[c->region].code;
}

static struct span
region_name_of(const struct gazetteer *g, const struct commune *c)
{
	return g->region.item[c->region].name;
}

static struct span
epci_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return c->epci;
}

static struct span
latitude_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return c->latitude;
}

static struct span
longitude_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return c->longitude;
}

static struct span
precision_of(const struct gazetteer *g, const struct commune *c)
{
	(void)g;
	return precision_name(c->how);
}

/*
 * What is added to a record, beside the last, `localisation`. Of a record in
 * several communes it is a list: a value a commune, in order, or the distinct
 * values, so that two communes of one region are one region.
 */
static const struct {
	const char *name;
	bool distinct;
	struct span (*of)(const struct gazetteer *, const struct commune *);
} added[] = {
    {"code_commune", false, code_of},
    {"commune", false, name_of},
    {"departement", true, departement_of},
    {"departement_nom", true, departement_name_of},
    {"region", true, region_of},
    {"region_nom", true, region_name_of},
    {"epci", true, epci_of},
    {"latitude", false, latitude_of},
    {"longitude", false, longitude_of},
    {"precision", false, precision_of},
};

enum { NADDED = sizeof added / sizeof added[0] };

struct locate {
	struct session *s;
	struct emitter emitter;
	struct columns columns; /* the input's, then the added ones */
};

/* A thread's own. */
struct locator {
	const struct locate *l;
	struct resolver resolver;
	struct span *cell; /* one a column */
	struct buf lists;  /* added cells that are lists */
};

/* The input's column of a name stays what it is: ours is then geo_NAME. */
static void
add_column(struct columns *columns, const char *name, struct arena *arena)
{
	while (columns_add(columns, span_of(name)) == COLUMN_NONE)
		name = arena_printf(arena, "geo_%s", name).p;
}

static void
plan_columns(struct locate *l)
{
	const struct columns *in = reader_columns(l->s->reader);
	struct arena *arena = &l->s->arena;

	columns_init(&l->columns, arena);
	for (size_t i = 0; i < in->n; i++)
		columns_add(&l->columns, in->name[i]);
	for (size_t i = 0; i < NADDED; i++)
		add_column(&l->columns, added[i].name, arena);
	add_column(&l->columns, "localisation", arena);
}

static bool
list_has(struct span list, struct span item)
{
	struct span rest = list, value;

	while (rest.n > 0 && cell_value(&rest, &value))
		if (span_eq(value, item))
			return true;
	return false;
}

/* Appends a value, the first or not, to the list that begins at `from`. */
static void
list_add(
    struct buf *b, size_t from, bool first, struct span value, bool distinct)
{
	if (distinct &&
	    (value.n == 0 ||
		list_has(span_make(b->p + from, b->n - from), value)))
		return;
	if (distinct ? b->n > from : !first)
		buf_byte(b, '|');
	buf_add(b, value);
}

static void
fill_lists(struct locator *t, struct span *cell)
{
	const struct gazetteer *g = t->resolver.g;
	const struct whereabouts *at = &t->resolver.at;
	struct buf *b = &t->lists;
	size_t from[NADDED + 2];

	buf_reset(b);
	for (size_t i = 0; i < NADDED; i++) {
		from[i] = b->n;
		for (size_t k = 0; k < at->n; k++)
			list_add(b, from[i], k == 0,
			    added[i].of(g, &g->commune[at->commune[k]]),
			    added[i].distinct);
	}
	from[NADDED] = b->n;
	for (size_t i = 0; i < at->nfinding; i++)
		list_add(b, from[NADDED], i == 0,
		    span_of(finding_name(at->finding[i])), true);
	from[NADDED + 1] = b->n;
	for (size_t i = 0; i <= NADDED; i++)
		cell[i] = span_make(b->p + from[i], from[i + 1] - from[i]);
}

/* One place or none: the cells are the geography's own. */
static void
fill_cells(const struct locator *t, struct span *cell)
{
	const struct gazetteer *g = t->resolver.g;
	const struct whereabouts *at = &t->resolver.at;

	for (size_t i = 0; i < NADDED; i++)
		cell[i] = at->n == 0
		    ? span_make(NULL, 0)
		    : added[i].of(g, &g->commune[at->commune[0]]);
	cell[NADDED] = span_of(finding_name(at->finding[0]));
}

static void *
locator_new(void *ctx)
{
	const struct locate *l = ctx;
	struct locator *t = mem_alloc(1, sizeof *t);

	t->l = l;
	t->cell = mem_alloc(l->columns.n, sizeof *t->cell);
	resolver_init(&t->resolver, &l->s->g, &l->s->clues);
	return t;
}

static void
locator_free(void *ctx, void *worker)
{
	struct locator *t = worker;

	(void)ctx;
	resolver_release(&t->resolver);
	buf_release(&t->lists);
	mem_free(t->cell);
	mem_free(t);
}

static void
locate_block(void *worker, const struct block *b, struct batch *made)
{
	struct locator *t = worker;
	const struct whereabouts *at = &t->resolver.at;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		for (size_t c = 0; c < b->ncol; c++)
			t->cell[c] = block_cell(b, rec, c);
		resolver_record(&t->resolver, b, rec, false);
		if (at->n > 1 || at->nfinding > 1)
			fill_lists(t, t->cell + b->ncol);
		else
			fill_cells(t, t->cell + b->ncol);
		emitter_record(&t->l->emitter, made, t->cell, at);
		if (at->lost)
			batch_lose(made, rec);
	}
}

static int
locate_put(void *ctx, const struct block *b, struct batch *made)
{
	struct locate *l = ctx;

	(void)b;
	return emitter_put(&l->emitter, made);
}

static int
locate(struct session *s)
{
	struct locate l = {.s = s};
	struct session_job job = {
	    &l, locator_new, locator_free, locate_block, locate_put};

	if (session_open_input(s) < 0 ||
	    session_need(s, clues_lead(&s->clues)) < 0 ||
	    session_open_geography(s, session_wanted(s)) < 0)
		return -1;
	plan_columns(&l);
	if (emitter_open(&l.emitter, s, &l.columns) < 0)
		return -1;
	return emitter_close(&l.emitter, session_run(s, &job) == 0);
}

int
locate_main(int argc, char **argv)
{
	struct session s;

	session_init(&s, &command, argc, argv);
	if (session_option(&s) == OPT_BAD)
		return session_end(&s, s.opts.status);
	return session_end(&s, locate(&s) < 0 ? 2 : 0);
}
