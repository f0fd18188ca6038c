#include "order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

enum { IS_THERE = 1, IS_MISSING = 0xFF };

/* Numbers: two bytes of sign and decimal exponent, greater the greater the
 * number is, below IS_MISSING either way round; then the digits without
 * trailing zeros, two a byte; of negative ones turned round. */
enum { ZERO = 0x8000, EXPONENT_BIAS = 0x1000, DIGITS_MAX = 20 };

/* A double has at most so many digits. */
enum { REAL_DIGITS = 767, REAL_TEXT = REAL_DIGITS + 16 };

/* Turns the order of everything behind `from` round. */
static void
invert(struct buf *b, size_t from)
{
	for (size_t i = from; i < b->n; i++)
		b->p[i] = (char)~b->p[i];
}

static void
put_sign(struct buf *b, int sign, int exponent)
{
	int rank = ZERO + sign * (exponent + EXPONENT_BIAS);

	buf_byte(b, (char)(rank >> 8));
	buf_byte(b, (char)(rank & 0xFF));
}

static void
put_pairs(struct buf *b, const char *digits, size_t n)
{
	while (n > 1 && digits[n - 1] == '0')
		n--;
	for (size_t i = 0; i < n; i += 2)
		buf_byte(b,
		    (char)(1 + (digits[i] - '0') * 10 +
			(i + 1 < n ? digits[i + 1] - '0' : 0)));
	buf_byte(b, '\0');
}

/* Puts the digits of v at the end of text: where they start. */
static size_t
write_digits(char text[DIGITS_MAX], uint64_t v)
{
	size_t at = DIGITS_MAX;

	do
		text[--at] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	return at;
}

/*
 * Puts |v|'s digits at the end of text, DIGITS_MAX of them: its exponent. The
 * first seventeen tell any two doubles apart, and no exact number has more than
 * nineteen; of the rest it matters only whether it is nothing.
 */
static int
write_real(char text[DIGITS_MAX], double v)
{
	char all[REAL_TEXT];

	/* d.ddd...e+XX */
	snprintf(all, sizeof all, "%.*e", REAL_DIGITS - 1, v < 0 ? -v : v);
	all[1] = all[0];
	memcpy(text, all + 1, DIGITS_MAX);
	if (text[DIGITS_MAX - 1] == '0' &&
	    strspn(all + 1 + DIGITS_MAX, "0") < REAL_DIGITS - DIGITS_MAX)
		text[DIGITS_MAX - 1] = '1';
	return atoi(all + REAL_DIGITS + 2) + 1;
}

static void
put_number(struct buf *b, struct number v)
{
	int sign = number_cmp(v, number_int(0)), exponent;
	char text[DIGITS_MAX];
	size_t first = 0, start;

	if (sign == 0) {
		put_sign(b, 0, 0);
		return;
	}
	if (v.exact) {
		first = write_digits(
		    text, v.mant < 0 ? -(uint64_t)v.mant : (uint64_t)v.mant);
		exponent = (int)(DIGITS_MAX - first) - v.scale;
	} else {
		exponent = write_real(text, v.real);
	}
	put_sign(b, sign, exponent);
	start = b->n;
	put_pairs(b, text + first, DIGITS_MAX - first);
	if (sign < 0)
		invert(b, start);
}

/*
 * French, as NF Z 44-001 and the dictionaries have it: letters first, whatever
 * their accents and case (ligatures as two letters; spaces, hyphens and
 * apostrophes alike, before letters); among equals the accents, from the
 * word's end; then small letters before capitals.
 */
enum {
	LEVEL_END = 1,
	ACCENT_NONE = 2,
	ACCENT_OTHER = 10,
	CASE_SMALL = 2,
	CASE_CAPITAL = 3,
	MARKS_MAX = 8
};

static char
accent_rank(utf8proc_int32_t mark)
{
	static const utf8proc_int32_t ranked[] = {
	    0x301, 0x300, 0x302, 0x308, 0x303, 0x327, 0x30A};

	for (size_t i = 0; i < sizeof ranked / sizeof *ranked; i++)
		if (ranked[i] == mark)
			return (char)(ACCENT_NONE + 1 + (int)i);
	return ACCENT_OTHER;
}

