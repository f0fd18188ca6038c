#include "decoder.h"

#include "cell.h"
#include "mem.h"
#include "row.h"
#include "utf8.h"
#include "yaml_event.h"
#include "yaml_scalar.h"
#include "yaml_walk.h"

/*
 * YAML: a sequence of mappings, or a stream of documents, each a mapping or a
 * sequence of them. Read twice at the beginning: open() collects the keys of
 * the records that start within ROW_LOOK_BYTES, and leaves what it has read in
 * d->ahead; fill() starts again from there, and makes rows.
 *
 * A way around libyaml for files as write_yaml.c makes them would stand beside
 * add_record(): it appends rows and refuses what it does not know, before it
 * has taken anything.
 */

/* Where in a stream the next event is. */
enum where { IN_STREAM, IN_DOCUMENT, IN_SEQUENCE };

struct yaml_state {
	struct events *events;
	enum where where;
	struct keys keys;
	struct row row;
	struct event record; /* where the one at hand starts */
	struct fault fault;
	size_t looked; /* by open(): bytes of d->ahead given to libyaml */
	bool done;
};

/* So many cells a block at most, however short its records are. */
enum { BLOCK_MAX_CELLS = 1 << 22 };

static struct place
place_of(const struct decoder *d, const struct event *e)
{
	return (struct place){d->in.name, e->line, e->col};
}

/* Records. */

/* Appends a scalar as (part of) a cell. */
static void
put_scalar(struct row *row, const struct event *e)
{
	if (!e->plain || !yaml_null(e->text))
		cell_encode(&row->text, e->text);
}

static int
put_list(struct yaml_state *y)
{
	struct event e;

	for (size_t n = 0;; n++) {
		switch (events_next(y->events, &e)) {
		case EVENT_ERROR:
			return -1;
		case EVENT_SEQUENCE_END:
			return 0;
		case EVENT_SCALAR:
			if (n > 0)
				buf_byte(&y->row.text, '|');
			put_scalar(&y->row, &e);
			break;
		default:
			return events_refuse(y->events, &e, DIAG_NOT_RECORDS,
			    "a list holds scalars only: part it into records");
		}
	}
}

static int
put_value(struct decoder *d, struct yaml_state *y, const struct event *e)
{
	enum row_status status = row_value(&y->row);

	if (status != ROW_OK)
		return row_refuse(&y->row, status, place_of(d, e), &y->fault);
	if (e->kind == EVENT_SCALAR)
		put_scalar(&y->row, e);
	else if (put_list(y) < 0)
		return -1;
	row_value_end(&y->row, e->line, e->col);
	return 0;
}

/* The keys and values of the mapping whose start has been read. Recursion ends
 * with EVENTS_MAX_DEPTH. */
static int
read_mapping(struct decoder *d, struct yaml_state *y)
{
	size_t outer = y->row.outer;
	struct event key, e;
	struct walk walk;
	int rc;

	walk_init(&walk, y->events);
	while ((rc = walk_key(&walk, y->events, &key)) > 0) {
		enum row_status status = row_key(&y->row, key.text);

		if (status != ROW_OK && !(status == ROW_SEEN && walk.merged))
			return row_refuse(
			    &y->row, status, place_of(d, &key), &y->fault);
		if (events_next(y->events, &e) == EVENT_ERROR)
			return -1;
		if (status == ROW_SEEN) {
			rc = events_skip(y->events, &e);
		} else if (e.kind == EVENT_MAPPING) {
			y->row.outer = y->row.path;
			rc = read_mapping(d, y);
			y->row.outer = outer;
		} else {
			rc = put_value(d, y, &e);
		}
		if (rc < 0)
			return -1;
	}
	return rc;
}

/* Whether what e starts may stand where it does, outside records. */
static bool
moves_on(struct yaml_state *y, const struct event *e)
{
	switch (e->kind) {
	case EVENT_DOCUMENT:
	case EVENT_SEQUENCE_END:
		y->where = IN_DOCUMENT;
		return true;
	case EVENT_DOCUMENT_END:
		y->where = IN_STREAM;
		return true;
	case EVENT_SEQUENCE:
		if (y->where == IN_SEQUENCE)
			return false;
		y->where = IN_SEQUENCE;
		return true;
	default:
		/* `---` and nothing is an empty document. */
		return y->where == IN_DOCUMENT && e->plain &&
		    yaml_null(e->text);
	}
}

