#include "repair.h"

#include <stdlib.h>

#include "cell.h"
#include "mem.h"
#include "words.h"

/* A cell being mended: its field, and what has been done to it. */
struct mending {
	struct repairs *all;
	const struct field *field;
	const struct lexicon *words;
	struct verdict *verdict;
	struct buf reason;
	unsigned done; /* a bit a kind: named in the reason */
};

/* Whether the text may stand in the cell. What is no value may where none is
 * needed. */
static bool
is_good(struct mending *m, struct span text)
{
	const struct field *f = m->field;

	if (text.n == 0 ||
	    (f->own_missing && keytab_find(&f->missing, text) != KEYTAB_NONE))
		return !f->required;
	return check_text(f, text, m->verdict);
}

/* Each kind is named once, whatever number of values it mended. */
static void
note_reason(struct mending *m, const struct repair_kind *k)
{
	unsigned bit = 1U << (unsigned)(k - repair_kinds);

	if ((m->done & bit) != 0)
		return;
	m->done |= bit;
	if (m->reason.n > 0)
		buf_add(&m->reason, SPAN(", "));
	buf_add(&m->reason, span_of(k->name));
}

/* What comes of one kind of repair, in the arena; the text itself if nothing. */
static struct span
mend_once(struct mending *m, const struct repair_kind *k, struct span text)
{
	struct buf *out = &m->all->work[0];

	buf_reset(out);
	if (!k->mend(m->field, m->words, text, out) ||
	    span_eq(buf_span(out), text))
		return text;
	return arena_span(&m->all->arena, buf_span(out));
}

/* One value of a cell, mended if that makes it good. */
static struct span
mend_text(struct mending *m, struct span text)
{
	struct span now = text, next;
	size_t before = m->reason.n;
	unsigned done = m->done;

	for (size_t i = 0; i < repair_count; i++) {
		const struct repair_kind *k = &repair_kinds[i];

		if (!k->always && is_good(m, now))
			break;
		next = mend_once(m, k, now);
		if (next.p == now.p || (!k->always && !is_good(m, next)))
			continue;
		note_reason(m, k);
		now = next;
	}
	if (is_good(m, now))
		return now;
	m->reason.n = before;
	m->done = done;
	return text;
}

/* The cell with each of its values mended, in work[1]. */
static void
mend_cell(struct mending *m, struct span cell)
{
	struct check_values values = {.field = m->field, .rest = cell};
	struct buf *out = &m->all->work[1], *scratch = &m->all->work[2];
	struct span text;
	bool first = true, bars = cell_is_list(cell);

	buf_reset(out);
	buf_reset(scratch);
	for (; check_value(&values, scratch, &text); first = false) {
		if (!first && !bars)
			buf_add(out, values.cut);
		else if (!first)
			buf_byte(out, '|');
		text = arena_span(&m->all->arena, text);
		cell_encode(out, mend_text(m, text));
	}
	if (values.bad)
		m->reason.n = 0;
}

/* Whether a look at the bytes says that trimming and composing do nothing. */
static bool
is_clean(struct span cell)
{
	unsigned char first = (unsigned char)cell.p[0];
	unsigned char last = (unsigned char)cell.p[cell.n - 1];

	if (first <= ' ' || first == 0xC2 || last <= ' ' || last == 0xA0)
		return false;
	for (size_t i = 0; i < cell.n; i++)
		if ((unsigned char)cell.p[i] >= 0xCC || cell.p[i] == '\\')
			return false;
	return true;
}

static void
add_change(struct mending *m, const struct block *b, size_t rec, size_t col)
{
	struct repairs *all = m->all;
	struct span cell = block_cell(b, rec, col);
	struct buf *new = &all->work[1], *shown = &all->work[2];
	struct change *c;

	if (m->reason.n == 0 || span_eq(buf_span(new), cell))
		return;
	all->item =
	    mem_grow(all->item, &all->cap, all->n + 1, sizeof *all->item);
	c = &all->item[all->n++];
	*c = (struct change){.rec = rec, .col = col, .field = m->field->name};
	c->cell = arena_span(&all->arena, buf_span(new));
	buf_reset(shown);
	c->old = arena_span(&all->arena, cell_shown(cell, shown));
	buf_reset(shown);
	c->new = arena_span(&all->arena, cell_shown(c->cell, shown));
	c->reason = arena_span(&all->arena, buf_span(&m->reason));
}

