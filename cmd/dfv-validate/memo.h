#ifndef DFV_VALIDATE_MEMO_H
#define DFV_VALIDATE_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "wordset.h"

/*
 * The last short cells of a column in which all was well: whether it is depends
 * on nothing but the cell, and columns repeat themselves (weeks, regions,
 * statuses), so most of them need no check. Where they do not, asking is given
 * up for some blocks. All zeros is an empty one.
 */
enum { MEMO_SHIFT = 55, MEMO_SLOTS = 512, MEMO_REST = 31 };

struct memo {
	struct wordset_slot slot[MEMO_SLOTS];
	size_t asked; /* in this block */
	size_t known;
	unsigned rest; /* blocks for which it is not asked */
};

/* The slot that the cell has or may get; NULL for one that is too long. */
static inline struct wordset_slot *
memo_find(struct memo *m, struct span cell, bool *known)
{
	struct wordset_slot w, *slot;

	*known = false;
	if (m->rest > 0 || cell.n == 0 || cell.n > WORDSET_BYTES)
		return NULL;
	w = wordset_word(cell);
	slot = &m->slot[(w.head + 3 * w.tail) * UINT64_C(0x9E3779B97F4A7C15) >>
	    MEMO_SHIFT];
	*known =
	    slot->n == cell.n && slot->head == w.head && slot->tail == w.tail;
	m->asked++;
	m->known += *known;
	return slot;
}

/* All is well with the cell, whose slot was found. */
static inline void
memo_keep(struct wordset_slot *slot, struct span cell)
{
	if (slot != NULL)
		*slot = wordset_word(cell);
}

/* At the end of a block. */
static inline void
memo_rest(struct memo *m)
{
	if (m->rest > 0)
		m->rest--;
	else if (m->known < m->asked / 2)
		m->rest = MEMO_REST;
	m->asked = m->known = 0;
}

#endif
