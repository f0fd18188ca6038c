#include "key.h"

#include "cell.h"
#include "decoder.h"
#include "mem.h"
#include "seen.h"
#include "words.h"

struct key {
	enum finding_id id;
	struct key_part *part;
	size_t n;
	bool required; /* of a primary key every part is */
	struct seen seen;
};

/* Keys of one block, and the records that they are of. */
struct batch {
	struct span key[SEEN_BATCH];
	size_t line[SEEN_BATCH];
	size_t rec[SEEN_BATCH];
	size_t n;
	bool cells; /* they are the block's; else the arena's */
	struct arena arena;
	struct buf bytes; /* one key as it is put together */
};

struct keys {
	const struct check *check;
	struct key *key;
	size_t n;
	struct batch batch;
};

/* The parts of a key, or false where a column is not there. */
static bool
key_init(struct key *k, const struct check *c, enum finding_id id,
    const size_t *field, size_t n)
{
	*k = (struct key){.id = id, .n = n, .seen = SEEN_EMPTY};
	for (size_t i = 0; i < n; i++)
		if (c->col[field[i]] == COLUMN_NONE)
			return false;
	k->part = mem_alloc(n, sizeof *k->part);
	for (size_t i = 0; i < n; i++)
		k->part[i] = (struct key_part){
		    c->col[field[i]], &c->schema->field[field[i]]};
	k->required = id == FINDING_PRIMARY_KEY;
	return true;
}

struct keys *
keys_new(const struct check *c)
{
	const struct schema *s = c->schema;
	struct keys *k = mem_alloc(1, sizeof *k);

	k->check = c;
	k->key = mem_alloc(s->n + s->nunique + 1, sizeof *k->key);
	if (s->primary.n > 0 &&
	    key_init(&k->key[k->n], c, FINDING_PRIMARY_KEY, s->primary.field,
		s->primary.n))
		k->n++;
	for (size_t i = 0; i < s->nunique; i++)
		if (key_init(&k->key[k->n], c, FINDING_UNIQUE_ERROR,
			s->unique[i].field, s->unique[i].n))
			k->n++;
	for (size_t i = 0; i < s->n; i++)
		if (s->field[i].unique &&
		    !(s->primary.n == 1 && s->primary.field[0] == i) &&
		    key_init(&k->key[k->n], c, FINDING_UNIQUE_ERROR, &i, 1))
			k->n++;
	if (k->n > 0)
		return k;
	keys_free(k);
	return NULL;
}

void
key_put_text(struct buf *out, const struct field *f, struct span text,
    struct buf *scratch)
{
	if (f != NULL && (f->type->is & TYPE_VARIES) != 0) {
		buf_reset(scratch);
		text = type_canon(f, text, scratch);
	}
	cell_encode(out, text);
}

/* A cell with escapes may be written in several ways: one is chosen. */
static void
put_escaped(struct buf *out, struct span cell, struct buf *scratch)
{
	struct span rest = cell, value, text;
	bool first = true;

	while (cell_value(&rest, &value)) {
		if (!first)
			buf_byte(out, '|');
		first = false;
		buf_reset(scratch);
		if (cell_text(value, scratch, &text) == 0)
			cell_encode(out, text);
		else
			buf_add(out, value);
	}
}

bool
key_put(struct buf *out, const struct block *b, size_t rec,
    const struct key_part *part, size_t n, struct buf *scratch)
{
	for (size_t i = 0; i < n; i++) {
		struct span cell = block_cell(b, rec, part[i].col);
		const struct field *f = part[i].field;

		if (f == NULL ? cell_missing(cell)
			      : check_missing(f, cell, scratch))
			return false;
		if (i > 0)
			buf_byte(out, '\t'); /* which no cell has */
		if (!cell_plain(cell)) {
			put_escaped(out, cell, scratch);
		} else if (f != NULL && (f->type->is & TYPE_VARIES) != 0) {
			buf_reset(scratch);
			buf_add(out, type_canon(f, cell, scratch));
		} else {
			buf_add(out, cell);
		}
	}
	return true;
}

/* « region, numero » */
static struct span
names_of(const struct key *k, struct arena *a)
{
	struct buf b = {NULL, 0, 0};
	struct span names;

	for (size_t i = 0; i < k->n; i++) {
		if (i > 0)
			buf_add(&b, SPAN(", "));
		buf_add(&b, k->part[i].field->name);
	}
	names = arena_span(a, buf_span(&b));
	buf_release(&b);
	return names;
}

static struct finding *
add_finding(const struct key *k, size_t rec, struct verdict *v)
{
	struct finding *f = findings_add(&v->list, k->id, rec, k->part[0].col);

	f->field = names_of(k, &v->list.arena);
	return f;
}

static void
report_repeated(const struct key *k, size_t rec, const struct place *first,
    struct span key, const char *file, struct verdict *v)
{
	struct finding *f = add_finding(k, rec, v);
	struct arena *a = &v->list.arena;
	char *p = arena_alloc(a, key.n + 1, 1);

