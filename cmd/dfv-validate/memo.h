#ifndef DFV_VALIDATE_MEMO_H
#define DFV_VALIDATE_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "span.h"
#include "word.h"

/*
 * The last short cells of a column in which all was well: whether it is depends
 * on nothing but the cell, and columns repeat themselves (weeks, regions,
 * statuses), so most of them need no check. Where they do not, asking is given
 * up for some blocks. All zeros is an empty one.
 */
enum { MEMO_SLOTS = 1024, MEMO_BYTES = 16, MEMO_REST = 31 };

/* A cell of at most MEMO_BYTES: its bytes behind zeros, and how many. */
struct memo_slot {
	uint64_t head;
	uint64_t tail;
	size_t n; /* 0: free */
};

struct memo {
	struct memo_slot slot[MEMO_SLOTS];
	size_t asked; /* in this block */
	size_t known;
	unsigned rest; /* blocks for which it is not asked */
};

/* Whether the memo is asked about a cell: a short one, with as many bytes
 * before its end that can be read. */
static inline bool
memo_takes(const struct memo *m, struct span cell, const char *readable_from)
{
	return m->rest == 0 && cell.n - 1 < MEMO_BYTES &&
	    cell.p + cell.n - readable_from >= MEMO_BYTES;
}

/* What stands before the cell is shifted out: no branch, for lengths are what
 * cells differ in. */
static inline struct memo_slot
memo_word(struct span cell)
{
	const char *end = cell.p + cell.n;
	unsigned cut = 8 * (MEMO_BYTES - (unsigned)cell.n) % 64;
	uint64_t both = 0 - (uint64_t)(cell.n > 8);

	return (struct memo_slot){word_load8(end - 16) >> cut & both,
	    word_load8(end - 8) >> (cut & ~both), cell.n};
}

static inline struct memo_slot *
memo_find(struct memo *m, const struct memo_slot *w)
{
	return &m->slot[hash_mix(w->head ^ UINT64_C(0x9E3779B97F4A7C15),
			    w->tail ^ UINT64_C(0xC2B2AE3D27D4EB4F)) %
	    MEMO_SLOTS];
}

/* Whether all is well with a cell, as it was before. */
static inline bool
memo_knows(struct memo *m, struct span cell, const char *readable_from)
{
	struct memo_slot w, *slot;

	if (!memo_takes(m, cell, readable_from))
		return false;
	w = memo_word(cell);
	slot = memo_find(m, &w);
	return slot->head == w.head && slot->tail == w.tail && slot->n == w.n;
}

/* All is well with a cell. */
static inline void
memo_keep(struct memo *m, struct span cell, const char *readable_from)
{
	struct memo_slot w;

	if (!memo_takes(m, cell, readable_from))
		return;
	w = memo_word(cell);
	*memo_find(m, &w) = w;
}

/* So many cells were asked about, and so many known. */
static inline void
memo_count(struct memo *m, size_t asked, size_t known)
{
	m->asked += asked;
	m->known += known;
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
