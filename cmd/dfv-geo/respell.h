#ifndef DFV_GEO_RESPELL_H
#define DFV_GEO_RESPELL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * Other readings of a name that nothing is known by: what people write who do
 * not think of gazetteers. Keys are toponym.h's; what is made is appended to a
 * buffer, valid until it grows or is reset.
 */

/* "Mairie de Vierzon", "Ville du Mans": the name, its article in front. */
bool respell_office(struct span text, struct buf *, struct span *name);

/* "paris xiie", "lyon 3 eme arrondissement": "paris 12", "lyon 3". */
bool respell_ordinal(struct span key, struct buf *, struct span *respelt);

/* "le blanc 36": the name, and the code of a department. No copies. */
bool respell_code(struct span key, struct span *name, struct span *code);

/*
 * "lhay les roses", "st jean dangely": keys in which one word, or two of them,
 * get back the apostrophe behind l or d. How many there are, up to RESPELT_MOST;
 * none of a text too long for a name. They lie in the buffer.
 */
enum { RESPELT_MOST = 32 };
size_t respell_elision(
    struct span key, struct buf *, struct span respelt[RESPELT_MOST]);

#endif
