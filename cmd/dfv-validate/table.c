#include "table.h"

#include <string.h>

#include "mem.h"

struct table_index {
	struct table_index *next;
	size_t col;
	struct keytab keys;
	size_t *start; /* by key, and one more: its rows are row[start[k]...] */
	struct table_row *row;
};

struct place
table_header_place(const struct reader *r, const char *file)
{
	const char *format = reader_format(r);
	bool has = strcmp(format, "tsv") == 0 || strcmp(format, "csv") == 0;

	return (struct place){
	    strcmp(file, "-") == 0 ? "(stdin)" : file, has ? 1 : 0, 0};
}

/* The next block with what is wrong in it; 1, 0 at the end, -1. */
static int
load_block(struct table *t, struct keys *keys, struct diag *d)
{
	struct table_block *b = mem_alloc(1, sizeof *b);
	int rc;

	b->block = BLOCK_EMPTY;
	b->verdict = VERDICT_EMPTY;
	rc = reader_next(t->reader, &b->block);
	if (rc <= 0) {
		block_release(&b->block);
		mem_free(b);
		return rc;
	}
	t->block =
	    mem_grow(t->block, &t->block_cap, t->nblock + 1, sizeof *t->block);
	t->block[t->nblock++] = b;
	t->nrec += b->block.nrec;
	if (t->schema == NULL)
		return 1;
	b->verdict.memo = t->memo;
	check_block(&t->check, &b->block, &b->verdict);
	t->memo = b->verdict.memo;
	b->verdict.memo = NULL;
	keys_check(keys, t->reader, &b->block, &b->verdict);
	if (b->verdict.fault.id == DIAG_NONE)
		return 1;
	b->verdict.fault.place =
	    reader_place(&b->block, b->verdict.fault.rec, b->verdict.fault.col);
	diag_fault(d, &b->verdict.fault);
	return -1;
}

int
table_read(struct table *t, struct arena *a, struct diag *d)
{
	struct keys *keys = NULL;
	int rc;

	if (t->schema != NULL) {
		check_init(&t->check, t->schema, t->columns, a);
		keys = keys_new(&t->check);
	}
	while ((rc = load_block(t, keys, d)) == 1)
		;
	keys_free(keys);
	return rc;
}

void
table_take_format(struct table *t)
{
	if (t->schema != NULL &&
	    span_eq(span_of(reader_format(t->reader)), SPAN("jsonl")))
		schema_take_json(t->schema);
}

int
table_load(struct table *t, const char *const *file, size_t nfile,
    const struct reader_opts *opts, struct arena *a, struct diag *d)
{
	t->reader = reader_open(file, nfile, opts, d);
	if (t->reader == NULL)
		return -1;
	t->columns = reader_columns(t->reader);
	table_take_format(t);
	if (table_read(t, a, d) != 0)
		return -1;
	if (t->schema != NULL)
		check_labels(&t->check, table_header_place(t->reader, file[0]),
		    &t->labels, a);
	return 0;
}

/* The row itself, or the first one behind it: blocks may be empty. */
static struct table_row
skip_empty(const struct table *t, struct table_row r)
{
	while (r.block < t->nblock && r.rec >= t->block[r.block]->block.nrec)
		r = (struct table_row){r.block + 1, 0};
	return r;
}

struct table_row
table_first(const struct table *t)
{
	return skip_empty(t, (struct table_row){0, 0});
}

struct table_row
table_next(const struct table *t, struct table_row r)
{
	return skip_empty(t, (struct table_row){r.block, r.rec + 1});
}

/* The number of a record's value, or KEYTAB_NONE. */
static size_t
index_key(struct table_index *x, const struct block *b, size_t rec,
    struct buf bytes[2])
{
	const struct key_part part = {x->col, NULL};

	buf_reset(&bytes[0]);
	if (!key_put(&bytes[0], b, rec, &part, 1, &bytes[1]))
		return KEYTAB_NONE;
	return keytab_add(&x->keys, buf_span(&bytes[0]));
}

/* Counts the rows of each key, then puts them side by side. */
static void
index_build(struct table_index *x, const struct table *t)
{
	struct buf bytes[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
	size_t *number = mem_alloc(t->nrec, sizeof *number), i = 0;
	struct table_row r;

	for (r = table_first(t); table_has(t, r); r = table_next(t, r))
		number[i++] = index_key(x, table_block(t, r), r.rec, bytes);
	x->start = mem_alloc(x->keys.n + 2, sizeof *x->start);
	x->row = mem_alloc(t->nrec, sizeof *x->row);
	for (i = 0; i < t->nrec; i++)
		if (number[i] != KEYTAB_NONE)
			x->start[number[i] + 2]++;
	for (i = 2; i < x->keys.n + 2; i++)
		x->start[i] += x->start[i - 1];
	i = 0;
	for (r = table_first(t); table_has(t, r); r = table_next(t, r), i++)
		if (number[i] != KEYTAB_NONE)
			x->row[x->start[number[i] + 1]++] = r;
	mem_free(number);
	buf_release(&bytes[0]);
	buf_release(&bytes[1]);
}

const struct table_index *
table_index(struct table *t, size_t col)
{
	struct table_index *x = t->index;

	while (x != NULL && x->col != col)
		x = x->next;
	if (x != NULL)
		return x;
	x = mem_alloc(1, sizeof *x);
	x->col = col;
	x->next = t->index;
	t->index = x;
	index_build(x, t);
	return x;
}

const struct table_row *
table_lookup(const struct table_index *x, struct span key, size_t *n)
{
	size_t k = keytab_find(&x->keys, key);

	*n = k == KEYTAB_NONE ? 0 : x->start[k + 1] - x->start[k];
	return k == KEYTAB_NONE ? NULL : x->row + x->start[k];
}

const struct field *
table_field(const struct table *t, size_t col)
{
	size_t i;

	if (t->schema == NULL)
		return NULL;
	i = schema_find(t->schema, t->columns->name[col]);
	return i == t->schema->n ? NULL : &t->schema->field[i];
}

void
table_release(struct table *t)
{
	while (t->index != NULL) {
		struct table_index *next = t->index->next;

		keytab_release(&t->index->keys);
		mem_free(t->index->start);
		mem_free(t->index->row);
		mem_free(t->index);
		t->index = next;
	}
	for (size_t i = 0; i < t->nblock; i++) {
		block_release(&t->block[i]->block);
		verdict_release(&t->block[i]->verdict);
		mem_free(t->block[i]);
	}
	mem_free(t->block);
	mem_free(t->memo);
	findings_release(&t->labels);
	schema_release(t->schema);
	reader_free(t->reader);
}
