#ifndef DFV_WORD_H
#define DFV_WORD_H

#include <stddef.h>
#include <stdint.h>

/*
 * Bytes as words, the first byte lowest, whatever the machine's order: for
 * work on eight bytes at once. The compilers make one load or store of each.
 */
static inline uint32_t
word_load4(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 |
	    (uint32_t)u[3] << 24;
}

static inline uint64_t
word_load8(const char *p)
{
	return word_load4(p) | (uint64_t)word_load4(p + 4) << 32;
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
	unsigned char *u = (unsigned char *)p;

	u[0] = (unsigned char)w;
	u[1] = (unsigned char)(w >> 8);
	u[2] = (unsigned char)(w >> 16);
	u[3] = (unsigned char)(w >> 24);
}

static inline void
word_store8(char *p, uint64_t w)
{
	word_store4(p, (uint32_t)w);
	word_store4(p + 4, (uint32_t)(w >> 32));
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
