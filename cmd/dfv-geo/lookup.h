#ifndef DFV_GEO_LOOKUP_H
#define DFV_GEO_LOOKUP_H

#include "judge.h"

/*
 * From one value to the communes it may mean: r->candidate, which is empty
 * before, those that the evidence lets pass. The text is decoded, and lives
 * until the resolver's next value.
 */

/* An INSEE code, of today or of the past. */
enum finding lookup_code(struct resolver *, struct span, struct evidence *);

/* A name, or a code among names. */
enum finding lookup_commune(struct resolver *, struct span, struct evidence *);

/* What ends in a postal code and a town. */
enum finding lookup_address(struct resolver *, struct span, struct evidence *);

/* A postal code, which has to be one commune's. */
enum finding lookup_postal(struct resolver *, struct span, struct evidence *);

/* Adds a commune to r->candidate, once. */
void lookup_candidate(struct resolver *, uint32_t commune, enum finding);

#endif
