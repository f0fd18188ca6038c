#include "csv_rows.h"

#include <stdint.h>

#include "csv.h"
#include "mem.h"
#include "vec.h"

void
csv_dialect_init(struct csv_dialect *c, char split)
{
	*c = (struct csv_dialect){.split = split};
	c->stop[(unsigned char)split] = true;
	c->stop['\n'] = true;
	c->stop['"'] = true;
}

struct place
csv_locate(const char *start, const char *at)
{
	struct place place = {NULL, 0, 1};
	const char *line = start;

	for (const char *p = start;
	     p < at && (p = memchr(p, '\n', (size_t)(at - p))) != NULL;) {
		place.line++;
		line = ++p;
	}
	for (; line < at; line++)
		place.col += ((unsigned char)*line & 0xC0) != 0x80;
	return place;
}

static const char *
skip_text(const struct csv_dialect *c, const char *p, const char *end)
{
	while (p < end && !c->stop[(unsigned char)*p])
		p++;
	return p;
}

/* Behind the closing quote of the cell that opens at p, or end. */
static const char *
skip_quoted(const char *p, const char *end)
{
	while (++p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL)
		if (++p == end || *p != '"')
			return p;
	return end;
}

const char *
csv_skip_cell(const struct csv_dialect *c, const char *p, const char *end)
{
	if (p < end && *p == '"')
		p = skip_quoted(p, end);
	while ((p = skip_text(c, p, end)) < end && *p == '"')
		p++;
	return p;
}

/* The way through one block, whose last byte is a LF, or else stands before
 * one. */
struct parse {
	char split;
	char tab; /* a TAB that is text; where it is none, a quote */
	const char *end;
	char *out;        /* there is room for all that comes */
	size_t nlines;    /* behind the record at hand */
	size_t nbroken;   /* and LFs within it */
	enum diag_id id;  /* a mistake, */
	const char *cell; /* in this cell, */
	const char *bad;  /* here */
};

static const char *
mistake(struct parse *x, enum diag_id id, const char *cell, const char *at)
{
	x->id = id;
	x->cell = cell;
	x->bad = at;
	return NULL;
}

static bool
ends_cell(const struct parse *x, const char *p)
{
	return p == x->end || *p == x->split || *p == '\n';
}

/* Whether the CR at p belongs to a line end, or to half of one at the end of
 * the input. */
static bool
ends_line(const struct parse *x, const char *p)
{
	return *p == '\r' && (p + 1 == x->end || p[1] == '\n');
}

/* Writes what is special at p, a backslash with what it means there, and gives
 * what follows it. */
static const char *
put_special(struct parse *x, const char *p)
{
	const char *after = p + 1;

	if (*p == '\\') {
		while (*after == '\\')
			after++;
		if (*after == '|')
			after++;
	}
	x->out = csv_to_cell(x->out, span_make(p, (size_t)(after - p)));
	return after;
}

/* These two copy, the first with TABs for delimiters, up to a byte that is
 * special. */
static const char *
copy_bare(struct parse *x, const char *p)
{
	char *out = x->out;
	size_t n;

	for (;; p += VEC, out += VEC) {
		struct vec v = vec_load(p);
		struct vec ends = vec_or(vec_is(v, '\n'), vec_is(v, '"'));
		struct vec text = vec_or(vec_is(v, '\\'), vec_is(v, x->tab));

		vec_store(out, vec_swap(v, x->split, '\t'));
		n = vec_first(vec_or(vec_or(ends, text), vec_is(v, '\r')));
		if (n < VEC)
			break;
	}
	x->out = out + n;
	return p + n;
}

static const char *
copy_quoted(struct parse *x, const char *p)
{
	char *out = x->out;
	size_t n;

	for (;; p += VEC, out += VEC) {
		struct vec v = vec_load(p);
		struct vec ends = vec_or(vec_is(v, '\n'), vec_is(v, '"'));
		struct vec text = vec_or(vec_is(v, '\\'), vec_is(v, '\t'));

		vec_store(out, v);
		n = vec_first(vec_or(vec_or(ends, text), vec_is(v, '\r')));
		if (n < VEC)
			break;
	}
	x->out = out + n;
	return p + n;
}

