#include "decoder.h"

#include "cell.h"
#include "json.h"
#include "jsonl_shape.h"
#include "mem.h"
#include "row.h"
#include "utf8.h"

/*
 * JSON Lines: an object a line. Lines are found with the lock held, parsed
 * without it, or read as the one before was (jsonl_shape.h); a cell's place is
 * found by parsing its line again.
 */

/* So many cells a block at most, however short its records are. */
enum { BLOCK_MAX_CELLS = 1 << 25, SHORTEST_RECORD = sizeof "{}" };

/* One thread's work on lines. */
struct line_parser {
	struct json json;
	struct row row;
	struct jsonl_shape shape; /* of the last record that was parsed */
	struct fault *fault;
	size_t line_no; /* as faults shall have it */
	const char *file;
};

static void
parser_init(struct line_parser *lp, struct keys *keys, struct fault *f)
{
	*lp = (struct line_parser){.fault = f};
	json_init(&lp->json, span_make(NULL, 0));
	lp->shape.json = &lp->json;
	row_init(&lp->row, keys);
}

static void
parser_release(struct line_parser *lp)
{
	json_release(&lp->json);
	jsonl_shape_release(&lp->shape);
	row_release(&lp->row);
}

static struct place
place_at(const struct line_parser *lp, size_t offset)
{
	return (struct place){lp->file, lp->line_no,
	    utf8_length(span_make(lp->json.in.p, offset)) + 1};
}

static int
refuse(struct line_parser *lp, enum diag_id id, const char *detail)
{
	fault_set(lp->fault, id, place_at(lp, lp->json.start),
	    span_make(NULL, 0), detail == NULL ? NULL : "%s", detail);
	return -1;
}

/* A line that is no JSON. */
static int
refuse_syntax(struct line_parser *lp)
{
	const struct json *j = &lp->json;
	enum diag_id id = j->bad_utf8 ? DIAG_BAD_UTF8
	    : j->lone_surrogate       ? DIAG_LONE_SURROGATE
				      : DIAG_BAD_JSON;

	if (j->at < j->in.n && j->in.p[j->at] == '\0')
		id = DIAG_NUL_BYTE;
	fault_set(lp->fault, id, place_at(lp, j->at), span_make(NULL, 0),
	    id == DIAG_BAD_JSON ? "%s%s" : NULL, j->error,
	    j->at == j->in.n ? ": a record is one line, as  jq -c  writes it"
			     : "");
	return -1;
}

/* Whether a string's text has a NUL; only an escape can have written one. */
static bool
has_nul(const struct line_parser *lp)
{
	return span_find(lp->json.text, '\0') < lp->json.text.n;
}

/* Appends a string, number or word as (part of) a cell. */
static int
put_scalar(struct line_parser *lp, enum json_token token)
{
	struct span text = lp->json.text;

	switch (token) {
	case JSON_NULL:
		return 0;
	case JSON_NUMBER:
	case JSON_TRUE:
	case JSON_FALSE:
		buf_add(&lp->row.text, text);
		return 0;
	case JSON_STRING:
		if (has_nul(lp))
			return refuse(lp, DIAG_NUL_BYTE, "\\u0000 in a string");
		cell_encode(&lp->row.text, text);
		return 0;
	case JSON_ERROR:
		return refuse_syntax(lp);
	default:
		return refuse(lp, DIAG_NOT_RECORDS,
		    "a list holds scalars only: part it into records, or make "
		    "text of it with  jq -c");
	}
}

static int
put_list(struct line_parser *lp)
{
	for (size_t n = 0;; n++) {
		enum json_token token = json_next(&lp->json);

		if (token == JSON_ARRAY_END)
			return 0;
		if (n > 0)
			buf_byte(&lp->row.text, '|');
		if (put_scalar(lp, token) < 0)
			return -1;
	}
}

/* The value of the key that the row has just been told. */
static int
put_value(struct line_parser *lp, enum json_token token)
{
	size_t start = lp->json.start;
	enum row_status status = row_value(&lp->row);

	if (status != ROW_OK)
		return row_refuse(
		    &lp->row, status, place_at(lp, start), lp->fault);
	if ((token == JSON_ARRAY ? put_list(lp) : put_scalar(lp, token)) < 0)
		return -1;
	row_value_end(&lp->row, 0, start);
	jsonl_shape_value(&lp->shape, lp->row.cell_col, start, lp->json.at);
	return 0;
}

