#include "range.h"

#include "number_simd.h"

void
range_init(struct range *r)
{
	for (int i = 0; i <= NUMBER_MAX_SCALE; i++) {
		r->low[i] = INT64_MIN;
		r->high[i] = INT64_MAX;
	}
}

/* The greatest integer not above mant * 10^shift; *even when it is that. */
__extension__ static __int128
scaled_floor(int64_t mant, int shift, bool *even)
{
	__int128 v = mant, unit = 1, floor;

	for (; shift > 0; shift--)
		v *= 10;
	for (; shift < 0; shift++)
		unit *= 10;
	floor = v / unit - (v % unit < 0);
	*even = floor * unit == v;
	return floor;
}

static void
make_empty(struct range *r, int scale)
{
	r->low[scale] = INT64_MAX;
	r->high[scale] = INT64_MIN;
}

/* Of a scale at which no integer is beyond the bound, nothing is within. */
__extension__ static void
narrow_low(struct range *r, int scale, __int128 low)
{
	if (low > INT64_MAX)
		make_empty(r, scale);
	else if (low > r->low[scale])
		r->low[scale] = (int64_t)low;
}

__extension__ static void
narrow_high(struct range *r, int scale, __int128 high)
{
	if (high < INT64_MIN)
		make_empty(r, scale);
	else if (high < r->high[scale])
		r->high[scale] = (int64_t)high;
}

void
range_narrow(
    struct range *r, struct number bound, enum range_end end, bool exclusive)
{
	for (int scale = 0; scale <= NUMBER_MAX_SCALE; scale++) {
		bool even;
		__extension__ __int128 v =
		    scaled_floor(bound.mant, scale - bound.scale, &even);

		if (!bound.exact)
			make_empty(r, scale);
		else if (end == RANGE_LOW)
			narrow_low(r, scale, v + (!even || exclusive));
		else
			narrow_high(r, scale, v - (even && exclusive));
	}
}

#if defined(__x86_64__)

enum { LANES = 8 };

/* The numbers of cells that follow each other in a column, `end` behind the
 * first: of those that `in` has a bit for. */
NUMBER_LANES_TARGET static struct number_lanes
read_lanes(const struct block_column *c, const uint32_t *end, __mmask8 in)
{
	const __m256i zero = _mm256_setzero_si256();
	__m256i at =
	    _mm256_mullo_epi32(_mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0),
		_mm256_set1_epi32((int)c->step));
	__m256i to = _mm256_mmask_i32gather_epi32(zero, in, at, end, 4);
	__m256i from = _mm256_mmask_i32gather_epi32(zero, in, at, end - 1, 4);
	__m256i len =
	    _mm256_sub_epi32(_mm256_sub_epi32(to, from), _mm256_set1_epi32(1));
	__mmask8 readable =
	    in & _mm256_cmpge_epu32_mask(to, _mm256_set1_epi32(8));
	__m512i word = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(),
	    readable,
	    _mm512_sub_epi64(_mm512_cvtepu32_epi64(to), _mm512_set1_epi64(8)),
	    c->p, 1);
	struct number_lanes n =
	    number_lanes_parse(word, _mm512_cvtepu32_epi64(len));

	n.sure &= readable;
	return n;
}

/* Those within the bounds of their scale, which is below 8. */
NUMBER_LANES_TARGET static __mmask8
lanes_within(const struct range *r, const struct number_lanes *n)
{
	__m512i low =
	    _mm512_permutexvar_epi64(n->scale, _mm512_loadu_si512(r->low));
	__m512i high =
	    _mm512_permutexvar_epi64(n->scale, _mm512_loadu_si512(r->high));

	return _mm512_cmpge_epi64_mask(n->value, low) &
	    _mm512_cmple_epi64_mask(n->value, high);
}

/* range_sure(), LANES cells at a time. */
NUMBER_LANES_TARGET static uint64_t
sure_lanes(const struct range *r, bool whole, const struct block_column *c,
    size_t rec, size_t n)
{
	uint64_t sure = 0;

	for (size_t i = 0; i < n; i += LANES) {
		__mmask8 in =
		    (__mmask8)(n - i < LANES ? (1U << (n - i)) - 1 : 0xFF);
		struct number_lanes lanes =
		    read_lanes(c, c->end + (rec + i) * c->step, in);

		if (r != NULL)
			lanes.sure &= lanes_within(r, &lanes);
		if (whole)
			lanes.sure &= lanes.whole;
		sure |= (uint64_t)lanes.sure << i;
	}
	return sure;
}

#endif

static bool
is_whole(struct span s)
{
	size_t i = s.n > 0 && s.p[0] == '-';

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i == s.n;
}

/* range_sure() for any processor; what it takes is the rule for the other. */
static uint64_t
sure_one_by_one(const struct range *r, bool whole, const struct block_column *c,
    size_t rec, size_t n)
{
	uint64_t sure = 0;

	for (size_t i = 0; i < n; i++) {
		struct span cell = block_column_cell(c, rec + i);
		struct number number;

		if (number_parse(cell, false, &number) &&
		    (r == NULL || range_holds(r, &number)) &&
		    (!whole || is_whole(cell)))
			sure |= UINT64_C(1) << i;
	}
	return sure;
}

uint64_t
range_sure(const struct range *r, bool whole, const struct block_column *c,
    size_t rec, size_t n)
{
#if defined(__x86_64__)
	if (NUMBER_LANES_RUN && c->step < INT32_MAX / LANES)
		return sure_lanes(r, whole, c, rec, n);
#endif
	return sure_one_by_one(r, whole, c, rec, n);
}
