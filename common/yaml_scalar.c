#include "yaml_scalar.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"
#include "vec.h"

/* What a byte inside a scalar asks for: bits, so that those of a whole text can
 * be put together. */
enum {
	FINE = 0,
	COLON = 1 << 0,   /* not before a blank or the end */
	HASH = 1 << 1,    /* not behind a blank */
	CONTROL = 1 << 2, /* must be escaped */
	WIDE = 1 << 3     /* the start of a character to look at: C2, E2, EF */
};

/* clang-format off */
static const unsigned char inside[256] = {
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	['#'] = HASH, [':'] = COLON, [0x7F] = CONTROL,
	[0xC2] = WIDE, [0xE2] = WIDE, [0xEF] = WIDE,
};
/* clang-format on */

static unsigned char
class_of(char c)
{
	return inside[(unsigned char)c];
}

/* What the first byte of a scalar makes of it. */
enum {
	TEXT = 0,
	SYNTAX, /* an indicator or a blank: quotes */
	NUMBER, /* it may be a number or a date */
	WORD    /* it may be one of the words with a meaning */
};

static const unsigned char first[256] = {
    [' '] = SYNTAX,
    ['-'] = SYNTAX,
    ['?'] = SYNTAX,
    [':'] = SYNTAX,
    [','] = SYNTAX,
    ['['] = SYNTAX,
    [']'] = SYNTAX,
    ['{'] = SYNTAX,
    ['}'] = SYNTAX,
    ['#'] = SYNTAX,
    ['&'] = SYNTAX,
    ['*'] = SYNTAX,
    ['!'] = SYNTAX,
    ['|'] = SYNTAX,
    ['>'] = SYNTAX,
    ['\''] = SYNTAX,
    ['"'] = SYNTAX,
    ['%'] = SYNTAX,
    ['@'] = SYNTAX,
    ['`'] = SYNTAX,
    ['0'] = NUMBER,
    ['1'] = NUMBER,
    ['2'] = NUMBER,
    ['3'] = NUMBER,
    ['4'] = NUMBER,
    ['5'] = NUMBER,
    ['6'] = NUMBER,
    ['7'] = NUMBER,
    ['8'] = NUMBER,
    ['9'] = NUMBER,
    ['.'] = NUMBER,
    ['+'] = NUMBER,
    ['e'] = NUMBER,
    ['E'] = NUMBER,
    ['y'] = WORD,
    ['Y'] = WORD,
    ['n'] = WORD,
    ['N'] = WORD,
    ['t'] = WORD,
    ['T'] = WORD,
    ['f'] = WORD,
    ['F'] = WORD,
    ['o'] = WORD,
    ['O'] = WORD,
    ['~'] = WORD,
    ['='] = WORD,
    ['<'] = WORD,
};

/* What a byte may be in a number. */
enum { DIGIT = 1 << 0, HEX_LETTER = 1 << 1, GAP = 1 << 2, POINT = 1 << 3 };

/* clang-format off */
static const unsigned char number_part[256] = {
	['0'] = DIGIT, ['1'] = DIGIT, ['2'] = DIGIT, ['3'] = DIGIT,
	['4'] = DIGIT, ['5'] = DIGIT, ['6'] = DIGIT, ['7'] = DIGIT,
	['8'] = DIGIT, ['9'] = DIGIT, ['_'] = GAP,
	['.'] = POINT, [':'] = POINT, [','] = POINT,
	['a'] = HEX_LETTER, ['b'] = HEX_LETTER, ['c'] = HEX_LETTER,
	['d'] = HEX_LETTER, ['e'] = HEX_LETTER, ['f'] = HEX_LETTER,
	['A'] = HEX_LETTER, ['B'] = HEX_LETTER, ['C'] = HEX_LETTER,
	['D'] = HEX_LETTER, ['E'] = HEX_LETTER, ['F'] = HEX_LETTER,
};
/* clang-format on */

/* How many bytes at the start of s are one of these. */
static size_t
run_of(struct span s, unsigned parts)
{
	size_t n = 0;

	while (n < s.n && (number_part[(unsigned char)s.p[n]] & parts) != 0)
		n++;
	return n;
}

/* Same but for the case of ASCII letters; `lower` is in lower case. */
static bool
is_word(struct span s, const char *lower)
{
	size_t n = strlen(lower);

	if (s.n != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != lower[i])
			return false;
	}
	return true;
}

