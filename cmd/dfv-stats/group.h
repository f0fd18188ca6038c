#ifndef DFV_STATS_GROUP_H
#define DFV_STATS_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "hash.h"
#include "span.h"

/*
 * The group table: keys of nkey cells to the memory of a group's states. Open
 * addressing; a group stays where it is.
 *
 * A key whose cells all fit the table's width, which is the usual one, is kept
 * packed: so many bytes a cell with zeros behind, compared as words. Any other
 * is kept as its cells joined by TAB. No key has both forms.
 */
enum {
	WIDTH_ALONE = 32,  /* of the only cell, which often is a name */
	WIDTH_OF_MANY = 16 /* of several, which often are codes */
};

struct group {
	uint64_t hash;
	uint64_t order;   /* of the record where it was first met */
	char *state;      /* behind the key */
	size_t key_bytes; /* of the joined form; 0: the key is packed */
	char key[];
};

struct group_slot {
	uint64_t hash;
	struct group *group;
};

struct group_table {
	struct group_slot *slot;
	size_t size;
	struct group **all; /* in the order in which they came here */
	size_t n;
	size_t cap;
	size_t nkey;
	size_t width;       /* bytes of a packed cell */
	size_t state_bytes; /* of one group */
	char *packed;       /* room for one key */
	struct arena arena;
};

void group_table_init(struct group_table *, size_t nkey, size_t state_bytes);

/* Packs a cell of at most width bytes, 16 or 32, which may be read from it
 * whatever they are. */
static inline void
group_pack(char *to, size_t width, struct span cell)
{
	static const uint64_t keep[8] = {
	    UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
	const char *mask = (const char *)keep + sizeof keep / 2 - cell.n;

#pragma GCC unroll 4
	for (size_t i = 0; i < width; i += 8) {
		uint64_t word = hash_load8(cell.p + i) & hash_load8(mask + i);

		memcpy(to + i, &word, sizeof word);
	}
}

/* The same where no byte behind the cell may be read. */
static inline void
group_pack_last(char *to, size_t width, struct span cell)
{
	memset(to, 0, width);
	if (cell.n > 0)
		memcpy(to, cell.p, cell.n);
}

/* A packed key's hash starts with this, and takes cell after cell. */
#define GROUP_HASH_START 0xA0761D6478BD642FULL

static inline uint64_t
group_hash_cell(uint64_t hash, const char *packed, size_t width)
{
#pragma GCC unroll 2
	for (size_t i = 0; i < width; i += 16)
		hash = hash_mix(hash ^ hash_load8(packed + i),
		    0xE7037ED1A0B428DBULL ^ hash_load8(packed + i + 8));
	return hash;
}

static inline bool
group_has_packed(const struct group *g, const char *packed, size_t bytes)
{
	uint64_t differ = g->key_bytes;

#pragma GCC unroll 4
	for (size_t i = 0; i < bytes; i += 8)
		differ |= hash_load8(g->key + i) ^ hash_load8(packed + i);
	return differ == 0;
}

/* The group of a packed key of so many bytes, nkey * width: NULL for none. To
 * say them as a constant makes a quick loop quicker. */
static inline struct group *
group_seek(const struct group_table *t, uint64_t hash, const char *packed,
    size_t bytes)
{
	size_t at = hash & (t->size - 1);
	struct group *g;

	for (; (g = t->slot[at].group) != NULL; at = (at + 1) & (t->size - 1))
		if (t->slot[at].hash == hash &&
		    group_has_packed(g, packed, bytes))
			return g;
	return NULL;
}

/* Says that packed keys of these hashes are about to be sought: of a table
 * beyond the cache, their slots and groups are then on their way. */
void group_expect(const struct group_table *, const uint64_t *hash, size_t n);

/* The group of either form of key; a new one is made when there is none, with
 * order UINT64_MAX. */
struct group *group_find(
    struct group_table *, uint64_t hash, const char *packed);
struct group *group_find_joined(struct group_table *, struct span key);

/* The group of cells joined by TAB, in whichever form such a key has. */
struct group *group_find_key(struct group_table *, struct span key);

/* The group of the same key as one of another table. */
struct group *group_like(struct group_table *, const struct group *);

/* Group i of `all`, for those who go through all of them: what follows is sent
 * for, since after a merge they lie anywhere. */
static inline struct group *
group_nth(const struct group_table *t, size_t i)
{
	enum { AHEAD = 16, LINE_BYTES = 64 };

	if (i + AHEAD < t->n) {
		const char *next = (const char *)t->all[i + AHEAD];

		__builtin_prefetch(next);
		__builtin_prefetch(next + LINE_BYTES);
	}
	return t->all[i];
}

/* The i-th cell of a group's key. */
struct span group_cell(
    const struct group_table *, const struct group *, size_t i);

/* Orders `all` by where each group was first met; by key where that ties. */
void group_table_sort(struct group_table *);

/* States are the caller's to release first. */
void group_table_release(struct group_table *);

#endif
