#include "range.h"

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
