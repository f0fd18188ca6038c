#include "selection.h"

#include <stdbool.h>
#include <string.h>

#include "mem.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, FEW = 48 };

static int64_t
kth_of_few(const int64_t *value, size_t n, size_t k)
{
	int64_t sorted[FEW] = {value[0]};

	for (size_t i = 1; i < n; i++) {
		size_t at = i;

		for (; at > 0 && sorted[at - 1] > value[i]; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = value[i];
	}
	return sorted[k];
}

/* The part of the values that are being looked through. */
struct part {
	const int64_t *value;
	size_t n;
	int64_t low;
	int64_t high;
};

static void
find_range(struct part *p)
{
	p->low = p->high = p->value[0];
	for (size_t i = 1; i < p->n; i++) {
		int64_t v = p->value[i];

		p->low = v < p->low ? v : p->low;
		p->high = v > p->high ? v : p->high;
	}
}

/* How many values have which digit, the top one being `shift` bits up. */
static void
count_digits(const struct part *p, unsigned shift, uint32_t count[2][DIGITS])
{
	uint64_t low = (uint64_t)p->low;
	size_t i = 0;

	memset(count, 0, 2 * sizeof *count);
	/* Two tables: equal neighbours need not wait for each other. */
	for (; i + 1 < p->n; i += 2) {
		count[0][((uint64_t)p->value[i] - low) >> shift]++;
		count[1][((uint64_t)p->value[i + 1] - low) >> shift]++;
	}
	if (i < p->n)
		count[0][((uint64_t)p->value[i] - low) >> shift]++;
}

/* Leaves of p those with the digit that the k-th has; k counts in these. */
static void
narrow(struct part *p, size_t *k, int64_t **room)
{
	uint32_t count[2][DIGITS];
	uint64_t range = (uint64_t)p->high - (uint64_t)p->low, low;
	unsigned bits = 64 - (unsigned)__builtin_clzll(range);
	unsigned shift = bits > DIGIT_BITS ? bits - DIGIT_BITS : 0;
	size_t digit = 0, size, n = 0;

	count_digits(p, shift, count);
	for (; *k >= (size = (size_t)count[0][digit] + count[1][digit]);
	     digit++)
		*k -= size;
	if (*room == NULL)
		*room = mem_alloc(size, sizeof **room);
	low = (uint64_t)p->low;
	for (size_t i = 0; i < p->n; i++)
		if (((uint64_t)p->value[i] - low) >> shift == digit)
			(*room)[n++] = p->value[i];
	p->value = *room;
	p->n = n;
}

static int64_t
find_kth(const int64_t *value, size_t n, size_t k)
{
	struct part p = {.value = value, .n = n};
	int64_t *room = NULL, kth;

	for (;;) {
		if (p.n <= FEW) {
			kth = kth_of_few(p.value, p.n, k);
			break;
		}
		find_range(&p);
		kth = p.low;
		if (p.low == p.high)
			break;
		narrow(&p, &k, &room);
	}
	mem_free(room);
	return kth;
}

struct selected
select_kth(const int64_t *value, size_t n, size_t k)
{
	struct selected s = {.kth = find_kth(value, n, k), .next = INT64_MAX};
	size_t upto = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t above = value[i] > s.kth ? value[i] : INT64_MAX;

		upto += value[i] <= s.kth;
		s.next = above < s.next ? above : s.next;
	}
	if (upto > k + 1 || upto == n)
		s.next = s.kth;
	return s;
}

/* One byte of all the values, from one array to the other, keeping the order
 * of equal ones; false when there is nothing to do. */
static bool
sort_byte(const int64_t *from, int64_t *to, size_t n, unsigned shift)
{
	const uint64_t sign = UINT64_C(1) << 63; /* negative ones first */
	size_t start[256] = {0}, at = 0;

	for (size_t i = 0; i < n; i++)
		start[(((uint64_t)from[i] ^ sign) >> shift) & 255]++;
	if (start[(((uint64_t)from[0] ^ sign) >> shift) & 255] == n)
		return false;
	for (size_t d = 0; d < 256; d++) {
		size_t count = start[d];

		start[d] = at;
		at += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[(((uint64_t)from[i] ^ sign) >> shift) & 255]++] =
		    from[i];
	return true;
}

void
sort_values(int64_t *value, size_t n)
{
	int64_t *room, *from = value, *to;

	if (n < 2)
		return;
	room = to = mem_alloc(n, sizeof *room);
	for (unsigned shift = 0; shift < 64; shift += 8)
		if (sort_byte(from, to, n, shift)) {
			int64_t *swap = from;

			from = to;
			to = swap;
		}
	if (from != value)
		memcpy(value, from, n * sizeof *value);
	mem_free(room);
}
