#include "nest.h"

#include <stdbool.h>

#include "mem.h"

/* What is known of one beginning of names. */
struct prefix {
	size_t first; /* column */
	size_t last;
	size_t n;
	bool flat; /* it must not become a mapping */
};

struct prefixes {
	struct columns name;
	struct prefix *item;
	size_t cap;
};

static bool
has_empty_part(struct span name)
{
	if (name.p[0] == '.' || name.p[name.n - 1] == '.')
		return true;
	for (size_t i = 1; i < name.n; i++)
		if (name.p[i] == '.' && name.p[i - 1] == '.')
			return true;
	return false;
}

/* Moves *end, an offset in name, to the next point: false behind the last
 * one. Starts from 0. */
static bool
next_point(struct span name, size_t *end)
{
	size_t from = *end == 0 ? 0 : *end + 1;

	*end = from + span_find(span_from(name, from), '.');
	return *end < name.n;
}

static struct prefix *
find_prefix(struct prefixes *all, struct span name, size_t col)
{
	size_t i = columns_add(&all->name, name);

	if (i == COLUMN_NONE)
		return &all->item[columns_find(&all->name, name)];
	all->item =
	    mem_grow(all->item, &all->cap, all->name.n, sizeof *all->item);
	all->item[i] = (struct prefix){col, col, 0, false};
	return &all->item[i];
}

static void
collect_prefixes(struct prefixes *all, const struct columns *columns)
{
	for (size_t c = 0; c < columns->n; c++) {
		struct span name = columns->name[c];
		bool flat = has_empty_part(name);
		size_t end = 0, level = 0;

		while (level++ < NEST_MAX_DEPTH && next_point(name, &end)) {
			struct span head = span_make(name.p, end);
			struct prefix *p = find_prefix(all, head, c);

			p->last = c;
			p->n++;
			p->flat = p->flat || flat ||
			    columns_find(columns, head) != COLUMN_NONE;
		}
	}
}

static size_t
depth_of(struct prefixes *all, struct span name)
{
	size_t depth = 0, end = 0;

	while (depth < NEST_MAX_DEPTH && next_point(name, &end)) {
		struct span head = span_make(name.p, end);
		const struct prefix *p =
		    &all->item[columns_find(&all->name, head)];

		if (p->flat || p->last - p->first + 1 != p->n)
			break;
		depth++;
	}
	return depth;
}

static size_t
shared_levels(struct span a, size_t a_depth, struct span b, size_t b_depth)
{
	size_t most = a_depth < b_depth ? a_depth : b_depth, n = 0;

	while (n < most &&
	    span_eq(nest_key(a, a_depth, n), nest_key(b, b_depth, n)))
		n++;
	return n;
}

struct nest *
nest_columns(const struct columns *columns, struct arena *arena)
{
	struct nest *nest = ARENA_ARRAY(arena, struct nest, columns->n);
	struct arena own = ARENA_EMPTY;
	struct prefixes all = {.item = NULL};

	columns_init(&all.name, &own);
	collect_prefixes(&all, columns);
	for (size_t c = 0; c < columns->n; c++) {
		nest[c].depth = depth_of(&all, columns->name[c]);
		if (c > 0)
			nest[c].shared = shared_levels(columns->name[c - 1],
			    nest[c - 1].depth, columns->name[c], nest[c].depth);
	}
	mem_free(all.item);
	arena_release(&own);
	return nest;
}

struct span
nest_key(struct span name, size_t depth, size_t level)
{
	for (size_t i = 0; i < level; i++)
		name = span_from(name, span_find(name, '.') + 1);
	if (level < depth)
		name.n = span_find(name, '.');
	return name;
}
