#include "decoder.h"

#include "mem.h"
#include "yaml_columns.h"
#include "yaml_rows.h"

/*
 * YAML is read twice at the beginning: yaml_find_columns() collects the keys of
 * the records that start within ROW_LOOK_BYTES, and leaves what it has read in
 * d->ahead; fill() starts again from there, and makes rows. Both go around
 * libyaml as long as records stand as these tools write them (yaml_rows.h).
 */

/* So many cells a block at most, however short its records are. */
enum { BLOCK_MAX_CELLS = 1 << 22 };

/* Opening. */

/* `key:` and nothing or a blank behind it; not with a TAB, as TSV has. */
static bool
is_key_line(struct span line)
{
	size_t n = 0;

	while (n < line.n && memchr(": \t,;", line.p[n], 5) == NULL)
		n++;
	if (n == 0 || n == line.n || line.p[n] != ':' ||
	    span_find(line, '\t') < line.n)
		return false;
	return n + 1 == line.n || memchr(" \t\r", line.p[n + 1], 3) != NULL;
}

static bool
yaml_sniff(struct span first)
{
	while (first.n > 0) {
		size_t n = span_find(first, '\n');
		struct span line = span_make(first.p, n);

		if (span_starts(line, SPAN("# columns:")))
			return true;
		if (span_trim(line).n > 0 && line.p[0] != '#' &&
		    line.p[0] != '\r')
			return span_starts(line, SPAN("- ")) ||
			    span_starts(line, SPAN("---")) ||
			    span_starts(line, SPAN("%YAML")) ||
			    span_eq(span_trim(line), SPAN("-")) ||
			    is_key_line(line);
		first = span_from(first, n < first.n ? n + 1 : n);
	}
	return false;
}

static ptrdiff_t
take_mapped(struct decoder *d, char *p, size_t n)
{
	if (n > d->mapped.n)
		n = d->mapped.n;
	if (n > 0)
		memcpy(p, d->mapped.p, n);
	d->mapped = span_from(d->mapped, n);
	d->in.done += n;
	input_map_advance(&d->in, d->in.map.n - d->mapped.n);
	return (ptrdiff_t)n;
}

/* The source for fill(): the mapped file, or d->ahead and then the input. */
static ptrdiff_t
take(void *ctx, char *p, size_t n, struct fault *f)
{
	struct decoder *d = ctx;
	struct yaml_state *y = d->state;
	ptrdiff_t got;

	if (d->in.map.n > 0)
		return take_mapped(d, p, n);
	if (y->looked < d->ahead.n) {
		if (n > d->ahead.n - y->looked)
			n = d->ahead.n - y->looked;
		memcpy(p, d->ahead.p + y->looked, n);
		y->looked += n;
		return (ptrdiff_t)n;
	}
	buf_release(&d->ahead);
	y->looked = 0;
	if (d->at_end)
		return 0;
	got = input_read(&d->in, p, n, f);
	d->at_end = got <= 0;
	return got;
}

static int
open_state(struct decoder *d, bool planned, struct fault *f)
{
	struct yaml_state *y = mem_alloc(1, sizeof *y);

	d->state = y;
	y->planned = planned;
	y->line = 1;
	keys_init(&y->keys, &d->columns, d->arena);
	yaml_records_init(&y->records, &y->keys, d->in.name);
	if (yaml_find_columns(d, f) < 0)
		return -1;
	y->keys.closed = true;
	y->plan = yaml_plan_new(&d->columns, d->arena);
	y->planned = planned && d->columns.n > 0 &&
	    span_starts(buf_span(&d->ahead), y->plan->before[0]);
	if (!y->planned)
		yaml_start_libyaml(d, take);
	return 0;
}

static int
yaml_open(struct decoder *d, struct fault *f)
{
	return open_state(d, true, f);
}

static int
libyaml_open(struct decoder *d, struct fault *f)
{
	return open_state(d, false, f);
}

/* Reading. */

static size_t
yaml_cut(struct decoder *d, const char *p, size_t n, size_t seen)
{
	size_t from = seen < YAML_NEXT_BYTES ? 0 : seen - YAML_NEXT_BYTES;
	size_t start = yaml_last_start(p, from, n);
	struct yaml_state *y = d->state;

	y->broken = start == 0 && n > RECORD_LOOK_BYTES;
	return y->broken ? n : start;
}

/* libyaml goes on behind the first n bytes of b->raw. */
static void
hand_over(struct decoder *d, struct block *b, size_t n)
{
	struct yaml_state *y = d->state;
	size_t left = b->raw.n - n + decoder_left(d);

	if (d->in.map.n > 0) {
		d->in.done -= b->raw.n - n;
		d->mapped = span_from(d->in.map, d->in.map.n - left);
	} else {
		struct buf ahead = {NULL, 0, 0};

		buf_add(&ahead, span_from(b->raw, n));
		buf_add(&ahead, buf_span(&d->ahead));
		buf_release(&d->ahead);
		d->ahead = ahead;
	}
	b->raw.n = n;
	y->planned = false;
	yaml_start_libyaml(d, take);
}

