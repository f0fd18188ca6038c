#include "history.h"

#include <stdlib.h>

#include "cell.h"
#include "history_spec.h"
#include "key.h"
#include "mem.h"
#include "words.h"

/* Fewer values of a record's own are no history. */
enum { OWN_VALUES = 8 };

/* Numbers of an outliers field in the old file. */
struct sample {
	size_t key; /* of the record, by its number */
	double value;
};

struct usual {
	double median;
	double mad;
};

struct watched {
	const struct history_field *spec;
	size_t now; /* columns; COLUMN_NONE where one is not there */
	size_t then;
	struct sample *sample; /* by key, then by value */
	size_t nsample;
	struct usual all;
};

struct history {
	const struct history_spec *spec;
	const struct check *check;
	struct table *old;
	struct key_part *now;
	struct key_part *then;
	size_t nkey;
	struct keytab known;    /* keys of the old records */
	struct table_row *last; /* by key: the last record that has it */
	size_t last_cap;
	bool *seen;
	struct watched *watched;
	struct buf bytes;
	struct buf scratch;
	struct arena *arena;
};

static int
double_compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static double
median_of(double *v, size_t n)
{
	qsort(v, n, sizeof *v, double_compare);
	return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static struct usual
usual_of(const struct sample *s, size_t n)
{
	double *v = mem_alloc(n + 1, sizeof *v);
	struct usual u = {0, 0};

	for (size_t i = 0; i < n; i++)
		v[i] = s[i].value;
	if (n > 0)
		u.median = median_of(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = s[i].value < u.median ? u.median - s[i].value
					     : s[i].value - u.median;
	if (n > 0)
		u.mad = median_of(v, n);
	mem_free(v);
	return u;
}

static int
sample_compare(const void *left, const void *right)
{
	const struct sample *a = left, *b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->value > b->value) - (a->value < b->value);
}

/* The field's number in a cell; false when it has none. */
static bool
number_of(struct history *h, const struct field *f, struct span cell,
    struct number *n)
{
	struct span text;

	if (check_missing(f, cell, &h->scratch))
		return false;
	buf_reset(&h->scratch);
	return cell_text(cell, &h->scratch, &text) == 0 &&
	    f->type->check(f, text, n);
}

/* The number of the old record's key, or KEYTAB_NONE. */
static size_t
old_key(struct history *h, const struct block *b, size_t rec,
    const struct key_part *part)
{
	buf_reset(&h->bytes);
	if (!key_put(&h->bytes, b, rec, part, h->nkey, &h->scratch))
		return KEYTAB_NONE;
	return keytab_find(&h->known, buf_span(&h->bytes));
}

static void
collect_sample(struct history *h, struct watched *w)
{
	struct table_row r;
	struct number n;

	w->sample = ARENA_ARRAY(h->arena, struct sample, h->old->nrec);
	for (r = table_first(h->old); table_has(h->old, r);
	     r = table_next(h->old, r)) {
		const struct block *b = table_block(h->old, r);
		size_t key = old_key(h, b, r.rec, h->then);

		if (key == KEYTAB_NONE ||
		    !number_of(
			h, w->spec->field, block_cell(b, r.rec, w->then), &n))
			continue;
		w->sample[w->nsample++] =
		    (struct sample){key, number_double(n)};
	}
	if (w->nsample > 1)
		qsort(w->sample, w->nsample, sizeof *w->sample, sample_compare);
	w->all = usual_of(w->sample, w->nsample);
}

static void
collect_keys(struct history *h)
{
	struct table_row r;

	for (r = table_first(h->old); table_has(h->old, r);
	     r = table_next(h->old, r)) {
		size_t key;

		buf_reset(&h->bytes);
		if (!key_put(&h->bytes, table_block(h->old, r), r.rec, h->then,
			h->nkey, &h->scratch))
			continue;
		key = keytab_add(&h->known, buf_span(&h->bytes));
		h->last = mem_grow(
		    h->last, &h->last_cap, h->known.n, sizeof *h->last);
		h->last[key] = r;
	}
	h->seen = mem_alloc(h->known.n + 1, sizeof *h->seen);
}

/* The key's columns here and there; a table without them has no history. */
static int
find_key(struct history *h, const struct columns *then, struct diag *d)
{
	const struct schema *s = h->check->schema;

	h->nkey = h->spec->key.n;
	h->now = ARENA_ARRAY(h->arena, struct key_part, h->nkey);
	h->then = ARENA_ARRAY(h->arena, struct key_part, h->nkey);
	for (size_t i = 0; i < h->nkey; i++) {
		const struct field *f = &s->field[h->spec->key.field[i]];
		size_t col = columns_need(then, f->name, d);

		if (col == COLUMN_NONE)
			return -1;
		h->now[i] =
		    (struct key_part){h->check->col[h->spec->key.field[i]], f};
		h->then[i] = (struct key_part){col, f};
		if (h->now[i].col == COLUMN_NONE)
			h->nkey = 0; /* which is a finding by itself */
	}
	return 0;
}

int
history_open(struct history **out, const struct node *schema,
    const struct check *k, struct table *old, struct arena *a, struct diag *d)
{
	struct history *h = *out = mem_alloc(1, sizeof *h);

	h->check = k;
	h->old = old;
	h->arena = a;
	h->spec = history_load(schema, k->schema, a, d);
	if (h->spec == NULL || find_key(h, old->columns, d) != 0)
		return -1;
	if (h->nkey > 0)
		collect_keys(h);
	h->watched = ARENA_ARRAY(a, struct watched, h->spec->n);
	for (size_t i = 0; i < h->spec->n; i++) {
		struct watched *w = &h->watched[i];

		w->spec = &h->spec->item[i];
		w->now = columns_find(k->columns, w->spec->field->name);
		w->then = columns_find(old->columns, w->spec->field->name);
		if (w->spec->limit > 0 && w->then != COLUMN_NONE && h->nkey > 0)
			collect_sample(h, w);
	}
	return 0;
}

static struct finding *
add_finding(struct history *h, const struct watched *w, enum finding_id id,
    size_t rec, struct span cell, struct findings *l)
{
	struct finding *f = findings_add(l, id, rec, w->now);

	buf_reset(&h->scratch);
	f->field = w->spec->field->name;
	f->value = arena_span(&l->arena, cell_shown(cell, &h->scratch));
	return f;
}

static struct span
shown_number(struct number n, struct arena *a)
{
	struct buf b = {NULL, 0, 0};
	struct span text;

	number_format(&b, n);
	text = arena_span(a, buf_span(&b));
	buf_release(&b);
	return text;
}

static void
check_counter(struct history *h, const struct watched *w, size_t rec,
    struct span now, struct table_row old, struct findings *l)
{
	const struct block *b = table_block(h->old, old);
	struct number is, was, less;
	struct place at;
	struct finding *f;
	struct span limit;

	if (!number_of(
		h, w->spec->field, block_cell(b, old.rec, w->then), &was) ||
	    !number_of(h, w->spec->field, now, &is) || number_cmp(is, was) >= 0)
		return;
	f = add_finding(h, w, FINDING_FALLING_COUNTER, rec, now, l);
	at = reader_place(b, old.rec, w->then);
	limit = shown_number(was, &l->arena);
	f->expected =
	    arena_printf(&l->arena, _("at least %.*s"), (int)limit.n, limit.p);
	if (number_sub(is, was, &less))
		f->difference = shown_number(less, &l->arena);
	f->message = arena_printf(&l->arena, _("less than the %.*s of %s:%zu"),
	    (int)limit.n, limit.p, at.file, at.line);
}

static void
check_change(struct history *h, const struct watched *w, size_t rec,
    struct span now, struct table_row old, struct findings *l)
{
	const struct block *b = table_block(h->old, old);
	struct span was = block_cell(b, old.rec, w->then);
	const struct history_state *from;
	struct finding *f;
	struct place at;

	if (cell_missing(was) || cell_missing(now) || span_eq(was, now))
		return;
	from = history_state(w->spec, was);
	if (from == NULL || history_allows(from, now))
		return;
	f = add_finding(h, w, FINDING_FORBIDDEN_CHANGE, rec, now, l);
	at = reader_place(b, old.rec, w->then);
	f->expected = from->shown.n > 0 ? from->shown : from->name;
	f->message = arena_printf(&l->arena,
	    _("may not follow '%.*s', which it was in %s:%zu"),
	    (int)from->name.n, from->name.p, at.file, at.line);
}

/* A record's own history when it is long enough, else that of all. */
static struct usual
usual_for(const struct watched *w, size_t key)
{
	size_t from = 0, to = w->nsample, n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (w->sample[middle].key < key)
			from = middle + 1;
		else
			to = middle;
	}
	for (n = 0; from + n < w->nsample && w->sample[from + n].key == key;)
		n++;
	return n >= OWN_VALUES ? usual_of(w->sample + from, n) : w->all;
}

