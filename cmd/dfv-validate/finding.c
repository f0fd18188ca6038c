#include "finding.h"

#include <stdlib.h>

#include "cell.h"
#include "columns.h"
#include "decoder.h"
#include "mem.h"
#include "utf8.h"

enum { REPLACEMENT = 0xFFFD };

/* Of longer lines, copies would come to more than the file. */
enum { SHOWN_BYTES = 1 << 16 };

#define FINDING(id, code, what) {code, what},
static const struct finding_kind kinds[] = {
#include "finding_list.h"
};
#undef FINDING

const struct finding_kind *
finding_kind(enum finding_id id)
{
	return &kinds[id];
}

struct finding *
findings_add(struct findings *l, enum finding_id id, size_t rec, size_t col)
{
	struct finding *f;

	l->item = mem_grow(l->item, &l->cap, l->n + 1, sizeof *l->item);
	f = &l->item[l->n];
	*f = (struct finding){.id = id,
	    .level = DIAG_ERROR,
	    .rec = rec,
	    .col = col,
	    .at = FINDING_AT,
	    .seq = l->n};
	l->n++;
	return f;
}

static int
compare_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int
finding_compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int c = compare_size(a->rec, b->rec);

	if (c == 0)
		c = a->at - b->at;
	if (c == 0)
		c = compare_size(a->line, b->line);
	if (c == 0) /* COLUMN_NONE + 1 is 0: the record before its cells */
		c = compare_size(a->col + 1, b->col + 1);
	if (c == 0)
		c = (a->status == FOUND_CAUSED) - (b->status == FOUND_CAUSED);
	return c != 0 ? c : compare_size(a->seq, b->seq);
}

void
findings_sort(struct findings *l)
{
	if (l->n > 1)
		qsort(l->item, l->n, sizeof *l->item, finding_compare);
}

struct span
finding_file(const struct finding *f, struct buf *scratch)
{
	struct span name =
	    f->place.file == NULL ? SPAN("") : span_of(f->place.file);
	size_t good = utf8_check(name);

	if (good == name.n)
		return name;
	buf_reset(scratch);
	for (; good < name.n; good = utf8_check(name)) {
		buf_add(scratch, span_make(name.p, good));
		utf8_encode(scratch, REPLACEMENT);
		name = span_from(name, good + 1);
	}
	buf_add(scratch, name);
	return buf_span(scratch);
}

struct span
finding_name(const struct finding *f, struct arena *a)
{
	struct buf scratch = {NULL, 0, 0}, name = {NULL, 0, 0};
	struct span kept;

	buf_add(&name, finding_file(f, &scratch));
	if (f->place.line > 0)
		buf_printf(&name, ":%zu", f->place.line);
	if (f->place.line > 0 && f->place.col > 0)
		buf_printf(&name, ":%zu", f->place.col);
	buf_printf(&name, " %s", finding_kind(f->id)->code);
	kept = arena_span(a, buf_span(&name));
	buf_release(&scratch);
	buf_release(&name);
	return kept;
}

void
findings_link(struct findings *l)
{
	const struct finding *cause = NULL;

	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];

		if (f->status != FOUND_CAUSED)
			cause = f;
		else if (f->cause.p == NULL && cause != NULL)
			f->cause = finding_name(cause, &l->arena);
	}
}

void
findings_settle(struct findings *l, const struct block *b)
{
	findings_sort(l);
	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];

		if (f->place.file != NULL)
			continue;
		if (f->at == FINDING_BEFORE) {
			f->place = (struct place){
			    b->from->in.name, b->first_line + f->line, 0};
			continue;
		}
		f->place = reader_place(b, f->rec, f->col);
	}
	findings_link(l);
}

const struct block_ragged *
finding_row(const struct finding *f, const struct block *b)
{
	size_t from = 0, to = b->nragged;

	while (from < to) { /* they stand in the order of their lines */
		size_t middle = from + (to - from) / 2;

		if (b->ragged[middle].line < f->line)
			from = middle + 1;
		else
			to = middle;
	}
	return from < b->nragged && b->ragged[from].line == f->line
	    ? &b->ragged[from]
	    : NULL;
}

/* The bytes of what a finding is about, and the line they start in. */
static struct span
source_of(const struct finding *f, const struct reader *r,
    const struct block *b, size_t *line)
{
	const struct block_ragged *row = finding_row(f, b);
	struct span record;

	*line = f->place.line;
	if (f->at == FINDING_BEFORE)
		return row == NULL ? span_make(NULL, 0) : row->text;
	if (f->rec >= b->nrec)
		return span_make(NULL, 0);
	record = reader_source(r, b, f->rec);
	*line = reader_place(b, f->rec, 0).line;
	if (record.p == NULL && strcmp(reader_format(r), "tsv") == 0)
		record = block_record(b, f->rec);
	return record;
}

void
findings_show(struct findings *l, const struct reader *r, const struct block *b)
{
	for (size_t i = 0; i < l->n; i++) {
		struct finding *f = &l->item[i];
		size_t line;
		struct span rest = source_of(f, r, b, &line);

		while (rest.p != NULL && line < f->place.line &&
		    span_find(rest, '\n') < rest.n) {
			rest = span_from(rest, span_find(rest, '\n') + 1);
			line++;
		}
		if (rest.p == NULL || line != f->place.line)
			continue;
		rest.n = span_find(rest, '\n');
		if (rest.n > SHOWN_BYTES)
			continue;
		f->source = arena_span(&l->arena, rest);
	}
}

void
finding_identity(struct buf *b, const struct finding *f)
{
	const struct span parts[] = {span_of(finding_kind(f->id)->code),
	    f->rule, f->table, f->field, f->key, f->value};

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		cell_encode(b, parts[i]);
		buf_byte(b, '\t'); /* which no cell has */
	}
}

void
findings_reset(struct findings *l)
{
	l->n = 0;
	arena_reset(&l->arena);
}

void
findings_release(struct findings *l)
{
	mem_free(l->item);
	arena_release(&l->arena);
	*l = FINDINGS_EMPTY;
}
