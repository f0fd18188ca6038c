#define _GNU_SOURCE /* memrchr */
#include "decoder.h"

#include <string.h>

#include "cell.h"
#include "utf8.h"

/* TSV (dfv-records(5)): the records' bytes are the block's, nothing is
 * copied unless lines end with CR LF (reader.c then takes the CRs out). */

static bool
tsv_sniff(struct span first)
{
	(void)first;
	return true;
}

static struct span
strip_bom(struct span s)
{
	return span_starts(s, SPAN("\xEF\xBB\xBF")) ? span_from(s, 3) : s;
}

/* Where `at` stands in the header; what is before it is UTF-8. */
static struct place
header_place(const struct decoder *d, struct span line, const char *at)
{
	struct span before = span_make(line.p, (size_t)(at - line.p));

	return (struct place){d->in.name, 1, utf8_length(before) + 1};
}

static int
add_name(struct decoder *d, struct span line, struct span cell, struct fault *f)
{
	struct buf scratch = {NULL, 0, 0};
	enum diag_id id = DIAG_NONE;
	struct span name;

	if (cell_text(cell, &scratch, &name) < 0)
		id = DIAG_BAD_ESCAPE;
	else if (name.n == 0)
		id = DIAG_EMPTY_COLUMN;
	else if (columns_add(&d->columns, name) == COLUMN_NONE)
		id = DIAG_DUPLICATE_COLUMN;
	if (id == DIAG_EMPTY_COLUMN)
		name.p = NULL;
	if (id != DIAG_NONE)
		fault_set(f, id, header_place(d, line, cell.p), name, NULL);
	buf_release(&scratch);
	return id == DIAG_NONE ? 0 : -1;
}

static int
read_names(struct decoder *d, struct span line, struct fault *f)
{
	struct span rest = line;
	size_t bad = utf8_check(line);

	if (bad < line.n) {
		fault_set(f,
		    line.p[bad] == '\0' ? DIAG_NUL_BYTE : DIAG_BAD_UTF8,
		    header_place(d, line, line.p + bad),
		    span_make(line.p + bad, 1), NULL);
		return -1;
	}
	bad = span_find(line, '\r');
	if (bad < line.n) {
		fault_set(f, DIAG_LONE_CR, header_place(d, line, line.p + bad),
		    span_make(NULL, 0), NULL);
		return -1;
	}
	for (;;) {
		size_t n = span_find(rest, '\t');

		if (add_name(d, line, span_make(rest.p, n), f) < 0)
			return -1;
		if (n == rest.n)
			return 0;
		rest = span_from(rest, n + 1);
	}
}

/* Reads the first line: where its LF is, or all of the input. */
static int
look_at_line(struct decoder *d, size_t *n, struct fault *f)
{
	size_t seen;

	*n = 0;
	do {
		if (*n > RECORD_MAX_BYTES) {
			fault_set(f, DIAG_TOO_LONG,
			    (struct place){d->in.name, 1, 1},
			    span_make(NULL, 0), NULL);
			return -1;
		}
		seen = *n;
		if (decoder_look(d, seen + d->block_bytes, f) < 0)
			return -1;
		*n = seen +
		    span_find(
			span_make(d->ahead.p + seen, d->ahead.n - seen), '\n');
	} while (*n == d->ahead.n && !d->at_end);
	return 0;
}

static int
tsv_open(struct decoder *d, struct fault *f)
{
	struct span line;
	size_t whole, n;

	if (look_at_line(d, &n, f) < 0)
		return -1;
	whole = n < d->ahead.n ? n + 1 : n;
	line = strip_bom(span_make(d->ahead.p, n));
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (line.n == 0) {
		/* Whether there is more decides what is wrong. */
		if (decoder_look(d, whole + 1, f) < 0)
			return -1;
		line = span_make(d->ahead.p, 0);
	}
	if (line.n == 0 && whole == d->ahead.n) {
		fault_set(f, DIAG_EMPTY_INPUT, (struct place){d->in.name, 1, 1},
		    span_make(NULL, 0), NULL);
		return -1;
	}
	if (read_names(d, line, f) < 0)
		return -1;
	d->header_lines = 1;
	decoder_drop(d, whole);
	return 0;
}

static size_t
tsv_cut(struct decoder *d, const char *p, size_t n, size_t seen)
{
	const char *lf = memrchr(p + seen, '\n', n - seen);

	(void)d;
	return lf == NULL ? 0 : (size_t)(lf - p) + 1;
}

static int
tsv_fill(struct decoder *d, struct block *b)
{
	return decoder_fill(d, b, tsv_cut);
}

/* A last line without an end gets one: LFs stand behind it. */
static void
tsv_decode(const struct decoder *d, struct block *b)
{
	(void)d;
	b->p = b->raw.p;
	b->n = b->raw.n;
	if (b->n > 0 && b->p[b->n - 1] != '\n')
		b->n++;
}

const struct decoder_format decoder_tsv = {
    .name = "tsv",
    .suffix = "tsv,tab",
    .sniff = tsv_sniff,
    .open = tsv_open,
    .fill = tsv_fill,
    .decode = tsv_decode,
};
