#include "join.h"

#include <stdint.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "reader.h"

/* So much is joined at a time, and a record more. */
enum { PIECE_BYTES = 1024 * 1024 };

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
	size_t ncol;             /* of joined records */
	struct join_row missing; /* what is joined where there is no match */
	struct keytab keys;      /* key cells joined by TAB */
	struct join_rows *rows;  /* by a key's number */
	size_t cap;
	struct arena arena;
};

/* KEYS, as columns of both sides. */
static int
parse_on(struct join *j, const struct columns *file, const struct expr_env *env)
{
	struct span list = span_of(j->opts.on), item;

	j->in_col = ARENA_ARRAY(&j->arena, size_t, list.n + 1);
	j->on_col = ARENA_ARRAY(&j->arena, size_t, list.n + 1);
	while (columns_next(&list, &item)) {
		size_t eq = span_find(item, '=');
		struct span left = columns_bare(span_make(item.p, eq));
		struct span right =
		    eq == item.n ? left : columns_bare(span_from(item, eq + 1));

		j->in_col[j->nkey] =
		    columns_need(env->columns, left, env->diag);
		if (j->in_col[j->nkey] == COLUMN_NONE)
			return -1;
		j->on_col[j->nkey] = columns_need(file, right, env->diag);
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
name_columns(struct join *j, const struct columns *file,
    const struct expr_env *env, struct columns *names)
{
	const struct columns *in = env->columns;

	for (size_t i = 0; i < in->n; i++)
		columns_add(names, in->name[i]);
	j->add_col = ARENA_ARRAY(&j->arena, size_t, file->n);
	for (size_t i = 0; i < file->n; i++) {
		if (is_key(j, i))
			continue;
		if (columns_add(names, file->name[i]) == COLUMN_NONE) {
			diag_report(env->diag, DIAG_DUPLICATE_COLUMN, NULL,
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

/* The key of a record, appended; nothing, and false, when a part of it is
 * missing: missing equals nothing. */
static bool
put_key(const struct block *b, size_t rec, const size_t *col, size_t n,
    struct buf *key)
{
	size_t before = key->n;

	for (size_t i = 0; i < n; i++) {
		struct span cell = block_cell(b, rec, col[i]);

		if (cell_missing(cell)) {
			key->n = before;
			return false;
		}
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

/* The file being read. */
struct filling {
	struct join *join;
	struct reader *reader;
	struct block block;
	struct buf key;
	struct buf rest;
};

/* One record of the file; false after a report. */
static bool
read_row(struct filling *f, size_t rec)
{
	const struct join *j = f->join;
	struct fault fault = {.id = DIAG_NONE};

	buf_reset(&f->key);
	buf_reset(&f->rest);
	if (!put_key(&f->block, rec, j->on_col, j->nkey, &f->key))
		return true;
	for (size_t i = 0; i < j->nadd; i++) {
		buf_byte(&f->rest, '\t');
		buf_add(&f->rest, block_cell(&f->block, rec, j->add_col[i]));
	}
	if (add_row(f->join, buf_span(&f->key), buf_span(&f->rest)))
		return true;
	fault_set_cell(&fault, DIAG_DUPLICATE_KEY, rec, j->on_col[0],
	    buf_span(&f->key),
	    "a second row for this key: --many joins with each");
	reader_fault(f->reader, &f->block, &fault);
	return false;
}

/* The next records' keys will be looked for. */
static void
expect_rows(struct filling *f, size_t rec)
{
	const struct join *j = f->join;
	size_t end = f->block.nrec - rec < KEYTAB_MANY ? f->block.nrec
						       : rec + KEYTAB_MANY;

	for (; rec < end; rec++) {
		buf_reset(&f->key);
		if (put_key(&f->block, rec, j->on_col, j->nkey, &f->key))
			keytab_expect(&j->keys, buf_span(&f->key));
	}
}

static int
read_rows(struct join *j, struct reader *reader)
{
	struct filling f = {.join = j, .reader = reader, .block = BLOCK_EMPTY};
	bool good = true;
	int rc = 0;

	while (good && (rc = reader_next(reader, &f.block)) > 0)
		for (size_t rec = 0; good && rec < f.block.nrec; rec++) {
			if (rec % KEYTAB_MANY == 0)
				expect_rows(&f, rec);
			good = read_row(&f, rec);
		}
	block_release(&f.block);
	buf_release(&f.key);
	buf_release(&f.rest);
	return good ? rc : -1;
}

/* Missing cells, as many as the file would add. */
static void
make_missing(struct join *j)
{
	char *tabs = ARENA_ARRAY(&j->arena, char, j->nadd);

	for (size_t i = 0; i < j->nadd; i++)
		tabs[i] = '\t';
	j->missing.rest = span_make(tabs, j->nadd);
}

struct join *
join_open(const struct join_opts *opts, const struct opt_common *common,
    const struct expr_env *env, struct columns *names)
{
	struct reader_opts ropts = opt_reader(common);
	const char *const files[] = {opts->file};
	struct join *j = mem_alloc(1, sizeof *j);
	struct reader *r;

	j->opts = *opts;
	columns_init(names, env->arena);
	ropts.from = NULL; /* --from speaks of the operands */
	ropts.progress = PROGRESS_NEVER;
	r = reader_open(files, 1, &ropts, env->diag);
	if (r == NULL || parse_on(j, reader_columns(r), env) < 0 ||
	    name_columns(j, reader_columns(r), env, names) < 0 ||
	    read_rows(j, r) < 0) {
		join_free(j);
		j = NULL;
	} else {
		make_missing(j);
	}
	reader_free(r);
	return j;
}

void
joined_start(struct joined *out)
{
	out->next = 0;
	out->match = NULL;
}

/* The first of the rows that each of n records is joined with, or NULL: those
 * from out->next on. */
static void
find_matches(const struct join *j, const struct block *from, size_t n,
    struct joined *out)
{
	size_t end[KEYTAB_MANY + 1] = {0}, number[KEYTAB_MANY];
	struct span key[KEYTAB_MANY] = {{NULL, 0}};

	buf_reset(&out->keys);
	for (size_t i = 0; i < n; i++) {
		put_key(from, out->next + i, j->in_col, j->nkey, &out->keys);
		end[i + 1] = out->keys.n;
	}
	for (size_t i = 0; i < n; i++)
		key[i] = buf_part(&out->keys, end[i], end[i + 1]);
	keytab_find_many(&j->keys, key, n, number);
	for (size_t i = 0; i < n; i++)
		if (number[i] != KEYTAB_NONE)
			__builtin_prefetch(&j->rows[number[i]]);
	for (size_t i = 0; i < n; i++)
		out->found[i] = number[i] != KEYTAB_NONE
		    ? j->rows[number[i]].first
		    : j->opts.left ? &j->missing
				   : NULL;
}

/* On to a row that is to be joined; false where there is none. */
static bool
has_match(const struct join *j, const struct block *from, struct joined *out)
{
	while (out->match == NULL && out->next < from->nrec) {
		size_t at = out->next % KEYTAB_MANY, left;

		left = from->nrec - out->next;
		if (at == 0)
			find_matches(j, from,
			    left < KEYTAB_MANY ? left : KEYTAB_MANY, out);
		out->match = out->found[at];
		out->at = out->next++;
	}
	return out->match != NULL;
}

static void
put_row(struct joined *out, struct span row, size_t n)
{
	struct buf *to = &out->block.text;

	buf_add(to, row);
	buf_add(to, out->match->rest);
	cell_end_row(to);
	out->origin =
	    mem_grow(out->origin, &out->cap, n + 1, sizeof *out->origin);
	out->origin[n] = out->at;
}

bool
join_next(const struct join *j, const struct block *from, struct joined *out)
{
	struct block *b = &out->block;
	size_t n = 0;

	block_reset(b);
	for (; b->text.n < PIECE_BYTES && has_match(j, from, out); n++) {
		put_row(out, block_record(from, out->at), n);
		out->match = out->match->next;
	}
	b->p = b->text.p;
	b->n = b->text.n;
	block_index(
	    b, &(struct block_rules){.ncol = j->ncol, .valid_utf8 = true});
	return n > 0;
}

void
joined_release(struct joined *out)
{
	block_release(&out->block);
	buf_release(&out->keys);
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