/* The keys and values of the object whose { has been read. */
static int
read_object(struct line_parser *lp, int depth)
{
	size_t outer = lp->row.outer;
	enum row_status status;
	enum json_token token;

	if (depth == ROW_MAX_DEPTH)
		return refuse(lp, DIAG_NOT_RECORDS, "nested too deep");
	while ((token = json_next(&lp->json)) == JSON_KEY) {
		if (has_nul(lp))
			return refuse(lp, DIAG_NUL_BYTE, "\\u0000 in a key");
		status = row_key(&lp->row, lp->json.text);
		if (status != ROW_OK)
			return row_refuse(&lp->row, status,
			    place_at(lp, lp->json.start), lp->fault);
		token = json_next(&lp->json);
		if (token == JSON_OBJECT) {
			lp->row.outer = lp->row.path;
			if (read_object(lp, depth + 1) < 0)
				return -1;
			lp->row.outer = outer;
		} else if (token == JSON_ERROR) {
			return refuse_syntax(lp);
		} else if (put_value(lp, token) < 0) {
			return -1;
		}
	}
	return token == JSON_OBJECT_END ? 0 : refuse_syntax(lp);
}

/* A line of JSON as the row at hand. */
static int
read_record(struct line_parser *lp, struct span line)
{
	enum json_token token;

	json_reset(&lp->json, line);
	jsonl_shape_begin(&lp->shape, line);
	row_begin(&lp->row);
	token = json_next(&lp->json);
	if (token == JSON_ERROR)
		return refuse_syntax(lp);
	if (token != JSON_OBJECT)
		return refuse(lp, DIAG_NOT_RECORDS, "each line is one object");
	if (read_object(lp, 0) < 0)
		return -1;
	return json_next(&lp->json) == JSON_END ? 0 : refuse_syntax(lp);
}

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

/* The line that starts at offset `at` of what lies ahead, read as far as it
 * goes, without its LF. */
static int
look_at_line(struct decoder *d, size_t at, struct span *line, struct fault *f)
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
		if (decoder_look(d, d->ahead.n * 2 + 1, f) < 0)
			return -1;
	}
}

/* Takes the keys of the records that start in the first ROW_LOOK_BYTES: how
 * many there were, in *nrec. A mistake behind the first one is left to decode,
 * which gives the records before it. */
static int
collect_keys(struct decoder *d, struct line_parser *lp, size_t *nrec)
{
	size_t at = 0;

	for (lp->line_no = 1; at < ROW_LOOK_BYTES; lp->line_no++) {
		struct span line;

		if (look_at_line(d, at, &line, lp->fault) < 0)
			return -1;
		if (!is_blank(line)) {
			if (read_record(lp, line) < 0)
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
	struct line_parser lp;
	size_t nrec = 0;
	int rc;

	parser_init(&lp, keys, &later);
	lp.file = d->in.name;
	rc = collect_keys(d, &lp, &nrec);
	parser_release(&lp);
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
	if (span_starts(buf_span(&d->ahead), SPAN("\xEF\xBB\xBF"))) {
		memmove(d->ahead.p, d->ahead.p + 3, d->ahead.n - 3);
		d->ahead.n -= 3;
	}
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
decode_line(struct line_parser *lp, struct span line, struct block *b)
{
	size_t at;

	if (is_blank(line))
		return 0;
	b->mark =
	    mem_grow(b->mark, &b->mark_cap, b->nmark + 1, sizeof *b->mark);
	at = (size_t)(line.p - b->raw.p);
	b->mark[b->nmark++] = (struct block_mark){
	    (uint32_t)lp->line_no, (uint32_t)at, (uint32_t)(at + line.n)};
	if (lp->shape.known &&
	    jsonl_shape_read(
		&lp->shape, line, lp->row.keys->columns->n, &b->text))
		return 0;
	if (read_record(lp, line) < 0)
		return -1;
	if (row_write(&lp->row, &b->text) < 0)
		return refuse(lp, DIAG_TOO_LONG, NULL);
	if (lp->json.valid_utf8)
		jsonl_shape_end(&lp->shape, lp->row.keys->columns->n);
	return 0;
}

static void
jsonl_decode(const struct decoder *d, struct block *b)
{
	struct span rest = b->raw;
	struct line_parser lp;

	parser_init(&lp, d->state, &b->fault);
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
	parser_release(&lp);
}

static void
jsonl_place(const struct decoder *d, const struct block *b, size_t rec,
    size_t col, struct place *at)
{
	const struct block_mark *mark;
	struct fault f = {.id = DIAG_NONE};
	const struct row_cell *cell;
	struct line_parser lp;

	*at = (struct place){NULL, b->nlines, 1};
	if (rec >= b->nmark)
		return;
	mark = &b->mark[rec];
	at->line = mark->line;
	parser_init(&lp, d->state, &f);
	if (read_record(&lp,
		span_make(b->raw.p + mark->col, mark->end - mark->col)) == 0) {
		/* The record stands for a cell that is absent. */
		cell = row_cell(&lp.row, col);
		at->col = place_at(&lp, cell == NULL ? 0 : cell->col).col;
	}
	parser_release(&lp);
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
