#include "yaml_columns.h"

#include <stdint.h>

#include "cell.h"
#include "utf8.h"
#include "yaml_rows.h"

/* The source for open(): all that is read stays in d->ahead. */
static ptrdiff_t
look_ahead(void *ctx, char *p, size_t n, struct fault *f)
{
	struct decoder *d = ctx;
	struct yaml_state *y = d->state;

	if (n > y->look_end - y->looked)
		n = y->look_end - y->looked;
	if (decoder_look(d, y->looked + n, f) < 0)
		return -1;
	if (n > d->ahead.n - y->looked)
		n = d->ahead.n - y->looked;
	if (n > 0)
		memcpy(p, d->ahead.p + y->looked, n);
	y->looked += n;
	return (ptrdiff_t)n;
}

void
yaml_start_libyaml(struct decoder *d,
    ptrdiff_t (*read)(void *, char *, size_t, struct fault *))
{
	struct yaml_state *y = d->state;

	y->looked = 0;
	yaml_records_start(&y->records,
	    &(struct yaml_source){
		read, d, d->in.name, d->header_lines + y->line, y->skipped});
}

size_t
yaml_last_start(const char *p, size_t from, size_t n)
{
	size_t at = n < YAML_NEXT_BYTES ? 0 : n - YAML_NEXT_BYTES;

	for (; at > from; at--)
		if (p[at] == '-' && p[at - 1] == '\n' && p[at + 1] == ' ')
			return at;
	return 0;
}

/* The first record's bytes, if the second starts with a dash too. */
static size_t
first_record(struct span s, bool at_end)
{
	size_t at = 0;

	do
		at += span_find(span_from(s, at), '\n') + 1;
	while (at < s.n && !span_starts(span_from(s, at), SPAN("- ")));
	return at < s.n ? at : at_end ? s.n : 0;
}

/* Whether the records of the first ROW_LOOK_BYTES characters, as libyaml counts
 * them, are as the plan says: 1, 0, or -1 after a fault. */
static int
check_plan(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = d->state;
	struct block b = BLOCK_EMPTY;
	size_t want = ROW_LOOK_BYTES;
	bool all, enough = false;

	do {
		want *= 2;
		if (decoder_look(d, want, f) < 0) {
			block_release(&b);
			return -1;
		}
		block_reset(&b);
		buf_add(&b.own, buf_span(&d->ahead));
		block_take_own(&b,
		    d->at_end ? d->ahead.n
			      : yaml_last_start(d->ahead.p, 0, d->ahead.n));
		all = b.raw.n ==
		    yaml_rows_read(y->plan, &b, d->ahead.n - b.raw.n);
		enough = d->at_end || utf8_length(b.raw) >= ROW_LOOK_BYTES;
	} while (all && !enough && want < RECORD_LOOK_BYTES);
	block_release(&b);
	return all && enough;
}

/* The keys of the first record, when all that follow it at the beginning stand
 * as these tools would have written them: 1, 0, or -1 after a fault. */
static int
collect_from_first(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = d->state;
	size_t n = first_record(buf_span(&d->ahead), d->at_end);
	int rc = 0;

	if (n == 0 || !span_starts(buf_span(&d->ahead), SPAN("- ")))
		return 0;
	y->look_end = n;
	yaml_start_libyaml(d, look_ahead);
	if (yaml_records_find(&y->records) > 0 &&
	    yaml_records_read(&y->records) == 0 && d->columns.n > 0) {
		y->plan = yaml_plan_new(&d->columns, d->arena);
		rc = check_plan(d, f);
	}
	if (rc <= 0) {
		/* It may have been no record at all. */
		keys_release(&y->keys);
		columns_init(&d->columns, d->arena);
		keys_init(&y->keys, &d->columns, d->arena);
	}
	return rc;
}

/* Takes the keys of the first records. A mistake behind the first record is
 * left to fill(), which gives the records before it. */
static int
collect_keys(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = d->state;
	struct yaml_records *records = &y->records;
	struct place last = PLACE_NONE;
	size_t nrec = 0;
	int rc;

	y->look_end = SIZE_MAX;
	yaml_start_libyaml(d, look_ahead);
	while ((rc = yaml_records_find(records)) > 0 &&
	    records->start.at < ROW_LOOK_BYTES) {
		last = yaml_records_place(records, &records->start);
		rc = yaml_records_read(records);
		if (rc < 0)
			break;
		nrec++;
	}
	if (rc < 0 && nrec == 0) {
		*f = records->fault;
		return -1;
	}
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

int
yaml_find_columns(struct decoder *d, struct fault *f)
{
	struct yaml_state *y = d->state;
	struct buf comment = {NULL, 0, 0};
	size_t n = 0;
	int rc;

	if (decoder_look(d, ROW_LOOK_BYTES, f) < 0)
		return -1;
	if (span_starts(buf_span(&d->ahead), SPAN("\xEF\xBB\xBF")))
		decoder_drop(d, 3);
	/* It goes past libyaml, as names may hold what a comment may not. */
	if (span_starts(buf_span(&d->ahead), SPAN("# columns: "))) {
		n = span_find(buf_span(&d->ahead), '\n');
		buf_add(&comment, span_make(d->ahead.p, n));
		decoder_drop(d, n < d->ahead.n ? n + 1 : n);
		d->header_lines = 1;
	}
	if (comment.n > 0 && comment.p[comment.n - 1] == '\r')
		comment.n--;
	rc = y->planned ? collect_from_first(d, f) : 0;
	if (rc == 0)
		rc = collect_keys(d, f);
	if (rc == 0 && d->columns.n == 0 && comment.n > 0)
		rc = take_columns_line(d, buf_span(&comment), f);
	buf_release(&comment);
	return rc;
}
