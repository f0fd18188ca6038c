#ifndef DFV_WORD_H
#define DFV_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Bytes as words, the first byte lowest, whatever the machine's order: for
 * work on eight bytes at once.
 */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define WORD_ORDER4(w) __builtin_bswap32(w)
#define WORD_ORDER8(w) __builtin_bswap64(w)
#else
#define WORD_ORDER4(w) (w)
#define WORD_ORDER8(w) (w)
#endif

static inline uint32_t
word_load4(const char *p)
{
	uint32_t w;

	memcpy(&w, p, sizeof w);
	return WORD_ORDER4(w);
}

static inline uint64_t
word_load8(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return WORD_ORDER8(w);
}

/* n bytes, at most eight, with zeros above; no other is looked at. */
static inline uint64_t
word_load(const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	if (n >= 8)
		return word_load8(p);
	if (n >= 4)
		return word_load4(p) |
		    (uint64_t)word_load4(p + n - 4) << 8 * (n - 4);
	if (n == 0)
		return 0;
	return (uint64_t)u[0] | (uint64_t)u[n / 2] << 8 * (n / 2) |
	    (uint64_t)u[n - 1] << 8 * (n - 1);
}

static inline void
word_store4(char *p, uint32_t w)
{
	w = WORD_ORDER4(w);
	memcpy(p, &w, sizeof w);
}

static inline void
word_store8(char *p, uint64_t w)
{
	w = WORD_ORDER8(w);
	memcpy(p, &w, sizeof w);
}

/* The top bit of each byte that is above 9. */
static inline uint64_t
word_above_nine(uint64_t w)
{
	return (w | (w + UINT64_C(0x7676767676767676))) &
	    UINT64_C(0x8080808080808080);
}

/* The number that eight digits make, each in its byte, the last on top. */
static inline uint64_t
word_digits(uint64_t w)
{
	w = (w * 10 + (w >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
	w = (w * 100 + (w >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
	return (w * 10000 + (w >> 32)) & UINT64_C(0xFFFFFFFF);
}

#endif
