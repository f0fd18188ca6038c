#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "cpu.h"
#include "utf8_simd.h"

enum { CHUNK = 64 };

/*
 * Bytes of the well-formed character at p, of n > 0 bytes; 0 for none, and
 * for NUL. The bounds are those of table 3-7 of the Unicode Standard.
 */
static size_t
character_bytes(const unsigned char *p, size_t n)
{
	unsigned char lead = p[0], low = 0x80, high = 0xBF;
	size_t len, i;

	if (lead < 0x80)
		return lead != 0;
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	len = 2 + (size_t)((lead >= 0xE0) + (lead >= 0xF0));
	if (lead == 0xE0)
		low = 0xA0;
	if (lead == 0xED)
		high = 0x9F;
	if (lead == 0xF0)
		low = 0x90;
	if (lead == 0xF4)
		high = 0x8F;
	if (n < len || p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

/* Whether eight bytes are all from 0x01 to 0x7F. */
static bool
ascii_word(const unsigned char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return ((w | (w - UINT64_C(0x0101010101010101))) &
		   UINT64_C(0x8080808080808080)) == 0;
}

size_t
utf8_check_scalar(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0, n;

	while (at < s.n) {
		if (s.n - at >= 8 && ascii_word(p + at)) {
			at += 8;
			continue;
		}
		n = character_bytes(p + at, s.n - at);
		if (n == 0)
			break;
		at += n;
	}
	return at;
}

#if defined(__x86_64__) || defined(__aarch64__)

/* Whether a character that began before p wants more bytes. */
static inline bool
character_open(const unsigned char *p)
{
	return p[-1] >= 0xC0 || p[-2] >= 0xE0 || p[-3] >= 0xF0;
}

#endif

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __m256i
table_avx2(const uint8_t table[16])
{
	return _mm256_broadcastsi128_si256(
	    _mm_loadu_si128((const __m128i *)(const void *)table));
}

__attribute__((target("avx2"))) static inline __m256i
load_avx2(const unsigned char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* Not zero where the 32 bytes at p break UTF-8 or are NUL. */
__attribute__((target("avx2"))) static inline __m256i
errors_avx2(const unsigned char *p)
{
	const __m256i nibble = _mm256_set1_epi8(0x0F);
	const __m256i top = _mm256_set1_epi8((char)0x80);
	__m256i now = load_avx2(p), one = load_avx2(p - 1);
	__m256i pair, third, fourth, wanted;

	pair = _mm256_and_si256(
	    _mm256_shuffle_epi8(table_avx2(utf8_first_high),
		_mm256_and_si256(_mm256_srli_epi16(one, 4), nibble)),
	    _mm256_shuffle_epi8(
		table_avx2(utf8_first_low), _mm256_and_si256(one, nibble)));
	pair = _mm256_and_si256(pair,
	    _mm256_shuffle_epi8(table_avx2(utf8_second_high),
		_mm256_and_si256(_mm256_srli_epi16(now, 4), nibble)));
	/* The top bit is left by leads of three and four only. */
	third =
	    _mm256_subs_epu8(load_avx2(p - 2), _mm256_set1_epi8(0xE0 - 0x80));
	fourth =
	    _mm256_subs_epu8(load_avx2(p - 3), _mm256_set1_epi8(0xF0 - 0x80));
	wanted = _mm256_and_si256(_mm256_or_si256(third, fourth), top);
	return _mm256_or_si256(_mm256_xor_si256(wanted, pair),
	    _mm256_cmpeq_epi8(now, _mm256_setzero_si256()));
}

/*
 * From `at` (3 or more, behind a whole character), where the first chunk
 * starts that has an error in it, or that is not whole.
 */
__attribute__((target("avx2"))) static size_t
skip_avx2(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	__m256i least, error;
	bool open = false;

	for (; s.n - at >= CHUNK; at += CHUNK) {
		/* As signed numbers, all above zero: ASCII and not NUL. */
		least =
		    _mm256_min_epi8(load_avx2(p + at), load_avx2(p + at + 32));
		if (_mm256_movemask_epi8(_mm256_cmpgt_epi8(
			least, _mm256_setzero_si256())) == -1) {
			if (open && character_open(p + at))
				break;
			open = false;
			continue;
		}
		error = _mm256_or_si256(
		    errors_avx2(p + at), errors_avx2(p + at + 32));
		if (!_mm256_testz_si256(error, error))
			break;
		open = true;
	}
	return at;
}

__attribute__((target("avx512f,avx512bw"))) static inline __m512i
load_avx512(const unsigned char *p)
{
	return _mm512_loadu_si512((const void *)p);
}

/*
 * The same in one vector a chunk, ASCII or not: in French text the branch that
 * tells them apart costs more than the work.
 */
__attribute__((target("avx512f,avx512bw"))) static size_t
skip_avx512(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (; s.n - at >= CHUNK; at += CHUNK) {
		__m512i now = load_avx512(p + at);
		__m512i error = utf8_errors_avx512(now, load_avx512(p + at - 1),
		    load_avx512(p + at - 2), load_avx512(p + at - 3));

		if ((_mm512_test_epi8_mask(error, error) |
			_mm512_testn_epi8_mask(now, now)) != 0)
			break;
	}
	return at;
}

static size_t
skip_chunks(struct span s, size_t at)
{
	return CPU_HAS(AVX512BW, "avx512bw") ? skip_avx512(s, at)
					     : skip_avx2(s, at);
}

static inline bool
have_simd(void)
{
	return CPU_HAS(AVX2, "avx2");
}

#elif defined(__aarch64__)

/* Not zero where the 16 bytes at p break UTF-8 or are NUL. */
static inline uint8x16_t
errors_neon(const unsigned char *p)
{
	uint8x16_t now = vld1q_u8(p), one = vld1q_u8(p - 1);
	uint8x16_t pair, third, fourth, wanted;

	pair =
	    vandq_u8(vqtbl1q_u8(vld1q_u8(utf8_first_high), vshrq_n_u8(one, 4)),
		vqtbl1q_u8(
		    vld1q_u8(utf8_first_low), vandq_u8(one, vdupq_n_u8(0x0F))));
	pair = vandq_u8(
	    pair, vqtbl1q_u8(vld1q_u8(utf8_second_high), vshrq_n_u8(now, 4)));
	third = vcgeq_u8(vld1q_u8(p - 2), vdupq_n_u8(0xE0));
	fourth = vcgeq_u8(vld1q_u8(p - 3), vdupq_n_u8(0xF0));
	wanted = vandq_u8(vorrq_u8(third, fourth), vdupq_n_u8(0x80));
	return vorrq_u8(veorq_u8(wanted, pair), vceqzq_u8(now));
}

/*
 * From `at` (3 or more, behind a whole character), where the first chunk
 * starts that has an error in it, or that is not whole.
 */
static size_t
skip_chunks(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	int8x16_t least;
	uint8x16_t error;
	bool open = false;

	for (; s.n - at >= CHUNK; at += CHUNK) {
		/* As signed numbers, all above zero: ASCII and not NUL. */
		least = vreinterpretq_s8_u8(vld1q_u8(p + at));
		least =
		    vminq_s8(least, vreinterpretq_s8_u8(vld1q_u8(p + at + 16)));
		least =
		    vminq_s8(least, vreinterpretq_s8_u8(vld1q_u8(p + at + 32)));
		least =
		    vminq_s8(least, vreinterpretq_s8_u8(vld1q_u8(p + at + 48)));
		if (vminvq_s8(least) > 0) {
			if (open && character_open(p + at))
				break;
			open = false;
			continue;
		}
		error = vorrq_u8(
		    vorrq_u8(errors_neon(p + at), errors_neon(p + at + 16)),
		    vorrq_u8(
			errors_neon(p + at + 32), errors_neon(p + at + 48)));
		if (vmaxvq_u8(error) != 0)
			break;
		open = true;
	}
	return at;
}

static inline bool
have_simd(void)
{
	return true;
}

#else

static size_t
skip_chunks(struct span s, size_t at)
{
	(void)s;
	return at;
}

static inline bool
have_simd(void)
{
	return false;
}

#endif

size_t
utf8_check(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0, n;

	if (s.n >= 2 * CHUNK && have_simd()) {
		for (; at < 3; at += n) {
			n = character_bytes(p + at, s.n - at);
			if (n == 0)
				return at;
		}
		at = skip_chunks(s, at);
		/* The last character may go on into what was not skipped. */
		do
			at--;
		while ((p[at] & 0xC0) == 0x80);
	}
	return at + utf8_check_scalar(span_from(s, at));
}
