#include "group.h"

#include "mem.h"

/* Counts the rows of each group, then puts them side by side. */
static void
group_place(struct group *g, const struct table *t, const size_t *number)
{
	struct table_row r;
	size_t i = 0;

	g->start = mem_alloc(g->keys.n + 2, sizeof *g->start);
	g->row = mem_alloc(t->nrec + 1, sizeof *g->row);
	for (i = 0; i < t->nrec; i++)
		if (number[i] != KEYTAB_NONE)
			g->start[number[i] + 2]++;
	for (i = 2; i < g->keys.n + 2; i++)
		g->start[i] += g->start[i - 1];
	i = 0;
	for (r = table_first(t); table_has(t, r); r = table_next(t, r), i++)
		if (number[i] != KEYTAB_NONE)
			g->row[g->start[number[i] + 1]++] = r;
}

void
group_build(struct group *g, const struct table *t)
{
	size_t *number = mem_alloc(t->nrec + 1, sizeof *number), i = 0;
	struct buf key = {NULL, 0, 0}, scratch = {NULL, 0, 0};
	struct table_row r;

	for (r = table_first(t); table_has(t, r); r = table_next(t, r), i++) {
		buf_reset(&key);
		number[i] = key_put(&key, table_block(t, r), r.rec, g->part,
				g->n, &scratch)
		    ? keytab_add(&g->keys, buf_span(&key))
		    : KEYTAB_NONE;
	}
	group_place(g, t, number);
	mem_free(number);
	buf_release(&key);
	buf_release(&scratch);
}

void
group_release(struct group *g)
{
	keytab_release(&g->keys);
	mem_free(g->start);
	mem_free(g->row);
}