/* These two read what starts at p and give what follows it, NULL after a
 * mistake. */
static const char *
read_quoted(struct parse *x, const char *open)
{
	const char *p = open + 1;

	for (;;) {
		if (p < x->end)
			p = copy_quoted(x, p);
		if (p >= x->end)
			return mistake(x, DIAG_CSV_UNCLOSED, open, open);
		x->nbroken += *p == '\n';
		if (*p != '"') {
			p = put_special(x, p);
			continue;
		}
		if (p[1] == '"') {
			*x->out++ = '"';
			p += 2;
		} else if (p[1] == x->split && p[1] != '\n' && p[2] == '"') {
			*x->out++ = '\t'; /* quoted cells seldom come alone */
			open = p + 2;
			p += 3;
		} else {
			break;
		}
	}
	if (ends_cell(x, p + 1))
		return p + 1;
	return ends_line(x, p + 1) ? p + 2
				   : mistake(x, DIAG_CSV_QUOTE, open, p);
}

static const char *
read_record(struct parse *x, const char *record)
{
	const char *p = record, *cell;

	for (;;) {
		p = copy_bare(x, p);
		if (*p == '\n')
			break;
		if (ends_line(x, p)) {
			p++;
		} else if (*p != '"') {
			p = put_special(x, p);
		} else {
			for (cell = p; cell > record && cell[-1] != x->split;)
				cell--;
			p = cell == p ? read_quoted(x, p)
				      : mistake(x, DIAG_CSV_QUOTE, cell, p);
			if (p == NULL)
				return NULL;
		}
	}
	*x->out++ = '\n';
	x->nlines += 1 + x->nbroken;
	x->nbroken = 0;
	return p < x->end ? p + 1 : p;
}

static void
add_mark(struct block *b, size_t line, const char *record)
{
	if (b->nmark == b->mark_cap)
		b->mark = mem_grow(
		    b->mark, &b->mark_cap, b->nmark + 1, sizeof *b->mark);
	b->mark[b->nmark++] = (struct block_mark){
	    (uint32_t)line, (uint32_t)(record - b->raw.p), 0};
}

static void
set_mistake(struct block *b, const struct parse *x, const char *record)
{
	struct place place = csv_locate(record, x->bad);
	struct span rest = span_make(x->cell, (size_t)(x->end - x->cell));

	place.line += x->nlines;
	fault_set(&b->fault, x->id, place,
	    span_make(rest.p, span_find(rest, '\n')), NULL);
}

void
csv_read_rows(const struct csv_dialect *c, struct block *b)
{
	struct parse x = {
	    .split = c->split, .tab = c->split == '\t' ? '"' : '\t'};
	const char *p;

	/* A byte becomes two at most, and the last LF may be missing. */
	x.out = buf_room(&b->text, 2 * b->raw.n + 1 + VEC);
	p = b->raw.p;
	x.end = p + b->raw.n;
	while (p < x.end) {
		const char *record = p;

		add_mark(b, x.nlines, record);
		p = read_record(&x, record);
		if (p == NULL) {
			set_mistake(b, &x, record);
			break;
		}
		b->mark[b->nmark - 1].end = (uint32_t)(p - b->raw.p);
		b->text.n = (size_t)(x.out - b->text.p);
	}
	b->nlines = x.nlines;
}

/* The end of a row, at its LF, without the empty cells behind the ncol-th. */
static char *
end_of_named(char *row, char *lf, size_t ncol)
{
	char *least = row, *end = lf;

	while (ncol > 0 && least < lf)
		ncol -= *least++ == '\t';
	while (end >= least && end > row && end[-1] == '\t')
		end--;
	return end;
}

void
csv_drop_spare_cells(struct buf *text, size_t ncol)
{
	char *row = text->p, *end = text->p + text->n, *out = text->p;

	while (row < end) {
		char *lf = memchr(row, '\n', (size_t)(end - row));
		size_t n = (size_t)(end_of_named(row, lf, ncol) - row);

		memmove(out, row, n);
		out += n;
		*out++ = '\n';
		row = lf + 1;
	}
	text->n = (size_t)(out - text->p);
}
