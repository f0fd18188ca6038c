#include "unseen.h"

/* More of the same would bury what else there is to read. */
enum { PLACELESS_TOLD = 20 };

static void
tell(struct session *s, struct span name, struct span code, const char *why)
{
	diag_report(&s->diag, DIAG_NOT_LOCATED, NULL, name, "%s (%.*s)", why,
	    (int)code.n, code.p);
}

static bool
is_drawn(const struct tally *t, const struct marks *marks, uint32_t commune)
{
	return (t->points && t->here[commune].has) ||
	    (marks->commune != NULL && marks->commune[commune]);
}

void
unseen_tell_placeless(const struct tally *t, const struct marks *marks)
{
	const struct gazetteer *g = &t->s->g;
	size_t n = 0;

	for (uint32_t i = 0; i < g->ncommune; i++) {
		const struct commune *c = &g->commune[i];

		if (is_drawn(t, marks, i) &&
		    commune_cell(c, COMMUNE_LATITUDE).n == 0 &&
		    n++ < PLACELESS_TOLD)
			tell(t->s, commune_cell(c, COMMUNE_NAME),
			    commune_cell(c, COMMUNE_CODE),
			    "the geography does not know its place");
	}
	if (n > PLACELESS_TOLD)
		diag_report(&t->s->diag, DIAG_NOT_LOCATED, NULL,
		    span_make(NULL, 0),
		    "%zu more communes without a place, %zu in all",
		    n - PLACELESS_TOLD, n);
}

void
unseen_tell_outside(
    const struct tally *t, const struct marks *marks, const struct drawing *d)
{
	const struct gazetteer *g = &t->s->g;
	const struct territories *all = level_table(g, t->level);
	bool *there = ARENA_ARRAY(&t->s->arena, bool, all->n + 1);

	for (size_t i = 0; t->by && i < all->n; i++)
		there[i] = t->figure[i].has && !drawing_none(d, &t->figure[i]);
	for (uint32_t i = 0; i < g->ncommune; i++)
		if (is_drawn(t, marks, i))
			there[level_of(g, t->level, &g->commune[i])] = true;
	for (size_t i = 0; i < all->n; i++)
		if (there[i] && !drawing_shows(d, t->level, all->item[i].code))
			tell(t->s, all->item[i].name, all->item[i].code,
			    "it is not on this map");
}
