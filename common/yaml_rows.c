#include "yaml_rows.h"

#include "mem.h"
#include "utf8.h"
#include "vec.h"
#include "yaml_scalar.h"

/* What the first byte of a scalar makes of it. */
enum kind {
	PLAIN,
	DASH,   /* plain before anything but a blank */
	NULL_,  /* plain, and may be a null */
	SINGLE, /* quotes */
	DOUBLE,
	OTHER /* something else */
};

static const unsigned char kind_of[256] = {
    ['-'] = DASH,
    ['~'] = NULL_,
    ['n'] = NULL_,
    ['N'] = NULL_,
    ['\''] = SINGLE,
    ['"'] = DOUBLE,
    [' '] = OTHER,
    ['\n'] = OTHER,
    ['?'] = OTHER,
    [':'] = OTHER,
    [','] = OTHER,
    ['['] = OTHER,
    [']'] = OTHER,
    ['{'] = OTHER,
    ['}'] = OTHER,
    ['#'] = OTHER,
    ['&'] = OTHER,
    ['*'] = OTHER,
    ['!'] = OTHER,
    ['|'] = OTHER,
    ['>'] = OTHER,
    ['%'] = OTHER,
    ['@'] = OTHER,
    ['`'] = OTHER,
};

/* The way through one block, whose last byte is a LF, or else stands before
 * one: that ends every scalar. */
struct way {
	const struct yaml_plan *plan;
	const char *end;
	struct buf *text; /* with room for all that comes */
	char *out;        /* in it */
	size_t nlines;    /* of lists, beyond the plan's */
};

/*
 * These copy a scalar's text to x->out, where TSV has a backslash before `\`
 * and `|`, and give what follows it; NULL when they are not sure. Characters
 * that no line of YAML may have are looked for afterwards, in all of it.
 */

static const char *
read_plain(struct way *x, const char *p)
{
	char *out = x->out;

	for (;;) {
		struct vec v = vec_load(p);
		struct vec syntax = vec_or(vec_is(v, ':'), vec_is(v, '#'));
		struct vec tsv = vec_or(vec_is(v, '\\'), vec_is(v, '|'));
		size_t n =
		    vec_first(vec_or(vec_is(v, '\n'), vec_or(syntax, tsv)));

		vec_store(out, v);
		out += n;
		p += n;
		if (n == VEC)
			continue;
		if (*p == '\n')
			break;
		if (*p == ':' ? p[1] == ' ' || p[1] == '\n'
			      : *p == '#' && p[-1] == ' ')
			return NULL;
		if (*p == '\\' || *p == '|')
			*out++ = '\\';
		*out++ = *p++;
	}
	x->out = out;
	return p[-1] == ' ' ? NULL : p;
}

static const char *
read_null(struct way *x, const char *p)
{
	char *out = x->out;
	const char *after = read_plain(x, p);

	if (after != NULL && yaml_null(span_make(p, (size_t)(after - p))))
		x->out = out;
	return after;
}

static const char *
read_single(struct way *x, const char *p)
{
	char *out = x->out;

	for (;;) {
		struct vec v = vec_load(p);
		struct vec tsv = vec_or(vec_is(v, '\\'), vec_is(v, '|'));
		size_t n = vec_first(
		    vec_or(vec_or(vec_is(v, '\''), vec_is(v, '\n')), tsv));

		vec_store(out, v);
		out += n;
		p += n;
		if (n == VEC)
			continue;
		if (*p == '\n')
			return NULL;
		if (*p == '\\' || *p == '|')
			*out++ = '\\';
		else if (*++p != '\'')
			break;
		*out++ = *p++;
	}
	x->out = out;
	return p;
}

/* The number of n hexadecimal digits; 0 when they are not. */
static uint32_t
hex_number(const char *p, size_t n)
{
	uint32_t code = 0;

	for (; n > 0; n--, p++) {
		if (*p >= '0' && *p <= '9')
			code = code << 4 | (uint32_t)(*p - '0');
		else if (*p >= 'A' && *p <= 'F')
			code = code << 4 | (uint32_t)(*p - 'A' + 10);
		else
			return 0;
	}
	return code;
}

