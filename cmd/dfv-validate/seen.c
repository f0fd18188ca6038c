#include "seen.h"

#include "hash.h"
#include "mem.h"

enum {
	FIRST_BUCKETS = 256,
	WANTED_IN_BUCKET = 11, /* tags on average, so that few overflow; */
	MOST_IN_BUCKET = 12,   /* a larger table is made beyond */
	BOLDNESS = 64 /* times the keys there are: as far as foresight is
		       * believed, for they may be the last */
};

/* In which of the orders a is before b. */
static unsigned
orders_of(struct span a, struct span b)
{
	bool less = span_cmp(a, b) < 0;

	if (a.n == b.n)
		return less ? SEEN_BY_BYTES | SEEN_BY_LENGTH : 0;
	return (less ? SEEN_BY_BYTES : 0U) | (a.n < b.n ? SEEN_BY_LENGTH : 0U);
}

/* Whether all keys still ascend in some order. */
static bool
still_ascend(struct seen *s, const struct keylog_keys *k)
{
	struct span last = k->key[k->n - 1];

	if (s->log.n > 0)
		s->orders &= orders_of(buf_span(&s->last), k->key[0]);
	for (size_t i = 1; i < k->n && s->orders != 0; i++)
		s->orders &= orders_of(k->key[i - 1], k->key[i]);
	buf_reset(&s->last);
	if (s->orders != 0)
		buf_add(&s->last, last);
	return s->orders != 0;
}

/* No tag is taken for how many there are. */
static uint32_t
tag_of(uint64_t hash)
{
	uint32_t tag = (uint32_t)hash;

	return tag < SEEN_WORDS ? tag + SEEN_WORDS : tag;
}

/* The bits that are not in the tag say where it belongs. */
static struct seen_bucket *
home_of(const struct seen *s, uint64_t hash)
{
	return &s->bucket[(hash >> 32) * s->nbucket >> 32];
}

/* Whether a bucket has a tag: all are looked at, for that takes no branch. */
static bool
has_tag(const struct seen_bucket *b, uint32_t tag)
{
	uint32_t has = 0;

	for (size_t i = 0; i < SEEN_WORDS; i++)
		has |= b->word[i] == tag;
	return has != 0;
}

/* False when there is such a key already, maybe. A full bucket goes on in the
 * next. */
static bool
put_tag(struct seen *s, uint64_t hash)
{
	struct seen_bucket *b = home_of(s, hash), *end = s->bucket + s->nbucket;
	uint32_t tag = tag_of(hash);

	for (;; b = b + 1 == end ? s->bucket : b + 1) {
		if (has_tag(b, tag))
			return false;
		if (b->word[0] + 1 < SEEN_WORDS) {
			b->word[++b->word[0]] = tag;
			return true;
		}
	}
}

/* Buckets of a batch are sent for before the first of them is looked at. */
static void
expect_tags(
    const struct seen *s, const struct span *key, size_t n, uint64_t *hash)
{
	for (size_t i = 0; i < n; i++) {
		hash[i] = hash_bytes(key[i]);
		__builtin_prefetch(home_of(s, hash[i]), 1);
	}
}

static void
put_all_tags(struct seen *s)
{
	struct keylog_cursor c = {0};
	size_t n;

	do {
		struct span key[SEEN_BATCH];
		uint64_t hash[SEEN_BATCH];

		for (n = 0;
		     n < SEEN_BATCH && keylog_next(&s->log, &c, &key[n]);)
			n++;
		expect_tags(s, key, n, hash);
		for (size_t i = 0; i < n; i++)
			(void)put_tag(s, hash[i]);
	} while (n == SEEN_BATCH);
}

/* Room for n more, and for those that are foreseen. Tags are not kept with the
 * hash that they are of: all are made anew from the keys. */
static void
make_room(struct seen *s, size_t n)
{
	size_t need = s->log.n + n, wanted = s->expected;

	if (need <= s->nbucket * MOST_IN_BUCKET)
		return;
	if (wanted / BOLDNESS > need)
		wanted = need * BOLDNESS;
	else if (wanted < need + need / 4)
		wanted = need * 2; /* to make it anew is slow */
	mem_free(s->bucket);
	s->nbucket = wanted / WANTED_IN_BUCKET + FIRST_BUCKETS;
	s->bucket = mem_alloc_filled(s->nbucket, sizeof *s->bucket);
	put_all_tags(s);
}

/* Keys [from, to) of the batch are new. */
static void
log_keys(struct seen *s, const struct keylog_keys *k, size_t from, size_t to)
{
	struct keylog_keys some = {
	    k->key + from, k->line + from, to - from, k->file};

	keylog_add(&s->log, &some);
}

size_t
seen_add(struct seen *s, const struct keylog_keys *k, struct seen_again *again)
{
	uint64_t hash[SEEN_BATCH];
	size_t nagain = 0, from = 0;

	if (k->n == 0)
		return 0;
	if (s->orders != 0 && still_ascend(s, k)) {
		keylog_add(&s->log, k);
		return 0;
	}
	make_room(s, k->n);
	expect_tags(s, k->key, k->n, hash);
	for (size_t i = 0; i < k->n; i++) {
		struct place first;

		if (put_tag(s, hash[i]))
			continue;
		log_keys(s, k, from, i);
		from = i;
		if (keylog_find(&s->log, k->key[i], hash[i], &first)) {
			again[nagain++] = (struct seen_again){i, first};
			from++;
		}
	}
	log_keys(s, k, from, k->n);
	return nagain;
}

void
seen_foresee(struct seen *s, size_t all)
{
	s->expected = all;
}

void
seen_release(struct seen *s)
{
	keylog_release(&s->log);
	buf_release(&s->last);
	mem_free(s->bucket);
	*s = SEEN_EMPTY;
}
