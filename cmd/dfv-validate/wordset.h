#ifndef DFV_VALIDATE_WORDSET_H
#define DFV_VALIDATE_WORDSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "span.h"

/*
 * A small set of short words, such as an enumeration has: each is two numbers
 * and a length, so that asking for one takes neither a loop over its bytes nor
 * a call.
 */
enum { WORDSET_SLOTS = 256, WORDSET_WORDS = 64, WORDSET_BYTES = 16 };

struct wordset_slot {
	uint64_t head;
	uint64_t tail;
	size_t n; /* 0: free */
};

struct wordset {
	size_t nword;
	struct wordset_slot slot[WORDSET_SLOTS];
};

/* Two numbers that, with its length, are the word: their bytes overlap. */
static inline struct wordset_slot
wordset_word(struct span s)
{
	if (s.n > 8)
		return (struct wordset_slot){
		    hash_load8(s.p), hash_load8(s.p + s.n - 8), s.n};
	return (struct wordset_slot){hash_load(s.p, s.n), 0, s.n};
}

static inline size_t
wordset_at(const struct wordset_slot *w)
{
	return (size_t)(hash_mix(w->head ^ w->n, UINT64_C(0x9E3779B97F4A7C15)) ^
		   hash_mix(w->tail, UINT64_C(0xC2B2AE3D27D4EB4F))) %
	    WORDSET_SLOTS;
}

/* Adds a word that is not empty; false, and nothing is added, when it is too
 * long or there are too many. */
bool wordset_add(struct wordset *, struct span word);

static inline bool
wordset_has(const struct wordset *set, struct span s)
{
	struct wordset_slot w;

	if (s.n == 0 || s.n > WORDSET_BYTES)
		return false;
	w = wordset_word(s);
	for (size_t i = wordset_at(&w);; i = (i + 1) % WORDSET_SLOTS) {
		const struct wordset_slot *slot = &set->slot[i];

		if (slot->n == s.n && slot->head == w.head &&
		    slot->tail == w.tail)
			return true;
		if (slot->n == 0)
			return false;
	}
}

#endif
