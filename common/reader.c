#include "reader.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "choose.h"
#include "decoder.h"
#include "mem.h"
#include "utf8.h"

enum { BLOCK_BYTES = 256 * 1024 };

struct reader {
	const char *const *file;
	size_t nfile;
	size_t next_file;
	struct reader_opts opts;
	struct diag *diag;
	struct arena arena;
	const struct columns *columns; /* the first decoder's */
	struct decoder **decoder;      /* opened so far; blocks point to them */
	size_t ndecoder;
	pthread_mutex_t lock; /* held by reader_fill */
	bool ended;
	uint64_t serial;
	struct progress progress;
	uint64_t size;              /* of all operands, or 0 */
	const struct decoder *turn; /* reader_sequence: whose lines, */
	size_t turn_line;           /* and the next block's first one */
	uint64_t turn_taken;        /* bytes of all that had their turn */
};

static int
mismatch(const struct reader *r, const struct decoder *d, struct span name,
    const char *detail, struct fault *f)
{
	fault_set(f, DIAG_COLUMN_MISMATCH, (struct place){d->in.name, 1, 0},
	    name, "%s", r->opts.mismatch != NULL ? r->opts.mismatch : detail);
	return -1;
}

/* Pairs a later file's columns with the stream's by name. */
static int
match_columns(struct reader *r, struct decoder *d, struct fault *f)
{
	const struct columns *all = r->columns;
	bool same = true;

	if (d->columns.n == 0)
		return 0; /* a file without records */
	for (size_t i = 0; i < d->columns.n; i++)
		if (columns_find(all, d->columns.name[i]) == COLUMN_NONE)
			return mismatch(r, d, d->columns.name[i],
			    "the first file has no such column: rename or drop it",
			    f);
	d->order = ARENA_ARRAY(&r->arena, size_t, all->n);
	for (size_t i = 0; i < all->n; i++) {
		d->order[i] = columns_find(&d->columns, all->name[i]);
		if (d->order[i] == COLUMN_NONE)
			return mismatch(r, d, all->name[i],
			    "this file lacks a column of the first: add it", f);
		same = same && d->order[i] == i;
	}
	if (same)
		d->order = NULL;
	return 0;
}

/* Opens the next operand as the last of r->decoder. */
static int
open_next(struct reader *r, struct fault *f)
{
	const char *file = r->file[r->next_file++];
	struct decoder *d = ARENA_NEW(&r->arena, struct decoder);

	d->block_bytes =
	    r->opts.block_bytes > 0 ? r->opts.block_bytes : BLOCK_BYTES;
	d->encoding = r->opts.encoding;
	d->arena = &r->arena;
	columns_init(&d->columns, &r->arena);
	r->decoder[r->ndecoder++] = d;
	if (input_open(&d->in, file, f) < 0 ||
	    choose_format(d, r->opts.from, file, f) < 0 ||
	    d->format->open(d, f) < 0)
		return -1;
	decoder_map(d);
	progress_add(&r->progress, d->in.done);
	if (r->columns == NULL || r->columns->n == 0) {
		r->columns = &d->columns;
		return 0;
	}
	return match_columns(r, d, f);
}

/* A name that cannot be opened is better known before an hour's work. */
static int
files_exist(const struct reader *r, struct fault *f)
{
	for (size_t i = 1; i < r->nfile; i++) {
		struct input in;

		if (strcmp(r->file[i], "-") == 0)
			continue;
		if (access(r->file[i], R_OK) == 0)
			continue;
		if (input_open(&in, r->file[i], f) < 0)
			return -1;
		input_close(&in);
	}
	return 0;
}

/* The bytes of all operands together, 0 when one's size is not known. */
static uint64_t
total_size(const struct reader *r)
{
	uint64_t total = 0;

	for (size_t i = 0; i < r->nfile; i++) {
		struct stat st;
		bool known = strcmp(r->file[i], "-") == 0
		    ? fstat(STDIN_FILENO, &st) == 0
		    : stat(r->file[i], &st) == 0;

		if (!known || !S_ISREG(st.st_mode))
			return 0;
		total += (uint64_t)st.st_size;
	}
	return total;
}

