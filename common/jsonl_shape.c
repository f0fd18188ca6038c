#include "jsonl_shape.h"

#include "cell.h"
#include "mem.h"
#include "vec.h"

/* As row.h has it for rows that are parsed. */
enum { ROWS_MAX_BYTES = 0x7FFFFFFF };

void
jsonl_shape_release(struct jsonl_shape *s)
{
	mem_free(s->part);
	s->part = NULL;
	s->n = s->cap = 0;
}

void
jsonl_shape_begin(struct jsonl_shape *s, struct span line)
{
	s->line = line;
	s->n = 0;
	s->known = false;
}

void
jsonl_shape_value(struct jsonl_shape *s, size_t col, size_t start, size_t end)
{
	size_t from = s->n == 0 ? 0 : s->part[s->n - 1].end;

	s->part = mem_grow(s->part, &s->cap, s->n + 1, sizeof *s->part);
	s->part[s->n++] = (struct jsonl_part){
	    col, span_make(s->line.p + from, start - from), end};
}

void
jsonl_shape_end(struct jsonl_shape *s, size_t ncol)
{
	s->known = s->n > 0 && s->part[s->n - 1].col < ncol;
	for (size_t i = 1; i < s->n; i++)
		s->known = s->known && s->part[i].col > s->part[i - 1].col;
}

/* The way through one line. */
struct way {
	struct json *json; /* of the line, for strings with escapes */
	const char *end;
	struct buf *rows; /* with room for all that comes */
	char *out;        /* in it */
};

/* These copy a value as TSV, and give what follows it; NULL when it is for the
 * parser. */

static const char *
read_escaped(struct way *x, const char *quote)
{
	struct json *j = x->json;

	if (!json_string_at(j, (size_t)(quote - j->in.p)) ||
	    span_find(j->text, '\0') < j->text.n)
		return NULL;
	x->rows->n = (size_t)(x->out - x->rows->p);
	cell_encode(x->rows, j->text);
	x->out = x->rows->p + x->rows->n;
	return j->in.p + j->at;
}

static const char *
read_string(struct way *x, const char *quote)
{
	const char *p = quote + 1;
	char *out = x->out;

	for (;;) {
		struct vec v = vec_load(p);
		struct vec ends = vec_or(vec_is(v, '"'), vec_below(v, ' '));
		struct vec tsv = vec_or(vec_is(v, '\\'), vec_is(v, '|'));
		size_t n = vec_first(vec_or(ends, tsv));

		vec_store(out, v);
		out += n;
		p += n;
		if (n == VEC)
			continue;
		if (*p != '|')
			break;
		*out++ = '\\';
		*out++ = *p++;
	}
	if (*p == '\\')
		return read_escaped(x, quote);
	x->out = out;
	return *p == '"' ? p + 1 : NULL;
}

static const char *
read_bare(struct way *x, const char *p)
{
	struct span rest = span_make(p, (size_t)(x->end - p));
	size_t n = json_bare_length(rest);

	if (n == 0)
		return NULL;
	if (*p == 'n')
		return p + n;
	memcpy(x->out, p, n);
	x->out += n;
	return p + n;
}

static const char *
read_scalar(struct way *x, const char *p)
{
	return *p == '"' ? read_string(x, p) : read_bare(x, p);
}

static const char *
read_list(struct way *x, const char *p)
{
	if (*++p == ']')
		return p + 1;
	while ((p = read_scalar(x, p)) != NULL && *p == ',') {
		*x->out++ = '|';
		p += p[1] == ' ' ? 2 : 1;
	}
	return p != NULL && *p == ']' ? p + 1 : NULL;
}

static bool
stands_at(const struct way *x, const char *p, struct span s)
{
	return (size_t)(x->end - p) >= s.n && memcmp(p, s.p, s.n) == 0;
}

static bool
read_line(
    struct way *x, const struct jsonl_shape *s, const char *p, size_t ncol)
{
	size_t last = s->part[s->n - 1].end, col = 0;

	for (size_t i = 0; i < s->n; i++) {
		if (!stands_at(x, p, s->part[i].before))
			return false;
		p += s->part[i].before.n;
		for (; col < s->part[i].col; col++)
			*x->out++ = '\t';
		p = *p == '[' ? read_list(x, p) : read_scalar(x, p);
		if (p == NULL)
			return false;
	}
	for (; col + 1 < ncol; col++)
		*x->out++ = '\t';
	*x->out++ = '\n';
	return span_eq(
	    span_make(p, (size_t)(x->end - p)), span_from(s->line, last));
}

bool
jsonl_shape_read(const struct jsonl_shape *s, struct span line, size_t ncol,
    struct buf *rows)
{
	struct way x = {s->json, line.p + line.n, rows, NULL};
	size_t before = rows->n;
	/* A byte becomes two at most. */
	size_t room = 2 * line.n + ncol + VEC;

	if (before + room > ROWS_MAX_BYTES)
		return false;
	x.out = buf_room(rows, room);
	json_reset(s->json, line);
	if (!read_line(&x, s, line.p, ncol)) {
		rows->n = before;
		return false;
	}
	rows->n = (size_t)(x.out - rows->p);
	return true;
}