/* The escapes that the writer has a letter for, as TSV. */
static const struct span escapes[256] = {
    ['a'] = {"\a", 1},
    ['b'] = {"\b", 1},
    ['t'] = {"\\t", 2},
    ['n'] = {"\\n", 2},
    ['v'] = {"\v", 1},
    ['f'] = {"\f", 1},
    ['r'] = {"\\r", 2},
    ['e'] = {"\x1B", 1},
    ['"'] = {"\"", 1},
    ['\\'] = {"\\\\", 2},
    ['N'] = {"\xC2\x85", 2},
    ['L'] = {"\xE2\x80\xA8", 3},
    ['P'] = {"\xE2\x80\xA9", 3},
};

/* The escape whose letter is at p. */
static const char *
read_escape(struct way *x, const char *p)
{
	struct span known = escapes[(unsigned char)*p];
	size_t n = *p == 'x' ? 2 : *p == 'u' ? 4 : 0;
	uint32_t code = hex_number(p + 1, n);

	if (known.n > 0) {
		memcpy(x->out, known.p, known.n);
		x->out += known.n;
		return p + 1;
	}
	/* Printable ASCII, and what has a letter, are not written so. */
	if (code < 0x7F &&
	    (code == 0 || code >= 0x20 || code == '\t' || code == '\n' ||
		code == '\r'))
		return NULL;
	if (code >= 0xD800 && code <= 0xDFFF)
		return NULL;
	x->text->n = (size_t)(x->out - x->text->p);
	utf8_encode(x->text, code);
	x->out = x->text->p + x->text->n;
	return p + 1 + n;
}

static const char *
read_double(struct way *x, const char *p)
{
	for (;;) {
		struct vec v = vec_load(p);
		struct vec tsv = vec_or(vec_is(v, '\\'), vec_is(v, '|'));
		size_t n = vec_first(
		    vec_or(vec_or(vec_is(v, '"'), vec_is(v, '\n')), tsv));

		vec_store(x->out, v);
		x->out += n;
		p += n;
		if (n == VEC)
			continue;
		if (*p == '"')
			return p + 1;
		if (*p == '\n')
			return NULL;
		if (*p == '\\') {
			p = read_escape(x, p + 1);
			if (p == NULL)
				return NULL;
			continue;
		}
		*x->out++ = '\\';
		*x->out++ = *p++;
	}
}

/* A scalar, and the LF that has to follow it. */
static const char *
read_scalar(struct way *x, const char *p)
{
	switch (kind_of[(unsigned char)*p]) {
	case PLAIN:
		p = read_plain(x, p);
		break;
	case DASH:
		p = p[1] == ' ' || p[1] == '\n' ? NULL : read_plain(x, p);
		break;
	case NULL_:
		p = read_null(x, p);
		break;
	case SINGLE:
		p = read_single(x, p + 1);
		break;
	case DOUBLE:
		p = read_double(x, p + 1);
		break;
	default:
		return NULL;
	}
	return p != NULL && *p == '\n' ? p + 1 : NULL;
}

