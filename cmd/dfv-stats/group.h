#ifndef DFV_STATS_GROUP_H
#define DFV_STATS_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

/*
 * The group table: keys of nkey cells to the memory of a group's states. Open
 * addressing, at most half full; a group stays where it is.
 *
 * A key whose cells all have at most 16 bytes, which is the usual one, is kept
 * packed: 16 bytes a cell with zeros behind, compared as words. Any other is
 * kept as its cells joined by TAB. No key has both forms.
 */
enum { KEY_CELL = 16 };

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
	size_t state_bytes; /* of one group */
	struct arena arena;
};

void group_table_init(struct group_table *, size_t nkey, size_t state_bytes);

/*
 * Packs a cell; readable_end is how far bytes behind it may be read. The
 * caller has seen to it that cell.n <= KEY_CELL.
 */
void group_pack(char to[KEY_CELL], struct span cell, const char *readable_end);

/* A packed key's hash, and the group of either form of key; a new one is made
 * when there is none, with order UINT64_MAX. */
uint64_t group_hash(const struct group_table *, const char *packed);
struct group *group_find(
    struct group_table *, uint64_t hash, const char *packed);
struct group *group_find_joined(struct group_table *, struct span key);

/* The group of the same key as one of another table. */
struct group *group_like(struct group_table *, const struct group *);

/* The i-th cell of a group's key. */
struct span group_cell(const struct group *, size_t i);

/* Orders `all` by where each group was first met; by key where that ties. */
void group_table_sort(struct group_table *);

/* States are the caller's to release first. */
void group_table_release(struct group_table *);

#endif
