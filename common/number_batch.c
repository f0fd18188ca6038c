#include "number.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "word.h"

static bool
parse_one(struct span cell, bool decimal_comma, struct decimals *d, size_t i)
{
	struct number v;

	if (!number_parse(cell, decimal_comma, &v) || !v.exact)
		return false;
	d->mant[i] = v.mant;
	d->own_scale[i] = v.scale;
	return true;
}

static bool
parse_one_by_one(const struct span *cell, size_t from, size_t to,
    bool decimal_comma, struct decimals *d)
{
	for (size_t i = from; i < to; i++)
		if (!parse_one(cell[i], decimal_comma, d, i))
			return false;
	return true;
}

#if defined(__x86_64__)

/* Words are written and read as far apart as a stretch is long: a vector that
 * is made of words just written would wait for them. */
enum { LANES = 8, STRETCH = 64 };

/* Of each cell: the word that it ends with, and its length. */
struct stretch {
	uint64_t word[STRETCH];
	uint64_t len[STRETCH];
};

/*
 * Eight numbers of at most eight characters, minus and point among them. A
 * word's last byte is the cell's last; what stands before the cell is shifted
 * out, a minus becomes a leading zero, and what is before a point closes over
 * it. False when any is of another form, or is no number.
 */
__attribute__((target("avx512f,avx512bw,avx512cd,popcnt"))) static bool
parse_lanes(const struct stretch *s, size_t from, struct decimals *d, size_t to)
{
	const __m512i one = _mm512_set1_epi64(1);
	__m512i len = _mm512_loadu_si512(s->len + from);
	__m512i shift =
	    _mm512_sub_epi64(_mm512_set1_epi64(64), _mm512_slli_epi64(len, 3));
	__m512i w = _mm512_srlv_epi64(
	    _mm512_xor_si512(
		_mm512_loadu_si512(s->word + from), _mm512_set1_epi8('0')),
	    shift);
	__mmask8 minus = _mm512_cmpeq_epi64_mask(
	    _mm512_and_si512(w, _mm512_set1_epi64(0xFF)),
	    _mm512_set1_epi64('-' ^ '0'));
	__mmask8 pointed, long_or_empty;
	__mmask64 points;
	__m512i point, before, value;

	w = _mm512_mask_andnot_epi64(w, minus, _mm512_set1_epi64(0xFF), w);
	w = _mm512_sllv_epi64(w, shift);
	points = _mm512_cmpeq_epi8_mask(w, _mm512_set1_epi8('.' ^ '0'));
	point = _mm512_movm_epi8(points);
	pointed = _mm512_test_epi64_mask(point, point);
	before = _mm512_andnot_si512(
	    point, _mm512_maskz_sub_epi64(pointed, point, one));
	w = _mm512_andnot_si512(point, w);
	w = _mm512_or_si512(_mm512_andnot_si512(before, w),
	    _mm512_slli_epi64(_mm512_and_si512(w, before), 8));
	/* Some digit is left, and all of it was in the word. */
	len = _mm512_mask_sub_epi64(len, minus, len, one);
	len = _mm512_mask_sub_epi64(len, pointed, len, one);
	long_or_empty = _mm512_cmpge_epu64_mask(
	    _mm512_sub_epi64(len, one), _mm512_set1_epi64(8));
	if (long_or_empty != 0 ||
	    _mm512_cmpgt_epu8_mask(w, _mm512_set1_epi8(9)) != 0 ||
	    _mm_popcnt_u64(points) != _mm_popcnt_u32(pointed))
		return false;
	value = _mm512_madd_epi16(
	    _mm512_maddubs_epi16(w, _mm512_set1_epi16(0x010A)),
	    _mm512_set1_epi32(0x00010064));
	value =
	    _mm512_add_epi64(_mm512_mul_epu32(value, _mm512_set1_epi64(10000)),
		_mm512_srli_epi64(value, 32));
	value =
	    _mm512_mask_sub_epi64(value, minus, _mm512_setzero_si512(), value);
	_mm512_storeu_si512(d->mant + to, value);
	_mm_storel_epi64((__m128i *)(void *)(d->own_scale + to),
	    _mm512_cvtepi64_epi8(_mm512_maskz_srli_epi64(
		pointed, _mm512_lzcnt_epi64(point), 3)));
	return true;
}

/* Up to STRETCH cells, which words end with. */
static bool
parse_stretch(const struct span *cell, size_t from, size_t n,
    bool decimal_comma, struct decimals *d)
{
	struct stretch s;

	for (size_t i = 0; i < n; i++) {
		s.word[i] = word_load8(cell[from + i].p + cell[from + i].n - 8);
		s.len[i] = cell[from + i].n;
	}
	for (size_t i = 0; i < n; i += LANES) {
		size_t at = from + i;
		size_t end = n - i < LANES ? from + n : at + LANES;

		if ((end - at < LANES || !parse_lanes(&s, i, d, at)) &&
		    !parse_one_by_one(cell, at, end, decimal_comma, d))
			return false;
	}
	return true;
}

static bool
parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct decimals *d)
{
	size_t at = 0;

	if (!__builtin_cpu_supports("avx512cd") ||
	    !__builtin_cpu_supports("avx512bw"))
		return parse_one_by_one(cell, 0, n, decimal_comma, d);
	/* Those too near to the start for a word to end with them. */
	while (at < n && cell[at].p + cell[at].n - readable_from < 8)
		at++;
	if (!parse_one_by_one(cell, 0, at, decimal_comma, d))
		return false;
	for (size_t todo; at < n; at += todo) {
		todo = n - at < STRETCH ? n - at : STRETCH;
		if (!parse_stretch(cell, at, todo, decimal_comma, d))
			return false;
	}
	return true;
}

#else

static bool
parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct decimals *d)
{
	(void)readable_from;
	return parse_one_by_one(cell, 0, n, decimal_comma, d);
}

#endif

/* Brings all to the finest scale there is; false when some would not fit. */
static bool
share_scale(struct decimals *d, size_t n)
{
	const uint8_t *own = d->own_scale;

	d->scale = n == 0 ? 0 : own[0];
	if (n == 0 || memcmp(own, own + 1, n - 1) == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		d->scale = own[i] > d->scale ? own[i] : d->scale;
	for (size_t i = 0; i < n; i++)
		if (__builtin_mul_overflow(d->mant[i],
			number_pow10[d->scale - own[i]], &d->mant[i]))
			return false;
	return true;
}

bool
decimals_parse(struct decimals *d, const struct span *cell, size_t n,
    const char *readable_from, bool decimal_comma)
{
	return parse_all(cell, n, readable_from, decimal_comma, d) &&
	    share_scale(d, n);
}
