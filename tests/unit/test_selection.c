/* link: cmd/dfv-stats/selection.c */
#include "selection.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { MOST = 5000 };

static uint64_t seed = 42;

static uint64_t
next_random(void)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Each k that tells something, and the values as they were afterwards. */
static bool
selects(const int64_t *value, size_t n)
{
	static int64_t sorted[MOST], again[MOST];
	size_t step = n > 200 ? n / 97 : 1;
	uint64_t reach = 0;

	memcpy(sorted, value, n * sizeof *value);
	memcpy(again, value, n * sizeof *value);
	qsort(sorted, n, sizeof *sorted, by_value);
	for (size_t i = 0; i < n; i++)
		reach |= (uint64_t)(value[i] < 0 ? ~value[i] : value[i]);
	for (size_t k = 0; k < n; k += k + step < n || k == n - 1 ? step : 1) {
		struct selected s = select_kth(value, n, k, reach);

		if (s.kth != sorted[k] ||
		    s.next != sorted[k + 1 < n ? k + 1 : k])
			return false;
	}
	if (memcmp(again, value, n * sizeof *value) != 0)
		return false;
	sort_values(again, n);
	return memcmp(again, sorted, n * sizeof *sorted) == 0;
}

enum spread { ANY, FEW, BITS, EQUAL, EXTREME, FAR_ONE, SPREADS };

static int64_t
make_value(enum spread spread, size_t i)
{
	uint64_t r = next_random();

	switch (spread) {
	case FEW:
		return (int64_t)(r % 5) - 2;
	case BITS:
		return (int64_t)(r >> r % 64);
	case EQUAL:
		return -7;
	case EXTREME:
		return r % 3 == 0 ? INT64_MIN : r % 3 == 1 ? INT64_MAX : 0;
	case FAR_ONE:
		return i == 3 ? INT64_MAX : (int64_t)(r % 4096);
	default:
		return (int64_t)r;
	}
}

static bool
selects_spread(enum spread spread)
{
	static int64_t value[MOST];
	static const size_t size[] = {1, 2, 3, 47, 48, 49, 50, 1000, MOST};

	for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
		for (size_t i = 0; i < size[s]; i++)
			value[i] = make_value(spread, i);
		if (!selects(value, size[s]))
			return false;
	}
	return true;
}

int
main(void)
{
	static const char *const names[SPREADS] = {
	    [ANY] = "selection: any numbers",
	    [FEW] = "selection: many equal ones",
	    [BITS] = "selection: numbers of every size",
	    [EQUAL] = "selection: all equal",
	    [EXTREME] = "selection: the least and the greatest there are",
	    [FAR_ONE] = "selection: one far from the others",
	};

	for (int spread = 0; spread < SPREADS; spread++)
		unit_check(selects_spread((enum spread)spread), names[spread]);
	return unit_done();
}
