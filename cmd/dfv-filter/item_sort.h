#ifndef DFV_FILTER_ITEM_SORT_H
#define DFV_FILTER_ITEM_SORT_H

#include <stddef.h>
#include <stdint.h>

/*
 * What is sorted in place of entries (runs.h): where each starts, and eight
 * bytes of its key, which decide most comparisons without a look at it.
 */
struct item {
	uint64_t
	    head; /* the key's first bytes, as a number; 0 behind its end */
	uint32_t unit; /* where the entry starts, in units of UNIT_BYTES */
	uint32_t key_bytes;
};

enum { UNIT_BYTES = 8 };

/* The head of a key whose n bytes are at p. */
uint64_t item_head(const char *p, size_t n);

/* Sorts by the keys' bytes, a key before those that start with it; items with
 * equal keys stay in their order. Needs room for as many items again. */
void items_sort(struct item *, size_t n, const char *entries);

#endif
