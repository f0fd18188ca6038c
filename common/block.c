#include "block.h"

#include <string.h>

#include "cell.h"
#include "mem.h"
#include "scan.h"
#include "utf8.h"

enum { SCAN_CHUNK = 64 * 1024 };

/* All separators of p[0..n) in b->sep_room behind its sentinel: how many. */
static size_t
find_separators(struct block *b, struct scan_sums *sums)
{
	scan_fn *scan = scan_best();
	size_t nsep = 0;

	for (size_t at = 0; at < b->n; at += SCAN_CHUNK) {
		size_t n = b->n - at < SCAN_CHUNK ? b->n - at : SCAN_CHUNK;

		b->sep_room = mem_grow(b->sep_room, &b->sep_cap,
		    nsep + n + SCAN_SLACK + 1, sizeof *b->sep_room);
		nsep += scan(
		    b->p + at, n, (uint32_t)at, b->sep_room + 1 + nsep, sums);
	}
	if (b->sep_room == NULL)
		b->sep_room = mem_grow(
		    NULL, &b->sep_cap, SCAN_SLACK, sizeof *b->sep_room);
	b->sep_room[0] = UINT32_MAX;
	b->sep = b->sep_room + 1;
	return nsep;
}

/* The same of a text that has been written anew: how many LFs. */
static size_t
find_again(struct block *b)
{
	struct scan_sums sums = {.doubtful = true};

	find_separators(b, &sums);
	return sums.nlf;
}

/*
 * Whether every ncol-th separator is a LF. With as many LFs as rows, that says
 * that no other one is. Looks for a CR before each on the way.
 */
static bool
rows_are_even(const struct block *b, size_t nrow, bool *has_cr)
{
	const uint32_t *end = b->sep + b->ncol - 1;
	unsigned bad = 0, cr = 0;

	for (size_t r = 0; r < nrow; r++, end += b->ncol) {
		const char *at = b->p + *end;

		bad |= *at != '\n';
		cr |= *end > 0 && at[-1] == '\r';
	}
	*has_cr = cr != 0;
	return bad == 0;
}

void
block_take_own(struct block *b, size_t n)
{
	memset(buf_room(&b->own, BLOCK_SLACK), '\n', BLOCK_SLACK);
	b->raw = span_make(b->own.p, n);
}

/* The text without the CR of each CR LF, in b->spare; another CR before it is
 * text. */
static void
take_out_crs(struct block *b)
{
	const char *p = b->p, *end = b->p + b->n;

	buf_reset(&b->spare);
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		const char *stop = lf == NULL ? end : lf;

		if (stop > p && lf != NULL && stop[-1] == '\r')
			stop--;
		buf_add(&b->spare, span_make(p, (size_t)(stop - p)));
		cell_end_row(&b->spare);
		p = lf == NULL ? end : lf + 1;
	}
	b->p = b->spare.p;
	b->n = b->spare.n;
}

static bool
any_cr_lf(const struct block *b)
{
	const char *p = b->p, *end = b->p + b->n;

	while (p < end && (p = memchr(p, '\r', (size_t)(end - p))) != NULL)
		if (++p < end && *p == '\n')
			return true;
	return false;
}

