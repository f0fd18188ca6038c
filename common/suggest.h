#ifndef DFV_SUGGEST_H
#define DFV_SUGGEST_H

#include <stddef.h>

#include "span.h"

/*
 * The word somebody may have meant. Near is what takes few insertions,
 * deletions, substitutions and swaps of neighbours: Damerau and Levenshtein's
 * distance, in the form in which no part is edited twice.
 */

#define SUGGEST_NONE ((size_t)-1)

/*
 * How many edits of code points turn a into b, or limit + 1 when they are more
 * than limit, when either is not UTF-8, or has more than 256 code points.
 */
size_t suggest_distance(struct span a, struct span b, size_t limit);

/*
 * The index of the one of n words that is nearest to word, the first of
 * several, case and accents put aside; SUGGEST_NONE when all take more edits
 * than a third of word's length.
 */
size_t suggest_nearest(struct span word, const struct span *among, size_t n);

#endif
