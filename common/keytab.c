#include "keytab.h"

#include "hash.h"
#include "mem.h"

enum { TAG_SHIFT = 40, FIRST_SLOTS = 16, CACHED_SLOTS = 1 << 16, BATCH = 32 };

static const uint64_t number_mask = (UINT64_C(1) << TAG_SHIFT) - 1;

struct span
keytab_key(const struct keytab *t, size_t i)
{
	size_t start = i == 0 ? 0 : t->end[i - 1];

	return span_make(t->bytes.p + start, t->end[i] - start);
}

static inline bool
is_key(const struct keytab *t, size_t i, struct span key)
{
	struct span have = keytab_key(t, i);

	return have.n == key.n && hash_same(have.p, key.p, key.n);
}

/* Where the key is, or the free slot where it belongs. */
static uint64_t *
slot_of(const struct keytab *t, struct span key, uint64_t hash)
{
	size_t mask = t->nslot - 1;

	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		uint64_t s = t->slot[i];

		if (s == 0)
			return &t->slot[i];
		if (s >> TAG_SHIFT == hash >> TAG_SHIFT &&
		    is_key(t, (size_t)(s & number_mask) - 1, key))
			return &t->slot[i];
	}
}

/* Keys of a batch are sent for before the first of them is placed. */
static void
place_batch(struct keytab *t, size_t first, size_t n)
{
	uint64_t hash[BATCH];

	for (size_t i = 0; i < n; i++) {
		hash[i] = hash_bytes(keytab_key(t, first + i));
		__builtin_prefetch(&t->slot[hash[i] & (t->nslot - 1)], 1);
	}
	for (size_t i = 0; i < n; i++) {
		size_t at = (size_t)hash[i] & (t->nslot - 1);

		while (t->slot[at] != 0)
			at = (at + 1) & (t->nslot - 1);
		t->slot[at] =
		    hash[i] >> TAG_SHIFT << TAG_SHIFT | (first + i + 1);
	}
}

/* By four: placing all keys anew is what a table costs. */
static void
keytab_grow(struct keytab *t)
{
	mem_free(t->slot);
	t->nslot = t->nslot == 0 ? FIRST_SLOTS : t->nslot * 4;
	t->slot = mem_alloc_table(t->nslot, sizeof *t->slot);
	for (size_t i = 0; i < t->n; i += BATCH)
		place_batch(t, i, t->n - i < BATCH ? t->n - i : BATCH);
}

size_t
keytab_add(struct keytab *t, struct span key)
{
	uint64_t hash = hash_bytes(key), *slot;

	if (t->n * 3 >= t->nslot * 2)
		keytab_grow(t);
	slot = slot_of(t, key, hash);
	if (*slot != 0)
		return (size_t)(*slot & number_mask) - 1;
	*slot = hash >> TAG_SHIFT << TAG_SHIFT | (t->n + 1);
	t->end = mem_grow(t->end, &t->cap, t->n + 1, sizeof *t->end);
	buf_room(&t->bytes, key.n + 1); /* a p that is never NULL */
	buf_add(&t->bytes, key);
	t->end[t->n] = t->bytes.n;
	return t->n++;
}

static size_t
find_hashed(const struct keytab *t, struct span key, uint64_t hash)
{
	uint64_t slot = t->n == 0 ? 0 : *slot_of(t, key, hash);

	return slot == 0 ? KEYTAB_NONE : (size_t)(slot & number_mask) - 1;
}

size_t
keytab_find(const struct keytab *t, struct span key)
{
	return find_hashed(t, key, hash_bytes(key));
}

/* The number in the first slot where the key may be, if its hash is like. */
static size_t
likely_number(const struct keytab *t, uint64_t hash)
{
	uint64_t s = t->slot[hash & (t->nslot - 1)];

	return s != 0 && s >> TAG_SHIFT == hash >> TAG_SHIFT
	    ? (size_t)(s & number_mask) - 1
	    : KEYTAB_NONE;
}

/* A key's slot, its number's end and its bytes are three places: each is sent
 * for, for all keys, before the next is looked at. */
static void
send_for(const struct keytab *t, const uint64_t *hash, size_t n)
{
	size_t likely[KEYTAB_MANY];

	for (size_t i = 0; i < n; i++) {
		likely[i] = likely_number(t, hash[i]);
		if (likely[i] != KEYTAB_NONE)
			__builtin_prefetch(&t->end[likely[i]]);
	}
	for (size_t i = 0; i < n; i++)
		if (likely[i] != KEYTAB_NONE)
			__builtin_prefetch(keytab_key(t, likely[i]).p);
}

void
keytab_find_many(
    const struct keytab *t, const struct span *key, size_t n, size_t *number)
{
	uint64_t hash[KEYTAB_MANY];

	for (size_t i = 0; i < n; i++) {
		hash[i] = hash_bytes(key[i]);
		if (t->n > 0)
			__builtin_prefetch(&t->slot[hash[i] & (t->nslot - 1)]);
	}
	if (t->nslot > CACHED_SLOTS)
		send_for(t, hash, n);
	for (size_t i = 0; i < n; i++)
		number[i] = find_hashed(t, key[i], hash[i]);
}

void
keytab_expect(const struct keytab *t, struct span key)
{
	if (t->nslot > CACHED_SLOTS)
		__builtin_prefetch(
		    &t->slot[hash_bytes(key) & (t->nslot - 1)], 1);
}

void
keytab_release(struct keytab *t)
{
	buf_release(&t->bytes);
	mem_free(t->end);
	mem_free(t->slot);
	*t = KEYTAB_EMPTY;
}
