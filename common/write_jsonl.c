#include "writers.h"

#include "cell.h"
#include "json.h"
#include "nest.h"

/*
 * JSON Lines: all values are text, lists are arrays of text, a missing cell is
 * null. What stands between the values is the same in each record.
 */
struct jsonl_plan {
	struct span *before; /* by column: brackets, comma, key */
	struct span end;     /* behind the last value */
};

static struct span
text_before(
    const struct writer *w, const struct nest *nest, size_t c, struct buf *b)
{
	struct span name = w->columns->name[c];
	size_t closed = c == 0 ? 0 : nest[c - 1].depth - nest[c].shared;

	buf_reset(b);
	while (closed-- > 0)
		buf_byte(b, '}');
	buf_byte(b, c == 0 ? '{' : ',');
	for (size_t level = nest[c].shared; level <= nest[c].depth; level++) {
		if (level > nest[c].shared)
			buf_byte(b, '{');
		json_quote(b, nest_key(name, nest[c].depth, level));
		buf_byte(b, ':');
	}
	return arena_span(w->arena, buf_span(b));
}

static void *
jsonl_plan(const struct writer *w)
{
	struct jsonl_plan *plan = ARENA_NEW(w->arena, struct jsonl_plan);
	size_t n = w->columns->n;
	struct nest *nest = nest_columns(w->columns, w->arena);
	struct buf b = {NULL, 0, 0};

	plan->before = ARENA_ARRAY(w->arena, struct span, n);
	for (size_t c = 0; c < n; c++)
		plan->before[c] = text_before(w, nest, c, &b);
	buf_reset(&b);
	for (size_t left = n == 0 ? 0 : nest[n - 1].depth; left > 0; left--)
		buf_byte(&b, '}');
	buf_add(&b, n == 0 ? SPAN("{}\n") : SPAN("}\n"));
	plan->end = arena_span(w->arena, buf_span(&b));
	buf_release(&b);
	return plan;
}

/* JSON's way to write a character that is a backslash and a letter in a cell;
 * n 0 for a letter that is no escape. */
static const struct span escapes[256] = {
    ['t'] = {"\\t", 2},
    ['n'] = {"\\n", 2},
    ['r'] = {"\\r", 2},
    ['b'] = {"\\b", 2},
    ['f'] = {"\\f", 2},
    ['v'] = {"\\u000b", 6},
    ['|'] = {"|", 1},
    ['\\'] = {"\\\\", 2},
};

/* The cell's escapes are read and JSON's are written in one pass. A backslash
 * that begins no escape is a backslash. */
static void
put_value(struct buf *b, struct span value)
{
	if (cell_missing(value))
		value.n = 0;
	buf_byte(b, '"');
	for (;;) {
		size_t n = span_find(value, '\\');
		struct span escape = SPAN("");

		json_escape(b, span_make(value.p, n));
		if (n == value.n)
			break;
		if (n + 1 < value.n)
			escape = escapes[(unsigned char)value.p[n + 1]];
		buf_add(b, escape.n > 0 ? escape : SPAN("\\\\"));
		value = span_from(value, escape.n > 0 ? n + 2 : n + 1);
	}
	buf_byte(b, '"');
}

static void
put_list(struct buf *b, struct span cell)
{
	struct span value;
	char before = '[';

	while (cell_value(&cell, &value)) {
		buf_byte(b, before);
		put_value(b, value);
		before = ',';
	}
	buf_byte(b, ']');
}

static void
jsonl_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	const struct jsonl_plan *plan = w->plan;

	for (size_t c = 0; c < w->columns->n; c++) {
		buf_add(b, plan->before[c]);
		if (cell_missing(cell[c]))
			buf_add(b, SPAN("null"));
		else if (cell_is_list(cell[c]))
			put_list(b, cell[c]);
		else
			put_value(b, cell[c]);
	}
	buf_add(b, plan->end);
}

const struct writer_format writer_jsonl = {
    .name = "jsonl",
    .plan = jsonl_plan,
    .record = jsonl_record,
};
