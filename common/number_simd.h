#ifndef DFV_NUMBER_SIMD_H
#define DFV_NUMBER_SIMD_H

#if defined(__x86_64__)

#include <immintrin.h>

#include "cpu.h"

/* What a processor has to have for these, and whether this one does. */
#define NUMBER_LANES_TARGET                                                    \
	__attribute__((target("avx512f,avx512bw,avx512cd,avx512vl")))
#define NUMBER_LANES_RUN                                                       \
	(CPU_HAS(AVX512BW, "avx512bw") && CPU_HAS(AVX512CD, "avx512cd") &&     \
	    CPU_HAS(AVX512VL, "avx512vl"))

/* Eight numbers, value * 10^-scale each, in the lanes that are sure. */
struct number_lanes {
	__m512i value;
	__m512i scale; /* 0 to 7 */
	__mmask8 sure;
	__mmask8 whole; /* there is no point in it */
};

/* Eight digits' values, the first lowest, as one number: pairs of them, pairs of
 * those, and the two halves. */
NUMBER_LANES_TARGET static inline __m512i
number_lanes_join(__m512i digits)
{
	__m512i pairs = _mm512_maddubs_epi16(digits, _mm512_set1_epi16(0x010A));
	__m512i halves =
	    _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x00010064));

	return _mm512_add_epi64(
	    _mm512_mul_epu32(halves, _mm512_set1_epi64(10000)),
	    _mm512_srli_epi64(halves, 32));
}

/*
 * Numbers of at most eight characters, minus and point among them: the words
 * that end with them, the first byte lowest, and their lengths. What stands
 * before the number is shifted out, a minus becomes a leading zero, and what is
 * before a point closes over it. What is of another form, or is no number, is
 * not sure.
 */
NUMBER_LANES_TARGET static inline struct number_lanes
number_lanes_parse(__m512i word, __m512i len)
{
	const __m512i one = _mm512_set1_epi64(1), zero = _mm512_setzero_si512();
	const __m512i byte = _mm512_set1_epi64(0xFF);
	__m512i shift =
	    _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(len, 3));
	__m512i w = _mm512_srlv_epi64(
	    _mm512_xor_si512(word, _mm512_set1_epi8('0')), shift);
	__mmask8 minus = _mm512_cmpeq_epi64_mask(
	    _mm512_and_si512(w, byte), _mm512_set1_epi64('-' ^ '0'));
	__m512i point, before, count, value;
	__mmask8 pointed;

	w = _mm512_sllv_epi64(
	    _mm512_mask_andnot_epi64(w, minus, byte, w), shift);
	point = _mm512_movm_epi8(
	    _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8('.' ^ '0')));
	count = _mm512_sad_epu8(_mm512_abs_epi8(point), zero);
	pointed = _mm512_test_epi64_mask(point, point);
	before = _mm512_andnot_si512(
	    point, _mm512_maskz_sub_epi64(pointed, point, one));
	w = _mm512_andnot_si512(point, w);
	w = _mm512_or_si512(_mm512_andnot_si512(before, w),
	    _mm512_slli_epi64(_mm512_and_si512(w, before), 8));
	value = number_lanes_join(w);
	/* Some digit is left, and all of it was in the word. */
	len = _mm512_mask_sub_epi64(len, minus, len, one);
	len = _mm512_sub_epi64(len, count);
	return (struct number_lanes){
	    .value = _mm512_mask_sub_epi64(value, minus, zero, value),
	    .scale =
		_mm512_maskz_srli_epi64(pointed, _mm512_lzcnt_epi64(point), 3),
	    .sure = _mm512_cmplt_epu64_mask(
			_mm512_sub_epi64(len, one), _mm512_set1_epi64(8)) &
		_mm512_cmple_epu64_mask(count, one) &
		_mm512_testn_epi64_mask(
		    _mm512_subs_epu8(w, _mm512_set1_epi8(9)),
		    _mm512_set1_epi8(-1)),
	    .whole = (__mmask8)~pointed,
	};
}

#endif

#endif
