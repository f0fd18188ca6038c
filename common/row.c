#include "row.h"

#include <string.h>

#include "mem.h"

/* Nested keys repeat the names around them: a hostile file of 1 MB could ask
 * for gigabytes of names. */
enum { NAMES_MAX_BYTES = 128 * 1024 * 1024, ROWS_MAX_BYTES = 0x7FFFFFFF };

void
keys_init(struct keys *k, struct columns *columns, struct arena *arena)
{
	*k = (struct keys){.columns = columns};
	columns_init(&k->path, arena);
}

void
keys_release(struct keys *k)
{
	mem_free(k->col);
	k->col = NULL;
	k->cap = 0;
}

void
row_init(struct row *r, struct keys *k)
{
	*r = (struct row){.keys = k, .outer = COLUMN_NONE};
}

void
row_release(struct row *r)
{
	buf_release(&r->text);
	buf_release(&r->join);
	mem_free(r->seen);
	mem_free(r->cell);
	row_init(r, r->keys);
}

void
row_begin(struct row *r)
{
	r->serial++;
	r->outer = COLUMN_NONE;
	r->next = 0;
	buf_reset(&r->text);
}

/* A new path, or COLUMN_NONE when there are too many. */
static size_t
keys_add(struct keys *k, struct span path)
{
	size_t i;

	k->bytes += path.n;
	if (k->bytes > NAMES_MAX_BYTES)
		return COLUMN_NONE;
	i = columns_add(&k->path, path);
	k->col = mem_grow(k->col, &k->cap, k->path.n, sizeof *k->col);
	k->col[i] = COLUMN_NONE;
	return i;
}

static struct span
join_path(struct row *r, struct span key)
{
	if (r->outer == COLUMN_NONE)
		return key;
	buf_reset(&r->join);
	buf_add(&r->join, r->keys->path.name[r->outer]);
	buf_byte(&r->join, '.');
	buf_add(&r->join, key);
	return buf_span(&r->join);
}

static size_t
find_path(const struct row *r, struct span path)
{
	const struct columns *all = &r->keys->path;

	/* Records mostly have the same keys in the same order. */
	if (r->next < all->n && span_eq(all->name[r->next], path))
		return r->next;
	return columns_find(all, path);
}

/* Room for the marks of all paths there are. */
static void
fit_seen(struct row *r)
{
	size_t n = r->keys->path.n;

	r->seen = mem_grow(r->seen, &r->seen_cap, n, sizeof *r->seen);
	memset(r->seen + r->nseen, 0, (n - r->nseen) * sizeof *r->seen);
	r->nseen = n;
}

static void
fit_cells(struct row *r)
{
	size_t n = r->keys->columns->n;

	r->cell = mem_grow(r->cell, &r->cell_cap, n, sizeof *r->cell);
	memset(r->cell + r->ncell, 0, (n - r->ncell) * sizeof *r->cell);
	r->ncell = n;
}

enum row_status
row_key(struct row *r, struct span key)
{
	r->name = join_path(r, key);
	if (r->name.n == 0)
		return ROW_NAMELESS;
	r->path = find_path(r, r->name);
	if (r->path == COLUMN_NONE) {
		if (r->keys->closed)
			return ROW_UNKNOWN;
		r->path = keys_add(r->keys, r->name);
		if (r->path == COLUMN_NONE)
			return ROW_TOO_MUCH;
	}
	r->name = r->keys->path.name[r->path];
	r->next = r->path + 1;
	if (r->path >= r->nseen)
		fit_seen(r);
	if (r->seen[r->path] == r->serial)
		return ROW_SEEN;
	r->seen[r->path] = r->serial;
	return ROW_OK;
}

enum row_status
row_value(struct row *r)
{
	size_t *col = &r->keys->col[r->path];

	if (*col == COLUMN_NONE) {
		if (r->keys->closed)
			return ROW_UNKNOWN;
		*col = columns_add(r->keys->columns, r->name);
	}
	if (*col >= r->ncell)
		fit_cells(r);
	r->cell_col = *col;
	r->cell[*col].at = r->text.n;
	return ROW_OK;
}

void
row_value_end(struct row *r, size_t line, size_t col)
{
	struct row_cell *c = &r->cell[r->cell_col];

	c->serial = r->serial;
	c->n = r->text.n - c->at;
	c->line = line;
	c->col = col;
}

int
row_refuse(const struct row *r, enum row_status status, struct place at,
    struct fault *f)
{
	static const enum diag_id ids[] = {
	    [ROW_SEEN] = DIAG_DUPLICATE_KEY,
	    [ROW_UNKNOWN] = DIAG_NEW_COLUMN,
	    [ROW_NAMELESS] = DIAG_EMPTY_COLUMN,
	    [ROW_TOO_MUCH] = DIAG_NOT_RECORDS,
	};
	static const char *const details[] = {
	    [ROW_SEEN] = NULL,
	    [ROW_UNKNOWN] = NULL,
	    [ROW_NAMELESS] = "give every key a name",
	    [ROW_TOO_MUCH] = "the names of nested keys are too long",
	};
	struct span value = r->name;

	if (status == ROW_NAMELESS)
		value.p = NULL;
	fault_set(f, ids[status], at, value,
	    details[status] == NULL ? NULL : "%s", details[status]);
	return -1;
}

int
row_write(const struct row *r, struct buf *out)
{
	size_t ncol = r->keys->columns->n;

	if (out->n + r->text.n + ncol > ROWS_MAX_BYTES)
		return -1;
	buf_room(out, r->text.n + ncol);
	for (size_t c = 0; c < ncol; c++) {
		const struct row_cell *cell = row_cell(r, c);

		if (cell != NULL && cell->n > 0)
			buf_add(out, span_make(r->text.p + cell->at, cell->n));
		buf_byte(out, c + 1 < ncol ? '\t' : '\n');
	}
	return 0;
}