static void
check_outlier(struct history *h, const struct watched *w, size_t rec,
    struct span now, size_t key, struct findings *l)
{
	struct usual u = usual_for(w, key);
	double far = w->spec->limit * 1.4826 * u.mad, away;
	struct span median, limit;
	struct finding *f;
	struct number n;

	if (u.mad <= 0 || w->nsample < OWN_VALUES ||
	    !number_of(h, w->spec->field, now, &n))
		return;
	away = number_double(n) - u.median;
	if ((away < 0 ? -away : away) <= far)
		return;
	f = add_finding(h, w, FINDING_UNUSUAL_VALUE, rec, now, l);
	f->level = DIAG_WARNING;
	median = shown_number(number_real(u.median), &l->arena);
	limit = shown_number(number_round(number_real(far), 2), &l->arena);
	f->expected = arena_printf(&l->arena, _("%.*s, give or take %.*s"),
	    (int)median.n, median.p, (int)limit.n, limit.p);
	f->message = arena_printf(&l->arena,
	    _("far from its history: median %.*s, at most %.*s from it"),
	    (int)median.n, median.p, (int)limit.n, limit.p);
}

static void
check_record(
    struct history *h, const struct block *b, size_t rec, struct findings *l)
{
	size_t key = old_key(h, b, rec, h->now);