/* The highest accent of one character, and whether it is a capital. */
static void
look_at(uint32_t c, char *accent, char *capital)
{
	utf8proc_int32_t part[MARKS_MAX];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, part,
	    MARKS_MAX, UTF8PROC_DECOMPOSE, &boundary);

	*accent = ACCENT_NONE;
	for (utf8proc_ssize_t i = 1; i < n && i < MARKS_MAX; i++) {
		char rank = accent_rank(part[i]);

		*accent = rank > *accent ? rank : *accent;
	}
	*capital = utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c
	    ? CASE_CAPITAL
	    : CASE_SMALL;
}

static void
put_letters(struct buf *b, struct span text)
{
	size_t from = b->n;

	utf8_fold(b, text);
	for (size_t i = from; i < b->n; i++)
		if (b->p[i] == '-' || b->p[i] == '\'')
			b->p[i] = ' ';
}

static void
reverse(char *p, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		char swap = p[i];

		p[i] = p[n - 1 - i];
		p[n - 1 - i] = swap;
	}
}

static void
put_french(struct buf *b, struct span text)
{
	size_t n = utf8_length(text), start;
	char *accents, *capitals;
	char mark, capital;

	put_letters(b, text);
	start = b->n;
	accents = buf_room(b, 2 * n + 2) + 1;
	capitals = accents + n + 1;
	accents[-1] = capitals[-1] = LEVEL_END;
	for (size_t i = 0, len; i < n; i++) {
		uint32_t c = utf8_decode(text, &len);

		look_at(c, &mark, &capital);
		/* A mark of its own belongs to the letter before it. */
		if (i > 0 &&
		    utf8proc_category((utf8proc_int32_t)c) ==
			UTF8PROC_CATEGORY_MN)
			accents[i - 1] = accent_rank((utf8proc_int32_t)c);
		accents[i] = mark;
		capitals[i] = capital;
		text = span_from(text, len);
	}
	reverse(accents, n);
	b->n = start + 2 * n + 2;
	buf_byte(b, '\0');
}

/* The order that stands behind a key's colon. 0, or -1 after a report. */
static int
parse_kind(struct span kind, struct order *order, struct diag *diag)
{
	if (span_eq(kind, SPAN("n"))) {
		order->kind = ORDER_NUMBER;
	} else if (span_eq(kind, SPAN("fr"))) {
		order->kind = ORDER_FRENCH;
	} else {
		diag_report(diag, DIAG_BAD_ARGUMENT, NULL, kind,
		    "a key's order is :n (numbers) or :fr (French)");
		return -1;
	}
	return 0;
}

static bool
is_column(const struct columns *columns, struct span item, size_t *col)
{
	*col = columns_find(columns, columns_bare(item));
	return *col != COLUMN_NONE;
}

int
order_parse(struct span item, const struct columns *columns,
    struct order *order, size_t *col, struct diag *diag)
{
	size_t colon;

	*order = (struct order){ORDER_TEXT, false};
	if (is_column(columns, item, col))
		return 0;
	if (span_starts(item, SPAN("-"))) {
		order->reverse = true;
		item = span_from(item, 1);
		if (is_column(columns, item, col))
			return 0;
	}
	for (colon = item.n; colon > 0 && item.p[colon - 1] != ':';)
		colon--;
	if (colon > 1) {
		if (parse_kind(span_from(item, colon), order, diag) < 0)
			return -1;
		item.n = colon - 1;
	}
	*col = columns_need(columns, columns_bare(item), diag);
	return *col == COLUMN_NONE ? -1 : 0;
}

void
order_put_missing(struct buf *b)
{
	buf_byte(b, (char)IS_MISSING);
}

void
order_put_text(struct buf *b, const struct order *order, struct span text)
{
	size_t start;

	buf_byte(b, IS_THERE);
	start = b->n;
	if (order->kind == ORDER_FRENCH) {
		put_french(b, text);
	} else {
		buf_add(b, text);
		buf_byte(b, '\0');
	}
	if (order->reverse)
		invert(b, start);
}

void
order_put_number(struct buf *b, const struct order *order, struct number v)
{
	size_t start = b->n;

	put_number(b, v);
	if (order->reverse)
		invert(b, start);
}
