#include "decoder.h"

#include "jsonl_parser.h"
#include "mem.h"
#include "utf8.h"

/*
 * JSON Lines: an object a line. Lines are found with the lock held, parsed
 * without it, or read as the one before was (jsonl_shape.h); a cell's place is
 * found by parsing its line again.
 */

/* So many cells a block at most, however short its records are. */
enum { BLOCK_MAX_CELLS = 1 << 25, SHORTEST_RECORD = sizeof "{}" };

static bool
is_blank(struct span line)
{
	while (line.n > 0 &&
	    (line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '\r'))
		line = span_from(line, 1);
	return line.n == 0;
}

static bool
jsonl_sniff(struct span first)
{
	int array = 0;

	while (first.n > 0 && memchr(" \t\r\n[", first.p[0], 5) != NULL) {
		array += first.p[0] == '[';
		first = span_from(first, 1);
	}
	if (array > 1 || (array == 1 && first.n > 0 && first.p[0] == '"'))
		return true;
	if (first.n == 0 || first.p[0] != '{')
		return false;
	do
		first = span_from(first, 1);
	while (first.n > 0 && memchr(" \t\r\n", first.p[0], 4) != NULL);
	return array > 0 || first.n == 0 || first.p[0] == '"' ||
	    first.p[0] == '}';
}

/* A line as the record before it was: its row, appended to rows; false when it
 * is for the parser. */
static bool
read_alike(const struct jsonl_parser *lp, struct span line, struct buf *rows)
{
	return lp->shape.known &&
	    jsonl_shape_read(&lp->shape, line, lp->row.keys->columns->n, rows);
}

/* Puts what a shape may look at behind what was read ahead. */
static void
pad_ahead(struct decoder *d)
{
	memset(buf_room(&d->ahead, JSONL_SLACK + 1), '\n', JSONL_SLACK + 1);
}

/* The line that starts at offset `at` of what lies ahead, read as far as it
 * goes, without its LF. */
static int
look_at_line(
    struct decoder *d, size_t at, struct span *line, struct jsonl_parser *lp)
{
	size_t seen = at;

	for (;;) {
		struct span rest =
		    span_make(d->ahead.p + seen, d->ahead.n - seen);
		size_t n = span_find(rest, '\n');

		if (n < rest.n || d->at_end) {
			*line = span_make(d->ahead.p + at, seen + n - at);
			return 0;
		}
		seen = d->ahead.n;
		lp->shape.known = false; /* its record moves */
		if (decoder_look(d, d->ahead.n * 2 + 1, lp->fault) < 0)
			return -1;
		pad_ahead(d);
	}
}

/* Takes the keys of a line, which has none that are new where it is like the
 * one before. */
static int
take_keys(struct jsonl_parser *lp, struct span line, struct buf *rows)
{
	buf_reset(rows);
	if (utf8_check(line) == line.n && read_alike(lp, line, rows))
		return 0;
	if (jsonl_parser_read(lp, line) < 0)
		return -1;
	jsonl_shape_end(&lp->shape, lp->row.keys->columns->n);
	return 0;
}

/* Takes the keys of the records that start in the first ROW_LOOK_BYTES: how
 * many there were, in *nrec. A mistake behind the first one is left to decode,
 * which gives the records before it. `rows` is scratch. */
static int
collect_keys(
    struct decoder *d, struct jsonl_parser *lp, size_t *nrec, struct buf *rows)
{
	size_t at = 0;

	for (lp->line_no = 1; at < ROW_LOOK_BYTES; lp->line_no++) {
		struct span line;

		if (look_at_line(d, at, &line, lp) < 0)
			return -1;
		if (!is_blank(line)) {
			if (take_keys(lp, line, rows) < 0)
				return *nrec == 0 ? -1 : 0;
			++*nrec;
		}
		at += line.n;
		if (at == d->ahead.n)
			return 0; /* no LF: the input's end */
		at++;
	}
	return 0;
}

static int
refuse_array(struct decoder *d, struct fault *f)
{
	struct place at = {d->in.name, 1, 1};

	for (size_t i = 0; i < d->ahead.n && d->ahead.p[i] != '[';
	     i++, at.col++)
		if (d->ahead.p[i] == '\n') {
			at.line++;
			at.col = 0;
		}
	fault_set(f, DIAG_BAD_JSON, at, span_make(NULL, 0),
	    "an array, not JSON Lines: pass it through  jq -c '.[]'");
	return -1;
}

static bool
starts_with_array(const struct decoder *d)
{
	struct span s = buf_span(&d->ahead);

	while (s.n > 0 && memchr(" \t\r\n", s.p[0], 4) != NULL)
		s = span_from(s, 1);
	return s.n > 0 && s.p[0] == '[';
}

/* Columns by the million in records of three bytes would otherwise make of a
 * small block a gigantic one. */
static void
limit_block(struct decoder *d)
{
	size_t most =
	    (size_t)BLOCK_MAX_CELLS / (d->columns.n + 1) * SHORTEST_RECORD;

	if (d->block_bytes > most)
		d->block_bytes = most > 64 ? most : 64;
}

