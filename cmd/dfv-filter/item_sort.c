#include "item_sort.h"

#include <stdbool.h>
#include <string.h>

#include "mem.h"
#include "runs.h"
#include "word.h"

/*
 * Many items are sorted by their heads, a byte at a time from the last, and
 * those whose heads are equal by the next eight bytes of their keys: the radix
 * sort of strings that keeps the bytes at hand (Ng and Kakehi, "Cache efficient
 * radix sort for string sorting", 2007). Few items, and those that have much
 * in common, are merged, which compares what is left of the keys.
 */
enum {
	HEAD_BYTES = 8,
	LENGTH = HEAD_BYTES, /* the digit behind a head's: rest_of() */
	DIGITS,
	RADIX = 256,
	MANY = 512,
	DEEPEST = 32, /* in heads */
	AHEAD = 8
};

struct sort {
	const char *entries;
	struct item *room;
	uint32_t depth; /* key bytes before the heads, equal in all items */
};

uint64_t
item_head(const char *p, size_t n)
{
	uint64_t first_is_lowest = word_load(p, n);

	return __builtin_bswap64(first_is_lowest);
}

static const char *
entry_of(const struct sort *s, const struct item *item)
{
	return s->entries + (size_t)item->unit * UNIT_BYTES;
}

/* The bytes of the key from the head on; all that are more than it holds are
 * one more. */
static uint32_t
rest_of(const struct sort *s, const struct item *item)
{
	uint32_t rest = item->key_bytes - s->depth;

	return rest > HEAD_BYTES ? HEAD_BYTES + 1 : rest;
}

/* Zeros behind a key's end, and zeros of a key, are told apart by its length. */
static bool
item_after(const struct sort *s, const struct item *a, const struct item *b)
{
	uint32_t rest_a = rest_of(s, a), rest_b = rest_of(s, b);

	if (a->head != b->head)
		return a->head > b->head;
	if (rest_a <= HEAD_BYTES || rest_b <= HEAD_BYTES)
		return rest_a > rest_b;
	return span_cmp(entry_key(entry_of(s, a)), entry_key(entry_of(s, b))) >
	    0;
}

/* qsort() is not stable, and has no argument that says where the keys are. */
static void
merge_sort(const struct sort *s, struct item *e, size_t n)
{
	struct item *first = s->room;
	size_t half = n / 2, i = 0, k = half, to = 0;

	if (n < 2)
		return;
	merge_sort(s, e, half);
	merge_sort(s, e + half, n - half);
	if (!item_after(s, &e[half - 1], &e[half]))
		return;
	memcpy(first, e, half * sizeof *e);
	while (i < half)
		if (k == n || !item_after(s, &first[i], &e[k]))
			e[to++] = first[i++];
		else
			e[to++] = e[k++];
}

/* Digit d of an item, from the least: its length, then its head's bytes. */
static inline size_t
digit_of(const struct sort *s, const struct item *item, size_t d)
{
	return d == 0 ? rest_of(s, item)
		      : (size_t)(item->head >> 8 * (d - 1)) & (RADIX - 1);
}

static void
count_digits(const struct sort *s, const struct item *e, size_t n,
    size_t count[DIGITS][RADIX])
{
	memset(count, 0, DIGITS * sizeof *count);
	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < DIGITS; d++)
			count[d][digit_of(s, &e[i], d)]++;
}

/* From e to `to` by digit d, of which count says how often each value is. */
static void
deal(const struct sort *s, const struct item *e, struct item *to, size_t n,
    size_t d, const size_t *count)
{
	size_t next[RADIX], sum = 0;

	for (size_t i = 0; i < RADIX; i++) {
		next[i] = sum;
		sum += count[i];
	}
	for (size_t i = 0; i < n; i++)
		to[next[digit_of(s, &e[i], d)]++] = e[i];
}

static void
radix_sort(const struct sort *s, struct item *e, size_t n)
{
	size_t count[DIGITS][RADIX];
	struct item *from = e, *to = s->room;

	count_digits(s, e, n, count);
	for (size_t d = 0; d < DIGITS; d++) {
		struct item *swap = from;

		if (count[d][digit_of(s, from, d)] == n)
			continue; /* all have the same */
		deal(s, from, to, n, d, count[d]);
		from = to;
		to = swap;
	}
	if (from != e)
		memcpy(e, from, n * sizeof *e);
}

/* Makes heads of the bytes behind those that are heads now. */
static void
next_heads(const struct sort *s, struct item *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct span key = entry_key(entry_of(s, &e[i]));

		if (i + AHEAD < n)
			__builtin_prefetch(entry_of(s, &e[i + AHEAD]));
		key = span_from(key, s->depth + HEAD_BYTES);
		e[i].head = item_head(key.p, key.n);
	}
}

/* How many of the first items cannot be told apart so far. */
static size_t
alike(const struct sort *s, const struct item *e, size_t n)
{
	size_t i = 1;

	while (i < n && e[i].head == e[0].head &&
	    rest_of(s, &e[i]) == rest_of(s, &e[0]))
		i++;
	return i;
}

static void
sort_from(const struct sort *s, struct item *e, size_t n)
{
	struct sort deeper = {s->entries, s->room, s->depth + HEAD_BYTES};

	if (n < MANY || s->depth > DEEPEST * HEAD_BYTES) {
		merge_sort(s, e, n);
		return;
	}
	radix_sort(s, e, n);
	for (size_t i = 0, same; i < n; i += same) {
		same = alike(s, e + i, n - i);
		if (same == 1 || rest_of(s, &e[i]) <= HEAD_BYTES)
			continue;
		next_heads(s, e + i, same);
		sort_from(&deeper, e + i, same);
	}
}

void
items_sort(struct item *item, size_t n, const char *entries)
{
	struct sort s = {entries, mem_alloc_filled(n + 1, sizeof *item), 0};

	sort_from(&s, item, n);
	mem_free(s.room);
}
