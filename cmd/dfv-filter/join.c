#include "join.h"

#include <stdint.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "reader.h"

/* A row of the file: its cells that are no key, with a TAB before each. Rows
 * of one key follow each other. */
struct join_row {
	struct span rest;
	struct join_row *next;
};

/* The rows of one key. */
struct join_rows {
	struct join_row *first;
	struct join_row *last;
};

struct join {
	struct join_opts opts;
	size_t *in_col; /* of the stream, by key */
	size_t *on_col; /* of the file */
	size_t nkey;
	size_t *add_col; /* of the file: what comes in */
	size_t nadd;
	size_t ncol;            /* of joined records */
	struct keytab keys;     /* key cells joined by TAB */
	struct join_rows *rows; /* by a key's number */
	size_t cap;
	struct arena arena;
};

/* KEYS, as columns of both sides. */
static int
parse_on(struct join *j, const struct columns *in, const struct columns *file,
    struct diag *diag)
{
	struct span list = span_of(j->opts.on), item;

	j->in_col = ARENA_ARRAY(&j->arena, size_t, list.n + 1);
	j->on_col = ARENA_ARRAY(&j->arena, size_t, list.n + 1);
	while (columns_next(&list, &item)) {
		size_t eq = span_find(item, '=');
		struct span left = columns_bare(span_make(item.p, eq));
		struct span right =
		    eq == item.n ? left : columns_bare(span_from(item, eq + 1));

		j->in_col[j->nkey] = columns_need(in, left, diag);
		if (j->in_col[j->nkey] == COLUMN_NONE)
			return -1;
		j->on_col[j->nkey] = columns_need(file, right, diag);
		if (j->on_col[j->nkey++] == COLUMN_NONE)
			return -1;
	}
	return 0;
}

static bool
is_key(const struct join *j, size_t col)
{
	for (size_t i = 0; i < j->nkey; i++)
		if (j->on_col[i] == col)
			return true;
	return false;
}

static int
name_columns(struct join *j, const struct columns *in,
    const struct columns *file, struct columns *names, struct diag *diag)
{
	for (size_t i = 0; i < in->n; i++)
		columns_add(names, in->name[i]);
	j->add_col = ARENA_ARRAY(&j->arena, size_t, file->n);
	for (size_t i = 0; i < file->n; i++) {
		if (is_key(j, i))
			continue;
		if (columns_add(names, file->name[i]) == COLUMN_NONE) {
			diag_report(diag, DIAG_DUPLICATE_COLUMN, NULL,
			    file->name[i],
			    "both sides of --join have it: rename or drop one "
			    "first");
			return -1;
		}
		j->add_col[j->nadd++] = i;
	}
	j->ncol = names->n;
	return 0;
}

/* The key of a record, appended; false when a part of it is missing: missing
 * equals nothing. */
static bool
put_key(const struct block *b, size_t rec, const size_t *col, size_t n,
    struct buf *key)
{
	buf_reset(key);
	for (size_t i = 0; i < n; i++) {
		struct span cell = block_cell(b, rec, col[i]);

		if (cell_missing(cell))
			return false;
		if (i > 0)
			buf_byte(key, '\t');
		buf_add(key, cell);
	}
	return true;
}

/* Takes a row in; false when its key is there already and may not be. */
static bool
add_row(struct join *j, struct span key, struct span rest)
{
	struct join_row *row = ARENA_NEW(&j->arena, struct join_row);
	size_t before = j->keys.n, i = keytab_add(&j->keys, key);

	row->rest = arena_span(&j->arena, rest);
	if (i == before) {
		j->rows = mem_grow(j->rows, &j->cap, i + 1, sizeof *j->rows);
		j->rows[i] = (struct join_rows){row, row};
		return true;
	}
	j->rows[i].last->next = row;
	j->rows[i].last = row;
	return j->opts.many;
}

/* The first of a key's rows, or NULL. */
static const struct join_row *
find_rows(const struct join *j, struct span key)
{
	size_t i = keytab_find(&j->keys, key);

	return i == KEYTAB_NONE ? NULL : j->rows[i].first;
}

