#include "codemap.h"

#include "mem.h"

void
codemap_add(struct codemap *m, struct span code, uint32_t id)
{
	int rank = insee_rank(code);
	uint32_t *at;

	if (rank == INSEE_NONE)
		return;
	if (m->first == NULL)
		m->first = mem_alloc(INSEE_RANKS, sizeof *m->first);
	if (m->n == m->cap)
		m->entry =
		    mem_grow(m->entry, &m->cap, m->n + 1, sizeof *m->entry);
	at = &m->first[rank];
	m->entry[m->n] = (struct codemap_entry){id, *at};
	*at = (uint32_t)++m->n;
}

void
codemap_release(struct codemap *m)
{
	mem_free(m->first);
	mem_free(m->entry);
	*m = CODEMAP_EMPTY;
}
