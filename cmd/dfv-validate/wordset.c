#include "wordset.h"

bool
wordset_add(struct wordset *set, struct span word)
{
	struct wordset_slot w;
	size_t i;

	if (word.n == 0 || word.n > WORDSET_BYTES ||
	    set->nword == WORDSET_WORDS)
		return false;
	if (wordset_has(set, word))
		return true;
	w = wordset_word(word);
	i = wordset_at(&w);
	while (set->slot[i].n > 0)
		i = (i + 1) % WORDSET_SLOTS;
	set->slot[i] = w;
	set->nword++;
	return true;
}