static int
open_first(struct reader *r)
{
	struct fault f = {.id = DIAG_NONE};

	if (r->opts.from != NULL && format_by_name(r->opts.from) == NULL)
		fault_set(&f, DIAG_UNKNOWN_FORMAT, PLACE_NONE,
		    span_of(r->opts.from),
		    "--from takes tsv, csv, yaml or jsonl");
	else if (files_exist(r, &f) == 0)
		do {
			if (open_next(r, &f) < 0)
				break;
		} while (r->columns->n == 0 && r->next_file < r->nfile);
	if (f.id == DIAG_NONE)
		return 0;
	diag_fault(r->diag, &f);
	return -1;
}

/* It has one end: the second time there would be nothing. */
static bool
standard_input_twice(const struct reader *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->nfile; i++)
		n += strcmp(r->file[i], "-") == 0;
	if (n > 1)
		diag_report(r->diag, DIAG_USAGE, NULL, SPAN("-"),
		    "standard input is read once");
	return n > 1;
}

struct reader *
reader_open(const char *const file[], size_t n, const struct reader_opts *opts,
    struct diag *diag)
{
	static const char *const standard_input[] = {"-"};
	struct reader *r = mem_alloc(1, sizeof *r);

	r->file = n == 0 ? standard_input : file;
	r->nfile = n == 0 ? 1 : n;
	r->opts = *opts;
	r->diag = diag;
	r->arena = ARENA_EMPTY;
	r->decoder = ARENA_ARRAY(&r->arena, struct decoder *, r->nfile);
	pthread_mutex_init(&r->lock, NULL);
	r->size = total_size(r);
	progress_start(&r->progress, opts->progress, r->size);
	if (!standard_input_twice(r) && open_first(r) == 0)
		return r;
	reader_free(r);
	return NULL;
}

const struct columns *
reader_columns(const struct reader *r)
{
	return r->columns;
}

const char *
reader_format(const struct reader *r)
{
	return r->decoder[0]->format->name;
}

char
reader_delimiter(const struct reader *r)
{
	return r->decoder[0]->delimiter;
}

/* Bytes of the file that went into blocks; of a packed one, that were read. */
static uint64_t
taken_from(const struct decoder *d)
{
	return d->in.done - (d->in.pack == NULL ? d->ahead.n : 0);
}

/* One step: 1 with a block, 0 when this decoder is done. */
static int
fill_from(struct reader *r, struct decoder *d, struct block *b)
{
	uint64_t done = d->in.done, taken = taken_from(d);
	int rc;

	b->from = d;
	b->ncol = d->columns.n;
	rc = d->format->fill(d, b);
	b->taken = taken_from(d) - taken;
	progress_add(&r->progress, d->in.done - done);
	return rc;
}

static int
fill_locked(struct reader *r, struct block *b)
{
	while (!r->ended) {
		if (fill_from(r, r->decoder[r->ndecoder - 1], b) > 0) {
			b->serial = r->serial++;
			r->ended = b->fault.id != DIAG_NONE;
			return 1;
		}
		/* Thousands of operands must not need as many descriptors. */
		input_close(&r->decoder[r->ndecoder - 1]->in);
		if (r->next_file == r->nfile) {
			r->ended = true;
		} else if (open_next(r, &b->fault) < 0) {
			/* An empty block carries the mistake to its turn. */
			b->from = r->decoder[r->ndecoder - 1];
			b->serial = r->serial++;
			r->ended = true;
			return 1;
		}
	}
	progress_end(&r->progress);
	return 0;
}

int
reader_fill(struct reader *r, struct block *b)
{
	struct input_advice advice = {0};
	struct input *in = NULL;
	int rc;

	block_reset(b);
	pthread_mutex_lock(&r->lock);
	rc = fill_locked(r, b);
	if (rc > 0) {
		in = &r->decoder[r->ndecoder - 1]->in;
		advice = input_map_take(in);
	}
	pthread_mutex_unlock(&r->lock);
	if (rc > 0)
		input_map_advise(in, &advice);
	return rc;
}

/* Characters before a cell in its row as the file has it, and one. `order` is
 * NULL where the block's columns are in the file's order. */
static size_t
count_column(
    const struct block *b, size_t rec, size_t own_col, const size_t *order)
{
	size_t n = 1;

	for (size_t c = 0; c < b->ncol; c++)
		if ((order == NULL ? c : order[c]) < own_col)
			n += utf8_length(block_cell(b, rec, c)) + 1;
	return n;
}

