#include "selection.h"

#include <stdbool.h>
#include <string.h>

#include "mem.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, FEW = 48 };

/* The part of the values that is being looked through: each is `low` or up to
 * 2^bits - 1 above it. */
struct part {
	const int64_t *value;
	size_t n;
	int64_t low;
	unsigned bits;
};

static inline uint64_t
digit_of(const struct part *p, int64_t value, unsigned shift)
{
	return ((uint64_t)value - (uint64_t)p->low) >> shift;
}

/* How many values have which digit, the top one being `shift` bits up. */
static void
count_digits(const struct part *p, unsigned shift, uint32_t count[2][DIGITS])
{
	size_t i = 0;

	memset(count, 0, 2 * sizeof *count);
	/* Two tables: equal neighbours need not wait for each other. */
	for (; i + 1 < p->n; i += 2) {
		count[0][digit_of(p, p->value[i], shift)]++;
		count[1][digit_of(p, p->value[i + 1], shift)]++;
	}
	if (i < p->n)
		count[0][digit_of(p, p->value[i], shift)]++;
}

/* Leaves of p those with the digit that the k-th has; k counts in these. */
static void
narrow(struct part *p, size_t *k, int64_t **room)
{
	uint32_t count[2][DIGITS];
	unsigned shift = p->bits > DIGIT_BITS ? p->bits - DIGIT_BITS : 0;
	uint64_t digit = 0;
	size_t size, n = 0;

	count_digits(p, shift, count);
	for (; *k >= (size = (size_t)count[0][digit] + count[1][digit]);
	     digit++)
		*k -= size;
	/* A place more, for what is written and not kept. */
	if (*room == NULL)
		*room = mem_alloc(size + 1, sizeof **room);
	for (size_t i = 0; i < p->n; i++) {
		int64_t value = p->value[i];

		(*room)[n] = value;
		n += digit_of(p, value, shift) == digit;
	}
	p->value = *room;
	p->n = n;
	p->low = (int64_t)((uint64_t)p->low + (digit << shift));
	p->bits = shift;
}

static void
sort_few(const int64_t *value, size_t n, int64_t sorted[FEW])
{
	for (size_t i = 0; i < n; i++) {
		size_t at = i;

		for (; at > 0 && sorted[at - 1] > value[i]; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = value[i];
	}
}

static int64_t
least_above(const int64_t *value, size_t n, int64_t bound)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < n; i++) {
		int64_t above = value[i] > bound ? value[i] : INT64_MAX;

		least = above < least ? above : least;
	}
	return least;
}

struct selected
select_kth(const int64_t *value, size_t n, size_t k, uint64_t reach)
{
	unsigned bits = reach == 0 ? 0 : 64 - (unsigned)__builtin_clzll(reach);
	struct part p = {value, n, (int64_t)(-(UINT64_C(1) << bits)), bits + 1};
	int64_t *room = NULL, sorted[FEW] = {0};
	struct selected s;
	size_t at = k;

	while (p.n > FEW && p.bits > 0)
		narrow(&p, &at, &room);
	s.kth = s.next = p.low; /* they are all equal, or few */
	if (p.n <= FEW) {
		sort_few(p.value, p.n, sorted);
		s.kth = sorted[at];
		s.next = sorted[at + 1 < p.n ? at + 1 : at];
	}
	if (at + 1 == p.n && k + 1 < n)
		s.next = least_above(value, n, s.kth);
	mem_free(room);
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