/*
 * Any form of number of YAML 1.0, 1.1 or 1.2, and more rather than less: 1,000
 * (Ruby reads it), 1_000, 12:30, 1.2.3, 0x1F, 0o17, 0b1, 1e3, .5, +.inf, .NaN;
 * e5 too, which the npm package yaml takes for a number.
 */
static bool
is_number(struct span s)
{
	size_t n;

	if (s.p[0] == '+')
		s = span_from(s, 1);
	if (is_word(s, ".inf") || is_word(s, ".nan"))
		return true;
	if (s.n > 2 && s.p[0] == '0' && strchr("xXoObB", s.p[1]) != NULL)
		return run_of(span_from(s, 2), DIGIT | HEX_LETTER | GAP) ==
		    s.n - 2;
	n = run_of(s, DIGIT | GAP | POINT);
	if (n == s.n)
		return true;
	if (s.p[n] != 'e' && s.p[n] != 'E')
		return false;
	s = span_from(s, n + 1);
	if (s.n > 0 && (s.p[0] == '+' || s.p[0] == '-'))
		s = span_from(s, 1);
	return s.n > 0 && run_of(s, DIGIT | GAP) == s.n;
}

/* 2025-11-10, 2025-1-2, and that with a time behind it. */
static bool
is_date(struct span s)
{
	size_t n = run_of(s, DIGIT), at = n;

	if (n != 4)
		return false;
	for (int part = 0; part < 2; part++) {
		if (at == s.n || s.p[at++] != '-')
			return false;
		n = run_of(span_from(s, at), DIGIT);
		if (n < 1 || n > 2)
			return false;
		at += n;
	}
	return at == s.n || s.p[at] == 'T' || s.p[at] == 't' ||
	    (s.p[at] == ' ' && at + 1 < s.n &&
		number_part[(unsigned char)s.p[at + 1]] == DIGIT);
}

static bool
is_reserved_word(struct span s)
{
	static const char *const words[] = {"y", "n", "yes", "no", "on", "off",
	    "true", "false", "null", "~", "=", "<<"};

	if (s.n > 5)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(s, words[i]))
			return true;
	return false;
}

static bool
start_needs_quotes(struct span s)
{
	switch (first[(unsigned char)s.p[0]]) {
	case SYNTAX:
		return true;
	case NUMBER:
		return is_number(s) || is_date(s) ||
		    span_starts(s, SPAN("..."));
	case WORD:
		return is_reserved_word(s);
	default:
		return false;
	}
}

/* Whether the character at s.p, whose first byte is WIDE, must be escaped: C1
 * controls, line ends that only YAML 1.1 knows, BOM, noncharacters. */
static bool
wide_needs_escape(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (p[0] == 0xC2)
		return s.n > 1 && p[1] < 0xA0;
	if (s.n < 3)
		return false;
	if (p[0] == 0xE2)
		return p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
	return (p[1] == 0xBB && p[2] == 0xBF) || (p[1] == 0xBF && p[2] >= 0xBE);
}

enum style { PLAIN, SINGLE, DOUBLE };

static enum style
style_of(struct span s)
{
	unsigned all = FINE;
	bool quotes;

	if (s.n == 0)
		return SINGLE;
	quotes =
	    start_needs_quotes(s) || s.p[s.n - 1] == ' ' || s.p[s.n - 1] == ':';
	for (size_t i = 0; i < s.n; i++)
		all |= class_of(s.p[i]);
	for (size_t i = 0; i < s.n && all != FINE; i++) {
		unsigned char what = class_of(s.p[i]);

		if (what == CONTROL ||
		    (what == WIDE && wide_needs_escape(span_from(s, i))))
			return DOUBLE;
		quotes = quotes ||
		    (what == COLON && i + 1 < s.n && s.p[i + 1] == ' ') ||
		    (what == HASH && i > 0 && s.p[i - 1] == ' ');
	}
	return quotes ? SINGLE : PLAIN;
}

static void
put_single(struct buf *b, struct span s)
{
	char *to = buf_room(b, 2 * s.n + 2);

	*to++ = '\'';
	for (size_t i = 0; i < s.n; i++) {
		*to++ = s.p[i];
		if (s.p[i] == '\'')
			*to++ = '\'';
	}
	*to++ = '\'';
	b->n = (size_t)(to - b->p);
}

