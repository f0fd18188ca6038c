#include "decoder.h"

#include <stdint.h>

#include "csv.h"
#include "csv_rows.h"
#include "utf8.h"
#include "vec.h"

enum {
	LOOK_BYTES = 64 * 1024, /* in which the delimiter is looked for */
	HEADER_MAX_BYTES = 0x7FFFFFFF
};

/* How far the bytes at hand are known, for finding a cut between records. */
struct cut {
	bool quoted;   /* at the end of them */
	size_t behind; /* the last quote that opened or closed a cell */
	size_t end;    /* of the last whole record, 0 for none yet */
};

struct csv_state {
	struct csv_dialect dialect;
	bool cp1252;
	bool spare; /* behind the named columns are some without a name */
	struct cut cut;
};

/* Bytes of the first record with its LF, or 0 when that is not there yet. */
static size_t
first_record(const struct csv_dialect *c, struct span s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; (p = csv_skip_cell(c, p, end)) < end;)
		if (*p++ == '\n')
			return (size_t)(p - s.p);
	return 0;
}

/*
 * Finding a cut between records: at a LF outside quotes. To know which are, all
 * quotes before it have to be counted. Where that finds none, they are looked
 * at one by one: a quote that stands inside a bare cell is a mistake and is
 * passed over, so that the mistake is met by decode() and not after reading the
 * rest of the input.
 */

static void
note_end(struct cut *cut, const char *p, size_t to)
{
	while (to > cut->behind && p[to - 1] != '\n')
		to--;
	if (to > cut->behind)
		cut->end = to;
}

static bool
opens_cell(
    const struct csv_dialect *c, const struct cut *cut, const char *p, size_t i)
{
	return i == cut->behind || p[i - 1] == c->split || p[i - 1] == '\n';
}

/* Bytes of p[0..n) that are whole records; p[0..seen) is known. */
static size_t
whole_records(const struct csv_dialect *c, struct cut *cut, const char *p,
    size_t n, size_t seen)
{
	const char *quote;

	for (size_t i = seen;
	     i < n && (quote = memchr(p + i, '"', n - i)) != NULL; i++) {
		i = (size_t)(quote - p);
		if (!cut->quoted) {
			if (!opens_cell(c, cut, p, i))
				continue;
			note_end(cut, p, i);
		}
		cut->quoted = !cut->quoted;
		cut->behind = i + 1;
	}
	if (!cut->quoted)
		note_end(cut, p, n);
	return cut->end;
}

/* Whether the number of quotes is odd. */
static bool
odd_quotes(const char *p, size_t n)
{
	struct vec odd = {{0}};
	char lane[VEC], all = 0;

	for (; n >= VEC; p += VEC, n -= VEC)
		odd = vec_xor(odd, vec_is(vec_load(p), '"'));
	vec_store(lane, vec_xor(odd, vec_is(vec_load_part(p, n), '"')));
	for (size_t i = 0; i < VEC; i++)
		all ^= lane[i];
	return all != 0;
}

/*
 * The same as whole_records() for rows without a mistake, where each LF with an
 * even number of quotes before it ends one. Otherwise it may be 0, or too much,
 * but then the mistake is in it.
 */
static size_t
guess_records(const char *p, size_t n)
{
	bool quoted = odd_quotes(p, n);

	for (; n > 0; n--) {
		if (p[n - 1] == '"')
			quoted = !quoted;
		else if (p[n - 1] == '\n' && !quoted)
			break;
	}
	return n;
}

/* n without the blank lines that p[0..n) ends with. */
static size_t
trim_blank_lines(const char *p, size_t n)
{
	while (n > 0 && p[n - 1] == '\n') {
		size_t line = n - 1;

		if (line > 0 && p[line - 1] == '\r')
			line--;
		if (line > 0 && p[line - 1] != '\n')
			break;
		n = line;
	}
	return n;
}

/* Blank lines wait for what follows them: at the input's end they are
 * nothing, elsewhere they are rows. */
static size_t
csv_cut(struct decoder *d, const char *p, size_t n, size_t seen)
{
	struct csv_state *c = d->state;
	size_t guess;

	if (seen == 0) {
		c->cut = (struct cut){false, 0, 0};
		guess = trim_blank_lines(p, guess_records(p, n));
		if (guess > 0)
			return guess;
	}
	return trim_blank_lines(
	    p, whole_records(&c->dialect, &c->cut, p, n, seen));
}

static int
csv_fill(struct decoder *d, struct block *b)
{
	if (decoder_fill(d, b, csv_cut) == 0)
		return 0;
	if (d->at_end && d->ahead.n == 0)
		b->raw.n = trim_blank_lines(b->raw.p, b->raw.n);
	return b->raw.n > 0 || b->fault.id != DIAG_NONE;
}