static int
find_columns(struct decoder *d, struct keys *keys, struct fault *f)
{
	struct fault later = {.id = DIAG_NONE};
	struct buf rows = {NULL, 0, 0};
	struct jsonl_parser lp;
	size_t nrec = 0;
	int rc;

	jsonl_parser_init(&lp, keys, &later);
	lp.file = d->in.name;
	rc = collect_keys(d, &lp, &nrec, &rows);
	jsonl_parser_release(&lp);
	buf_release(&rows);
	if (rc < 0) {
		*f = later;
	} else if (nrec > 0 && d->columns.n == 0) {
		fault_set(f, DIAG_NOT_RECORDS, (struct place){d->in.name, 1, 1},
		    span_make(NULL, 0), "no record has a key");
		rc = -1;
	}
	return rc;
}

static int
jsonl_open(struct decoder *d, struct fault *f)
{
	struct keys *keys = mem_alloc(1, sizeof *keys);

	d->state = keys;
	keys_init(keys, &d->columns, d->arena);
	if (decoder_look(d, ROW_LOOK_BYTES, f) < 0)
		return -1;
	if (span_starts(buf_span(&d->ahead), SPAN("\xEF\xBB\xBF")))
		decoder_drop(d, 3);
	pad_ahead(d);
	if (starts_with_array(d))
		return refuse_array(d, f);
	if (find_columns(d, keys, f) < 0)
		return -1;
	keys->closed = true;
	limit_block(d);
	return 0;
}

static size_t
last_line_end(const char *p, size_t from, size_t n)
{
	while (n > from && p[n - 1] != '\n')
		n--;
	return n > from ? n : 0;
}

static size_t
jsonl_cut(struct decoder *d, const char *p, size_t n, size_t seen)
{
	(void)d;
	return last_line_end(p, seen, n);
}

static int
jsonl_fill(struct decoder *d, struct block *b)
{
	return decoder_fill(d, b, jsonl_cut);
}

static int
decode_line(struct jsonl_parser *lp, struct span line, struct block *b)
{
	size_t at;

	if (is_blank(line))
		return 0;
	b->mark =
	    mem_grow(b->mark, &b->mark_cap, b->nmark + 1, sizeof *b->mark);
	at = (size_t)(line.p - b->raw.p);
	b->mark[b->nmark++] = (struct block_mark){
	    (uint32_t)lp->line_no, (uint32_t)at, (uint32_t)(at + line.n)};
	if (read_alike(lp, line, &b->text))
		return 0;
	if (jsonl_parser_read(lp, line) < 0)
		return -1;
	if (row_write(&lp->row, &b->text) < 0)
		return jsonl_parser_refuse(lp, DIAG_TOO_LONG, NULL);
	if (lp->json.valid_utf8)
		jsonl_shape_end(&lp->shape, lp->row.keys->columns->n);
	return 0;
}

static void
jsonl_decode(const struct decoder *d, struct block *b)
{
	struct span rest = b->raw;
	struct jsonl_parser lp;

	jsonl_parser_init(&lp, d->state, &b->fault);
	lp.json.valid_utf8 = utf8_check(rest) == rest.n;
	buf_reset(&b->text);
	buf_room(&b->text, b->raw.n);
	b->nmark = 0;
	b->mark_step = 1;
	b->sourced = true;
	for (; rest.n > 0; lp.line_no++) {
		size_t n = span_find(rest, '\n');

		if (decode_line(&lp, span_make(rest.p, n), b) < 0)
			break;
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	b->nlines = lp.line_no;
	b->p = b->text.p;
	b->n = b->text.n;
	jsonl_parser_release(&lp);
}

static void
jsonl_place(const struct decoder *d, const struct block *b, size_t rec,
    size_t col, struct place *at)
{
	const struct block_mark *mark;
	struct fault f = {.id = DIAG_NONE};
	const struct row_cell *cell;
	struct jsonl_parser lp;

	*at = (struct place){NULL, b->nlines, 1};
	if (rec >= b->nmark)
		return;
	mark = &b->mark[rec];
	at->line = mark->line;
	jsonl_parser_init(&lp, d->state, &f);
	if (jsonl_parser_read(&lp,
		span_make(b->raw.p + mark->col, mark->end - mark->col)) == 0) {
		/* The record stands for a cell that is absent. */
		cell = row_cell(&lp.row, col);
		at->col =
		    jsonl_parser_place(&lp, cell == NULL ? 0 : cell->col).col;
	}
	jsonl_parser_release(&lp);
}

static void
jsonl_close(struct decoder *d)
{
	if (d->state == NULL)
		return;
	keys_release(d->state);
	mem_free(d->state);
	d->state = NULL;
}

const struct decoder_format decoder_jsonl = {
    .name = "jsonl",
    .suffix = "jsonl,ndjson",
    .valid_utf8 = true,
    .sniff = jsonl_sniff,
    .open = jsonl_open,
    .fill = jsonl_fill,
    .decode = jsonl_decode,
    .place = jsonl_place,
    .close = jsonl_close,
};
