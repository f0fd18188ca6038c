#ifndef DFV_ARENA_H
#define DFV_ARENA_H

#include <stddef.h>

#include "span.h"

/*
 * Memory that is given back all at once. A program has the run's arena (lives
 * until exit) and one for the record or block at hand (reset at each). Passing
 * `struct arena *` means: what you are given lives as long as that arena.
 */
struct arena {
	struct arena_chunk *chunk; /* the newest first */
	char *at;                  /* free room of the newest chunk */
	size_t left;
};

#define ARENA_EMPTY ((struct arena){NULL, NULL, 0})

/* count * size zeroed bytes, aligned for any type, valid until the reset. */
void *arena_alloc(struct arena *, size_t count, size_t size);

/* A copy of s, NUL-terminated behind its end so that .p is a string too. */
struct span arena_span(struct arena *, struct span s);

/* Formatted text, NUL-terminated behind its end. */
struct span arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Everything given out becomes invalid; one chunk is kept to use again. */
void arena_reset(struct arena *);
void arena_release(struct arena *);

#define ARENA_NEW(arena, type) ((type *)arena_alloc(arena, 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, n)                                            \
	((type *)arena_alloc(arena, n, sizeof(type)))

#endif
