#ifndef DFV_YAML_SCALAR_H
#define DFV_YAML_SCALAR_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * Scalars of YAML: how text is written so that every reader, of YAML 1.1 or
 * 1.2, takes it for that text, and what in a file means "nothing".
 */

/*
 * Appends text on one line: plain where nobody can mistake it; in single
 * quotes where it looks like a number, a date, a boolean or syntax; in double
 * quotes with escapes where it has characters that cannot be shown. Valid
 * UTF-8 without NUL; empty text is ''. At most yaml_scalar_room() bytes.
 */
void yaml_put(struct buf *, struct span text);

static inline size_t
yaml_scalar_room(size_t n)
{
	return 4 * n + 2;
}

/* Whether a plain scalar means "missing": ~, null, Null, NULL or nothing. */
bool yaml_null(struct span plain);

/* Offset of the first character that yaml_put() would write as an escape, a
 * LF left aside, or s.n. s is valid UTF-8. */
size_t yaml_escaped(struct span s);

/* Offset of the first byte that YAML allows nowhere (a control character, a
 * noncharacter, NUL), or s.n. s is valid UTF-8, possibly but for NUL. */
size_t yaml_check(struct span s);

#endif
