#include "key.h"

#include "cell.h"
#include "decoder.h"
#include "mem.h"
#include "words.h"

/* How many records ahead a key's slot is sent for. */
enum { AHEAD = 12 };

/* Keys from number `from` on are of this file. */
struct file_start {
	const char *file;
	size_t from;
};

struct key {
	enum finding_id id;
	struct key_part *part;
	size_t n;
	bool required; /* of a primary key every part is */
	struct keytab seen;
	size_t *line; /* where each of seen was first, by its number */
	size_t line_cap;
	struct file_start *file;
	size_t nfile;
	size_t file_cap;
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
note_first(struct key *k, size_t number, const char *file, size_t line)
{
	if (k->nfile == 0 || k->file[k->nfile - 1].file != file) {
		k->file = mem_grow(
		    k->file, &k->file_cap, k->nfile + 1, sizeof *k->file);
		k->file[k->nfile++] = (struct file_start){file, number};
	}
	k->line = mem_grow(k->line, &k->line_cap, number + 1, sizeof *k->line);
	k->line[number] = line;
}

static const char *
first_file(const struct key *k, size_t number)
{
	size_t i = k->nfile - 1;

	while (k->file[i].from > number)
		i--;
	return k->file[i].file;
}

static void
report_repeated(const struct key *k, size_t rec, size_t number, struct span key,
    const char *file, struct verdict *v)
{
	struct finding *f = add_finding(k, rec, v);
	const char *first = first_file(k, number);
	struct arena *a = &v->list.arena;
	char *p = arena_alloc(a, key.n + 1, 1);

	for (size_t i = 0; i < key.n; i++)
		p[i] = (char)(key.p[i] == '\t' ? ',' : key.p[i]);
	f->value = span_make(p, key.n);
	if (first == file)
		f->message = arena_printf(a, _("%.*s: already in line %zu"),
		    (int)f->field.n, f->field.p, k->line[number]);
	else
		f->message = arena_printf(a, _("%.*s: already in %s:%zu"),
		    (int)f->field.n, f->field.p, first, k->line[number]);
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
take_key(struct key *k, struct span key, const struct reader *r,
    const struct block *b, size_t rec, struct verdict *v)
{
	const char *file = b->from->in.name;
	size_t before = k->seen.n, number = keytab_add(&k->seen, key);

	if (number < before)
		report_repeated(k, rec, number, key, file, v);
	else
		note_first(k, number, file, line_of(r, b, rec));
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

	for (size_t rec = 0; rec < b->nrec; rec++) {
		struct span cell = block_cell(b, rec, col);

		if (rec + AHEAD < b->nrec)
			keytab_expect(
			    &k->seen, block_cell(b, rec + AHEAD, col));
		if (!cell_missing(cell))
			take_key(k, cell, r, b, rec, v);
		else if (k->required)
			report_missing(k, b, rec, v);
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
		if (key_put(&all->bytes, b, rec, k->part, k->n, &v->scratch))
			take_key(k, buf_span(&all->bytes), r, b, rec, v);
		else if (k->required)
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
		mem_free(k->key[i].line);
		mem_free(k->key[i].file);
		keytab_release(&k->key[i].seen);
	}
	mem_free(k->key);
	buf_release(&k->bytes);
	mem_free(k);
}
