#ifndef DFV_LEXICON_H
#define DFV_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

/*
 * A pattern that is a list of words in disguise: `^(a|b|c)$`, or several of
 * them with something between, `(?:(?:^|, )(a|b|c))+$`. It is read for
 * suggestions alone; what matches is the regular expression's to say.
 */
struct lexicon {
	struct span *word;
	size_t n;
	char between[8]; /* what may part words, NUL-ended */
	bool spaced;     /* a blank may, besides */
};

/* The most words that one alternation of the pattern has, in the arena; false
 * when there are not two. */
bool lexicon_read(struct lexicon *, struct span pattern, struct arena *);

/*
 * Appends the text with each of its parts that is no word replaced by one: the
 * nearest, or the only one that is the same but for case and accents. False
 * when some part has none.
 */
bool lexicon_nearest(const struct lexicon *, struct span text, struct buf *out);
bool lexicon_same(const struct lexicon *, struct span text, struct buf *out);

#endif
