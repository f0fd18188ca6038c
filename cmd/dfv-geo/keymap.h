#ifndef DFV_GEO_KEYMAP_H
#define DFV_GEO_KEYMAP_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/*
 * Keys to numbers, any number of them a key. Filled first, then only read, so
 * that threads share it. Keys are borrowed: they must outlive the map.
 */
struct keymap {
	struct keymap_entry *entry;
	size_t n;
	size_t cap;
	uint32_t *slot; /* entry + 1 of a key's first entry; 0 is free */
	size_t nslot;   /* a power of two */
};

struct keymap_entry {
	struct span key;
	uint32_t hash;
	uint32_t id;
	uint32_t next; /* entry + 1 of the same key's next; 0 is none */
};

#define KEYMAP_EMPTY ((struct keymap){0})

/* Room for n ids in an empty map, so that adding them moves nothing. */
void keymap_reserve(struct keymap *, size_t n);

/* Adds id under key, behind those that are there. */
void keymap_add(struct keymap *, struct span key, uint32_t id);

/* The same for many at once, of which none is found before keymap_link: then
 * memory is asked for ahead. */
void keymap_append(struct keymap *, struct span key, uint32_t id);
void keymap_link(struct keymap *);

/* A key's ids, in the order they were added; NULL at the end:
 *     for (e = keymap_find(m, key); e != NULL; e = keymap_next(m, e)) */
const struct keymap_entry *keymap_find(const struct keymap *, struct span key);
const struct keymap_entry *keymap_next(
    const struct keymap *, const struct keymap_entry *);

void keymap_release(struct keymap *);

#endif
