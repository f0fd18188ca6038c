#ifndef DFV_VEC_H
#define DFV_VEC_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/*
 * Sixteen bytes at once, for loops that copy text up to the next byte that
 * means something: what every x86-64 and ARM64 processor can do, and compiled
 * to plain code elsewhere. A comparison gives 0xFF where it holds, 0 elsewhere.
 *     v = vec_load(p);
 *     n = vec_first(vec_or(vec_is(v, '"'), vec_is(v, '\\')));
 */
enum { VEC = 16 };

struct vec {
	uint8_t b __attribute__((vector_size(16)));
};

static inline struct vec
vec_load(const char *p)
{
	struct vec v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* The first n < VEC bytes at p, which may be all there are, and zeros. */
static inline struct vec
vec_load_part(const char *p, size_t n)
{
	struct vec v = {{0}};

	if (n > 0)
		memcpy(&v, p, n);
	return v;
}

static inline void
vec_store(char *p, struct vec v)
{
	memcpy(p, &v, sizeof v);
}

static inline struct vec
vec_is(struct vec v, char c)
{
	v.b = (__typeof__(v.b))(v.b == (uint8_t)c);
	return v;
}

/* Unsigned: bytes from 0x80 on are not below. */
static inline struct vec
vec_below(struct vec v, char c)
{
	v.b = (__typeof__(v.b))(v.b < (uint8_t)c);
	return v;
}

static inline struct vec
vec_or(struct vec a, struct vec b)
{
	a.b |= b.b;
	return a;
}

static inline struct vec
vec_xor(struct vec a, struct vec b)
{
	a.b ^= b.b;
	return a;
}

/* With each `from` a `to`. */
static inline struct vec
vec_swap(struct vec v, char from, char to)
{
	v.b ^= vec_is(v, from).b & (uint8_t)(from ^ to);
	return v;
}

/* Where a comparison first holds, VEC for nowhere. */
static inline size_t
vec_first(struct vec m)
{
#if defined(__SSE2__)
	unsigned bits = (unsigned)_mm_movemask_epi8((__m128i)m.b);

	return (size_t)__builtin_ctz(bits | 1u << VEC);
#elif defined(__aarch64__)
	/* Four bits a byte. */
	uint64_t bits = vget_lane_u64(
	    vreinterpret_u64_u8(
		vshrn_n_u16(vreinterpretq_u16_u8((uint8x16_t)m.b), 4)),
	    0);

	return bits == 0 ? VEC : (size_t)__builtin_ctzll(bits) / 4;
#else
	size_t n = 0;

	while (n < VEC && m.b[n] == 0)
		n++;
	return n;
#endif
}

#endif
