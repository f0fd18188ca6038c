#include "seen.h"

#include "hash.h"
#include "mem.h"

enum {
	TAG_SHIFT = 40,
	FIRST_SLOTS = 1024,
	LARGE =
	    1 << 20, /* slots: from here on, twice as many rather than four */
	BATCH = 32,
	MARK_EVERY = 32,
	NUMBER_BYTES = 10 /* of the longest number in the keys */
};

static const uint64_t offset_mask = (UINT64_C(1) << TAG_SHIFT) - 1;

/* From offset `at` on, lines are counted from `line` of `file`. */
struct seen_mark {
	size_t at;
	size_t line;
	const char *file;
};

/* Seven bits a byte, the lowest first; the last byte has no top bit. */
static char *
put_number(char *p, size_t v)
{
	for (; v > 0x7F; v >>= 7)
		*p++ = (char)(v | 0x80);
	*p++ = (char)v;
	return p;
}

static const char *
get_number(const char *p, size_t *v)
{
	unsigned shift = 0;

	*v = 0;
	for (; (*p & 0x80) != 0; shift += 7)
		*v |= (size_t)(*p++ & 0x7F) << shift;
	*v |= (size_t)*p << shift;
	return p + 1;
}

/* The key at p, and the lines between it and the one before. */
static struct span
get_key(const char *p, size_t *step)
{
	struct span key;

	p = get_number(p, &key.n);
	key.p = get_number(p, step);
	return key;
}

/* Where the key is, or the free slot where it belongs. */
static uint64_t *
slot_of(const struct seen *s, struct span key, uint64_t hash)
{
	size_t mask = s->nslot - 1, step;

	for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
		uint64_t slot = s->slot[i];
		size_t at = (size_t)(slot & offset_mask) - 1;

		if (slot == 0 ||
		    (slot >> TAG_SHIFT == hash >> TAG_SHIFT &&
			span_eq(get_key(s->keys.p + at, &step), key)))
			return &s->slot[i];
	}
}

/* The same for a key that is known not to be there. */
static uint64_t *
free_slot(const struct seen *s, uint64_t hash)
{
	size_t i = (size_t)hash & (s->nslot - 1);

	while (s->slot[i] != 0)
		i = (i + 1) & (s->nslot - 1);
	return &s->slot[i];
}

static void
fill_slot(uint64_t *slot, uint64_t hash, size_t offset)
{
	*slot = hash >> TAG_SHIFT << TAG_SHIFT | (offset + 1);
}

/* Keys of a batch are sent for before the first of them is placed. */
static size_t
place_batch(struct seen *s, size_t at)
{
	uint64_t hash[BATCH];
	size_t offset[BATCH], n = 0, step;

	for (; n < BATCH && at < s->keys.n; n++) {
		struct span key = get_key(s->keys.p + at, &step);

		offset[n] = at;
		hash[n] = seen_expect(s, key);
		at = (size_t)(key.p + key.n - s->keys.p);
	}
	for (size_t i = 0; i < n; i++)
		fill_slot(free_slot(s, hash[i]), hash[i], offset[i]);
	return at;
}

/* Placing all keys anew takes time, and empty slots memory. */
static void
seen_grow(struct seen *s)
{
	mem_free(s->slot);
	if (s->nslot == 0)
		s->nslot = FIRST_SLOTS;
	else
		s->nslot *= s->nslot < LARGE ? 4 : 2;
	s->slot = mem_alloc_table(s->nslot, sizeof *s->slot);
	for (size_t at = 0; at < s->keys.n;)
		at = place_batch(s, at);
}

uint64_t
seen_expect(const struct seen *s, struct span key)
{
	uint64_t hash = hash_bytes(key);

	if (s->nslot > 0)
		__builtin_prefetch(&s->slot[hash & (s->nslot - 1)], 1);
	return hash;
}

/* The last mark at or before an offset: the first one is at 0. */
static const struct seen_mark *
mark_before(const struct seen *s, size_t at)
{
	size_t low = 0, high = s->nmark;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->mark[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &s->mark[low];
}

/* Where the key at an offset was met: lines add up from the mark before. */
static struct place
place_of(const struct seen *s, size_t at)
{
	const struct seen_mark *mark = mark_before(s, at);
	struct place place = {.file = mark->file, .line = mark->line};
	const char *p = s->keys.p + mark->at;
	size_t step;

	while (p < s->keys.p + at) {
		struct span key = get_key(p, &step);

		p = key.p + key.n;
		get_key(p, &step);
		place.line += step;
	}
	return place;
}

static void
add_mark(struct seen *s, const struct place *at)
{
	s->mark =
	    mem_grow(s->mark, &s->mark_cap, s->nmark + 1, sizeof *s->mark);
	s->mark[s->nmark++] = (struct seen_mark){s->keys.n, at->line, at->file};
	s->since_mark = 0;
	s->line = at->line;
}

static void
add_key(struct seen *s, struct span key, const struct place *at)
{
	char *p;

	if (s->n == 0 || s->since_mark == MARK_EVERY ||
	    s->mark[s->nmark - 1].file != at->file)
		add_mark(s, at);
	p = buf_room(&s->keys, key.n + 2 * (size_t)NUMBER_BYTES);
	p = put_number(p, key.n);
	p = put_number(p, at->line - s->line);
	s->keys.n = (size_t)(p - s->keys.p);
	buf_add(&s->keys, key);
	s->line = at->line;
	s->since_mark++;
	s->n++;
}

bool
seen_add(struct seen *s, struct span key, uint64_t hash, struct place *at)
{
	uint64_t *slot;

	if (s->n * 4 >= s->nslot * 3)
		seen_grow(s);
	slot = slot_of(s, key, hash);
	if (*slot != 0) {
		*at = place_of(s, (size_t)(*slot & offset_mask) - 1);
		return false;
	}
	fill_slot(slot, hash, s->keys.n);
	add_key(s, key, at);
	return true;
}

void
seen_release(struct seen *s)
{
	buf_release(&s->keys);
	mem_free(s->slot);
	mem_free(s->mark);
	*s = SEEN_EMPTY;
}
