#ifndef DFV_HASH_H
#define DFV_HASH_H

#include <stdint.h>
#include <string.h>

#include "span.h"

/* The eight bytes at p, in the machine's order. */
static inline uint64_t
hash_load(const char *p, size_t n)
{
	uint64_t v = 0;

	memcpy(&v, p, n);
	return v;
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
		h = hash_mix(h ^ hash_load(s.p, 8), k1);
		s = span_from(s, 8);
	}
	return hash_mix(h ^ (s.n > 0 ? hash_load(s.p, s.n) : 0), k0 ^ k1);
}

#endif
