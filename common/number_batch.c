#include "number.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "word.h"

static size_t
parse_one_by_one(
    const struct span *cell, size_t n, bool decimal_comma, struct number *out)
{
	for (size_t i = 0; i < n; i++)
		if (!number_parse(cell[i], decimal_comma, &out[i]))
			return i;
	return n;
}

#if defined(__x86_64__)

/* Words are written and read as far apart as a stretch is long: a vector that
 * is made of words just written would wait for them. */
enum { LANES = 8, STRETCH = 64 };

/* Cells: the word that each ends with, and its length; and what they come to. */
struct stretch {
	uint64_t word[STRETCH];
	uint64_t len[STRETCH];
	int64_t mant[STRETCH];
	uint64_t scale[STRETCH];
};

/* v * (2^a - 2^b): by 30 and 28, which point and comma are less '0'. */
__attribute__((target("avx512f"))) static inline __m512i
times(__m512i v, unsigned a, unsigned b)
{
	return _mm512_sub_epi64(
	    _mm512_slli_epi64(v, a), _mm512_slli_epi64(v, b));
}

/*
 * Numbers of at most eight characters, sign and point among them, eight of
 * them at a time. A word's last byte is the cell's last; what stands before the
 * cell is shifted out, a sign becomes a leading zero, and the one byte that is
 * no digit has to be a point, which what is before it closes over. Returns a
 * bit for each that was read; the others are left to number_parse.
 */
__attribute__((target("avx512f,avx512bw,avx512cd"))) static unsigned
parse_lanes(struct stretch *s, size_t from, __mmask8 comma)
{
	const __m512i zeros = _mm512_set1_epi8('0');
	const __m512i byte = _mm512_set1_epi64(0xFF);
	const __m512i top = _mm512_set1_epi8((char)0x80);
	const __m512i nine = _mm512_set1_epi8(0x76);
	const __m512i one = _mm512_set1_epi64(1);
	__m512i len = _mm512_loadu_si512(s->len + from);
	__m512i shift =
	    _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(len, 3));
	__m512i w = _mm512_srlv_epi64(
	    _mm512_xor_si512(_mm512_loadu_si512(s->word + from), zeros), shift);
	__m512i first = _mm512_and_si512(w, byte), odd, low, before, at, mark;
	__m512i value;
	__mmask8 minus =
	    _mm512_cmpeq_epi64_mask(first, _mm512_set1_epi64('-' ^ '0'));
	__mmask8 sign = minus |
	    _mm512_cmpeq_epi64_mask(first, _mm512_set1_epi64('+' ^ '0'));
	__mmask8 point, good;

	w = _mm512_mask_andnot_epi64(w, sign, byte, w);
	w = _mm512_sllv_epi64(w, shift);
	/* The top bit of each byte that is above nine; carries go up only. */
	odd = _mm512_and_si512(
	    _mm512_or_si512(w, _mm512_add_epi64(w, nine)), top);
	point = _mm512_test_epi64_mask(odd, odd);
	/* The lowest: 1 at its byte's foot, and masks below and over it. */
	low = _mm512_srli_epi64(
	    _mm512_and_si512(
		odd, _mm512_sub_epi64(_mm512_setzero_si512(), odd)),
	    7);
	before = _mm512_maskz_sub_epi64(point, low, one);
	at = _mm512_sub_epi64(_mm512_slli_epi64(low, 8), low);
	mark = _mm512_and_si512(w, at);
	good = (__mmask8)~point |
	    _mm512_cmpeq_epi64_mask(mark, times(low, 5, 1)) |
	    (_mm512_cmpeq_epi64_mask(mark, times(low, 5, 2)) & comma);
	w = _mm512_or_si512(_mm512_andnot_si512(_mm512_or_si512(before, at), w),
	    _mm512_slli_epi64(_mm512_and_si512(w, before), 8));
	odd = _mm512_and_si512(
	    _mm512_or_si512(w, _mm512_add_epi64(w, nine)), top);
	good &= (__mmask8)~_mm512_test_epi64_mask(odd, odd);
	/* Some digit is left, and all of it was in the word. */
	len = _mm512_mask_sub_epi64(len, sign, len, one);
	len = _mm512_mask_sub_epi64(len, point, len, one);
	good &= _mm512_cmplt_epu64_mask(
	    _mm512_sub_epi64(len, one), _mm512_set1_epi64(8));
	value = _mm512_madd_epi16(
	    _mm512_maddubs_epi16(w, _mm512_set1_epi16(0x010A)),
	    _mm512_set1_epi32(0x00010064));
	value =
	    _mm512_add_epi64(_mm512_mul_epu32(value, _mm512_set1_epi64(10000)),
		_mm512_srli_epi64(value, 32));
	value =
	    _mm512_mask_sub_epi64(value, minus, _mm512_setzero_si512(), value);
	_mm512_storeu_si512(s->mant + from, value);
	_mm512_storeu_si512(s->scale + from,
	    _mm512_maskz_srli_epi64(point, _mm512_lzcnt_epi64(low), 3));
	return good;
}

/* Up to STRETCH cells: how many before the first that is no number. */
static size_t
parse_stretch(
    const struct span *cell, size_t n, bool decimal_comma, struct number *out)
{
	struct stretch s;
	uint64_t good = 0;

	for (size_t i = 0; i < n; i++) {
		s.word[i] = word_load8(cell[i].p + cell[i].n - 8);
		s.len[i] = cell[i].n;
	}
	for (size_t i = n; i % LANES != 0; i++)
		s.word[i] = s.len[i] = 0;
	for (size_t i = 0; i < n; i += LANES)
		good |= (uint64_t)parse_lanes(&s, i, decimal_comma ? 0xFF : 0)
		    << i;
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct number){.exact = true,
		    .scale = (uint8_t)s.scale[i],
		    .mant = s.mant[i]};
		if ((good >> i & 1) == 0 &&
		    !number_parse(cell[i], decimal_comma, &out[i]))
			return i;
	}
	return n;
}

size_t
number_parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct number *out)
{
	size_t at = 0;

	/* Those too near to the start for a word to end with them. */
	while (at < n && cell[at].p + cell[at].n - readable_from < 8) {
		if (!number_parse(cell[at], decimal_comma, &out[at]))
			return at;
		at++;
	}
	if (!__builtin_cpu_supports("avx512cd") ||
	    !__builtin_cpu_supports("avx512bw"))
		return at +
		    parse_one_by_one(
			cell + at, n - at, decimal_comma, out + at);
	while (at < n) {
		size_t todo = n - at < STRETCH ? n - at : STRETCH;
		size_t good =
		    parse_stretch(cell + at, todo, decimal_comma, out + at);

		at += good;
		if (good < todo)
			break;
	}
	return at;
}

#else

size_t
number_parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct number *out)
{
	(void)readable_from;
	return parse_one_by_one(cell, n, decimal_comma, out);
}

#endif
