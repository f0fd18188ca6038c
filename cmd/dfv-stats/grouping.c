#include "grouping.h"

#include <string.h>

#include "cell.h"
#include "mem.h"

void
grouping_init(struct grouping *g, const struct request *r, uint64_t part)
{
	*g = (struct grouping){.request = r, .part = part};
	group_table_init(&g->groups, r->nkey, r->state_bytes);
	if (r->dated)
		group_table_init(&g->spelled, r->nkey, sizeof(char *));
	g->packed_bytes = r->nkey * g->groups.width;
	g->packed = mem_alloc(BATCH_MAX, g->packed_bytes + 1);
}

void
grouping_release(struct grouping *g)
{
	group_table_release(&g->groups);
	group_table_release(&g->spelled);
	buf_release(&g->joined);
	mem_free(g->packed);
}

/* How many of the batch's cells of a column have so many bytes behind their
 * start: all, but for the last ones of a block. */
static size_t
readable_cells(const struct batch *b, size_t col, size_t bytes)
{
	const char *end = b->block->p + b->block->n;
	size_t n = b->n;

	while (n > 0 &&
	    end - block_cell(b->block, b->rec[n - 1], col).p < (ptrdiff_t)bytes)
		n--;
	return n;
}

/* Packs one key cell of each record, and takes it into the hashes. */
static inline __attribute__((always_inline)) void
pack_column(struct grouping *g, const struct batch *b, size_t i, size_t width)
{
	size_t col = g->request->key[i].col;
	size_t readable = readable_cells(b, col, width);
	char *to = g->packed + i * width;

	for (size_t r = 0; r < b->n; r++, to += g->packed_bytes) {
		struct span cell = block_cell(b->block, b->rec[r], col);

		if (cell_missing(cell))
			cell.n = 0;
		if (cell.n > width) {
			g->too_long[r] = true;
			g->any_too_long = true;
			continue;
		}
		if (r < readable)
			group_pack(to, width, cell);
		else
			group_pack_last(to, width, cell);
		g->hash[r] = group_hash_cell(g->hash[r], to, width);
	}
}

/* The widths are told apart here, so that each has loops of its own. */
static void
pack_keys(struct grouping *g, const struct batch *b)
{
	for (size_t r = 0; r < b->n; r++)
		g->hash[r] = GROUP_HASH_START;
	for (size_t i = 0; i < g->request->nkey; i++)
		if (g->groups.width == WIDTH_ALONE)
			pack_column(g, b, i, WIDTH_ALONE);
		else
			pack_column(g, b, i, WIDTH_OF_MANY);
}

/* A period's cell; false after a fault. */
static bool
add_period(struct grouping *g, const struct stat_key *key, size_t rec,
    struct span cell, struct fault *fault)
{
	struct date d;

	if (!date_parse(cell, &d)) {
		fault_set_cell(fault, DIAG_NOT_A_DATE, rec, key->col, cell,
		    "%s", date_advice(cell));
		return false;
	}
	date_format(&g->joined, d, key->period);
	return true;
}

/* A record's key, its cells joined; false after a fault. Without `fault`
 * periods are left as dates. */
static bool
join_key(
    struct grouping *g, const struct batch *b, size_t rec, struct fault *fault)
{
	const struct request *r = g->request;

	buf_reset(&g->joined);
	for (size_t i = 0; i < r->nkey; i++) {
		const struct stat_key *key = &r->key[i];
		struct span cell = block_cell(b->block, rec, key->col);

		if (i > 0)
			buf_byte(&g->joined, '\t');
		if (cell_missing(cell))
			continue;
		if (fault == NULL || !key->dated)
			buf_add(&g->joined, cell);
		else if (!add_period(g, key, rec, cell, fault))
			return false;
	}
	return true;
}

/* Records come in order, so the first one of a group is where it was met. */
static inline char *
group_memory(
    struct grouping *g, struct group *found, const struct batch *b, size_t r)
{
	if (found->order == UINT64_MAX)
		found->order =
		    order_of(order_of_block(b->block, g->part), b->rec[r]);
	return found->state;
}

/* A record's group in a table that is keyed by the cells as they stand. */
static inline struct group *
find_spelled(struct grouping *g, struct group_table *table,
    const struct batch *b, size_t r)
{
	if (g->too_long[r]) {
		g->too_long[r] = false;
		join_key(g, b, b->rec[r], NULL);
		return group_find_joined(table, buf_span(&g->joined));
	}
	return group_find(table, g->hash[r], g->packed + r * g->packed_bytes);
}

/* What a spelling's state holds: the memory of the group it stands for. */
static char *
find_period(
    struct grouping *g, const struct batch *b, size_t r, struct fault *fault)
{
	struct group *spelled = find_spelled(g, &g->spelled, b, r);
	char *memory;

	memcpy(&memory, spelled->state, sizeof memory);
	if (memory == NULL && join_key(g, b, b->rec[r], fault)) {
		memory = group_memory(
		    g, group_find_key(&g->groups, buf_span(&g->joined)), b, r);
		memcpy(spelled->state, &memory, sizeof memory);
	}
	return memory;
}

/* A record's group, which is made when it is not there yet. */
static char *
find_memory(
    struct grouping *g, const struct batch *b, size_t r, struct fault *fault)
{
	return g->request->dated
	    ? find_period(g, b, r, fault)
	    : group_memory(g, find_spelled(g, &g->groups, b, r), b, r);
}

/* Nearly every record's group is there, and its key is packed. */
static inline __attribute__((always_inline)) void
find_groups(struct grouping *g, struct batch *b, struct fault *fault,
    size_t packed_bytes)
{
	const struct group_table *table =
	    g->request->dated ? &g->spelled : &g->groups;
	const char *packed = g->packed;

	group_expect(table, g->hash, b->n);
	for (size_t r = 0; r < b->n && fault->id == DIAG_NONE; r++) {
		const struct group *found = g->any_too_long
		    ? NULL
		    : group_seek(table, g->hash[r], packed, packed_bytes);

		if (found == NULL)
			b->group[r] = find_memory(g, b, r, fault);
		else if (g->request->dated)
			memcpy(&b->group[r], found->state, sizeof b->group[r]);
		else
			b->group[r] = found->state;
		packed += packed_bytes;
	}
}

void
grouping_find(struct grouping *g, struct batch *b, struct fault *fault)
{
	g->any_too_long = false;
	pack_keys(g, b);
	if (g->packed_bytes == WIDTH_ALONE)
		find_groups(g, b, fault, WIDTH_ALONE);
	else
		find_groups(g, b, fault, g->packed_bytes);
}
