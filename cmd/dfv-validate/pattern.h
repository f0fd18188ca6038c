#ifndef DFV_PATTERN_H
#define DFV_PATTERN_H

#include <stddef.h>

#include "regex.h"
#include "span.h"

/*
 * A schema's pattern, which has to match all of a text: \uHHHH is a code point,
 * as for Python. Otherwise as regex_new() (regex.h) has it.
 */
struct regex *pattern_new(
    struct span pattern, char *why, size_t size, size_t *at);

#endif
