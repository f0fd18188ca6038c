#include "verdict.h"

#include "key.h"

/* What is known of a block's findings once its lines have their numbers. */

void
check_find_key(struct check *k, struct arena *a)
{
	const struct schema_key *primary = &k->schema->primary;

	k->key = ARENA_ARRAY(a, struct key_part, primary->n);
	for (size_t i = 0; i < primary->n; i++) {
		size_t field = primary->field[i];

		if (k->col[field] == COLUMN_NONE)
			return;
		k->key[i] =
		    (struct key_part){k->col[field], &k->schema->field[field]};
	}
	k->nkey = primary->n;
}

struct span
check_key(const struct check *k, const struct block *b, size_t rec,
    struct arena *a, struct buf scratch[2])
{
	struct buf *key = &scratch[0];

	buf_reset(key);
	if (k->nkey == 0 || !key_put(key, b, rec, k->key, k->nkey, &scratch[1]))
		return span_make(NULL, 0);
	for (size_t i = 0; i < key->n; i++)
		if (key->p[i] == '\t')
			key->p[i] = ',';
	return arena_span(a, buf_span(key));
}

/* What else is wrong with a row whose cells stand in the wrong columns, or that
 * is one of totals, follows from that: its keys for one. */
static void
settle_row(struct findings *l, size_t i)
{
	struct span cause = finding_name(&l->item[i], &l->arena);
	size_t rec = l->item[i].rec;
	int at = l->item[i].at;

	while (i > 0 && l->item[i - 1].rec == rec)
		i--;
	for (; i < l->n && l->item[i].rec == rec; i++) {
		struct finding *f = &l->item[i];

		if (f->at != at || f->id == FINDING_ROW_ERROR ||
		    (f->status != FOUND_OPEN && f->status != FOUND_CAUSED))
			continue;
		f->status = FOUND_CAUSED;
		f->cause = cause;
	}
}

void
check_settle(const struct check *k, const struct block *b, struct findings *l)
{
	struct buf scratch[2] = {{NULL, 0, 0}, {NULL, 0, 0}};

	findings_settle(l, b);
	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];

		if (f->at == FINDING_AT && f->rec < b->nrec)
			f->key = check_key(k, b, f->rec, &l->arena, scratch);
		if (f->id == FINDING_ROW_ERROR)
			settle_row(l, i);
		if (k->cause.p != NULL) {
			f->status = FOUND_CAUSED;
			f->cause = k->cause;
		}
	}
	buf_release(&scratch[0]);
	buf_release(&scratch[1]);
}
