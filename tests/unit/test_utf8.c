#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "buf.h"
#include "span.h"
#include "unit.h"
#include "utf8.h"

enum { LAST_POINT = 0x10FFFF };

/* Marsaglia's xorshift. */
static uint64_t
draw(void)
{
	static uint64_t x = UINT64_C(88172645463325252);

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static bool
surrogate(uint32_t c)
{
	return c >= 0xD800 && c <= 0xDFFF;
}

static uint32_t
draw_below(uint32_t end)
{
	uint32_t c;

	do
		c = 1 + (uint32_t)(draw() % (end - 1));
	while (surrogate(c));
	return c;
}

/* A code point of one to four bytes, one as likely as the other. */
static uint32_t
draw_point(void)
{
	static const uint32_t end[] = {0x80, 0x800, 0x10000, LAST_POINT + 1};

	return draw_below(end[draw() % 4]);
}

static bool
breaks_at(const char *text, size_t n, size_t want)
{
	struct span s = span_make(text, n);

	return utf8_check(s) == want && utf8_check_scalar(s) == want;
}

#define BREAKS_AT(lit, want) breaks_at((lit), sizeof(lit) - 1, (want))

static void
test_check(void)
{
	unit_check(BREAKS_AT("", 0) && BREAKS_AT("abc", 3) &&
		BREAKS_AT("d\xC3\xA9j\xC3\xA0", 6) &&
		BREAKS_AT("\xE2\x82\xAC\xF0\x9F\x98\x80", 7) &&
		BREAKS_AT("\xF4\x8F\xBF\xBF\xEF\xBF\xBF\xED\x9F\xBF", 10),
	    "utf8: valid text has no break");
	unit_check(BREAKS_AT("a\0b", 1), "utf8: NUL breaks it");
	unit_check(BREAKS_AT("ab\xC3", 2) && BREAKS_AT("a\xE2\x82", 1) &&
		BREAKS_AT("\xF0\x9F\x98", 0) &&
		BREAKS_AT("a\xE2\x82"
			  "b",
		    1),
	    "utf8: a cut character breaks where it starts");
	unit_check(BREAKS_AT("a\x80", 1) && BREAKS_AT("\xC3\xA9\xA9", 2) &&
		BREAKS_AT("\xC0\x80", 0) && BREAKS_AT("\xC1\xBF", 0) &&
		BREAKS_AT("\xE0\x9F\xBF", 0) &&
		BREAKS_AT("\xF0\x8F\xBF\xBF", 0) &&
		BREAKS_AT("\xED\xA0\x80", 0) &&
		BREAKS_AT("\xF4\x90\x80\x80", 0) &&
		BREAKS_AT("\xF5\x80\x80\x80", 0) && BREAKS_AT("\xFF", 0),
	    "utf8: RFC 3629's forbidden sequences are found");
}

/* Text of n bytes or some more, of any code points, or mostly of ASCII. */
static void
draw_text(struct buf *b, size_t n, bool ascii)
{
	buf_reset(b);
	while (b->n < n)
		utf8_encode(
		    b, ascii && draw() % 50 ? draw_below(0x80) : draw_point());
}

/* The first n bytes of the text, at any alignment. */
static bool
twins_agree(const struct buf *text, size_t n)
{
	static char room[1024];
	size_t shift = draw() % 64;
	struct span s = span_make(room + shift, n);

	if (n > 0)
		memcpy(room + shift, text->p, n);
	return utf8_check(s) == utf8_check_scalar(s);
}

/* Bytes on either side of each bound of table 3-7, and others. */
static const unsigned char edge[] = {
    0x00,
    0x01,
    0x41,
    0x7F,
    0x80,
    0x8F,
    0x90,
    0x9F,
    0xA0,
    0xBF,
    0xC0,
    0xC1,
    0xC2,
    0xDF,
    0xE0,
    0xE1,
    0xEC,
    0xED,
    0xEE,
    0xEF,
    0xF0,
    0xF1,
    0xF3,
    0xF4,
    0xF5,
    0xF7,
    0xF8,
    0xFF,
};

static bool
twins_agree_spoilt(void)
{
	struct buf b = {NULL, 0, 0};
	bool good = true;
	size_t n, k, spoil;

	for (n = 0; n <= 400 && good; n++) {
		for (k = 0; k < 300 && good; k++) {
			draw_text(&b, n, k % 2 == 0);
			good = twins_agree(&b, n);
			for (spoil = k % 3; spoil > 0 && n > 0; spoil--)
				b.p[draw() % n] =
				    (char)edge[draw() % sizeof edge];
			good = good && twins_agree(&b, n);
		}
	}
	buf_release(&b);
	return good;
}

/* Every four edge bytes, in ASCII, across the bound of two chunks. */
static bool
twins_agree_on_edges(size_t at)
{
	enum { N = sizeof edge };
	char text[192];
	struct span s = span_make(text, sizeof text);
	size_t i;

	memset(text, 'x', sizeof text);
	for (i = 0; i < N * N * N * N; i++) {
		text[at] = (char)edge[i % N];
		text[at + 1] = (char)edge[i / N % N];
		text[at + 2] = (char)edge[i / N / N % N];
		text[at + 3] = (char)edge[i / N / N / N];
		if (utf8_check(s) != utf8_check_scalar(s))
			return false;
	}
	return true;
}

static bool
twins_agree_everywhere(void)
{
	size_t at;

	for (at = 64; at < 68; at++)
		if (!twins_agree_on_edges(at))
			return false;
	return twins_agree_on_edges(0) && twins_agree_on_edges(96) &&
	    twins_agree_on_edges(188);
}

/* utf8proc as another judge of each single sequence. */
static bool
agrees_with_utf8proc(void)
{
	utf8proc_uint8_t text[4];
	utf8proc_int32_t c;
	utf8proc_ssize_t n;
	uint32_t i;

	for (i = 0; i < 0x01000000; i++) {
		text[0] = (utf8proc_uint8_t)(0x80 | (i >> 17 & 0x7F));
		text[1] = (utf8proc_uint8_t)(i >> 9);
		text[2] = (utf8proc_uint8_t)(i >> 1);
		text[3] = i & 1 ? 0x80 : 0xBF;
		n = utf8proc_iterate(text, 4, &c);
		if ((n > 0) !=
		    (utf8_check_scalar(span_make((char *)text, 4)) > 0))
			return false;
	}
	return true;
}

static bool
all_points(void)
{
	struct buf b = {NULL, 0, 0};
	bool good = true;
	uint32_t c;
	size_t n;

	for (c = 1; c <= LAST_POINT && good; c++) {
		if (surrogate(c))
			continue;
		buf_reset(&b);
		utf8_encode(&b, c);
		good = utf8_decode(buf_span(&b), &n) == c && n == b.n &&
		    utf8_length(buf_span(&b)) == 1 &&
		    utf8_check(buf_span(&b)) == b.n;
	}
	buf_release(&b);
	return good;
}

static bool
encodes(uint32_t c, const char *want)
{
	struct buf b = {NULL, 0, 0};
	bool same;

	utf8_encode(&b, c);
	same = span_eq(buf_span(&b), span_of(want));
	buf_release(&b);
	return same;
}

static void
test_points(void)
{
	unit_check(all_points(), "utf8: every code point reads back");
	unit_check(encodes(0xD800, "\xEF\xBF\xBD") &&
		encodes(0x110000, "\xEF\xBF\xBD"),
	    "utf8: what is no code point becomes U+FFFD");
	unit_check(utf8_length(SPAN("")) == 0 &&
		utf8_length(SPAN("d\xC3\xA9j\xC3\xA0 \xE2\x82\xAC")) == 6,
	    "utf8: length is in code points");
	unit_check(utf8_width(SPAN("d\xC3\xA9j\xC3\xA0")) == 4 &&
		utf8_width(SPAN("e\xCC\x81")) == 1 &&
		utf8_width(SPAN("\xE4\xB8\xAD")) == 2,
	    "utf8: width is in terminal columns");
}

static void
test_cp1252(void)
{
	static const char undefined[] = "\x81\x8D\x8F\x90\x9D";
	struct buf b = {NULL, 0, 0};
	bool good = true;
	char c;
	int i;

	unit_check(utf8_from_cp1252(
		       &b, SPAN("\x80uro d\xE9j\xE0 \x9Cuvre\x92")) == 16 &&
		span_eq(buf_span(&b),
		    SPAN("\xE2\x82\xACuro d\xC3\xA9j\xC3\xA0 "
			 "\xC5\x93uvre\xE2\x80\x99")),
	    "cp1252: text becomes UTF-8");
	for (i = 1; i < 256; i++) {
		c = (char)i;
		buf_reset(&b);
		if (strchr(undefined, c) != NULL)
			good = good &&
			    utf8_from_cp1252(&b, span_make(&c, 1)) == 0 &&
			    b.n == 0;
		else
			good = good &&
			    utf8_from_cp1252(&b, span_make(&c, 1)) == 1 &&
			    utf8_length(buf_span(&b)) == 1;
	}
	unit_check(good, "cp1252: five bytes are refused and no other");
	buf_reset(&b);
	unit_check(utf8_from_cp1252(&b, SPAN("a long word \xE9\x81z")) == 13 &&
		span_eq(buf_span(&b), SPAN("a long word \xC3\xA9")),
	    "cp1252: what comes before a refused byte is converted");
	buf_release(&b);
}

static bool
folds(const char *text, const char *want)
{
	struct buf b = {NULL, 0, 0};
	bool same;

	utf8_fold(&b, span_of(text));
	same = span_eq(buf_span(&b), span_of(want));
	if (!same)
		printf("# '%s' gives '%.*s'\n", text, (int)b.n, b.p);
	buf_release(&b);
	return same;
}

/* The fold of s is in `out`; whether it is the same for `what` of s. */
static bool
folds_alike(struct span s, utf8proc_uint8_t *(*what)(const utf8proc_uint8_t *),
    const struct buf *out)
{
	struct buf text = {NULL, 0, 0}, got = {NULL, 0, 0};
	utf8proc_uint8_t *form;
	bool same;

	buf_add(&text, s);
	buf_byte(&text, '\0');
	form = what((const utf8proc_uint8_t *)text.p);
	utf8_fold(&got, span_of((const char *)form));
	same = span_eq(buf_span(&got), buf_span(out));
	free(form);
	buf_release(&text);
	buf_release(&got);
	return same;
}

/* What has to hold of the fold of any text. */
struct fold_law {
	bool fast;       /* is that of the path without tables */
	bool idempotent; /* is its own fold */
	bool normal;     /* is that of the text in any normal form */
};

static void
hold_law(struct fold_law *law, struct span s)
{
	struct buf once = {NULL, 0, 0}, other = {NULL, 0, 0};

	utf8_fold(&once, s);
	utf8_fold_plain(&other, s);
	law->fast = law->fast && span_eq(buf_span(&once), buf_span(&other));
	buf_reset(&other);
	utf8_fold(&other, buf_span(&once));
	law->idempotent =
	    law->idempotent && span_eq(buf_span(&once), buf_span(&other));
	law->normal = law->normal && folds_alike(s, utf8proc_NFC, &once) &&
	    folds_alike(s, utf8proc_NFD, &once);
	buf_release(&once);
	buf_release(&other);
}

static void
test_fold_laws(void)
{
	struct fold_law law = {true, true, true};
	struct buf b = {NULL, 0, 0};
	uint32_t c;
	int i;

	for (c = 1; c <= LAST_POINT; c++) {
		if (surrogate(c))
			continue;
		buf_reset(&b);
		utf8_encode(&b, c);
		hold_law(&law, buf_span(&b));
	}
	for (i = 0; i < 20000; i++) {
		buf_reset(&b);
		while (b.n < 40)
			utf8_encode(
			    &b, draw() % 2 ? draw_below(0x400) : draw_point());
		hold_law(&law, buf_span(&b));
	}
	buf_release(&b);
	unit_check(law.fast, "fold: the fast path gives what utf8proc gives");
	unit_check(law.idempotent, "fold: a folded text is its own fold");
	unit_check(law.normal, "fold: the normal form makes no difference");
}

static void
test_fold(void)
{
	struct buf b = {NULL, 0, 0};

	unit_check(folds("Saint-\xC3\x89tienne", "saint-etienne") &&
		folds("NUM\xC3\x89RIQUE", "numerique") &&
		folds("\xC3\xA7\xC3\x80\xC3\xBC", "cau") &&
		folds("e\xCC\x81t\xC3\xA9", "ete"),
	    "fold: case and accents go");
	unit_check(folds("\xC5\x92uvre c\xC5\x93ur", "oeuvre coeur") &&
		folds("\xC3\x86quo", "aequo") &&
		folds("Stra\xC3\x9F"
		      "e \xE1\xBA\x9E",
		    "strasse ss") &&
		folds("\xEF\xAC\x81n", "fin"),
	    "fold: ligatures are taken apart");
	unit_check(folds("\xC5\x81\xC3\xB3"
			 "d\xC5\xBA \xC3\x98",
		       "lodz o"),
	    "fold: strokes go");
	unit_check(folds("l\xE2\x80\x99l\xCA\xBCl\xC2\xB4l`l'l", "l'l'l'l'l'l"),
	    "fold: apostrophes are alike");
	unit_check(folds("a\xE2\x80\x93z\xE2\x80\x90z\xE2\x88\x92z", "a-z-z-z"),
	    "fold: dashes are alike");
	unit_check(folds("a \t\xC2\xA0\xE2\x80\xAF\n b", "a b") &&
		folds("  a  ", " a "),
	    "fold: a run of white space is one space");
	unit_check(folds("co\xC2\xADop \xE2\x80\x8B"
			 "a",
		       "coop a"),
	    "fold: what is not seen goes");
	unit_check(folds("\xFF\xC3(\xC3", "\xFF\xC3(\xC3") &&
		folds("\xE2\x82", "\xE2\x82"),
	    "fold: invalid UTF-8 is passed as it is");
	buf_add(&b, SPAN("x "));
	utf8_fold(&b, SPAN(" Y"));
	unit_check(span_eq(buf_span(&b), SPAN("x  y")),
	    "fold: what the buffer held is left alone");
	buf_release(&b);
}

int
main(void)
{
	test_check();
	unit_check(twins_agree_spoilt(),
	    "utf8: SIMD and scalar agree on random and spoilt text");
	unit_check(twins_agree_everywhere(),
	    "utf8: SIMD and scalar agree on every four edge bytes");
	unit_check(agrees_with_utf8proc(),
	    "utf8: utf8proc agrees on what starts a text");
	test_points();
	test_cp1252();
	test_fold();
	test_fold_laws();
	return unit_done();
}
