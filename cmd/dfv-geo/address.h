#ifndef DFV_GEO_ADDRESS_H
#define DFV_GEO_ADDRESS_H

#include <stdbool.h>

#include "span.h"

/* The end of a French postal address, `…, 36300 Le Blanc`: its last five
 * digits that stand alone, and what is between them and the next comma or line
 * end. */
struct address {
	struct span street; /* what is before the postal code */
	struct span postal;
	struct span line; /* what is behind it, and of that */
	struct span town; /* up to a dash, without "France"; may be empty */
};

/* false when there are no such digits. The spans are parts of text. */
bool address_read(struct span text, struct address *);

#endif
