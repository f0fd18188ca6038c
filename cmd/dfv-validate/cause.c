#include "cause.h"

#include "cell.h"
#include "mem.h"
#include "suggest.h"

/* Keys are that near when one is a misprint of the other; among more wrong keys
 * than that it is not looked for. */
enum { NEAR_EDITS = 1, NEAR_AMONG = 1000 };

struct causes {
	const struct package *package;
	struct arena arena;
	struct keytab at;  /* file, line and column of findings about cells */
	struct span *name; /* theirs */
	size_t name_cap;
	struct buf bytes;
	struct buf scratch;
};

static struct span
place_key(struct buf *b, const struct place *at)
{
	buf_reset(b);
	buf_printf(b, "%s:%zu:%zu", at->file, at->line, at->col);
	return buf_span(b);
}

static void
note_cell(struct causes *c, const struct finding *f)
{
	size_t before = c->at.n, i;

	if (f->id != FINDING_TYPE_ERROR || f->status == FOUND_NOTE)
		return;
	i = keytab_add(&c->at, place_key(&c->bytes, &f->place));
	if (i < before)
		return;
	c->name = mem_grow(c->name, &c->name_cap, c->at.n, sizeof *c->name);
	c->name[i] = finding_name(f, &c->arena);
}

struct causes *
causes_new(const struct package *p)
{
	struct causes *c = mem_alloc(1, sizeof *c);

	c->package = p;
	c->arena = ARENA_EMPTY;
	for (size_t t = 0; t < p->ntable; t++)
		for (size_t b = 0; b < p->table[t].nblock; b++) {
			const struct findings *l =
			    &p->table[t].block[b]->verdict.list;

			for (size_t i = 0; i < l->n; i++)
				note_cell(c, &l->item[i]);
		}
	return c;
}

/* Where the keys of a table are that nothing can refer to. */
struct lost {
	struct keytab row; /* cells of the rows that were taken out */
	struct span *row_name;
	size_t row_cap;
	struct span *key; /* wrong keys that stand in the column */
	struct span *key_name;
	size_t nkey;
	size_t key_cap;
	size_t name_cap;
};

/* Each cell of a broken row may be its key. */
static void
note_row(struct lost *lost, const struct finding *f, struct span row,
    struct causes *c)
{
	struct span name = finding_name(f, &c->arena);

	while (row.p != NULL) {
		size_t n = span_find(row, '\t'), before = lost->row.n, i;
		struct span cell = span_make(row.p, n);

		row = n < row.n ? span_from(row, n + 1) : span_make(NULL, 0);
		if (cell_missing(cell))
			continue;
		buf_reset(&c->scratch);
		i = keytab_add(&lost->row, cell_shown(cell, &c->scratch));
		if (i < before)
			continue;
		lost->row_name = mem_grow(lost->row_name, &lost->row_cap,
		    lost->row.n, sizeof *lost->row_name);
		lost->row_name[i] = name;
	}
}

static void
note_key(struct lost *lost, const struct finding *f, struct causes *c)
{
	if (lost->nkey == NEAR_AMONG)
		return;
	lost->key = mem_grow(
	    lost->key, &lost->key_cap, lost->nkey + 1, sizeof *lost->key);
	lost->key_name = mem_grow(lost->key_name, &lost->name_cap,
	    lost->nkey + 1, sizeof *lost->key_name);
	lost->key[lost->nkey] = f->value;
	lost->key_name[lost->nkey++] = finding_name(f, &c->arena);
}

static void
collect_lost(
    struct lost *lost, struct causes *c, const struct table *t, size_t col)
{
	for (size_t i = 0; i < t->nblock; i++) {
		const struct block *b = &t->block[i]->block;
		const struct findings *l = &t->block[i]->verdict.list;

		for (size_t k = 0; k < l->n; k++) {
			const struct finding *f = &l->item[k];
			const struct block_ragged *row;

			if (f->at == FINDING_AT && f->col == col &&
			    f->value.n > 0 &&
			    (f->id == FINDING_TYPE_ERROR ||
				f->id == FINDING_CONSTRAINT_ERROR))
				note_key(lost, f, c);
			row =
			    f->at == FINDING_BEFORE ? finding_row(f, b) : NULL;
			if (row != NULL)
				note_row(lost, f, row->text, c);
		}
	}
}

/* The finding that a reference to `key` leads nowhere because of. */
static struct span
find_lost(const struct lost *lost, struct span key)
{
	size_t i = keytab_find(&lost->row, key);

	if (i != KEYTAB_NONE)
		return lost->row_name[i];
	for (i = 0; i < lost->nkey; i++)
		if (suggest_distance(key, lost->key[i], NEAR_EDITS) <=
		    NEAR_EDITS)
			return lost->key_name[i];
	return span_make(NULL, 0);
}

static void
lost_release(struct lost *lost)
{
	keytab_release(&lost->row);
	mem_free(lost->row_name);
	mem_free(lost->key);
	mem_free(lost->key_name);
}

/* Those among the findings, of a kind and about a column, whose value stands
 * for a record that is there, but broken. */
static void
link_findings(
    struct findings *l, enum finding_id id, size_t col, const struct lost *lost)
{
	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];
		struct span cause;

		if (f->id != id || f->col != col || f->status != FOUND_OPEN)
			continue;
		cause = find_lost(lost, f->value);
		if (cause.p == NULL)
			continue;
		f->status = FOUND_CAUSED;
		f->cause = arena_span(&l->arena, cause);
	}
}

void
causes_link_vanished(
    struct causes *c, const struct table *t, struct findings *l)
{
	struct lost lost = {.row = KEYTAB_EMPTY};

	if (l->n == 0)
		return;
	collect_lost(&lost, c, t, l->item[0].col);
	link_findings(l, FINDING_VANISHED_KEY, l->item[0].col, &lost);
	lost_release(&lost);
}

static void
link_foreign(struct causes *c, struct table *t, const struct schema_foreign *k)
{
	const struct table *to =
	    k->table.n == 0 ? t : package_find(c->package, k->table);
	struct lost lost = {.row = KEYTAB_EMPTY};
	size_t from, col;

	if (k->key.n != 1 || to == NULL)
		return;
	from = t->check.col[k->key.field[0]];
	col = columns_find(to->columns, k->column[0]);
	if (from == COLUMN_NONE || col == COLUMN_NONE)
		return;
	collect_lost(&lost, c, to, col);
	for (size_t b = 0; lost.nkey + lost.row.n > 0 && b < t->nblock; b++)
		link_findings(&t->block[b]->verdict.list, FINDING_FOREIGN_KEY,
		    from, &lost);
	lost_release(&lost);
}

void
causes_link_keys(struct causes *c, struct table *t)
{
	for (size_t i = 0; t->schema != NULL && i < t->schema->nforeign; i++)
		link_foreign(c, t, &t->schema->foreign[i]);
}

void
causes_link_places(const struct causes *c, struct findings *l)
{
	struct buf key = {NULL, 0, 0};

	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];
		size_t at;

		if (f->status != FOUND_CAUSED || f->cause.p != NULL)
			continue;
		at = keytab_find(&c->at, place_key(&key, &f->place));
		if (at == KEYTAB_NONE)
			f->status = FOUND_OPEN;
		else
			f->cause = arena_span(&l->arena, c->name[at]);
	}
	buf_release(&key);
}

void
causes_free(struct causes *c)
{
	keytab_release(&c->at);
	mem_free(c->name);
	arena_release(&c->arena);
	buf_release(&c->bytes);
	buf_release(&c->scratch);
	mem_free(c);
}