/* One record of the file; false after a report. */
static bool
read_row(struct join *j, struct reader *r, struct block *b, size_t rec,
    struct buf *key, struct buf *rest)
{
	struct fault f = {.id = DIAG_NONE};

	if (!put_key(b, rec, j->on_col, j->nkey, key))
		return true;
	buf_reset(rest);
	for (size_t i = 0; i < j->nadd; i++) {
		buf_byte(rest, '\t');
		buf_add(rest, block_cell(b, rec, j->add_col[i]));
	}
	if (add_row(j, buf_span(key), buf_span(rest)))
		return true;
	fault_set_cell(&f, DIAG_DUPLICATE_KEY, rec, j->on_col[0], buf_span(key),
	    "a second row for this key: --many joins with each");
	reader_fault(r, b, &f);
	return false;
}

static int
read_rows(struct join *j, struct reader *r)
{
	struct block b = BLOCK_EMPTY;
	struct buf key = {NULL, 0, 0}, rest = {NULL, 0, 0};
	bool good = true;
	int rc = 0;

	while (good && (rc = reader_next(r, &b)) > 0)
		for (size_t rec = 0; good && rec < b.nrec; rec++)
			good = read_row(j, r, &b, rec, &key, &rest);
	block_release(&b);
	buf_release(&key);
	buf_release(&rest);
	return good ? rc : -1;
}

struct join *
join_open(const struct join_opts *opts, const struct columns *in,
    struct columns *names, const struct opt_common *common, struct arena *arena,
    struct diag *diag)
{
	struct reader_opts ropts = opt_reader(common);
	const char *const files[] = {opts->file};
	struct join *j = mem_alloc(1, sizeof *j);
	struct reader *r;

	j->opts = *opts;
	columns_init(names, arena);
	ropts.from = NULL; /* --from speaks of the operands */
	ropts.progress = PROGRESS_NEVER;
	r = reader_open(files, 1, &ropts, diag);
	if (r == NULL || parse_on(j, in, reader_columns(r), diag) < 0 ||
	    name_columns(j, in, reader_columns(r), names, diag) < 0 ||
	    read_rows(j, r) < 0) {
		join_free(j);
		j = NULL;
	}
	reader_free(r);
	return j;
}

static void
put_row(const struct join *j, struct joined *out, struct span row,
    const struct join_row *match, size_t rec, size_t *n)
{
	struct buf *to = &out->block.text;

	buf_add(to, row);
	if (match != NULL)
		buf_add(to, match->rest);
	else
		for (size_t i = 0; i < j->nadd; i++)
			buf_byte(to, '\t');
	cell_end_row(to);
	out->origin =
	    mem_grow(out->origin, &out->cap, *n + 1, sizeof *out->origin);
	out->origin[(*n)++] = rec;
}

void
join_block(const struct join *j, const struct block *from, struct joined *out)
{
	struct buf key = {NULL, 0, 0};
	size_t n = 0;

	block_reset(&out->block);
	for (size_t rec = 0; rec < from->nrec; rec++) {
		struct span row = block_record(from, rec);
		const struct join_row *match = NULL;

		if (put_key(from, rec, j->in_col, j->nkey, &key))
			match = find_rows(j, buf_span(&key));
		if (match == NULL && j->opts.left)
			put_row(j, out, row, NULL, rec, &n);
		for (; match != NULL; match = match->next)
			put_row(j, out, row, match, rec, &n);
	}
	buf_release(&key);
	out->block.p = out->block.text.p;
	out->block.n = out->block.text.n;
	block_index(&out->block,
	    &(struct block_rules){.ncol = j->ncol, .valid_utf8 = true});
}

void
joined_release(struct joined *out)
{
	block_release(&out->block);
	mem_free(out->origin);
}

void
join_free(struct join *j)
{
	if (j == NULL)
		return;
	keytab_release(&j->keys);
	mem_free(j->rows);
	arena_release(&j->arena);
	mem_free(j);
}
