#include "csv_rows.h"

#include <stdint.h>

#include "csv.h"
#include "mem.h"

void
csv_dialect_init(struct csv_dialect *c, char split)
{
	*c = (struct csv_dialect){.split = split};
	c->stop[(unsigned char)split] = true;
	c->stop['\n'] = true;
	c->stop['"'] = true;
}

static size_t
count_lf(const char *p, const char *end)
{
	size_t n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
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

/* What keeps a line from being a row once its delimiters are TABs. */
static const char special[] = {'"', '\\', '\r', '\t'};

enum { NSPECIAL = sizeof special };

/* The way through one block. */
struct parse {
	const struct csv_dialect *csv;
	const char *end;
	char *out;                  /* there is room for all that comes */
	size_t nlines;              /* behind us */
	const char *next[NSPECIAL]; /* the next one of each, or end */
	enum diag_id id;            /* a mistake, */
	const char *cell;           /* in this cell, */
	const char *bad;            /* here */
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
	return p == x->end || *p == x->csv->split || *p == '\n';
}

/* Whether the CR at p belongs to a line end, or to half of one at the end of
 * the input. */
static bool
ends_line(const struct parse *x, const char *p)
{
	return *p == '\r' && (p + 1 == x->end || p[1] == '\n');
}

/* These three read what starts at p and give what follows it, NULL after a
 * mistake. */
static const char *
read_bare(struct parse *x, const char *p)
{
	const char *at = skip_text(x->csv, p, x->end), *stop = at;

	if (at < x->end && *at == '"')
		return mistake(x, DIAG_CSV_QUOTE, p, at);
	if (at > p && ends_line(x, at - 1))
		stop--;
	x->out = csv_to_cell(x->out, span_make(p, (size_t)(stop - p)));
	return at;
}

static const char *
read_quoted(struct parse *x, const char *open)
{
	const char *p = open + 1, *quote;

	for (;;) {
		quote =
		    p == x->end ? NULL : memchr(p, '"', (size_t)(x->end - p));
		if (quote == NULL)
			return mistake(x, DIAG_CSV_UNCLOSED, open, open);
		x->out = csv_to_cell(x->out, span_make(p, (size_t)(quote - p)));
		p = quote + 1;
		if (p == x->end || *p != '"')
			break;
		*x->out++ = '"';
		p++;
	}
	if (p < x->end && ends_line(x, p))
		p++;
	return ends_cell(x, p) ? p : mistake(x, DIAG_CSV_QUOTE, open, quote);
}

static const char *
read_record(struct parse *x, const char *p)
{
	for (;;) {
		p = p < x->end && *p == '"' ? read_quoted(x, p)
					    : read_bare(x, p);
		if (p == NULL)
			return NULL;
		if (p == x->end || *p == '\n')
			break;
		*x->out++ = '\t';
		p++;
	}
	*x->out++ = '\n';
	return p == x->end ? p : p + 1;
}

/* Copies p[0..n) with TABs for its delimiters, eight bytes at a time. */
static char *
copy_cells(char *out, const char *p, size_t n, char split)
{
	const uint64_t ones = 0x0101010101010101u, low = ones * 0x7F;
	const uint64_t flip = (unsigned char)(split ^ '\t');
	uint64_t w;

	for (; n >= sizeof w; p += sizeof w, out += sizeof w, n -= sizeof w) {
		uint64_t x, other;

		memcpy(&w, p, sizeof w);
		x = w ^ ones * (unsigned char)split;
		other = ((x & low) + low) | x | low; /* 0x7F: equal bytes */
		w ^= (~other >> 7) * flip;
		memcpy(out, &w, sizeof w);
	}
	for (; n > 0; n--, p++)
		*out++ = *p == split ? '\t' : *p;
	return out;
}

static const char *
find_special(const struct parse *x, size_t i, const char *p)
{
	const char *at = memchr(p, special[i], (size_t)(x->end - p));

	return at == NULL ? x->end : at;
}

/* Whether nothing special stands from p to stop. Each byte of the block is
 * looked at once for each special one, however many lines there are. */
static bool
is_simple(struct parse *x, const char *p, const char *stop)
{
	for (size_t i = 0; i < NSPECIAL; i++) {
		if (special[i] == x->csv->split)
			continue;
		if (x->next[i] < p)
			x->next[i] = find_special(x, i, p);
		if (x->next[i] < stop)
			return false;
	}
	return true;
}

/* Reads the record at p, the short way if that will do. */
static const char *
read_line(struct parse *x, const char *p)
{
	const char *lf = memchr(p, '\n', (size_t)(x->end - p));
	const char *stop = lf, *after;

	if (lf != NULL) {
		if (stop > p && stop[-1] == '\r')
			stop--;
		if (is_simple(x, p, stop)) {
			x->out = copy_cells(
			    x->out, p, (size_t)(stop - p), x->csv->split);
			*x->out++ = '\n';
			x->nlines++;
			return lf + 1;
		}
	}
	after = read_record(x, p);
	if (after != NULL)
		x->nlines += count_lf(p, after) + (after[-1] != '\n');
	return after;
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
	const char *p = b->raw.p;
	struct parse x = {.csv = c, .end = p + b->raw.n};

	/* A byte becomes two at most, and the last LF may be missing. */
	x.out = buf_room(&b->text, 2 * b->raw.n + 1);
	for (size_t i = 0; i < NSPECIAL; i++)
		x.next[i] = find_special(&x, i, p);
	while (p < x.end) {
		const char *record = p;

		add_mark(b, x.nlines, record);
		p = read_line(&x, record);
		if (p == NULL) {
			set_mistake(b, &x, record);
			break;
		}
		b->mark[b->nmark - 1].end = (uint32_t)(p - b->raw.p);
		b->text.n = (size_t)(x.out - b->text.p);
	}
	b->nlines = x.nlines;
}