/* Reads on to the start of the next record: 1, 0 at the stream's end, -1. */
static int
find_record(struct yaml_state *y)
{
	for (;;) {
		struct event *e = &y->record;

		if (events_next(y->events, e) == EVENT_ERROR)
			return -1;
		if (e->kind == EVENT_END)
			return 0;
		if (e->kind == EVENT_MAPPING)
			return 1;
		if (!moves_on(y, e))
			return events_refuse(
			    y->events, e, DIAG_NOT_RECORDS, NULL);
	}
}

/* The record that find_record() has found. */
static int
read_record(struct decoder *d, struct yaml_state *y)
{
	row_begin(&y->row);
	return read_mapping(d, y);
}

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

/* The source for open(): all that is read stays in d->ahead. */
static ptrdiff_t
look_ahead(void *ctx, char *p, size_t n, struct fault *f)
{
	struct decoder *d = ctx;
	struct yaml_state *y = d->state;

	if (decoder_look(d, y->looked + n, f) < 0)
		return -1;
	if (n > d->ahead.n - y->looked)
		n = d->ahead.n - y->looked;
	if (n > 0)
		memcpy(p, d->ahead.p + y->looked, n);
	y->looked += n;
	return (ptrdiff_t)n;
}

/* The source for fill(): d->ahead, and then the input itself. */
static ptrdiff_t
take(void *ctx, char *p, size_t n, struct fault *f)
{
	struct decoder *d = ctx;
	struct yaml_state *y = d->state;
	ptrdiff_t got;

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

static void
start_events(struct decoder *d,
    ptrdiff_t (*read)(void *, char *, size_t, struct fault *))
{
	struct yaml_state *y = d->state;
	struct yaml_source source = {read, d, d->in.name, d->header_lines + 1};

	events_free(y->events);
	y->events = events_new(&source, &y->fault);
	y->where = IN_STREAM;
	y->looked = 0;
}

/* Takes the keys of the first records. A mistake behind the first record is
 * left to fill(), which gives the records before it. */
static int
collect_keys(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = d->state;
	struct place last = PLACE_NONE;
	size_t nrec = 0;
	int rc;

	start_events(d, look_ahead);
	while ((rc = find_record(y)) > 0 && y->record.at < ROW_LOOK_BYTES) {
		last = place_of(d, &y->record);
		rc = read_record(d, y);
		if (rc < 0)
			break;
		nrec++;
	}
	if (rc < 0 && nrec == 0) {
		*f = y->fault;
		return -1;
	}
	y->fault.id = DIAG_NONE;
	if (nrec > 0 && d->columns.n == 0) {
		fault_set(f, DIAG_NOT_RECORDS, last, span_make(NULL, 0),
		    "no record has a key");
		return -1;
	}
	return 0;
}

static int
add_column(struct decoder *d, struct span cell, size_t col, struct fault *f)
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
	if (id != DIAG_NONE)
		fault_set(
		    f, id, (struct place){d->in.name, 1, col}, name, NULL);
	buf_release(&scratch);
	return id == DIAG_NONE ? 0 : -1;
}

/* The names of the comment that write_yaml.c leaves when there is no record.
 * It is a line of its own; TABs part the names. */
static int
take_columns_line(struct decoder *d, struct span line, struct fault *f)
{
	struct span rest = span_from(line, sizeof "# columns: " - 1);
	size_t bad = utf8_check(line);

	if (bad < line.n) {
		fault_set(f,
		    line.p[bad] == '\0' ? DIAG_NUL_BYTE : DIAG_BAD_UTF8,
		    (struct place){d->in.name, 1, 0}, span_make(NULL, 0), NULL);
		return -1;
	}
	for (;;) {
		size_t n = span_find(rest, '\t');
		size_t before = (size_t)(rest.p - line.p);

		if (add_column(d, span_make(rest.p, n),
			utf8_length(span_make(line.p, before)) + 1, f) < 0)
			return -1;
		if (n == rest.n)
			return 0;
		rest = span_from(rest, n + 1);
	}
}

