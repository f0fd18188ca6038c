#ifndef DFV_HASH_H
#define DFV_HASH_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "span.h"

static inline uint64_t
hash_load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

static inline uint64_t
hash_load4(const char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* n bytes, at most eight, in one number: two halves that may overlap, so that
 * there is neither a loop nor a call. */
static inline uint64_t
hash_load(const char *p, size_t n)
{
	if (n >= 4)
		return hash_load4(p) | hash_load4(p + n - 4) << 32;
	if (n == 0)
		return 0;
	return (uint64_t)(unsigned char)p[0] |
	    (uint64_t)(unsigned char)p[n / 2] << 8 |
	    (uint64_t)(unsigned char)p[n - 1] << 16;
}

/* Whether n bytes are the same at both places: without a call where they are
 * few, as keys are. */
static inline bool
hash_same(const char *a, const char *b, size_t n)
{
	if (n <= 8)
		return hash_load(a, n) == hash_load(b, n);
	if (n <= 16)
		return hash_load8(a) == hash_load8(b) &&
		    hash_load8(a + n - 8) == hash_load8(b + n - 8);
	return memcmp(a, b, n) == 0;
}

static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/*
 * A hash for tables in memory, not for files: eight bytes a step, folded by a
 * 64 by 64 bit multiplication as in Wang Yi's wyhash. Its low bits are good.
 */
static inline uint64_t
hash_bytes(struct span s)
{
	const uint64_t k0 = 0xA0761D6478BD642FULL, k1 = 0xE7037ED1A0B428DBULL;
	uint64_t h = k0 ^ s.n;

	while (s.n > 8) {
		h = hash_mix(h ^ hash_load8(s.p), k1);
		s = span_from(s, 8);
	}
	return hash_mix(h ^ hash_load(s.p, s.n), k0 ^ k1);
}

#endif
