#include "utf8.h"

#include <utf8proc.h>

enum { UTF8_MAX = 4, UTF8_BAD = 0xFFFD };

size_t
utf8_length(struct span s)
{
	size_t n = 0, i;

	for (i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

uint32_t
utf8_decode(struct span s, size_t *n)
{
	static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	const unsigned char *p = (const unsigned char *)s.p;
	size_t len, i;
	uint32_t c;

	len = 1 + (size_t)((p[0] >= 0xC0) + (p[0] >= 0xE0) + (p[0] >= 0xF0));
	*n = len < s.n ? len : s.n;
	c = p[0] & mask[len];
	for (i = 1; i < *n; i++)
		c = c << 6 | (p[i] & 0x3Fu);
	return c;
}

void
utf8_encode(struct buf *b, uint32_t c)
{
	char *p = buf_room(b, UTF8_MAX);
	size_t n = 0;

	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = UTF8_BAD;
	if (c < 0x80) {
		p[n++] = (char)c;
	} else if (c < 0x800) {
		p[n++] = (char)(0xC0 | c >> 6);
		p[n++] = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		p[n++] = (char)(0xE0 | c >> 12);
		p[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		p[n++] = (char)(0x80 | (c & 0x3F));
	} else {
		p[n++] = (char)(0xF0 | c >> 18);
		p[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		p[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		p[n++] = (char)(0x80 | (c & 0x3F));
	}
	b->n += n;
}

size_t
utf8_width(struct span s)
{
	size_t width = 0, n;
	uint32_t c;
	int w;

	for (; s.n > 0; s = span_from(s, n)) {
		c = utf8_decode(s, &n);
		w = utf8proc_charwidth((utf8proc_int32_t)c);
		width += w > 0 ? (size_t)w : 0;
	}
	return width;
}

/*
 * What 0x80 to 0x9F stand for in Windows-1252; the others are code points of
 * their own number. 0: left undefined by Microsoft. WHATWG's table makes
 * control characters of those, which no text file means.
 */
static const uint16_t cp1252[32] = {
    0x20AC,
    0x0000,
    0x201A,
    0x0192,
    0x201E,
    0x2026,
    0x2020,
    0x2021,
    0x02C6,
    0x2030,
    0x0160,
    0x2039,
    0x0152,
    0x0000,
    0x017D,
    0x0000,
    0x0000,
    0x2018,
    0x2019,
    0x201C,
    0x201D,
    0x2022,
    0x2013,
    0x2014,
    0x02DC,
    0x2122,
    0x0161,
    0x203A,
    0x0153,
    0x0000,
    0x017E,
    0x0178,
};

/* How many of the first bytes are ASCII, eight at a time where that goes. */
static size_t
ascii_run(struct span s)
{
	uint64_t w;
	size_t i = 0;

	for (; s.n - i >= sizeof w; i += sizeof w) {
		memcpy(&w, s.p + i, sizeof w);
		if ((w & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (i < s.n && (unsigned char)s.p[i] < 0x80)
		i++;
	return i;
}

size_t
utf8_from_cp1252(struct buf *b, struct span s)
{
	unsigned char c;
	uint32_t point;
	size_t at, run;

	for (at = 0; at < s.n; at++) {
		run = ascii_run(span_from(s, at));
		buf_add(b, span_make(s.p + at, run));
		at += run;
		if (at == s.n)
			break;
		c = (unsigned char)s.p[at];
		point = c < 0xA0 ? cp1252[c - 0x80] : c;
		if (point == 0)
			return at;
		utf8_encode(b, point);
	}
	return s.n;
}
