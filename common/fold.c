#include "utf8.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "word.h"

/* utf8proc never makes more than 18 code points of one. */
enum { POINTS_MAX = 32 };

enum { LATIN_FIRST = 0xC0, LATIN_END = 0x180 };

/*
 * What U+00C0 to U+017F fold to, for speed: the test compares it with what
 * fold_point() makes of them.
 */
/* clang-format off */
static const char latin[LATIN_END - LATIN_FIRST][4] = {
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"\xc3\xb0", "n", "o", "o", "o", "o", "o", "\xc3\x97",
	"o", "u", "u", "u", "u", "y", "\xc3\xbe", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"\xc3\xb0", "n", "o", "o", "o", "o", "o", "\xc3\xb7",
	"o", "u", "u", "u", "u", "y", "\xc3\xbe", "y",
	"a", "a", "a", "a", "a", "a", "c", "c",
	"c", "c", "c", "c", "c", "c", "d", "d",
	"d", "d", "e", "e", "e", "e", "e", "e",
	"e", "e", "e", "e", "g", "g", "g", "g",
	"g", "g", "g", "g", "h", "h", "h", "h",
	"i", "i", "i", "i", "i", "i", "i", "i",
	"i", "i", "ij", "ij", "j", "j", "k", "k",
	"\xc4\xb8", "l", "l", "l", "l", "l", "l", "l\xc2\xb7",
	"l\xc2\xb7", "l", "l", "n", "n", "n", "n", "n",
	"n", "'n", "\xc5\x8b", "\xc5\x8b", "o", "o", "o", "o",
	"o", "o", "oe", "oe", "r", "r", "r", "r",
	"r", "r", "s", "s", "s", "s", "s", "s",
	"s", "s", "t", "t", "t", "t", "t", "t",
	"u", "u", "u", "u", "u", "u", "u", "u",
	"u", "u", "u", "u", "w", "w", "y", "y",
	"y", "z", "z", "z", "z", "z", "z", "s",
};
/* clang-format on */

/* What Unicode's own decompositions leave apart and a reader does not. */
static const struct replacement {
	uint32_t first;
	uint32_t last;
	char text[3];
} replacements[] = {
    {0x0009, 0x000D, " "},
    {0x0020, 0x0020, " "},
    {0x0060, 0x0060, "'"},
    {0x0085, 0x0085, " "},
    {0x00A0, 0x00A0, " "},
    {0x00B4, 0x00B4, "'"},
    {0x00E6, 0x00E6, "ae"},
    {0x00F8, 0x00F8, "o"},
    {0x0111, 0x0111, "d"},
    {0x0127, 0x0127, "h"},
    {0x0131, 0x0131, "i"},
    {0x0142, 0x0142, "l"},
    {0x0153, 0x0153, "oe"},
    {0x0167, 0x0167, "t"},
    {0x02B9, 0x02B9, "'"},
    {0x02BB, 0x02BD, "'"},
    {0x02C8, 0x02C8, "'"},
    {0x02CA, 0x02CB, "'"},
    {0x1680, 0x1680, " "},
    {0x2000, 0x200A, " "},
    {0x2010, 0x2015, "-"},
    {0x2018, 0x2019, "'"},
    {0x201B, 0x201B, "'"},
    {0x2028, 0x2029, " "},
    {0x202F, 0x202F, " "},
    {0x2032, 0x2032, "'"},
    {0x2035, 0x2035, "'"},
    {0x205F, 0x205F, " "},
    {0x2212, 0x2212, "-"},
    {0x2E3A, 0x2E3B, "-"},
    {0x3000, 0x3000, " "},
};

enum { NREPLACEMENTS = sizeof replacements / sizeof replacements[0] };

/* A space adds nothing to another one that was appended after `start`. */
static void
add_space(struct buf *b, size_t start)
{
	if (b->n == start || b->p[b->n - 1] != ' ')
		buf_byte(b, ' ');
}

static bool
add_replacement(struct buf *b, size_t start, uint32_t c)
{
	const struct replacement *r = replacements;
	const struct replacement *end = r + NREPLACEMENTS;

	while (r < end && r->last < c)
		r++;
	if (r == end || c < r->first)
		return false;
	if (r->text[0] == ' ')
		add_space(b, start);
	else
		buf_add(b, span_of(r->text));
	return true;
}

/* The code points that utf8proc makes of c, at most POINTS_MAX. */
static size_t
decompose(uint32_t c, int options, utf8proc_int32_t *point)
{
	utf8proc_ssize_t n;
	int bound = 0;

	n = utf8proc_decompose_char((utf8proc_int32_t)c, point, POINTS_MAX,
	    (utf8proc_option_t)options, &bound);
	if (n >= 0 && n <= POINTS_MAX)
		return (size_t)n;
	point[0] = (utf8proc_int32_t)c;
	return 1;
}

