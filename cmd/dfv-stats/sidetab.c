#include "sidetab.h"

#include "cell.h"
#include "mem.h"
#include "side.h"

/* Reading one. */
struct sidetab_reading {
	struct sidetabs *all;
	struct sidetab *tab;
	struct buf key;
};

/* A key's values, all missing when it is new. */
static struct span *
values_of(struct sidetab_reading *r, struct span key, bool *fresh)
{
	struct sidetab *t = r->tab;
	size_t before = t->key.n, i = keytab_add(&t->key, key);

	*fresh = i == before;
	if (*fresh) {
		t->value = mem_grow(t->value, &t->cap, i + 1, sizeof *t->value);
		t->value[i] = ARENA_ARRAY(r->all->arena, struct span, t->ncell);
	}
	return t->value[i];
}

static int
add_owed(void *ctx, const struct span *cell, struct place place)
{
	struct sidetab_reading *r = ctx;
	bool fresh;

	(void)place;
	if (!cell_missing(cell[0]))
		values_of(r, cell[0], &fresh);
	return 0;
}

static int
add_joined(void *ctx, const struct span *cell, struct place place)
{
	struct sidetab_reading *r = ctx;
	struct span *value;
	bool fresh;

	if (cell_missing(cell[0]))
		return 0;
	value = values_of(r, cell[0], &fresh);
	if (!fresh) {
		diag_report(r->all->diag, DIAG_BAD_INDICATORS, &place, cell[0],
		    "two records of a joined table have this key: which one is "
		    "meant cannot be told");
		return -1;
	}
	for (size_t i = 0; i < r->tab->ncell; i++)
		value[i] = arena_span(r->all->arena, cell[1 + i]);
	return 0;
}

/* A figure that is published twice is one, two different ones are a list. */
static int
add_published(void *ctx, const struct span *cell, struct place place)
{
	struct sidetab_reading *r = ctx;
	struct span *value, figure = cell[2];
	struct number number;
	bool fresh;

	if (cell_missing(figure))
		return 0;
	if (!number_parse(figure, r->all->decimal_comma, &number)) {
		diag_report(
		    r->all->diag, DIAG_NOT_A_NUMBER, &place, figure, NULL);
		return -1;
	}
	buf_reset(&r->key);
	number_format(&r->key, number);
	figure = arena_span(r->all->arena, buf_span(&r->key));
	buf_reset(&r->key);
	buf_add(&r->key, cell[0]);
	buf_byte(&r->key, '\t');
	buf_add(&r->key, cell[1]);
	value = values_of(r, buf_span(&r->key), &fresh);
	if (fresh)
		*value = figure;
	else if (!sidetab_lists(*value, figure))
		*value = arena_printf(r->all->arena, "%.*s|%.*s", (int)value->n,
		    value->p, (int)figure.n, figure.p);
	return 0;
}

static int
sidetab_read(struct sidetab_reading *r, enum sidetab_use use)
{
	static int (*const add[])(void *, const struct span *, struct place) = {
	    [SIDETAB_OWED] = add_owed,
	    [SIDETAB_JOIN] = add_joined,
	    [SIDETAB_PUBLISHED] = add_published,
	};
	const struct indicator_side *from = r->tab->side;
	struct side s = {.file = from->table,
	    .where = from->where,
	    .decimal_comma = r->all->decimal_comma,
	    .row = add[use],
	    .ctx = r};

	if (use == SIDETAB_PUBLISHED) {
		s.cell[s.ncell++] = from->id;
		s.cell[s.ncell++] = from->by;
		s.cell[s.ncell++] = from->value;
		r->tab->ncell = 1;
	} else {
		s.cell[s.ncell++] = use == SIDETAB_OWED ? from->by : from->on;
		if (from->columns.n >= SIDE_CELLS)
			return indicator_mistake(r->all->diag, from->node,
			    "a join has at most 31 columns");
		for (size_t i = 0; i < from->columns.n; i++)
			s.cell[s.ncell++] = &from->columns.item[i];
		r->tab->ncell = from->columns.n;
	}
	return side_read(&s, &r->all->reader, r->all->diag);
}

const struct sidetab *
sidetab_get(struct sidetabs *all, const struct indicator_side *side,
    enum sidetab_use use)
{
	struct sidetab_reading r = {.all = all};
	int rc;

	for (struct sidetab *t = all->first; t != NULL; t = t->next)
		if (t->side == side)
			return t;
	r.tab = ARENA_NEW(all->arena, struct sidetab);
	r.tab->side = side;
	r.tab->key = KEYTAB_EMPTY;
	r.tab->next = all->first;
	all->first = r.tab;
	rc = sidetab_read(&r, use);
	buf_release(&r.key);
	return rc < 0 ? NULL : r.tab;
}

bool
sidetab_lists(struct span list, struct span wanted)
{
	struct span value;

	while (list.n > 0 && cell_value(&list, &value))
		if (span_eq(value, wanted))
			return true;
	return false;
}

const struct span *
sidetab_find(const struct sidetab *t, struct span key)
{
	size_t i = keytab_find(&t->key, key);

	return i == KEYTAB_NONE ? NULL : t->value[i];
}

void
sidetabs_release(struct sidetabs *all)
{
	for (struct sidetab *t = all->first; t != NULL; t = t->next) {
		keytab_release(&t->key);
		mem_free(t->value);
	}
}