/* How many of the rows taken out stood before a record. */
static size_t
ragged_before(const struct block *b, size_t rec)
{
	size_t low = 0, high = b->nragged;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (b->ragged[mid].before <= rec)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t
block_line(const struct block *b, size_t rec)
{
	if (b->mark_step > 0)
		return rec * b->mark_step < b->nmark
		    ? b->mark[rec * b->mark_step].line
		    : b->nlines;
	return rec + ragged_before(b, rec);
}

struct span
block_source(const struct block *b, size_t rec)
{
	size_t from = b->mark[rec].col, to = b->mark[rec].end;

	while (
	    to > from && (b->raw.p[to - 1] == '\n' || b->raw.p[to - 1] == '\r'))
		to--;
	return span_make(b->raw.p + from, to - from);
}

/* How many cells the row that starts at separator k has. */
static size_t
row_cells(const struct block *b, size_t k)
{
	size_t n = 1;

	while (b->p[b->sep[k++]] != '\n')
		n++;
	return n;
}

/* Ends the block before record rec. */
static void
cut_block(struct block *b, size_t rec)
{
	b->nrec = rec;
	b->n = rec == 0 ? 0 : b->sep[rec * b->ncol - 1] + 1;
}

/* What a row of the wrong length is, where that can be told. */
static const char *
ragged_advice(const struct block *b, struct span row)
{
	if (row.n == 0)
		return ": delete the empty line";
	if (b->ncol == 1)
		return ": drop lines above the header, if that is further down";
	return "";
}

static void
stop_at_ragged(struct block *b, size_t nrow)
{
	size_t rec = 0, cells = 0;
	struct span row;

	while (rec < nrow && (cells = row_cells(b, rec * b->ncol)) == b->ncol)
		rec++;
	cut_block(b, rec);
	row = span_make(
	    b->p + b->n, b->sep[rec * b->ncol + cells - 1] - (uint32_t)b->n);
	b->fault.id = DIAG_NONE; /* any other mistake stands further down */
	fault_set_cell(&b->fault, DIAG_RAGGED_ROW, rec,
	    cells > b->ncol ? b->ncol : cells - 1,
	    b->sourced ? block_source(b, rec) : row,
	    "%zu cell%s where the header has %zu%s", cells,
	    cells == 1 ? "" : "s", b->ncol, ragged_advice(b, row));
}

static void
take_row(struct block *b, struct block_ragged row)
{
	b->ragged = mem_grow(
	    b->ragged, &b->ragged_cap, b->nragged + 1, sizeof *b->ragged);
	b->ragged[b->nragged++] = row;
}

/* Parts the rows of the right length, rewritten in a buffer that p is not in,
 * from the others. */
static void
take_ragged(struct block *b, size_t nrow)
{
	struct buf *to = b->p == b->spare.p ? &b->text : &b->spare;
	size_t rec = 0, kept_marks = 0;
	const uint32_t *sep = b->sep;

	buf_reset(to);
	b->nragged = 0;
	for (size_t row = 0; row < nrow; row++) {
		size_t cells = row_cells(b, (size_t)(sep - b->sep));
		size_t from = (uint32_t)(sep[-1] + 1);
		struct span text =
		    span_make(b->p + from, sep[cells - 1] - from);

		if (cells == b->ncol) {
			buf_add(to, text);
			buf_byte(to, '\n');
			if (b->mark_step == 1)
				b->mark[kept_marks++] = b->mark[row];
			rec++;
		} else {
			take_row(b,
			    (struct block_ragged){
				.before = rec,
				.line =
				    b->mark_step == 1 ? b->mark[row].line : row,
				.ncell = cells,
				.text = text,
			    });
		}
		sep += cells;
	}
	b->nmark = kept_marks;
	b->p = to->p;
	b->n = to->n;
}

/* The first byte that is not UTF-8, or NUL, ends the block as well. */
static void
check_bytes(struct block *b)
{
	size_t at = utf8_check(span_make(b->p, b->n));
	size_t low = 0, high = b->nrec;

	if (at == b->n)
		return;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (b->sep[(mid + 1) * b->ncol - 1] < at)
			low = mid + 1;
		else
			high = mid;
	}
	for (high = 0; b->sep[low * b->ncol + high] < at;)
		high++;
	b->fault.id = DIAG_NONE;
	fault_set_cell(&b->fault,
	    b->p[at] == '\0' ? DIAG_NUL_BYTE : DIAG_BAD_UTF8, low, high,
	    block_cell(b, low, high), NULL);
	cut_block(b, low);
}

/* Whether the bytes are to be looked at: they may not be UTF-8. */
static bool
index_rows(struct block *b, const struct block_rules *rules)
{
	struct scan_sums sums = {.doubtful = rules->valid_utf8};
	size_t nsep = find_separators(b, &sums), nlf = sums.nlf;
	bool doubtful = sums.doubtful && !rules->valid_utf8, cr = false;
	bool even = nsep == nlf * b->ncol && rows_are_even(b, nlf, &cr);

	if (even ? cr : any_cr_lf(b)) {
		take_out_crs(b);
		nlf = find_again(b);
	}
	if (!even && rules->take_ragged) {
		take_ragged(b, nlf);
		nlf = find_again(b);
	}
	if (even || rules->take_ragged)
		b->nrec = nlf;
	else
		stop_at_ragged(b, nlf);
	return doubtful;
}

void
block_index(struct block *b, const struct block_rules *rules)
{
	b->ncol = rules->ncol;
	b->nragged = 0;
	if (b->n == 0) {
		b->nrec = 0;
		return;
	}
	if (index_rows(b, rules))
		check_bytes(b);
	if (b->mark_step == 0)
		b->nlines = b->nrec + b->nragged;
}

void
block_reorder(struct block *b, const size_t *order)
{
	struct buf *to = b->p == b->spare.p ? &b->text : &b->spare;

	buf_reset(to);
	for (size_t r = 0; r < b->nrec; r++) {
		for (size_t c = 0; c < b->ncol; c++) {
			if (c > 0)
				buf_byte(to, '\t');
			buf_add(to, block_cell(b, r, order[c]));
		}
		cell_end_row(to);
	}
	b->p = to->p;
	b->n = to->n;
	find_again(b);
}

void
block_reset(struct block *b)
{
	b->p = NULL;
	b->n = b->nrec = b->nmark = b->mark_step = b->nragged = 0;
	b->first_line = b->nlines = 0;
	b->sourced = false;
	b->fault.id = DIAG_NONE;
	b->raw = span_make(NULL, 0);
	buf_reset(&b->own);
	buf_reset(&b->text);
	buf_reset(&b->spare);
}

void
block_release(struct block *b)
{
	buf_release(&b->own);
	buf_release(&b->text);
	buf_release(&b->spare);
	mem_free(b->sep_room);
	mem_free(b->mark);
	mem_free(b->ragged);
	*b = BLOCK_EMPTY;
}
