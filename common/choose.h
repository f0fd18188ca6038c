#ifndef DFV_CHOOSE_H
#define DFV_CHOOSE_H

#include "decoder.h"

/* Which format a file is in. For reader.c alone. */

/* The format of that name, or NULL. */
const struct decoder_format *format_by_name(const char *name);

/*
 * Sets d->format: the one named `from`, which may be NULL; else what the file's
 * suffix says; else what its first bytes look like, of which as many are read
 * into d->ahead as it takes. -1 after filling the fault: it cannot be read, or
 * is a kind of file that no format reads.
 */
int choose_format(
    struct decoder *d, const char *from, const char *file, struct fault *f);

#endif