static uint64_t
load8(const char *p)
{
	uint64_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

static bool
stands_at(const struct way *x, const char *p, struct span s)
{
	if (x->end - p < (ptrdiff_t)s.n)
		return false;
	/* Most keys with their indentation are of 8 to 16 bytes. */
	if (s.n - 8 > 8)
		return memcmp(p, s.p, s.n) == 0;
	return load8(p) == load8(s.p) &&
	    load8(p + s.n - 8) == load8(s.p + s.n - 8);
}

static const char *
read_list(struct way *x, struct span item, const char *p)
{
	do {
		p = read_scalar(x, p + item.n);
		*x->out++ = '|';
		x->nlines++;
	} while (p != NULL && stands_at(x, p, item));
	x->out--;
	return p;
}

static const char *
read_record(struct way *x, const char *p)
{
	const struct yaml_plan *plan = x->plan;

	for (size_t c = 0; c < plan->ncol && p != NULL; c++) {
		if (!stands_at(x, p, plan->before[c]))
			return NULL;
		p += plan->before[c].n;
		if (*p == ' ')
			p = read_scalar(x, p + 1);
		else if (*p++ != '\n')
			return NULL;
		else if (stands_at(x, p, plan->item[c]))
			p = read_list(x, plan->item[c], p);
		*x->out++ = c + 1 < plan->ncol ? '\t' : '\n';
	}
	return p;
}

/*
 * Whether a record may end at p: only then does its last line not go on. The
 * next one is known by its dash, though it may be none that can be read here.
 */
static bool
ends_at(const struct way *x, const char *p, bool at_end)
{
	if (p == x->end && at_end)
		return true;
	return p <= x->end && p[0] == '-' && p[1] == ' ';
}

static void
add_mark(struct block *b, size_t line, size_t offset)
{
	if (b->nmark == b->mark_cap)
		b->mark = mem_grow(
		    b->mark, &b->mark_cap, b->nmark + 1, sizeof *b->mark);
	b->mark[b->nmark++] =
	    (struct block_mark){(uint32_t)line, (uint32_t)offset, 0};
}

static struct span
behind_line(struct span s)
{
	size_t n = span_find(s, '\n');

	return span_from(s, n < s.n ? n + 1 : n);
}

/*
 * Drops the records from the last one on before which libyaml would have met a
 * byte that is no text, of the first n bytes and those that follow. Gives the
 * bytes of those that stay.
 */
static size_t
keep_text(struct block *b, size_t n, size_t next)
{
	struct span all = span_make(b->raw.p, n + next), rest;
	size_t good = utf8_check(all);

	all.n = good = yaml_escaped(span_make(all.p, good));
	if (good == n + next)
		return n;
	while (b->nmark > 0 &&
	    (good < n || utf8_length(span_from(all, n)) < YAML_NEXT_CHARS)) {
		b->nmark--;
		n = b->mark[b->nmark].col;
		b->nlines = b->mark[b->nmark].line;
	}
	rest = buf_span(&b->text);
	for (size_t i = 0; i < b->nmark; i++)
		rest = behind_line(rest);
	b->text.n -= rest.n;
	return n;
}

size_t
yaml_rows_read(const struct yaml_plan *plan, struct block *b, size_t next)
{
	struct way x = {.plan = plan, .text = &b->text};
	const char *p, *after;
	size_t left, nbytes = 0;

	if (next > YAML_NEXT_BYTES)
		next = YAML_NEXT_BYTES;
	/* A byte becomes two at most. */
	x.out = buf_room(&b->text, 2 * b->raw.n + VEC);
	p = b->raw.p;
	x.end = p + b->raw.n;
	b->nlines = 0;
	while (p < x.end) {
		x.nlines = 0;
		after = read_record(&x, p);
		if (after == NULL || !ends_at(&x, after, next == 0))
			break;
		add_mark(b, b->nlines, (size_t)(p - b->raw.p));
		b->nlines += plan->nlines + x.nlines;
		nbytes = (size_t)(x.out - b->text.p);
		p = after;
	}
	b->text.n = nbytes;
	left = (size_t)(x.end - p) + next;
	return keep_text(b, (size_t)(p - b->raw.p),
	    left < YAML_NEXT_BYTES ? left : YAML_NEXT_BYTES);
}

struct place
yaml_rows_place(const struct yaml_plan *plan, struct span record, size_t col)
{
	struct span rest = record;
	struct place at = {NULL, 0, 1};
	const char *value, *line = record.p;

	for (size_t c = 0; c < col; c++) {
		rest = span_from(rest, plan->before[c].n);
		do
			rest = behind_line(rest);
		while (span_starts(rest, plan->item[c]));
	}
	value = rest.p + plan->before[col].n;
	if (*value == ' ')
		value++;
	else if (span_starts(
		     span_from(rest, plan->before[col].n + 1), plan->item[col]))
		value += 1 + plan->item[col].n - (sizeof "- " - 1);
	for (const char *p = record.p; p < value; p++)
		if (*p == '\n') {
			at.line++;
			line = p + 1;
		}
	at.col += utf8_length(span_make(line, (size_t)(value - line)));
	return at;
}