static void
mend_column(struct mending *m, const struct block *b, size_t col)
{
	const struct field *f = m->field;
	bool any = f->type->check == NULL && f->nconstraint == 0;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		struct span cell = block_cell(b, rec, col);

		if (check_missing(f, cell, &m->verdict->scratch) ||
		    (!f->is_list && cell_is_list(cell)) ||
		    (is_clean(cell) &&
			(any || check_cell(f, cell, m->verdict))))
			continue;
		buf_reset(&m->reason);
		m->done = 0;
		mend_cell(m, cell);
		add_change(m, b, rec, col);
	}
}

static int
change_compare(const void *left, const void *right)
{
	const struct change *a = left, *b = right;

	if (a->rec != b->rec)
		return a->rec < b->rec ? -1 : 1;
	return (a->col > b->col) - (a->col < b->col);
}

void
repairs_find(struct repairs *all, const struct check *k, const struct block *b,
    struct verdict *v)
{
	struct mending m = {.all = all, .verdict = v};

	all->n = 0;
	arena_reset(&all->arena);
	for (size_t i = 0; i < k->schema->n; i++) {
		m.field = &k->schema->field[i];
		m.words = NULL;
		for (size_t c = 0; c < k->ncolumn; c++)
			if (k->column[c].field == m.field)
				m.words = k->column[c].words;
		if (k->col[i] != COLUMN_NONE)
			mend_column(&m, b, k->col[i]);
	}
	buf_release(&m.reason);
	if (all->n > 1)
		qsort(all->item, all->n, sizeof *all->item, change_compare);
}

/* The record's cells, those that change replaced; the cells' ends are noted. */
static void
put_record(struct repairs *all, const struct block *b, size_t rec, size_t *at)
{
	uint32_t *end = all->sep + 1 + rec * b->ncol;

	for (size_t col = 0; col < b->ncol; col++) {
		const struct change *c = *at < all->n ? &all->item[*at] : NULL;
		bool changed = c != NULL && c->rec == rec && c->col == col;

		*at += changed;
		buf_add(
		    &all->text, changed ? c->cell : block_cell(b, rec, col));
		end[col] = (uint32_t)all->text.n;
		buf_byte(&all->text, col + 1 < b->ncol ? '\t' : '\n');
	}
}

const struct block *
repairs_apply(struct repairs *all, const struct block *b)
{
	size_t at = 0;

	if (all->n == 0)
		return b;
	all->sep = mem_grow(
	    all->sep, &all->sep_cap, b->nrec * b->ncol + 1, sizeof *all->sep);
	all->sep[0] = UINT32_MAX;
	buf_reset(&all->text);
	for (size_t rec = 0; rec < b->nrec; rec++)
		put_record(all, b, rec, &at);
	all->block = *b;
	all->block.p = all->text.p;
	all->block.n = all->text.n;
	all->block.sep = all->sep + 1;
	return &all->block;
}

void
repairs_note(const struct repairs *all, struct findings *l)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct change *c = &all->item[i];
		struct finding *f =
		    findings_add(l, FINDING_REPAIRED, c->rec, c->col);

		f->level = DIAG_WARNING;
		f->status = FOUND_NOTE;
		f->field = c->field;
		f->value = arena_span(&l->arena, c->old);
		f->suggestion = arena_span(&l->arena, c->new);
		f->expected = arena_span(&l->arena, c->reason);
		f->message =
		    arena_printf(&l->arena, _("repaired to '%.*s' (%.*s)"),
			(int)c->new.n, c->new.p, (int)c->reason.n, c->reason.p);
	}
}

bool
repairs_touch(const struct repairs *all, size_t rec, size_t *from)
{
	while (*from < all->n && all->item[*from].rec < rec)
		++*from;
	return *from < all->n && all->item[*from].rec == rec;
}

void
repairs_release(struct repairs *all)
{
	mem_free(all->item);
	arena_release(&all->arena);
	for (size_t i = 0; i < sizeof all->work / sizeof all->work[0]; i++)
		buf_release(&all->work[i]);
	buf_release(&all->text);
	mem_free(all->sep);
}
