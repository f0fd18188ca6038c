#ifndef DFV_GEO_ADDRESS_H
#define DFV_GEO_ADDRESS_H

#include <stdbool.h>

#include "span.h"

/* The end of a French postal address, `…, 36300 Le Blanc`: its last five
 * digits that stand alone, and what is between them and the next comma, line
 * end or country. */
struct address {
	struct span postal;
	struct span town; /* may be empty */
};

/* false when there are no such digits. The spans are parts of text. */
bool address_read(struct span text, struct address *);

#endif
