#include "keymap.h"

#include "hash.h"
#include "mem.h"

enum { FIRST_SLOTS = 64 };

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *
keymap_slot(const struct keymap *m, struct span key, uint32_t hash)
{
	for (size_t i = hash;; i++) {
		uint32_t *slot = &m->slot[i & (m->nslot - 1)];
		const struct keymap_entry *e = &m->entry[*slot - (*slot > 0)];

		if (*slot == 0 || (e->hash == hash && span_eq(e->key, key)))
			return slot;
	}
}

static void
keymap_widen(struct keymap *m, size_t nslot)
{
	uint32_t *old = m->slot;
	size_t nold = m->nslot;

	m->nslot = nslot;
	m->slot = mem_alloc(m->nslot, sizeof *m->slot);
	for (size_t i = 0; i < nold; i++) {
		size_t at;

		if (old[i] == 0)
			continue;
		for (at = m->entry[old[i] - 1].hash;
		     m->slot[at & (m->nslot - 1)] != 0; at++)
			;
		m->slot[at & (m->nslot - 1)] = old[i];
	}
	mem_free(old);
}

void
keymap_reserve(struct keymap *m, size_t n)
{
	m->entry = mem_alloc_filled(n, sizeof *m->entry);
	m->cap = n;
}

void
keymap_add(struct keymap *m, struct span key, uint32_t id)
{
	uint32_t hash = (uint32_t)hash_bytes(key), *slot;

	if (2 * (m->n + 1) > m->nslot)
		keymap_widen(m, m->nslot == 0 ? FIRST_SLOTS : 2 * m->nslot);
	if (m->n == m->cap)
		m->entry =
		    mem_grow(m->entry, &m->cap, m->n + 1, sizeof *m->entry);
	slot = keymap_slot(m, key, hash);
	while (*slot != 0)
		slot = &m->entry[*slot - 1].next;
	m->entry[m->n] = (struct keymap_entry){key, hash, id, 0};
	*slot = (uint32_t)++m->n;
}

void
keymap_append(struct keymap *m, struct span key, uint32_t id)
{
	if (m->n == m->cap)
		m->entry =
		    mem_grow(m->entry, &m->cap, m->n + 1, sizeof *m->entry);
	m->entry[m->n++] =
	    (struct keymap_entry){key, (uint32_t)hash_bytes(key), id, 0};
}

/* From the last one on, each before those of its key that are there. */
void
keymap_link(struct keymap *m)
{
	enum { AHEAD = 16 };
	size_t nslot = FIRST_SLOTS;

	while (nslot < 2 * m->n)
		nslot *= 2;
	mem_free(m->slot);
	m->slot = mem_alloc(nslot, sizeof *m->slot);
	m->nslot = nslot;
	for (size_t i = m->n; i-- > 0;) {
		struct keymap_entry *e = &m->entry[i];
		uint32_t *slot;

		if (i >= AHEAD)
			__builtin_prefetch(
			    &m->slot[e[-AHEAD].hash & (nslot - 1)], 1);
		slot = keymap_slot(m, e->key, e->hash);
		e->next = *slot;
		*slot = (uint32_t)i + 1;
	}
}

const struct keymap_entry *
keymap_find(const struct keymap *m, struct span key)
{
	uint32_t at =
	    m->nslot == 0 ? 0 : *keymap_slot(m, key, (uint32_t)hash_bytes(key));

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
