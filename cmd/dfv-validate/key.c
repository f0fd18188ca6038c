#include "key.h"

#include "cell.h"
#include "decoder.h"
#include "mem.h"
#include "seen.h"
#include "words.h"

/* How many records ahead a key's slot is sent for. */
enum { AHEAD = 16 };

struct key {
	enum finding_id id;
	struct key_part *part;
	size_t n;
	bool required; /* of a primary key every part is */
	struct seen seen;
};

struct keys {
	const struct check *check;
	struct key *key;
	size_t n;
	struct buf bytes;
};

/* The parts of a key, or false where a column is not there. */
static bool
key_init(struct key *k, const struct check *c, enum finding_id id,
    const size_t *field, size_t n)
{
	*k = (struct key){.id = id, .n = n};
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
	if (f != NULL && (f->type->is & TYPE_NUMERIC) != 0) {
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
		} else if (f != NULL && (f->type->is & TYPE_NUMERIC) != 0) {
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

static size_t
line_of(const struct reader *r, const struct block *b, size_t rec)
{
	if (b->from->format->place == NULL)
		return b->first_line + block_line(b, rec);
	return reader_place(r, b, rec, 0).line;
}

static void
take_key(struct key *k, struct span key, uint64_t hash, const struct reader *r,
    const struct block *b, size_t rec, struct verdict *v)
{
	const char *file = b->from->in.name;
	struct place at = {.file = file, .line = line_of(r, b, rec)};

	if (!seen_add(&k->seen, key, hash, &at))
		report_repeated(k, rec, &at, key, file, v);
}

/* Whether a key is the cell as it stands. */
static bool
is_cell(const struct key *k, const struct verdict *v)
{
	const struct field *f = k->part[0].field;

	return k->n == 1 && v->plain && !f->own_missing &&
	    (f->type->is & TYPE_NUMERIC) == 0;
}

static void
check_cells(struct key *k, const struct reader *r, const struct block *b,
    struct verdict *v)
{
	size_t col = k->part[0].col;
	uint64_t hash[AHEAD];

	for (size_t next = 0; next < b->nrec + AHEAD; next++) {
		uint64_t *expected = &hash[next % AHEAD];

		if (next >= AHEAD) {
			size_t rec = next - AHEAD;
			struct span cell = block_cell(b, rec, col);

			if (!cell_missing(cell))
				take_key(k, cell, *expected, r, b, rec, v);
			else if (k->required)
				report_missing(k, b, rec, v);
		}
		if (next < b->nrec)
			*expected =
			    seen_expect(&k->seen, block_cell(b, next, col));
	}
}

static void
key_check(struct keys *all, struct key *k, const struct reader *r,
    const struct block *b, struct verdict *v)
{
	if (is_cell(k, v)) {
		check_cells(k, r, b, v);
		return;
	}
	for (size_t rec = 0; rec < b->nrec; rec++) {
		buf_reset(&all->bytes);
		if (key_put(&all->bytes, b, rec, k->part, k->n, &v->scratch)) {
			struct span key = buf_span(&all->bytes);

			take_key(
			    k, key, seen_expect(&k->seen, key), r, b, rec, v);
		} else if (k->required)
			report_missing(k, b, rec, v);
	}
}

void
keys_check(struct keys *k, const struct reader *r, const struct block *b,
    struct verdict *v)
{
	for (size_t i = 0; k != NULL && i < k->n; i++)
		key_check(k, &k->key[i], r, b, v);
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
	buf_release(&k->bytes);
	mem_free(k);
}
