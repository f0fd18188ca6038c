#include "baseline.h"

#include "cell.h"
#include "keytab.h"
#include "listing.h"
#include "mem.h"

struct baseline {
	struct keytab known;
	size_t *left; /* by identity: how many are still to be met */
	size_t cap;
	struct buf scratch;
};

/* The columns of a finding that finding_identity() puts together, in its
 * order. */
static const char *const columns[] = {
    "code", "rule", "table", "field", "key", "value"};

static void
add_known(struct baseline *b, const struct listing *l, struct table_row r)
{
	size_t before = b->known.n, i;

	buf_reset(&b->scratch);
	for (i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		cell_encode(&b->scratch, listing_text(l, r, columns[i]));
		buf_byte(&b->scratch, '\t');
	}
	i = keytab_add(&b->known, buf_span(&b->scratch));
	b->left = mem_grow(b->left, &b->cap, b->known.n, sizeof *b->left);
	if (i == before)
		b->left[i] = 0;
	b->left[i]++;
}

struct baseline *
baseline_load(const char *file, struct arena *a, struct diag *d)
{
	struct baseline *b = NULL;
	struct listing l;
	struct table_row r;

	if (listing_load(&l, file, a, d) != 0 ||
	    columns_need(l.table.columns, SPAN("code"), d) == COLUMN_NONE)
		goto out;
	b = mem_alloc(1, sizeof *b);
	for (r = table_first(&l.table); table_has(&l.table, r);
	     r = table_next(&l.table, r))
		add_known(b, &l, r);
out:
	listing_release(&l);
	return b;
}

bool
baseline_knows(struct baseline *b, const struct finding *f)
{
	size_t i;

	buf_reset(&b->scratch);
	finding_identity(&b->scratch, f);
	i = keytab_find(&b->known, buf_span(&b->scratch));
	if (i == KEYTAB_NONE || b->left[i] == 0)
		return false;
	b->left[i]--;
	return true;
}

void
baseline_release(struct baseline *b)
{
	if (b == NULL)
		return;
	keytab_release(&b->known);
	mem_free(b->left);
	buf_release(&b->scratch);
	mem_free(b);
}