static void
drop_ahead(struct decoder *d, size_t n)
{
	memmove(d->ahead.p, d->ahead.p + n, d->ahead.n - n);
	d->ahead.n -= n;
}

static int
find_columns(struct decoder *d, struct fault *f)
{
	struct buf comment = {NULL, 0, 0};
	size_t n = 0;
	int rc;

	if (decoder_look(d, ROW_LOOK_BYTES, f) < 0)
		return -1;
	if (span_starts(buf_span(&d->ahead), SPAN("\xEF\xBB\xBF")))
		drop_ahead(d, 3);
	/* It goes past libyaml, as names may hold what a comment may not. */
	if (span_starts(buf_span(&d->ahead), SPAN("# columns: "))) {
		n = span_find(buf_span(&d->ahead), '\n');
		buf_add(&comment, span_make(d->ahead.p, n));
		drop_ahead(d, n < d->ahead.n ? n + 1 : n);
		d->header_lines = 1;
	}
	if (comment.n > 0 && comment.p[comment.n - 1] == '\r')
		comment.n--;
	rc = collect_keys(d, f);
	if (rc == 0 && d->columns.n == 0 && comment.n > 0)
		rc = take_columns_line(d, buf_span(&comment), f);
	buf_release(&comment);
	return rc;
}

static int
yaml_open(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = mem_alloc(1, sizeof *y);

	d->state = y;
	keys_init(&y->keys, &d->columns, d->arena);
	row_init(&y->row, &y->keys);
	if (find_columns(d, f) < 0)
		return -1;
	y->keys.closed = true;
	start_events(d, take);
	return 0;
}

/* Reading. */

/* The places of the row's cells; a cell that is absent has its record's. */
static void
mark_cells(const struct yaml_state *y, struct block *b)
{
	size_t ncol = y->keys.columns->n;
	struct block_mark *mark;

	b->mark =
	    mem_grow(b->mark, &b->mark_cap, b->nmark + ncol, sizeof *b->mark);
	mark = b->mark + b->nmark;
	for (size_t c = 0; c < ncol; c++) {
		const struct row_cell *cell = row_cell(&y->row, c);
		size_t line = cell == NULL ? y->record.line : cell->line;
		size_t col = cell == NULL ? y->record.col : cell->col;

		mark[c] = (struct block_mark){
		    (uint32_t)(line - b->first_line), (uint32_t)col, 0};
	}
	b->nmark += ncol;
}

static int
add_record(struct decoder *d, struct yaml_state *y, struct block *b)
{
	int rc = find_record(y);

	if (rc <= 0)
		return rc;
	if (read_record(d, y) < 0)
		return -1;
	if (b->first_line == 0)
		b->first_line = y->record.line;
	if (row_write(&y->row, &b->text) < 0) {
		fault_set(&y->fault, DIAG_TOO_LONG, place_of(d, &y->record),
		    span_make(NULL, 0), NULL);
		return -1;
	}
	mark_cells(y, b);
	b->nlines = y->record.line - b->first_line + 1;
	return 1;
}

static int
yaml_fill(struct decoder *d, struct block *b)
{
	struct yaml_state *y = d->state;
	int rc = 1;

	if (y->done)
		return 0;
	b->mark_step = d->columns.n;
	while (
	    rc > 0 && b->text.n < d->block_bytes && b->nmark < BLOCK_MAX_CELLS)
		rc = add_record(d, y, b);
	if (rc < 0)
		b->fault = y->fault;
	y->done = rc <= 0;
	b->p = b->text.p;
	b->n = b->text.n;
	return rc >= 0 ? b->n > 0 : 1;
}

static void
yaml_place(const struct decoder *d, const struct block *b, size_t rec,
    size_t col, struct place *at)
{
	size_t i = rec * b->mark_step + col;

	(void)d;
	*at = (struct place){NULL, b->nlines, 0};
	if (col < b->mark_step && i < b->nmark)
		*at = (struct place){NULL, b->mark[i].line, b->mark[i].col};
}

static void
yaml_close(struct decoder *d)
{
	struct yaml_state *y = d->state;

	if (y == NULL)
		return;
	events_free(y->events);
	row_release(&y->row);
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
