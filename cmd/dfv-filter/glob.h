#ifndef DFV_FILTER_GLOB_H
#define DFV_FILTER_GLOB_H

#include <stdbool.h>

#include "span.h"

/*
 * Whether all of a text is of a form: `*` stands for any characters, `?` for
 * one, `[a-z]` for one of these, `[!a-z]` for one of the others; a backslash
 * takes the meaning of what follows it. Both are valid UTF-8, and a character
 * is a code point in every locale, which fnmatch(3) does not promise.
 */
bool glob_matches(struct span pattern, struct span text);

#endif
