#ifndef DFV_RECORDS_H
#define DFV_RECORDS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decoder.h"
#include "writers.h"

/* For tests of input and output formats: a text read through a decoder, and
 * written through a writer. */
struct records {
	struct arena arena;
	struct decoder d;
	struct buf rows; /* TSV, without the header */
	size_t nrec;
	struct fault fault;  /* the first mistake, lines counted from 1 */
	struct place *place; /* of each cell, record after record */
	size_t nplace;
	size_t place_cap;
	size_t nblock;
	size_t nraw; /* records whose bytes the decoder kept */
};

static inline FILE *
records_file(struct span bytes)
{
	FILE *f = tmpfile();

	if (f == NULL || (bytes.n > 0 && fwrite(bytes.p, bytes.n, 1, f) != 1) ||
	    fflush(f) != 0 || fseek(f, 0, SEEK_SET) != 0) {
		perror("tmpfile");
		exit(2);
	}
	return f;
}

/* Where a cell starts, its line counted within the block; TSV has no place() of
 * its own, and its columns are not told here. */
static inline struct place
records_find(
    const struct records *r, const struct block *b, size_t rec, size_t col)
{
	struct place at = {NULL, block_line(b, rec), 1};

	if (r->d.format->place != NULL)
		r->d.format->place(&r->d, b, rec, col, &at);
	return at;
}

static inline void
records_place(struct records *r, const struct block *b, size_t rec, size_t col)
{
	struct place at = records_find(r, b, rec, col);

	at.line += b->first_line;
	r->place =
	    mem_grow(r->place, &r->place_cap, r->nplace + 1, sizeof *r->place);
	r->place[r->nplace++] = at;
}

static inline void
records_fill(struct records *r)
{
	struct block b = BLOCK_EMPTY;
	size_t line = r->d.header_lines + 1;

	for (;;) {
		block_reset(&b);
		b.from = &r->d;
		if (r->d.format->fill(&r->d, &b) == 0)
			break;
		r->nblock++;
		if (b.first_line == 0)
			b.first_line = line;
		if (r->d.format->decode != NULL)
			r->d.format->decode(&r->d, &b);
		block_index(&b,
		    &(struct block_rules){.ncol = r->d.columns.n,
			.valid_utf8 = r->d.format->valid_utf8});
		for (size_t i = 0; i < b.nrec * b.ncol; i++)
			records_place(r, &b, i / b.ncol, i % b.ncol);
		buf_add(&r->rows, span_make(b.p, b.n));
		r->nrec += b.nrec;
		r->nraw += b.raw.n > 0 ? b.nrec : 0;
		line = b.first_line + b.nlines;
		if (b.fault.id == DIAG_NONE)
			continue;
		r->fault = b.fault;
		if (b.fault.of_cell)
			r->fault.place = records_find(r, &b, b.fault.rec,
			    b.fault.col == COLUMN_NONE ? 0 : b.fault.col);
		if (r->fault.place.file == NULL)
			r->fault.place.line += b.first_line;
		break;
	}
	block_release(&b);
}

/* Reads bytes from a file: read all along, or mapped behind what open() has
 * used. */
static inline void
records_read_one(struct records *r, const struct decoder_format *format,
    struct span bytes, size_t block_bytes, bool mapped)
{
	FILE *f = records_file(bytes);

	*r = (struct records){.arena = ARENA_EMPTY};
	r->d.format = format;
	r->d.in = (struct input){.name = "test", .fd = dup(fileno(f))};
	r->d.block_bytes = block_bytes;
	r->d.arena = &r->arena;
	columns_init(&r->d.columns, &r->arena);
	if (format->open(&r->d, &r->fault) == 0) {
		if (mapped) {
			r->d.at_end = false; /* however short the file */
			decoder_map(&r->d);
		}
		records_fill(r);
	}
	input_close(&r->d.in);
	fclose(f);
}

static inline void
records_release(struct records *r)
{
	if (r->d.format->close != NULL)
		r->d.format->close(&r->d);
	input_unmap(&r->d.in);
	buf_release(&r->d.ahead);
	buf_release(&r->rows);
	mem_free(r->place);
	arena_release(&r->arena);
}

static inline bool
records_same_fault(const struct fault *a, const struct fault *b)
{
	return a->id == b->id &&
	    (a->id == DIAG_NONE ||
		(a->place.line == b->place.line &&
		    a->place.col == b->place.col &&
		    strcmp(a->value, b->value) == 0 &&
		    strcmp(a->detail, b->detail) == 0));
}

