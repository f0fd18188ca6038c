#ifndef DFV_GEO_TOPONYM_H
#define DFV_GEO_TOPONYM_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/*
 * A place name as people write it, brought to a key that all its spellings
 * share: case, accents, ligatures, apostrophes and hyphens put aside (utf8.h);
 * St, Ste, S/, S/S written out; "CEDEX 9" dropped; "12ème arrondissement" is
 * 12; an article that was moved behind, "Blanc (Le)" or "Blanc, Le", is back in
 * front. The words of a key are parted by one space.
 */
struct toponym {
	struct span key; /* all the words: "le blanc 36" */
	struct span
	    head; /* those before a bracket, comma or dash: "le blanc" */
	struct span rest; /* those behind: "36" */
	struct span tail; /* these as they stand, folded; n == 0: nothing */
};

/* Reads text; the spans point into scratch, valid until it grows or is
 * reset. */
struct toponym toponym_read(struct span text, struct buf *scratch);

/* Whether a key starts with an article (le, la, les, l) that more words
 * follow; *bare is then the key behind it. */
bool toponym_article(struct span key, struct span *bare);

#endif