	if (key != KEYTAB_NONE)
		h->seen[key] = true;
	for (size_t i = 0; i < h->spec->n; i++) {
		const struct watched *w = &h->watched[i];
		struct span now;

		if (w->now == COLUMN_NONE || w->then == COLUMN_NONE)
			continue;
		now = block_cell(b, rec, w->now);
		if (w->spec->limit > 0)
			check_outlier(h, w, rec, now, key, l);
		if (key != KEYTAB_NONE && w->spec->cumulative)
			check_counter(h, w, rec, now, h->last[key], l);
		if (key != KEYTAB_NONE && w->spec->nstate > 0)
			check_change(h, w, rec, now, h->last[key], l);
	}
}

void
history_check(struct history *h, const struct block *b, struct findings *l)
{
	for (size_t rec = 0; h->nkey > 0 && rec < b->nrec; rec++)
		check_record(h, b, rec, l);
}

void
history_end(struct history *h, struct findings *l)
{
	for (size_t i = 0; i < h->known.n; i++) {
		struct table_row r = h->last[i];
		struct finding *f;
		struct span key;
		char *shown;

		if (h->seen[i])
			continue;
		f = findings_add(l, FINDING_VANISHED_KEY, 0, h->now[0].col);
		f->place =
		    reader_place(table_block(h->old, r), r.rec, h->then[0].col);
		f->field = h->now[0].field->name;
		key = keytab_key(&h->known, i);
		shown = arena_alloc(&l->arena, key.n + 1, 1);
		for (size_t c = 0; c < key.n; c++)
			shown[c] = (char)(key.p[c] == '\t' ? ',' : key.p[c]);
		f->key = f->value = span_make(shown, key.n);
	}
}

void
history_free(struct history *h)
{
	if (h == NULL)
		return;
	keytab_release(&h->known);
	mem_free(h->last);
	mem_free(h->seen);
	buf_release(&h->bytes);
	buf_release(&h->scratch);
	mem_free(h);
}