static inline bool
records_same_columns(const struct columns *a, const struct columns *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!span_eq(a->name[i], b->name[i]))
			return false;
	return true;
}

static inline bool
records_same_places(const struct records *a, const struct records *b)
{
	if (a->nplace != b->nplace)
		return false;
	for (size_t i = 0; i < a->nplace; i++)
		if (a->place[i].line != b->place[i].line ||
		    a->place[i].col != b->place[i].col)
			return false;
	return true;
}

static inline void
records_show(const struct records *r)
{
	printf("# %zu records, %zu columns, %zu:%zu: %s '%s' %s\n", r->nrec,
	    r->d.columns.n, r->fault.place.line, r->fault.place.col,
	    diag_kind(r->fault.id)->code, r->fault.value, r->fault.detail);
}

/* Whether a text was read alike both times: the same columns, rows and places,
 * or the same mistake at the same place. */
static inline bool
records_same(const struct records *a, const struct records *b, struct span text)
{
	if (records_same_columns(&a->d.columns, &b->d.columns) &&
	    span_eq(buf_span(&a->rows), buf_span(&b->rows)) &&
	    records_same_fault(&a->fault, &b->fault) &&
	    records_same_places(a, b))
		return true;
	records_show(a);
	records_show(b);
	printf("# of:\n%.*s\n", text.n < 3000 ? (int)text.n : 0, text.p);
	return false;
}

/* Reads bytes, both ways; release with records_release(). */
static inline void
records_read(struct records *r, const struct decoder_format *format,
    struct span bytes, size_t block_bytes)
{
	struct records mapped;

	records_read_one(r, format, bytes, block_bytes, false);
	records_read_one(&mapped, format, bytes, block_bytes, true);
	if (!records_same(r, &mapped, bytes))
		abort();
	records_release(&mapped);
}

/* Appends what was read, in another format. */
static inline void
records_write(
    struct records *r, const struct writer_format *format, struct buf *out)
{
	size_t ncol = r->d.columns.n, c = 0;
	struct span *cell = mem_alloc(ncol, sizeof *cell);
	struct span rest = buf_span(&r->rows);
	struct writer w;

	writer_init(&w, format, &r->d.columns, &r->arena);
	if (format->head != NULL)
		format->head(&w, out);
	while (rest.n > 0) {
		size_t n = 0;

		while (rest.p[n] != '\t' && rest.p[n] != '\n')
			n++;
		cell[c++] = span_make(rest.p, n);
		rest = span_from(rest, n + 1);
		if (c < ncol)
			continue;
		format->record(&w, out, cell);
		c = 0;
	}
	if (format->tail != NULL)
		format->tail(&w, out, r->nrec);
	mem_free(cell);
}

/* Appends bytes of one format in another; false after a mistake. */
static inline bool
records_convert(const struct decoder_format *from, struct span bytes,
    const struct writer_format *to, size_t block_bytes, struct buf *out)
{
	struct records r;
	bool good;

	records_read(&r, from, bytes, block_bytes);
	good = r.fault.id == DIAG_NONE;
	if (good)
		records_write(&r, to, out);
	records_release(&r);
	return good;
}

/* Whether text, as TSV, is this: the header's and the records' lines. */
static inline bool
records_are(
    const struct decoder_format *from, const char *text, const char *expected)
{
	struct buf out = {NULL, 0, 0};
	bool same =
	    records_convert(from, span_of(text), &writer_tsv, 64, &out) &&
	    span_eq(buf_span(&out), span_of(expected));

	if (!same)
		printf("# got: %.*s\n", (int)out.n, out.n > 0 ? out.p : "");
	buf_release(&out);
	return same;
}

/* Whether text has this mistake there, behind so many good records. */
static inline bool
records_refused(const struct decoder_format *from, struct span text,
    enum diag_id id, size_t line, size_t col, size_t nrec)
{
	struct records r;
	bool same;

	records_read(&r, from, text, 64 * 1024);
	same = r.fault.id == id && r.fault.place.line == line &&
	    r.fault.place.col == col && r.nrec == nrec;
	if (!same)
		printf("# got %zu:%zu: %s (%s) '%s' behind %zu records\n",
		    r.fault.place.line, r.fault.place.col,
		    diag_kind(r.fault.id)->code, r.fault.detail, r.fault.value,
		    r.nrec);
	records_release(&r);
	return same;
}

#endif
