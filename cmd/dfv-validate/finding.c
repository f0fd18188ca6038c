#include "finding.h"

#include <stdlib.h>

#include "columns.h"
#include "decoder.h"
#include "mem.h"

#define FINDING(id, code, what) {code, what},
static const struct finding_kind kinds[] = {
#include "finding_list.h"
};
#undef FINDING

const struct finding_kind *
finding_kind(enum finding_id id)
{
	return &kinds[id];
}

struct finding *
findings_add(struct findings *l, enum finding_id id, size_t rec, size_t col)
{
	struct finding *f;

	l->item = mem_grow(l->item, &l->cap, l->n + 1, sizeof *l->item);
	f = &l->item[l->n];
	*f = (struct finding){.id = id,
	    .level = DIAG_ERROR,
	    .rec = rec,
	    .col = col,
	    .at = FINDING_AT,
	    .seq = l->n};
	l->n++;
	return f;
}

static int
compare_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
finding_compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int c = compare_size(a->rec, b->rec);

	if (c == 0)
		c = a->at - b->at;
	if (c == 0)
		c = compare_size(a->line, b->line);
	if (c == 0) /* COLUMN_NONE + 1 is 0: the record before its cells */
		c = compare_size(a->col + 1, b->col + 1);
	return c != 0 ? c : compare_size(a->seq, b->seq);
}

void
findings_settle(
    struct findings *l, const struct reader *r, const struct block *b)
{
	if (l->n > 1)
		qsort(l->item, l->n, sizeof *l->item, finding_compare);
	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];

		if (f->place.file != NULL)
			continue;
		if (f->at == FINDING_BEFORE) {
			f->place = (struct place){
			    b->from->in.name, b->first_line + f->line, 0};
			continue;
		}
		f->place = reader_place(
		    r, b, f->rec, f->col == COLUMN_NONE ? 0 : f->col);
		if (f->col == COLUMN_NONE)
			f->place.col = 0;
	}
}

void
findings_reset(struct findings *l)
{
	l->n = 0;
	arena_reset(&l->arena);
}

void
findings_release(struct findings *l)
{
	mem_free(l->item);
	arena_release(&l->arena);
	*l = FINDINGS_EMPTY;
}