/* The escape of a character that has one of its own, or 0. */
static char
escape_letter(uint32_t c)
{
	static const char low[0x20] = {[0x07] = 'a',
	    [0x08] = 'b',
	    [0x09] = 't',
	    [0x0A] = 'n',
	    [0x0B] = 'v',
	    [0x0C] = 'f',
	    [0x0D] = 'r',
	    [0x1B] = 'e'};

	switch (c) {
	case '"':
	case '\\':
		return (char)c;
	case 0x85:
		return 'N';
	case 0x2028:
		return 'L';
	case 0x2029:
		return 'P';
	default:
		return c < 0x20 ? low[c] : '\0';
	}
}

static void
put_escape(struct buf *b, uint32_t c)
{
	char letter = escape_letter(c);

	buf_byte(b, '\\');
	if (letter != '\0')
		buf_byte(b, letter);
	else
		buf_printf(b, c < 0x100 ? "x%02X" : "u%04X", (unsigned)c);
}

static void
put_double(struct buf *b, struct span s)
{
	size_t from = 0, i = 0;

	buf_byte(b, '"');
	while (i < s.n) {
		unsigned char what = class_of(s.p[i]);
		struct span rest = span_from(s, i);
		uint32_t code;
		size_t n;

		if (s.p[i] != '"' && s.p[i] != '\\' && what != CONTROL &&
		    (what != WIDE || !wide_needs_escape(rest))) {
			i++;
			continue;
		}
		code = utf8_decode(rest, &n);
		buf_add(b, span_make(s.p + from, i - from));
		put_escape(b, code);
		from = i += n;
	}
	buf_add(b, span_make(s.p + from, i - from));
	buf_byte(b, '"');
}

void
yaml_put(struct buf *b, struct span text)
{
	switch (style_of(text)) {
	case PLAIN:
		buf_add(b, text);
		break;
	case SINGLE:
		put_single(b, text);
		break;
	case DOUBLE:
		put_double(b, text);
		break;
	}
}

bool
yaml_null(struct span s)
{
	return s.n == 0 || span_eq(s, SPAN("~")) || span_eq(s, SPAN("null")) ||
	    span_eq(s, SPAN("Null")) || span_eq(s, SPAN("NULL"));
}

/* Whether the character whose first byte is WIDE is allowed in no YAML. */
static bool
wide_is_refused(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (p[0] == 0xC2)
		return s.n > 1 && p[1] < 0xA0 && p[1] != 0x85;
	return p[0] == 0xEF && s.n > 2 && p[1] == 0xBF && p[2] >= 0xBE;
}

/* Bytes that are not FINE, but for colons, number signs and LFs. */
static struct vec
odd_bytes(struct vec v)
{
	struct vec low = vec_below(vec_swap(v, '\n', ' '), ' ');
	struct vec c2_e2 = vec_or(vec_is(v, '\xC2'), vec_is(v, '\xE2'));

	return vec_or(
	    vec_or(vec_is(v, '\x7F'), vec_is(v, '\xEF')), vec_or(low, c2_e2));
}

static bool
has_odd_bytes(const char *p)
{
	struct vec a = odd_bytes(vec_load(p));
	struct vec b = odd_bytes(vec_load(p + VEC));
	struct vec c = odd_bytes(vec_load(p + 2 * VEC));
	struct vec d = odd_bytes(vec_load(p + 3 * VEC));

	return vec_first(vec_or(vec_or(a, b), vec_or(c, d))) < VEC;
}

static size_t
find_odd(struct span s)
{
	size_t at = 0, n;

	while (s.n - at >= 4 * VEC && !has_odd_bytes(s.p + at))
		at += 4 * VEC;
	do {
		struct span rest = span_from(s, at);

		n = vec_first(
		    odd_bytes(rest.n < VEC ? vec_load_part(rest.p, rest.n)
					   : vec_load(rest.p)));
		at += n;
	} while (n == VEC);
	return at;
}

size_t
yaml_escaped(struct span s)
{
	size_t at = 0;

	while ((at += find_odd(span_from(s, at))) < s.n) {
		if (class_of(s.p[at]) == CONTROL ||
		    wide_needs_escape(span_from(s, at)))
			break;
		at++;
	}
	return at;
}

size_t
yaml_check(struct span s)
{
	size_t at = 0;

	while ((at += find_odd(span_from(s, at))) < s.n) {
		char c = s.p[at];

		if (c != '\t' && c != '\r' &&
		    (class_of(c) == CONTROL ||
			wide_is_refused(span_from(s, at))))
			break;
		at++;
	}
	return at;
}