/* A block of records as the plan has them: 1, or 0 when the next one is not,
 * or there is none. */
static int
fill_planned(struct decoder *d, struct block *b)
{
	struct yaml_state *y = d->state;
	size_t n = 0;

	y->broken = false;
	if (decoder_fill(d, b, yaml_cut) == 0) {
		y->done = true;
		return 0;
	}
	if (b->fault.id != DIAG_NONE)
		return 1;
	if (!y->broken)
		n = yaml_rows_read(y->plan, b, decoder_left(d));
	b->mark_step = 1;
	b->first_line = d->header_lines + y->line;
	y->line += b->nlines;
	y->skipped += n;
	if (n < b->raw.n)
		hand_over(d, b, n);
	return n > 0;
}

/* The places of the row's cells; a cell that is absent has its record's. */
static void
mark_cells(const struct yaml_records *y, struct block *b)
{
	size_t ncol = y->row.keys->columns->n;
	struct block_mark *mark;

	b->mark =
	    mem_grow(b->mark, &b->mark_cap, b->nmark + ncol, sizeof *b->mark);
	mark = b->mark + b->nmark;
	for (size_t c = 0; c < ncol; c++) {
		const struct row_cell *cell = row_cell(&y->row, c);
		size_t line = cell == NULL ? y->start.line : cell->line;
		size_t col = cell == NULL ? y->start.col : cell->col;

		mark[c] = (struct block_mark){
		    (uint32_t)(line - b->first_line), (uint32_t)col, 0};
	}
	b->nmark += ncol;
}

static int
add_record(struct yaml_records *y, struct block *b)
{
	int rc = yaml_records_find(y);

	if (rc <= 0)
		return rc;
	if (yaml_records_read(y) < 0)
		return -1;
	if (b->first_line == 0)
		b->first_line = y->start.line;
	if (row_write(&y->row, &b->text) < 0) {
		fault_set(&y->fault, DIAG_TOO_LONG,
		    yaml_records_place(y, &y->start), span_make(NULL, 0), NULL);
		return -1;
	}
	mark_cells(y, b);
	b->nlines = y->start.line - b->first_line + 1;
	return 1;
}

static int
fill_any(struct decoder *d, struct block *b)
{
	struct yaml_state *y = d->state;
	int rc = 1;

	b->first_line = 0;
	b->mark_step = d->columns.n;
	while (
	    rc > 0 && b->text.n < d->block_bytes && b->nmark < BLOCK_MAX_CELLS)
		rc = add_record(&y->records, b);
	if (rc < 0)
		b->fault = y->records.fault;
	y->done = rc <= 0;
	return rc >= 0 ? b->text.n > 0 : 1;
}

static int
yaml_fill(struct decoder *d, struct block *b)
{
	struct yaml_state *y = d->state;
	int rc = 0;

	if (y->planned)
		rc = fill_planned(d, b);
	if (rc == 0 && !y->done)
		rc = fill_any(d, b);
	b->p = b->text.p;
	b->n = b->text.n;
	return rc;
}

static void
yaml_place(const struct decoder *d, const struct block *b, size_t rec,
    size_t col, struct place *at)
{
	const struct yaml_state *y = d->state;
	struct span raw = b->raw;
	size_t i = rec * b->mark_step;

	*at = (struct place){NULL, b->nlines, 0};
	if (i >= b->nmark || col >= d->columns.n)
		return;
	if (raw.n == 0) {
		*at = (struct place){
		    NULL, b->mark[i + col].line, b->mark[i + col].col};
		return;
	}
	*at = yaml_rows_place(y->plan, span_from(raw, b->mark[i].col), col);
	at->line += b->mark[i].line;
}

static void
yaml_close(struct decoder *d)
{
	struct yaml_state *y = d->state;

	if (y == NULL)
		return;
	yaml_records_release(&y->records);
	keys_release(&y->keys);
	mem_free(y);
	d->state = NULL;
}

const struct decoder_format decoder_yaml = {
    .name = "yaml",
    .suffix = "yaml,yml",
    .valid_utf8 = true,
    .sniff = yaml_sniff,
    .open = yaml_open,
    .fill = yaml_fill,
    .place = yaml_place,
    .close = yaml_close,
};

const struct decoder_format decoder_libyaml = {
    .name = "yaml",
    .valid_utf8 = true,
    .open = libyaml_open,
    .fill = yaml_fill,
    .place = yaml_place,
    .close = yaml_close,
};
