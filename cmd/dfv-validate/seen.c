#include "seen.h"

#include "hash.h"
#include "mem.h"

enum {
	FIRST_TAGS = 4096,
	LARGE = 1 << 20, /* tags: from here on, twice as many, not four times */
	BOLDNESS = 32    /* times the keys there are: as far as foresight is
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

static uint32_t
tag_of(uint64_t hash)
{
	uint32_t tag = (uint32_t)hash;

	return tag == 0 ? 1 : tag;
}

/* The bits that are not in the tag say where it belongs. */
static uint32_t *
home_of(const struct seen *s, uint64_t hash)
{
	return &s->tag[hash >> 32 & (s->ntag - 1)];
}

/* False when there is such a key already, maybe. */
static bool
put_tag(struct seen *s, uint64_t hash)
{
	uint32_t tag = tag_of(hash), *end = s->tag + s->ntag;

	for (uint32_t *p = home_of(s, hash);;
	     p = p + 1 == end ? s->tag : p + 1) {
		if (*p == tag)
			return false;
		if (*p == 0) {
			*p = tag;
			return true;
		}
	}
}

/* Tags of a batch are sent for before the first of them is put. */
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

/* Room for n more. Tags are not kept with the hash that they are of: all are
 * made anew from the keys. */
static void
make_room(struct seen *s, size_t n)
{
	size_t need = s->log.n + n, all = s->expected;

	if (all / BOLDNESS > need)
		all = need * BOLDNESS;
	if (need <= s->ntag / 8 * 7)
		return;
	mem_free(s->tag);
	if (s->ntag == 0)
		s->ntag = FIRST_TAGS;
	else
		s->ntag *= s->ntag < LARGE ? 4 : 2;
	while (need > s->ntag / 4 * 3 || all > s->ntag / 4 * 3)
		s->ntag *= 2;
	s->tag = mem_alloc_table(s->ntag, sizeof *s->tag);
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
	mem_free(s->tag);
	*s = SEEN_EMPTY;
}
