#ifndef DFV_REGEX_H
#define DFV_REGEX_H

#include <stddef.h>

#include "span.h"

/*
 * Perl-compatible expressions (PCRE2) over UTF-8, with its just-in-time
 * compiler where there is one.
 */
struct regex;

enum regex_kind {
	REGEX_ANYWHERE, /* it may match a part of a text */
	/* It has to match all of a text, and \d \w \s are Unicode's, as XML
	 * Schema and Python have it. */
	REGEX_WHOLE
};

/* NULL when it is no expression: why in why[0..size), the offset in *at.
 * Free with regex_free(); it and regex_room_free() take NULL. */
struct regex *regex_new(
    struct span pattern, enum regex_kind, char *why, size_t size, size_t *at);

/* What matching needs to write to: one a thread, for all expressions. */
struct regex_room;

/* 1 it matches, 0 it does not, -1 the search was given up: the pattern takes
 * too many steps on this text. The text is valid UTF-8. *room is made where it
 * is NULL. */
int regex_match(const struct regex *, struct span text, struct regex_room **);

void regex_room_free(struct regex_room *);
void regex_free(struct regex *);

#endif