/* Folds one code point that has no canonical decomposition. */
static void
fold_single(struct buf *b, size_t start, uint32_t c)
{
	static const int options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
	    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
	utf8proc_int32_t point[POINTS_MAX];
	size_t n, i;

	if (add_replacement(b, start, c))
		return;
	n = decompose(c, options, point);
	for (i = 0; i < n; i++)
		if (!add_replacement(b, start, (uint32_t)point[i]))
			utf8_encode(b, (uint32_t)point[i]);
}

/*
 * Canonical decomposition comes first, so that a replacement is found however
 * the text was normalised. Since marks go, their order does not matter, and
 * each code point can be folded by itself.
 */
static void
fold_point(struct buf *b, size_t start, uint32_t c)
{
	utf8proc_int32_t point[POINTS_MAX];
	size_t n, i;

	n = decompose(c, UTF8PROC_DECOMPOSE, point);
	for (i = 0; i < n; i++)
		fold_single(b, start, (uint32_t)point[i]);
}

/* Folds the character s starts with, or takes over one byte that is none;
 * returns how many bytes that was. */
static size_t
fold_character(struct buf *b, size_t start, struct span s)
{
	utf8proc_ssize_t n;
	utf8proc_int32_t c;

	n = utf8proc_iterate((const utf8proc_uint8_t *)s.p,
	    (utf8proc_ssize_t)(s.n < 4 ? s.n : 4), &c);
	if (n <= 0) {
		buf_byte(b, s.p[0]);
		return 1;
	}
	fold_point(b, start, (uint32_t)c);
	return (size_t)n;
}

void
utf8_fold_plain(struct buf *b, struct span s)
{
	size_t start = b->n;

	while (s.n > 0)
		s = span_from(s, fold_character(b, start, s));
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The top bit of each byte of x that equals `byte`, up to the first that is
 * not ASCII. */
static inline uint64_t
bytes_equal(uint64_t x, uint64_t byte)
{
	return ~((x ^ EACH(byte)) + EACH(0x7F)) & EACH(0x80);
}

/* The top bit of each byte that does not fold to itself or its small letter;
 * what is above the first of them means nothing. */
static inline uint64_t
bytes_unusual(uint64_t x, char last)
{
	uint64_t spaces = bytes_equal(x, ' ');

	return (x & EACH(0x80)) | bytes_equal(x, '`') |
	    (~(x + EACH(0x80 - 0x20)) & EACH(0x80)) |
	    (spaces & (spaces << 8 | (last == ' ' ? 0x80 : 0)));
}

static inline uint64_t
small_letters(uint64_t x)
{
	uint64_t capitals =
	    (x + EACH(0x80 - 'A')) & ~(x + EACH(0x80 - 'Z' - 1));

	return x | (capitals & EACH(0x80)) >> 2;
}

/* Folds the Latin letter s starts with, to four bytes of which *len count;
 * false when it is no such. */
static inline bool
fold_latin(struct span s, char *out, size_t *len)
{
	unsigned char lead = (unsigned char)s.p[0], next;
	const char *text;

	if (lead < 0xC3 || lead > 0xC5 || s.n < 2)
		return false;
	next = (unsigned char)s.p[1];
	if ((next & 0xC0) != 0x80)
		return false;
	text = latin[((lead & 0x1Fu) << 6 | (next & 0x3Fu)) - LATIN_FIRST];
	memcpy(out, text, 4);
	*len = 1u + (text[1] != '\0') + (text[1] != '\0' && text[2] != '\0');
	return true;
}

/*
 * Folds the ASCII and the Latin letters that s starts with, eight bytes at a
 * time or up to the first that wants more; returns how many bytes that was.
 * Nothing grows to more than twice its bytes.
 */
static size_t
fold_usual(struct buf *b, size_t start, struct span s)
{
	char *first = buf_room(b, 2 * s.n + 8), *out = first;
	char last = b->n > start ? out[-1] : '\0';
	size_t i = 0, len;

	while (i < s.n) {
		uint64_t x = word_load(s.p + i, s.n - i);
		uint64_t unusual = bytes_unusual(x, last);

		x = small_letters(x);
		word_store8(out, x);
		len = unusual == 0 ? 8 : (size_t)__builtin_ctzll(unusual) / 8;
		i += len;
		out += len;
		if (len < 8) {
			if (i == s.n || !fold_latin(span_from(s, i), out, &len))
				break;
			i += 2;
			out += len;
		}
		last = out[-1];
	}
	b->n += (size_t)(out - first);
	return i;
}

void
utf8_fold(struct buf *b, struct span s)
{
	size_t start = b->n;

	while (s.n > 0) {
		s = span_from(s, fold_usual(b, start, s));
		if (s.n > 0)
			s = span_from(s, fold_character(b, start, s));
	}
}
