#include "package.h"

#include "mem.h"
#include "suggest.h"
#include "words.h"

/* Beyond so many keys the nearest of them is not looked for. */
enum { SUGGEST_AMONG = 5000 };

/* One foreign key at work. */
struct foreign {
	const struct schema_foreign *key;
	const struct table *to;
	struct key_part *part;   /* here */
	struct key_part *target; /* there */
	size_t n;
	struct keytab known; /* the keys there */
	struct buf bytes;
	struct buf scratch;
	struct arena *arena;
	struct span *word; /* of known, for suggestions, once they are needed */
};

static int
mistake(const struct package *p, const struct schema_foreign *k,
    struct span name, const char *what)
{
	diag_report(p->diag, DIAG_BAD_SCHEMA, &k->key.place, name, "%s", what);
	return -1;
}

/* 1 when it can be checked, 0 when a column of this table is absent (which is
 * a finding of its own), -1 after a report. */
static int
foreign_init(struct foreign *f, const struct package *p, struct table *t,
    const struct schema_foreign *k)
{
	f->key = k;
	f->arena = p->arena;
	f->to = k->table.n == 0 ? t : package_find(p, k->table);
	if (f->to == NULL)
		return mistake(p, k, k->table, "no table has this name");
	f->part = ARENA_ARRAY(p->arena, struct key_part, k->key.n);
	f->target = ARENA_ARRAY(p->arena, struct key_part, k->key.n);
	for (f->n = 0; f->n < k->key.n; f->n++) {
		size_t field = k->key.field[f->n];
		size_t to = columns_find(f->to->columns, k->column[f->n]);

		if (to == COLUMN_NONE)
			return mistake(p, k, k->column[f->n],
			    "the table referred to has no such column");
		if (t->check.col[field] == COLUMN_NONE)
			return 0;
		f->part[f->n] = (struct key_part){
		    t->check.col[field], &t->schema->field[field]};
		f->target[f->n] = (struct key_part){to, table_field(f->to, to)};
	}
	return 1;
}

static void
collect_targets(struct foreign *f)
{
	struct table_row r;

	for (r = table_first(f->to); table_has(f->to, r);
	     r = table_next(f->to, r)) {
		buf_reset(&f->bytes);
		if (key_put(&f->bytes, table_block(f->to, r), r.rec, f->target,
			f->n, &f->scratch))
			keytab_add(&f->known, buf_span(&f->bytes));
	}
}

static struct span
suggest_target(struct foreign *f, struct span key)
{
	size_t near;

	if (f->known.n > SUGGEST_AMONG)
		return span_make(NULL, 0);
	if (f->word == NULL) {
		f->word = ARENA_ARRAY(f->arena, struct span, f->known.n);
		for (size_t i = 0; i < f->known.n; i++)
			f->word[i] =
			    arena_span(f->arena, keytab_key(&f->known, i));
	}
	near = suggest_nearest(key, f->word, f->known.n);
	return near == SUGGEST_NONE ? span_make(NULL, 0) : f->word[near];
}

static void
report_dangling(
    struct foreign *f, size_t rec, struct span key, struct verdict *v)
{
	struct arena *a = &v->list.arena;
	struct finding *found =
	    findings_add(&v->list, FINDING_FOREIGN_KEY, rec, f->part[0].col);
	struct buf names = {NULL, 0, 0};
	char *shown = arena_alloc(a, key.n + 1, 1);

	for (size_t i = 0; i < key.n; i++)
		shown[i] = (char)(key.p[i] == '\t' ? ',' : key.p[i]);
	for (size_t i = 0; i < f->n; i++)
		buf_printf(&names, "%s%.*s", i > 0 ? ", " : "",
		    (int)f->key->column[i].n, f->key->column[i].p);
	found->field = f->part[0].field->name;
	found->value = span_make(shown, key.n);
	found->expected = arena_printf(a, _("a %.*s of %.*s"), (int)names.n,
	    names.p, (int)f->to->name.n, f->to->name.p);
	found->message = f->key->table.n == 0
	    ? arena_printf(a, _("no record of this table has this %.*s"),
		  (int)names.n, names.p)
	    : arena_printf(a, _("no record of %.*s has this %.*s"),
		  (int)f->to->name.n, f->to->name.p, (int)names.n, names.p);
	found->suggestion = suggest_target(f, key);
	buf_release(&names);
}

/* Each value of a list refers by itself. */
static void
check_list(
    struct foreign *f, const struct block *b, size_t rec, struct verdict *v)
{
	struct check_values values = {.field = f->part[0].field,
	    .rest = block_cell(b, rec, f->part[0].col)};
	struct span text;

	if (check_missing(values.field, values.rest, &v->scratch))
		return;
	buf_reset(&v->scratch);
	while (check_value(&values, &v->scratch, &text)) {
		buf_reset(&f->bytes);
		key_put_text(&f->bytes, values.field, text, &f->scratch);
		if (keytab_find(&f->known, buf_span(&f->bytes)) == KEYTAB_NONE)
			report_dangling(f, rec, text, v);
	}
}

static void
check_rows(struct foreign *f, struct table_block *tb)
{
	const struct block *b = &tb->block;
	bool list = f->n == 1 && f->part[0].field->is_list;

	for (size_t rec = 0; rec < b->nrec; rec++) {
		if (list) {
			check_list(f, b, rec, &tb->verdict);
			continue;
		}
		buf_reset(&f->bytes);
		if (key_put(&f->bytes, b, rec, f->part, f->n, &f->scratch) &&
		    keytab_find(&f->known, buf_span(&f->bytes)) == KEYTAB_NONE)
			report_dangling(
			    f, rec, buf_span(&f->bytes), &tb->verdict);
	}
}

int
foreign_check(const struct package *p, struct table *t)
{
	int status = 0;

	for (size_t i = 0; t->schema != NULL && i < t->schema->nforeign; i++) {
		struct foreign f = {.known = KEYTAB_EMPTY};
		int rc = foreign_init(&f, p, t, &t->schema->foreign[i]);

		if (rc < 0)
			status = -1;
		if (rc > 0) {
			collect_targets(&f);
			for (size_t b = 0; b < t->nblock; b++)
				check_rows(&f, t->block[b]);
		}
		keytab_release(&f.known);
		buf_release(&f.bytes);
		buf_release(&f.scratch);
	}
	return status;
}
