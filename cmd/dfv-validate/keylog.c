#include "keylog.h"

#include "hash.h"
#include "mem.h"

enum {
	TAG_SHIFT = 40,
	FIRST_SLOTS = 1024,
	WORTH_SHARING = 16, /* keys: what a group takes itself is more */
	NUMBER_BYTES = 10,  /* of the longest number between the keys */
	SEARCHES = 8        /* together they take less than to make an index */
};

static const uint64_t ordinal_mask = (UINT64_C(1) << TAG_SHIFT) - 1;
static const uint32_t mixed = UINT32_MAX;

/*
 * Keys from offset `at` on. Where their length is `mixed`, before each stand its
 * length and how many lines it is behind the one before.
 */
struct keylog_group {
	size_t at;
	size_t line; /* of the first */
	const char *file;
	uint32_t n;
	uint32_t len;
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

static struct keylog_group *
add_group(struct keylog *l, const struct keylog_keys *k, size_t i, uint32_t len)
{
	struct keylog_group *g;

	l->group =
	    mem_grow(l->group, &l->group_cap, l->ngroup + 1, sizeof *l->group);
	g = &l->group[l->ngroup++];
	*g = (struct keylog_group){
	    .at = l->bytes.n, .line = k->line[i], .file = k->file, .len = len};
	l->line = k->line[i];
	return g;
}

/* A key is some bytes: no call where they are two words that may overlap. */
static void
copy_key(char *out, struct span key)
{
	if (key.n >= 8 && key.n <= 16) {
		uint64_t head = hash_load8(key.p);
		uint64_t tail = hash_load8(key.p + key.n - 8);

		memcpy(out, &head, sizeof head);
		memcpy(out + key.n - 8, &tail, sizeof tail);
	} else if (key.n > 0) {
		memcpy(out, key.p, key.n);
	}
}

/* Whether they are of one length, and on lines that follow each other. */
static bool
are_alike(const struct keylog_keys *k)
{
	size_t differ = k->key[0].n >= mixed;

	for (size_t i = 0; i < k->n; i++)
		differ |= (k->key[i].n ^ k->key[0].n) |
		    (k->line[i] ^ (k->line[0] + i));
	return differ == 0;
}

static void
add_alike(struct keylog *l, const struct keylog_keys *k)
{
	size_t len = k->key[0].n;
	struct keylog_group *g = add_group(l, k, 0, (uint32_t)len);
	char *p = buf_room(&l->bytes, len * k->n);

	for (size_t i = 0; i < k->n; i++, p += len)
		copy_key(p, k->key[i]);
	g->n = (uint32_t)k->n;
	l->bytes.n += len * k->n;
}

/* The group to which key i can be added, whatever it is like. */
static struct keylog_group *
mixed_group(struct keylog *l, const struct keylog_keys *k, size_t i)
{
	struct keylog_group *last =
	    l->ngroup == 0 ? NULL : &l->group[l->ngroup - 1];

	if (last == NULL || last->len != mixed || last->n == KEYLOG_GROUP ||
	    last->file != k->file)
		return add_group(l, k, i, mixed);
	return last;
}

static void
add_mixed(struct keylog *l, const struct keylog_keys *k, size_t i)
{
	struct keylog_group *g = mixed_group(l, k, i);
	struct span key = k->key[i];
	char *p = buf_room(&l->bytes, key.n + 2 * (size_t)NUMBER_BYTES);

	p = put_number(p, key.n);
	p = put_number(p, k->line[i] - l->line);
	l->bytes.n = (size_t)(p - l->bytes.p);
	buf_add(&l->bytes, key);
	l->line = k->line[i];
	g->n++;
}

void
keylog_add(struct keylog *l, const struct keylog_keys *k)
{
	if (k->n >= WORTH_SHARING && are_alike(k))
		add_alike(l, k);
	else
		for (size_t i = 0; i < k->n; i++)
			add_mixed(l, k, i);
	l->n += k->n;
}

bool
keylog_next(const struct keylog *l, struct keylog_cursor *c, struct span *key)
{
	const struct keylog_group *g;
	size_t step;
	const char *p;

	if (c->group + 1 < l->ngroup && c->i == l->group[c->group].n)
		*c = (struct keylog_cursor){.group = c->group + 1};
	if (c->group >= l->ngroup || c->i == l->group[c->group].n)
		return false;
	g = &l->group[c->group];
	if (c->i == 0) {
		c->at = g->at;
		c->line = g->line;
	}
	p = l->bytes.p + c->at;
	step = c->i > 0;
	key->n = g->len;
	if (g->len == mixed)
		p = get_number(get_number(p, &key->n), &step);
	key->p = p;
	c->line += step;
	c->at = (size_t)(p - l->bytes.p) + key->n;
	c->i++;
	return true;
}

/* The group and the number in it of the key that a cursor has given. */
static uint64_t
ordinal_of(const struct keylog_cursor *c)
{
	return (uint64_t)c->group * KEYLOG_GROUP + (c->i - 1);
}

/* The key of an ordinal, to which the cursor is put. */
static struct span
key_at(const struct keylog *l, uint64_t ordinal, struct keylog_cursor *c)
{
	size_t i = ordinal % KEYLOG_GROUP;
	const struct keylog_group *g;
	struct span key = {NULL, 0};

	*c = (struct keylog_cursor){.group = ordinal / KEYLOG_GROUP};
	g = &l->group[c->group];
	if (g->len != mixed && i > 0) {
		c->i = i;
		c->at = g->at + i * g->len;
		c->line = g->line + i - 1;
	}
	do
		(void)keylog_next(l, c, &key);
	while (c->i <= i);
	return key;
}

static void
fill_slot(struct keylog *l, uint64_t hash, uint64_t ordinal)
{
	size_t mask = l->nslot - 1, i = (size_t)hash & mask;

	while (l->slot[i] != 0)
		i = (i + 1) & mask;
	l->slot[i] = hash >> TAG_SHIFT << TAG_SHIFT | (ordinal + 1);
}

/* All keys are in the index, which has room for them. */
static void
index_keys(struct keylog *l)
{
	struct span key;

	if (l->n * 4 > l->nslot * 3) {
		mem_free(l->slot);
		if (l->nslot == 0)
			l->nslot = FIRST_SLOTS;
		while (l->n * 2 > l->nslot)
			l->nslot *= 2;
		l->slot = mem_alloc_table(l->nslot, sizeof *l->slot);
		l->indexed = (struct keylog_cursor){0};
	}
	while (keylog_next(l, &l->indexed, &key))
		fill_slot(l, hash_bytes(key), ordinal_of(&l->indexed));
}

static struct place
place_of(const struct keylog *l, const struct keylog_cursor *c)
{
	return (struct place){.file = l->group[c->group].file, .line = c->line};
}

/* Goes through all keys. */
static bool
search(const struct keylog *l, struct span key, struct place *at)
{
	struct keylog_cursor c = {0};
	struct span one;

	while (keylog_next(l, &c, &one))
		if (one.n == key.n && hash_same(one.p, key.p, key.n)) {
			*at = place_of(l, &c);
			return true;
		}
	return false;
}

static bool
look_up(struct keylog *l, struct span key, uint64_t hash, struct place *at)
{
	size_t i;

	index_keys(l);
	for (i = (size_t)hash; l->slot[i &= l->nslot - 1] != 0; i++) {
		uint64_t slot = l->slot[i];
		struct keylog_cursor c;

		if (slot >> TAG_SHIFT != hash >> TAG_SHIFT ||
		    !span_eq(key_at(l, (slot & ordinal_mask) - 1, &c), key))
			continue;
		*at = place_of(l, &c);
		return true;
	}
	return false;
}

bool
keylog_find(struct keylog *l, struct span key, uint64_t hash, struct place *at)
{
	if (l->nfind++ < SEARCHES)
		return search(l, key, at);
	return look_up(l, key, hash, at);
}

void
keylog_release(struct keylog *l)
{
	buf_release(&l->bytes);
	mem_free(l->group);
	mem_free(l->slot);
	*l = KEYLOG_EMPTY;
}
