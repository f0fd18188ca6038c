#include "scan.h"

#include <stdbool.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

size_t
scan_scalar(
    const char *p, size_t n, uint32_t base, uint32_t *sep, size_t *nlf)
{
	uint32_t *at = sep;

	for (size_t i = 0; i < n; i++) {
		*at = base + (uint32_t)i;
		at += p[i] == '\t' || p[i] == '\n';
		*nlf += p[i] == '\n';
	}
	return (size_t)(at - sep);
}

#if defined(__x86_64__) || defined(__aarch64__)
/*
 * The positions of a mask's bits. Eight are written at once whether they are
 * there or not, and the surplus is overwritten: a loop bounded by the count
 * would mispredict at nearly every record.
 */
static inline uint32_t *
flatten(uint32_t *at, uint64_t mask, uint32_t base)
{
	int count = __builtin_popcountll(mask);
	uint32_t *end = at + count;

	do {
		for (int i = 0; i < 8; i++) {
			at[i] = base + (uint32_t)__builtin_ctzll(mask | 1ULL << 63);
			mask &= mask - 1;
		}
		at += 8;
	} while (at < end);
	return end;
}
#endif

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,popcnt"))) static size_t
scan_avx2(
    const char *p, size_t n, uint32_t base, uint32_t *sep, size_t *nlf)
{
	const __m256i tab = _mm256_set1_epi8('\t');
	const __m256i lf = _mm256_set1_epi8('\n');
	uint32_t *at = sep;
	size_t i = 0, lines = 0;

	for (; i + 64 <= n; i += 64) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
		__m256i b =
		    _mm256_loadu_si256((const __m256i *)(const void *)(p + i + 32));
		uint64_t tabs =
		    (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, tab)) |
		    (uint64_t)(uint32_t)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(b, tab))
			<< 32;
		uint64_t lfs =
		    (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, lf)) |
		    (uint64_t)(uint32_t)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(b, lf))
			<< 32;

		lines += (size_t)__builtin_popcountll(lfs);
		at = flatten(at, tabs | lfs, base + (uint32_t)i);
	}
	*nlf += lines;
	return (size_t)(at - sep) +
	    scan_scalar(p + i, n - i, base + (uint32_t)i, at, nlf);
}

/* Sixteen positions at a time, pressed together by the mask: no loop over
 * bits at all. */
__attribute__((target("avx512f,avx512bw,popcnt"))) static size_t
scan_avx512(
    const char *p, size_t n, uint32_t base, uint32_t *sep, size_t *nlf)
{
	const __m512i tab = _mm512_set1_epi8('\t');
	const __m512i lf = _mm512_set1_epi8('\n');
	const __m512i iota = _mm512_set_epi32(
	    15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
	uint32_t *at = sep;
	size_t i = 0, lines = 0;

	for (; i + 64 <= n; i += 64) {
		__m512i v = _mm512_loadu_si512((const void *)(p + i));

		__builtin_prefetch(p + i + 4096);
		uint64_t lfs = _mm512_cmpeq_epi8_mask(v, lf);
		uint64_t mask = _mm512_cmpeq_epi8_mask(v, tab) | lfs;
		uint32_t from = base + (uint32_t)i;

		lines += (size_t)__builtin_popcountll(lfs);
		for (uint32_t k = 0; k < 64; k += 16) {
			__mmask16 m = (__mmask16)(mask >> k);
			__m512i pos = _mm512_add_epi32(
			    iota, _mm512_set1_epi32((int)(from + k)));

			_mm512_storeu_si512(
			    (void *)at, _mm512_maskz_compress_epi32(m, pos));
			at += __builtin_popcount(m);
		}
	}
	*nlf += lines;
	return (size_t)(at - sep) +
	    scan_scalar(p + i, n - i, base + (uint32_t)i, at, nlf);
}
#endif

#if defined(__aarch64__)
/* One bit a byte, by weighting and three pairwise additions. */
static inline uint64_t
neon_mask(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
	const uint8x16_t weight = {
	    1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
	uint8x16_t ab = vpaddq_u8(vandq_u8(a, weight), vandq_u8(b, weight));
	uint8x16_t cd = vpaddq_u8(vandq_u8(c, weight), vandq_u8(d, weight));
	uint8x16_t all = vpaddq_u8(ab, cd);

	return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static size_t
scan_neon(
    const char *p, size_t n, uint32_t base, uint32_t *sep, size_t *nlf)
{
	const uint8x16_t tab = vdupq_n_u8('\t'), lf = vdupq_n_u8('\n');
	uint32_t *at = sep;
	size_t i = 0, lines = 0;

	for (; i + 64 <= n; i += 64) {
		const uint8_t *q = (const uint8_t *)p + i;
		uint8x16_t a = vld1q_u8(q), b = vld1q_u8(q + 16);
		uint8x16_t c = vld1q_u8(q + 32), d = vld1q_u8(q + 48);
		uint64_t tabs = neon_mask(vceqq_u8(a, tab), vceqq_u8(b, tab),
		    vceqq_u8(c, tab), vceqq_u8(d, tab));
		uint64_t lfs = neon_mask(vceqq_u8(a, lf), vceqq_u8(b, lf),
		    vceqq_u8(c, lf), vceqq_u8(d, lf));

		lines += (size_t)__builtin_popcountll(lfs);
		at = flatten(at, tabs | lfs, base + (uint32_t)i);
	}
	*nlf += lines;
	return (size_t)(at - sep) +
	    scan_scalar(p + i, n - i, base + (uint32_t)i, at, nlf);
}
#endif

/* From the fastest to the one that always works. */
scan_fn *
scan_nth(size_t i, const char **name)
{
	const struct {
		const char *name;
		scan_fn *scan;
		bool runs;
	} all[] = {
#if defined(__x86_64__)
	    {"avx512", scan_avx512,
		__builtin_cpu_supports("avx512bw") != 0},
	    {"avx2", scan_avx2, __builtin_cpu_supports("avx2") != 0},
#elif defined(__aarch64__)
	    {"neon", scan_neon, true},
#endif
	    {"scalar", scan_scalar, true},
	};

	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		if (!all[k].runs || i-- > 0)
			continue;
		*name = all[k].name;
		return all[k].scan;
	}
	return NULL;
}

scan_fn *
scan_best(void)
{
	const char *name;

	return scan_nth(0, &name);
}
