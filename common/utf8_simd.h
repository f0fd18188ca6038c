#ifndef DFV_UTF8_SIMD_H
#define DFV_UTF8_SIMD_H

#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/*
 * The vector versions follow John Keiser and Daniel Lemire, `Validating UTF-8
 * in less than one instruction per byte`, Software: Practice and Experience
 * 51 (2021). Each mistake within two bytes is a bit; three tables, looked up
 * by the first byte's two halves and the second byte's high half, say which
 * mistakes the half allows; one that all three allow is there. What is left is
 * whether third and fourth bytes are where they have to be: TWO_CONTINUATIONS,
 * which is no mistake there, and one elsewhere.
 */
enum {
	TOO_SHORT = 1 << 0,  /* a lead, then no continuation */
	TOO_LONG = 1 << 1,   /* ASCII, then a continuation */
	OVERLONG_3 = 1 << 2, /* E0 80..9F */
	TOO_LARGE = 1 << 3,  /* F4 90..BF, F5.. 90..BF */
	SURROGATE = 1 << 4,  /* ED A0..BF */
	OVERLONG_2 = 1 << 5, /* C0, C1 */
	OVERLONG_4 = 1 << 6, /* F0 80..8F, and F5.. 80..8F */
	TWO_CONTINUATIONS = 1 << 7,
	/* What the low half of a first byte has no say in. */
	ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
	ABOVE_F4 = ANY_LOW | TOO_LARGE | OVERLONG_4,
	ANY_SECOND = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS
};

static const uint8_t utf8_first_high[16] = {
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TOO_LONG,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TWO_CONTINUATIONS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | OVERLONG_4,
};

static const uint8_t utf8_first_low[16] = {
    ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4,
    ANY_LOW | OVERLONG_2,
    ANY_LOW,
    ANY_LOW,
    ANY_LOW | TOO_LARGE,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4,
    ABOVE_F4 | SURROGATE,
    ABOVE_F4,
    ABOVE_F4,
};

static const uint8_t utf8_second_high[16] = {
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    ANY_SECOND | OVERLONG_3 | OVERLONG_4,
    ANY_SECOND | OVERLONG_3 | TOO_LARGE,
    ANY_SECOND | SURROGATE | TOO_LARGE,
    ANY_SECOND | SURROGATE | TOO_LARGE,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
    TOO_SHORT,
};

#if defined(__x86_64__)

__attribute__((target("avx512f,avx512bw"))) static inline __m512i
utf8_table_avx512(const uint8_t table[16])
{
	return _mm512_broadcast_i32x4(
	    _mm_loadu_si128((const __m128i *)(const void *)table));
}

/*
 * Not zero where 64 bytes break UTF-8: `now`, and as many from one, two and
 * three bytes before, so that no state goes from one vector to the next. NUL
 * is no mistake here.
 */
__attribute__((target("avx512f,avx512bw"))) static inline __m512i
utf8_errors_avx512(__m512i now, __m512i one, __m512i two, __m512i three)
{
	const __m512i nibble = _mm512_set1_epi8(0x0F);
	__m512i pair = _mm512_and_si512(
	    _mm512_shuffle_epi8(utf8_table_avx512(utf8_first_high),
		_mm512_and_si512(_mm512_srli_epi16(one, 4), nibble)),
	    _mm512_shuffle_epi8(utf8_table_avx512(utf8_first_low),
		_mm512_and_si512(one, nibble)));
	__m512i third =
	    _mm512_subs_epu8(two, _mm512_set1_epi8((char)(0xE0 - 0x80)));
	__m512i fourth =
	    _mm512_subs_epu8(three, _mm512_set1_epi8((char)(0xF0 - 0x80)));

	pair = _mm512_and_si512(pair,
	    _mm512_shuffle_epi8(utf8_table_avx512(utf8_second_high),
		_mm512_and_si512(_mm512_srli_epi16(now, 4), nibble)));
	/* top and (third or fourth), xor pair */
	return _mm512_xor_si512(
	    _mm512_ternarylogic_epi64(
		_mm512_set1_epi8((char)0x80), third, fourth, 0xE0),
	    pair);
}

#endif

#endif