/*
 * Makes b->raw UTF-8. Where a byte cannot be, b->raw ends with the last record
 * before it, and the fault, which a mistake in an earlier record comes before,
 * goes to *f.
 */
static void
convert_cp1252(const struct csv_dialect *c, struct block *b, struct fault *f)
{
	struct buf utf8 = {NULL, 0, 0};
	struct span old = b->raw;
	struct cut cut = {false, 0, 0};
	size_t good = utf8_from_cp1252(&utf8, old);

	if (good < old.n) {
		const char *at = old.p + good, *line = at;
		struct place place = csv_locate(old.p, at);

		while (line > old.p && line[-1] != '\n')
			line--;
		place.col = (size_t)(at - line) + 1;
		fault_set(f, DIAG_CP1252_BYTE, place, span_make(at, 1), NULL);
		utf8.n = whole_records(c, &cut, utf8.p, utf8.n, 0);
	}
	buf_release(&b->own);
	b->own = utf8;
	block_take_own(b, utf8.n);
}

static void
decode_rows(const struct decoder *d, struct block *b, struct fault *late)
{
	const struct csv_state *c = d->state;

	if (c->cp1252)
		convert_cp1252(&c->dialect, b, late);
	b->mark_step = 1;
	b->sourced = !c->spare;
	csv_read_rows(&c->dialect, b);
	if (c->spare)
		csv_drop_spare_cells(&b->text, d->columns.n);
}

static void
csv_decode(const struct decoder *d, struct block *b)
{
	struct fault late = {.id = DIAG_NONE};

	if (b->raw.n > 0)
		decode_rows(d, b, &late);
	if (b->text.n > UINT32_MAX) {
		b->text.n = 0;
		fault_set(
		    &late, DIAG_TOO_LONG, PLACE_NONE, span_make(NULL, 0), NULL);
	}
	if (b->fault.id == DIAG_NONE)
		b->fault = late;
	b->p = b->text.p;
	b->n = b->text.n;
}

static void
csv_place(const struct decoder *d, const struct block *b, size_t rec,
    size_t col, struct place *place)
{
	const struct csv_state *c = d->state;
	const char *end = b->raw.p + b->raw.n, *record, *p;

	if (rec >= b->nmark)
		return;
	p = record = b->raw.p + b->mark[rec].col;
	for (; col > 0; col--) {
		p = csv_skip_cell(&c->dialect, p, end);
		if (p == end || *p == '\n')
			break;
		p++;
	}
	*place = csv_locate(record, p);
	place->line += b->mark[rec].line;
}

/* The header: a block of one record, whose lines are the file's. */

/* As the file has a place that is counted within the header. */
static struct place
header_place(const struct decoder *d, struct place at)
{
	return (struct place){
	    d->in.name, at.line + 1 + d->header_lines, at.col};
}

static int
add_name(
    struct decoder *d, const struct block *b, struct span name, struct fault *f)
{
	struct place at = {NULL, 0, 1};

	if (name.n > 0 && columns_add(&d->columns, name) != COLUMN_NONE)
		return 0;
	csv_place(d, b, 0, d->columns.n, &at);
	if (name.n > 0)
		fault_set(
		    f, DIAG_DUPLICATE_COLUMN, header_place(d, at), name, NULL);
	else
		fault_set(f, DIAG_EMPTY_COLUMN, header_place(d, at),
		    span_make(NULL, 0),
		    "name it in the first line, or delete the column if it is "
		    "empty");
	return -1;
}

/* Spreadsheets end all lines with the delimiters of columns that were once
 * used: the last columns need no name where nothing is in them. */
static struct span
named_columns(struct csv_state *c, const struct block *b)
{
	struct span row = span_make(b->p, b->n - 1); /* without the LF */
	size_t n = row.n;

	while (n > 0 && row.p[n - 1] == '\t')
		n--;
	c->spare = n > 0 && n < row.n;
	return span_make(row.p, c->spare ? n : row.n);
}

static int
add_names(struct decoder *d, const struct block *b, struct fault *f)
{
	struct span rest = named_columns(d->state, b);
	struct buf name = {NULL, 0, 0};
	int rc;

	for (;;) {
		size_t n = span_find(rest, '\t');

		buf_reset(&name);
		csv_from_cell(&name, span_make(rest.p, n));
		rc = add_name(d, b, buf_span(&name), f);
		if (rc < 0 || n == rest.n)
			break;
		rest = span_from(rest, n + 1);
	}
	buf_release(&name);
	return rc;
}

static int
check_header(struct decoder *d, const struct block *b, struct fault *f)
{
	const char *p = b->raw.p;
	size_t bad = utf8_check(b->raw);

	if (bad < b->raw.n) {
		fault_set(f, p[bad] == '\0' ? DIAG_NUL_BYTE : DIAG_BAD_UTF8,
		    header_place(d, csv_locate(p, p + bad)),
		    span_make(p + bad, 1), NULL);
		return -1;
	}
	if (b->fault.id != DIAG_NONE) {
		*f = b->fault;
		f->place = header_place(d, f->place);
		return -1;
	}
	return add_names(d, b, f);
}

