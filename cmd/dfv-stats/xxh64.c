#include "xxh64.h"

#include <stddef.h>

static const uint64_t prime[] = {UINT64_C(0x9E3779B185EBCA87),
    UINT64_C(0xC2B2AE3D27D4EB4F), UINT64_C(0x165667B19E3779F9),
    UINT64_C(0x85EBCA77C2B2AE63), UINT64_C(0x27D4EB2F165667C5)};

enum { STRIPE = 32 };

static inline uint64_t
rotate(uint64_t v, int by)
{
	return v << by | v >> (64 - by);
}

/* n bytes, 8 or 4, the lowest first on any machine. */
static inline uint64_t
load(const char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint64_t)(unsigned char)p[i] << 8 * i;
	return v;
}

static inline uint64_t
mix_lane(uint64_t acc, uint64_t lane)
{
	return rotate(acc + lane * prime[1], 31) * prime[0];
}

static inline uint64_t
join_lane(uint64_t h, uint64_t acc)
{
	return (h ^ mix_lane(0, acc)) * prime[0] + prime[3];
}

/* Whole stripes of four lanes; *s is left with what remains. */
static uint64_t
hash_stripes(struct span *s)
{
	uint64_t acc[] = {
	    prime[0] + prime[1], prime[1], 0, UINT64_C(0) - prime[0]};
	uint64_t h;

	for (; s->n >= STRIPE; *s = span_from(*s, STRIPE))
		for (size_t i = 0; i < 4; i++)
			acc[i] = mix_lane(acc[i], load(s->p + 8 * i, 8));
	h = rotate(acc[0], 1) + rotate(acc[1], 7) + rotate(acc[2], 12) +
	    rotate(acc[3], 18);
	for (size_t i = 0; i < 4; i++)
		h = join_lane(h, acc[i]);
	return h;
}

uint64_t
xxh64(struct span s)
{
	uint64_t n = s.n;
	uint64_t h = (n >= STRIPE ? hash_stripes(&s) : prime[4]) + n;

	for (; s.n >= 8; s = span_from(s, 8))
		h = rotate(h ^ mix_lane(0, load(s.p, 8)), 27) * prime[0] +
		    prime[3];
	if (s.n >= 4) {
		h = rotate(h ^ load(s.p, 4) * prime[0], 23) * prime[1] +
		    prime[2];
		s = span_from(s, 4);
	}
	for (; s.n > 0; s = span_from(s, 1))
		h = rotate(h ^ load(s.p, 1) * prime[4], 11) * prime[0];
	h = (h ^ h >> 33) * prime[1];
	h = (h ^ h >> 29) * prime[2];
	return h ^ h >> 32;
}