	for (size_t i = 0; i < key.n; i++)
		p[i] = (char)(key.p[i] == '\t' ? ',' : key.p[i]);
	f->value = span_make(p, key.n);
	if (first->file == file)
		f->message = arena_printf(a, _("%.*s: already in line %zu"),
		    (int)f->field.n, f->field.p, first->line);
	else
		f->message = arena_printf(a, _("%.*s: already in %s:%zu"),
		    (int)f->field.n, f->field.p, first->file, first->line);
}

static void
report_missing(
    const struct key *k, const struct block *b, size_t rec, struct verdict *v)
{
	for (size_t i = 0; i < k->n; i++) {
		struct finding *f;

		if (!check_missing(k->part[i].field,
			block_cell(b, rec, k->part[i].col), &v->scratch) ||
		    k->part[i].field->required)
			continue; /* which is reported already */
		f = findings_add(&v->list, k->id, rec, k->part[i].col);
		f->field = k->part[i].field->name;
		f->message = span_of(_("a part of the primary key is missing"));
	}
}

/* Whether each record of the block is a line. */
static bool
has_a_line_each(const struct block *b)
{
	return b->from->format->place == NULL && b->mark_step == 0 &&
	    b->nragged == 0;
}

/* Whether a key is the cell as it stands. */
static bool
is_cell(const struct key *k, const struct verdict *v)
{
	const struct field *f = k->part[0].field;

	return k->n == 1 && v->plain && !f->own_missing &&
	    (f->type->is & TYPE_VARIES) == 0;
}

/* The key of a record, in the block or in the batch's arena; false where it has
 * none. */
static bool
find_key(const struct key *k, const struct block *b, size_t rec,
    struct batch *t, struct verdict *v, struct span *key)
{
	if (t->cells) {
		*key = block_cell(b, rec, k->part[0].col);
		return !cell_missing(*key);
	}
	buf_reset(&t->bytes);
	if (!key_put(&t->bytes, b, rec, k->part, k->n, &v->scratch))
		return false;
	*key = arena_span(&t->arena, buf_span(&t->bytes));
	return true;
}

/* The keys of records from `rec` on, as many as a batch holds: the record behind
 * them. */
static size_t
fill_batch(const struct key *k, const struct block *b, size_t rec,
    struct batch *t, struct verdict *v)
{
	t->n = 0;
	arena_reset(&t->arena);
	for (; rec < b->nrec && t->n < SEEN_BATCH; rec++) {
		if (find_key(k, b, rec, t, v, &t->key[t->n])) {
			t->line[t->n] = b->first_line + block_line(b, rec);
			t->rec[t->n++] = rec;
		} else if (k->required) {
			report_missing(k, b, rec, v);
		}
	}
	return rec;
}

/* The same where keys are cells, and each record is a line. */
static size_t
fill_with_cells(const struct key *k, const struct block *b, size_t rec,
    struct batch *t, struct verdict *v)
{
	const struct block_column column = block_column(b, k->part[0].col);

	t->n = 0;
	for (; rec < b->nrec && t->n < SEEN_BATCH; rec++) {
		struct span cell = block_column_cell(&column, rec);

		t->key[t->n] = cell;
		t->line[t->n] = b->first_line + rec;
		t->rec[t->n] = rec;
		t->n += cell.n > 0;
		if (cell.n == 0 && k->required)
			report_missing(k, b, rec, v);
	}
	return rec;
}

static void
add_batch(
    struct key *k, const struct batch *t, const char *file, struct verdict *v)
{
	const struct keylog_keys keys = {t->key, t->line, t->n, file};
	struct seen_again again[SEEN_BATCH];
	size_t n = seen_add(&k->seen, &keys, again);

	for (size_t i = 0; i < n; i++) {
		size_t at = again[i].i;

		report_repeated(
		    k, t->rec[at], &again[i].first, t->key[at], file, v);
	}
}

static void
key_check(struct key *k, const struct reader *r, const struct block *b,
    struct batch *t, struct verdict *v)
{
	double share = reader_share(r);
	bool simple;

	t->cells = is_cell(k, v);
	simple = t->cells && has_a_line_each(b);
	for (size_t rec = 0; rec < b->nrec;) {
		rec = simple ? fill_with_cells(k, b, rec, t, v)
			     : fill_batch(k, b, rec, t, v);
		add_batch(k, t, b->from->in.name, v);
	}
	if (share > 0)
		seen_foresee(&k->seen, (size_t)((double)k->seen.log.n / share));
}

void
keys_check(struct keys *k, const struct reader *r, const struct block *b,
    struct verdict *v)
{
	for (size_t i = 0; k != NULL && i < k->n; i++)
		key_check(&k->key[i], r, b, &k->batch, v);
}

void
keys_free(struct keys *k)
{
	if (k == NULL)
		return;
	for (size_t i = 0; i < k->n; i++) {
		mem_free(k->key[i].part);
		seen_release(&k->key[i].seen);
	}
	mem_free(k->key);
	arena_release(&k->batch.arena);
	buf_release(&k->batch.bytes);
	mem_free(k);
}
