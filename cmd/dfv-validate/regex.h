#ifndef DFV_REGEX_H
#define DFV_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/*
 * A schema's pattern: a Perl-compatible expression (PCRE2) that has to match
 * all of a text. \d \w \s are Unicode's, as for XML Schema and Python; \uHHHH
 * is a code point, as for Python.
 */
struct regex;

/* NULL when it is no expression: why in why[0..size), the offset in *at.
 * Free with regex_free(); it and
 * regex_room_free() take NULL. */
struct regex *regex_new(
    struct span pattern, char *why, size_t size, size_t *at);

/* What matching needs to write to: one a thread, for all expressions. */
struct regex_room;

/* 1 it matches, 0 it does not, -1 the search was given up: the pattern takes
 * too many steps on this text. The text is valid UTF-8. *room is made where it
 * is NULL. */
int regex_match(const struct regex *, struct span text, struct regex_room **);

void regex_room_free(struct regex_room *);
void regex_free(struct regex *);

#endif