/* Where a cell of the file's own_col-th column starts; the line is counted
 * within the block, from 0. */
static struct place
place_within(
    const struct block *b, size_t rec, size_t own_col, const size_t *order)
{
	const struct decoder_format *format = b->from->format;
	struct place at = PLACE_NONE;

	if (format->place != NULL) {
		format->place(b->from, b, rec, own_col, &at);
		at.file = NULL;
	} else {
		at.line = block_line(b, rec);
		at.col = count_column(b, rec, own_col, order);
	}
	return at;
}

void
reader_index(const struct reader *r, struct block *b)
{
	const struct decoder *d = b->from;
	const struct decoder_format *format = d->format;

	if (format == NULL) {
		b->n = 0;
	} else if (format->decode != NULL) {
		format->decode(d, b);
	} else {
		b->p = b->text.p;
		b->n = b->text.n;
	}
	block_index(b,
	    &(struct block_rules){.ncol = d->columns.n,
		.valid_utf8 = format == NULL || format->valid_utf8,
		.take_ragged = r->opts.keep_ragged});
	if (b->fault.id != DIAG_NONE && b->fault.of_cell) {
		b->fault.place =
		    place_within(b, b->fault.rec, b->fault.col, NULL);
		b->fault.of_cell = false;
	}
	if (d->order != NULL)
		block_reorder(b, d->order);
}

struct place
reader_place(const struct block *b, size_t rec, size_t col)
{
	const struct decoder *d = b->from;
	size_t cell = col == COLUMN_NONE ? 0 : col;
	struct place at = place_within(
	    b, rec, d->order == NULL ? cell : d->order[cell], d->order);

	at.file = d->in.name;
	at.line += b->first_line;
	if (col == COLUMN_NONE)
		at.col = 0;
	return at;
}

/* A place as a file has it, from one counted within the block. */
static void
finish_place(const struct block *b, struct fault *f)
{
	if (f->of_cell) {
		f->place = reader_place(b, f->rec, f->col);
	} else if (f->place.file == NULL) {
		f->place.file = b->from->in.name;
		if (f->place.line > 0 || f->place.col > 0)
			f->place.line += b->first_line;
	}
}

int
reader_fault(struct reader *r, struct block *b, struct fault *f)
{
	finish_place(b, f);
	diag_fault(r->diag, f);
	return -1;
}

void
reader_sequence(struct reader *r, struct block *b)
{
	if (b->from != r->turn) {
		r->turn = b->from;
		r->turn_line = b->from->header_lines + 1;
	}
	if (b->first_line == 0)
		b->first_line = r->turn_line;
	r->turn_line = b->first_line + b->nlines;
	r->turn_taken += b->taken;
}

double
reader_share(const struct reader *r)
{
	return r->size == 0 ? 0 : (double)r->turn_taken / (double)r->size;
}

int
reader_next(struct reader *r, struct block *b)
{
	if (b->serial == UINT64_MAX)
		return -1;
	if (reader_fill(r, b) == 0)
		return 0;
	reader_index(r, b);
	reader_sequence(r, b);
	if (b->fault.id == DIAG_NONE)
		return 1;
	reader_fault(r, b, &b->fault);
	b->serial = UINT64_MAX; /* -1 comes with the next call */
	return b->nrec > 0 ? 1 : -1;
}

struct span
reader_source(const struct reader *r, const struct block *b, size_t rec)
{
	const struct decoder *d = b->from, *first = r->decoder[0];

	if (!b->sourced || d->encoding != NULL || d->order != NULL ||
	    d->format != first->format || d->delimiter != first->delimiter)
		return span_make(NULL, 0);
	return block_source(b, rec);
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	progress_end(&r->progress);
	for (size_t i = 0; i < r->ndecoder; i++) {
		struct decoder *d = r->decoder[i];

		input_close(&d->in);
		input_unmap(&d->in);
		if (d->format != NULL && d->format->close != NULL)
			d->format->close(d);
		buf_release(&d->ahead);
	}
	pthread_mutex_destroy(&r->lock);
	arena_release(&r->arena);
	mem_free(r);
}