/* Takes the bytes of the header off what was read. */
static int
read_header(struct decoder *d, size_t n, struct fault *f)
{
	struct block b = BLOCK_EMPTY;
	int rc;

	buf_add(&b.own, span_make(d->ahead.p, n));
	block_take_own(&b, n);
	decoder_drop(d, n);
	csv_decode(d, &b);
	rc = check_header(d, &b, f);
	d->header_lines += b.nlines;
	block_release(&b);
	return rc;
}

static int
header_problem(const struct decoder *d, enum diag_id id, struct fault *f)
{
	fault_set(f, id, header_place(d, (struct place){NULL, 0, 1}),
	    span_make(NULL, 0), NULL);
	return -1;
}

/* Whether lines end with CR alone, as they did on the Macintosh. */
static bool
has_old_lines(struct span s)
{
	return span_find(s, '\n') == s.n && span_find(s, '\r') + 1 < s.n;
}

static int
find_header(struct decoder *d, size_t *n, struct fault *f)
{
	const struct csv_state *c = d->state;
	size_t want = LOOK_BYTES;

	while ((*n = first_record(&c->dialect, buf_span(&d->ahead))) == 0) {
		if (has_old_lines(buf_span(&d->ahead)))
			return header_problem(d, DIAG_LONE_CR, f);
		if (d->ahead.n > HEADER_MAX_BYTES)
			return header_problem(d, DIAG_TOO_LONG, f);
		if (d->at_end) {
			*n = d->ahead.n;
			break;
		}
		want *= 2;
		if (decoder_look(d, want, f) < 0)
			return -1;
	}
	if (trim_blank_lines(d->ahead.p, *n) == 0)
		return header_problem(d, DIAG_EMPTY_INPUT, f);
	return 0;
}

/* Takes away a line `sep=;` before the header, by which spreadsheets tell each
 * other the delimiter: that, or NUL when there is none. */
static char
take_sep_line(struct decoder *d)
{
	struct span rest = buf_span(&d->ahead);
	size_t n = span_find(rest, '\n');
	size_t own = n > 0 && rest.p[n - 1] == '\r' ? n - 1 : n;
	char delimiter;

	if (own != sizeof "sep=;" - 1 || n == rest.n ||
	    !span_starts(rest, SPAN("sep=")) ||
	    memchr(CSV_DELIMITERS, rest.p[own - 1], strlen(CSV_DELIMITERS)) ==
		NULL)
		return '\0';
	delimiter = rest.p[own - 1];
	decoder_drop(d, n + 1);
	d->header_lines = 1;
	return delimiter;
}

static char
find_delimiter(const struct decoder *d)
{
	size_t look = d->ahead.n < LOOK_BYTES ? d->ahead.n : LOOK_BYTES;

	return csv_find_delimiter(span_make(d->ahead.p, look));
}

static struct csv_state *
csv_new(struct decoder *d, bool has_bom)
{
	struct csv_state *c = ARENA_NEW(d->arena, struct csv_state);
	char told = take_sep_line(d);
	char found = told != '\0' ? told : find_delimiter(d);

	d->delimiter = found == '\0' ? CSV_DELIMITERS[0] : found;
	csv_dialect_init(&c->dialect, found == '\0' ? '\n' : found);
	/* A byte order mark says UTF-8, whatever the user believes. */
	c->cp1252 = !has_bom && d->encoding != NULL &&
	    strcmp(d->encoding, "windows-1252") == 0;
	return c;
}

static int
csv_open(struct decoder *d, struct fault *f)
{
	const struct span bom = SPAN("\xEF\xBB\xBF");
	bool has_bom;
	size_t n;

	if (decoder_look(d, LOOK_BYTES + bom.n, f) < 0)
		return -1;
	has_bom = span_starts(buf_span(&d->ahead), bom);
	if (has_bom)
		decoder_drop(d, bom.n);
	if (d->ahead.n == 0)
		return header_problem(d, DIAG_EMPTY_INPUT, f);
	d->state = csv_new(d, has_bom);
	if (find_header(d, &n, f) < 0)
		return -1;
	return read_header(d, n, f);
}

/* A first line without TABs that has another delimiter, or a quote first. */
static bool
csv_sniff(struct span first)
{
	struct span line = span_make(first.p, span_find(first, '\n'));

	if (span_find(line, '\t') < line.n)
		return false;
	return span_starts(line, SPAN("\"")) ||
	    csv_find_delimiter(line) != '\0';
}

const struct decoder_format decoder_csv = {
    .name = "csv",
    .suffix = "csv",
    .sniff = csv_sniff,
    .open = csv_open,
    .fill = csv_fill,
    .decode = csv_decode,
    .place = csv_place,
};
