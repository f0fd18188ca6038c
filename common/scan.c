#include "scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "cpu.h"
#include "utf8_simd.h"

size_t
scan_scalar(const char *p, size_t n, uint32_t base, uint32_t *sep,
    struct scan_sums *sums)
{
	uint32_t *at = sep;

	sums->doubtful = true;
	for (size_t i = 0; i < n; i++) {
		*at = base + (uint32_t)i;
		at += p[i] == '\t' || p[i] == '\n';
		sums->nlf += p[i] == '\n';
	}
	return (size_t)(at - sep);
}

/* How far ahead of the scan memory is asked for: a mapped file's pages have
 * not been near the processor yet. */
enum { PREFETCH_BYTES = 4096 };

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
			at[i] =
			    base + (uint32_t)__builtin_ctzll(mask | 1ULL << 63);
			mask &= mask - 1;
		}
		at += 8;
	} while (at < end);
	return end;
}
#endif

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,popcnt"))) static size_t
scan_avx2(const char *p, size_t n, uint32_t base, uint32_t *sep,
    struct scan_sums *sums)
{
	const __m256i tab = _mm256_set1_epi8('\t');
	const __m256i lf = _mm256_set1_epi8('\n');
	uint32_t *at = sep;
	size_t i = 0, lines = 0;

	for (; i + 64 <= n; i += 64) {
		__m256i a =
		    _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
		__m256i b = _mm256_loadu_si256(
		    (const __m256i *)(const void *)(p + i + 32));
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

		__builtin_prefetch(p + i + PREFETCH_BYTES);
		lines += (size_t)__builtin_popcountll(lfs);
		at = flatten(at, tabs | lfs, base + (uint32_t)i);
	}
	sums->nlf += lines;
	return (size_t)(at - sep) +
	    scan_scalar(p + i, n - i, base + (uint32_t)i, at, sums);
}

/*
 * A bit for each of the 64 bytes at p that breaks UTF-8 or is NUL, of those
 * that `in` has a bit for. Before the first ones of a text there is nothing.
 */
__attribute__((target("avx512f,avx512bw"))) static inline uint64_t
errors_avx512(const char *p, __m512i now, uint64_t in, bool first)
{
	__m512i one, two, three, errors;

	if (in == UINT64_MAX && !first) {
		one = _mm512_loadu_si512((const void *)(p - 1));
		two = _mm512_loadu_si512((const void *)(p - 2));
		three = _mm512_loadu_si512((const void *)(p - 3));
	} else {
		one = _mm512_maskz_loadu_epi8(in << 1 * first, p - 1);
		two = _mm512_maskz_loadu_epi8(in << 2 * first, p - 2);
		three = _mm512_maskz_loadu_epi8(in << 3 * first, p - 3);
	}
	errors = utf8_errors_avx512(now, one, two, three);
	return (_mm512_test_epi8_mask(errors, errors) |
		   _mm512_testn_epi8_mask(now, now)) &
	    in;
}

/*
 * The positions of a chunk's separators, pressed together as bytes by the mask
 * and widened sixteen at a time: most chunks of 64 bytes hold fewer, and need
 * no loop over bits at all.
 */
__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) static inline
    __attribute__((always_inline)) size_t
    scan_chunks_avx512(const char *p, size_t n, uint32_t base, uint32_t *sep,
	struct scan_sums *sums, bool check)
{
	const __m512i tab = _mm512_set1_epi8('\t');
	const __m512i lf = _mm512_set1_epi8('\n');
	const __m512i iota =
	    _mm512_set_epi64(0x3F3E3D3C3B3A3938, 0x3736353433323130,
		0x2F2E2D2C2B2A2928, 0x2726252423222120, 0x1F1E1D1C1B1A1918,
		0x1716151413121110, 0x0F0E0D0C0B0A0908, 0x0706050403020100);
	uint32_t *at = sep;
	uint64_t errors = 0;

	for (size_t i = 0; i < n; i += 64) {
		uint64_t in =
		    n - i < 64 ? ~(UINT64_MAX << (n - i)) : UINT64_MAX;
		__m512i v = _mm512_maskz_loadu_epi8(in, p + i);
		uint64_t lfs = _mm512_cmpeq_epi8_mask(v, lf);
		uint64_t mask = _mm512_cmpeq_epi8_mask(v, tab) | lfs;
		__m512i from = _mm512_set1_epi32((int)(base + (uint32_t)i));
		__m512i pos = _mm512_maskz_compress_epi8(mask, iota);
		int count = __builtin_popcountll(mask);

		__builtin_prefetch(p + i + PREFETCH_BYTES);
		if (check)
			errors |= errors_avx512(p + i, v, in, base + i == 0);
		sums->nlf += (size_t)__builtin_popcountll(lfs);
		for (int k = 0; k < count; k += 16) {
			_mm512_storeu_si512((void *)(at + k),
			    _mm512_add_epi32(from,
				_mm512_cvtepu8_epi32(
				    _mm512_castsi512_si128(pos))));
			pos = _mm512_alignr_epi64(pos, pos, 2);
		}
		at += count;
	}
	sums->doubtful |= errors != 0;
	return (size_t)(at - sep);
}

__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt"))) static size_t
scan_avx512(const char *p, size_t n, uint32_t base, uint32_t *sep,
    struct scan_sums *sums)
{
	return sums->doubtful ? scan_chunks_avx512(p, n, base, sep, sums, false)
			      : scan_chunks_avx512(p, n, base, sep, sums, true);
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
scan_neon(const char *p, size_t n, uint32_t base, uint32_t *sep,
    struct scan_sums *sums)
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
	sums->nlf += lines;
	return (size_t)(at - sep) +
	    scan_scalar(p + i, n - i, base + (uint32_t)i, at, sums);
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
		{"avx512", scan_avx512, CPU_HAS(AVX512_VBMI2, "avx512vbmi2")},
		{"avx2", scan_avx2, CPU_HAS(AVX2, "avx2")},
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
