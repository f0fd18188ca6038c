#include "keymap.h"

#include "hash.h"
#include "mem.h"

enum { FIRST_SLOTS = 64 };

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *
keymap_slot(const struct keymap *m, struct span key)
{
	for (size_t i = (size_t)hash_bytes(key);; i++) {
		uint32_t *slot = &m->slot[i & (m->nslot - 1)];

		if (*slot == 0 || span_eq(m->entry[*slot - 1].key, key))
			return slot;
	}
}

static void
keymap_widen(struct keymap *m)
{
	uint32_t *old = m->slot;
	size_t nold = m->nslot;

	m->nslot = nold == 0 ? FIRST_SLOTS : 2 * nold;
	m->slot = mem_alloc(m->nslot, sizeof *m->slot);
	for (size_t i = 0; i < nold; i++)
		if (old[i] != 0)
			*keymap_slot(m, m->entry[old[i] - 1].key) = old[i];
	mem_free(old);
}

void
keymap_add(struct keymap *m, struct span key, uint32_t id)
{
	uint32_t *slot;

	if (2 * (m->n + 1) > m->nslot)
		keymap_widen(m);
	if (m->n == m->cap)
		m->entry = mem_grow(
		    m->entry, &m->cap, m->n + 1, sizeof *m->entry);
	slot = keymap_slot(m, key);
	while (*slot != 0)
		slot = &m->entry[*slot - 1].next;
	m->entry[m->n] = (struct keymap_entry){key, id, 0};
	*slot = (uint32_t)++m->n;
}

const struct keymap_entry *
keymap_find(const struct keymap *m, struct span key)
{
	uint32_t at = m->nslot == 0 ? 0 : *keymap_slot(m, key);

	return at == 0 ? NULL : &m->entry[at - 1];
}

const struct keymap_entry *
keymap_next(const struct keymap *m, const struct keymap_entry *e)
{
	return e->next == 0 ? NULL : &m->entry[e->next - 1];
}

void
keymap_release(struct keymap *m)
{
	mem_free(m->entry);
	mem_free(m->slot);
	*m = KEYMAP_EMPTY;
}
