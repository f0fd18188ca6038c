#include "writers.h"

#include <stdbool.h>
#include <string.h>

#include "cell.h"
#include "nest.h"
#include "yaml_scalar.h"

/*
 * YAML: one sequence of block mappings, so that files can be put behind each
 * other. Dotted columns come back nested (nest.h). A scalar a line, never
 * folded; the keys and their indentation are the same in each record.
 */
enum {
	INDENT = 2,
	/* libyaml and others refuse a key of more than 1024 characters before
	 * its colon; `? ` announces a longer one. */
	KEY_MAX_BYTES = 1000
};

struct yaml_plan {
	struct span *before; /* by column: all up to the value, with a colon */
	struct span *item;   /* by column: what starts a list's line */
};

static void
put_indent(struct buf *b, size_t level)
{
	for (size_t i = 0; i < INDENT * (level + 1); i++)
		buf_byte(b, ' ');
}

/* A key with its colon, on a line that starts here, or with the record's
 * dash. */
static void
put_key(struct buf *b, struct span key, size_t level, bool starts_record)
{
	struct buf text = {NULL, 0, 0};

	if (starts_record)
		buf_add(b, SPAN("- "));
	else
		put_indent(b, level);
	yaml_put(&text, key);
	if (text.n > KEY_MAX_BYTES) {
		buf_add(b, SPAN("? "));
		buf_add(b, buf_span(&text));
		buf_byte(b, '\n');
		put_indent(b, level);
	} else {
		buf_add(b, buf_span(&text));
	}
	buf_byte(b, ':');
	buf_release(&text);
}

static void *
yaml_plan(const struct writer *w)
{
	struct yaml_plan *plan = ARENA_NEW(w->arena, struct yaml_plan);
	size_t n = w->columns->n;
	struct nest *nest = nest_columns(w->columns, w->arena);
	struct buf b = {NULL, 0, 0};

	plan->before = ARENA_ARRAY(w->arena, struct span, n);
	plan->item = ARENA_ARRAY(w->arena, struct span, n);
	for (size_t c = 0; c < n; c++) {
		struct span name = w->columns->name[c];

		buf_reset(&b);
		for (size_t l = nest[c].shared; l <= nest[c].depth; l++) {
			if (l > nest[c].shared)
				buf_byte(&b, '\n');
			put_key(&b, nest_key(name, nest[c].depth, l), l,
			    c == 0 && l == 0);
		}
		plan->before[c] = arena_span(w->arena, buf_span(&b));
		buf_reset(&b);
		put_indent(&b, nest[c].depth);
		buf_add(&b, SPAN("- "));
		plan->item[c] = arena_span(w->arena, buf_span(&b));
	}
	buf_release(&b);
	return plan;
}

/*
 * A cell with backslashes is decoded at the end of the output, written behind
 * that, and moved over it, which costs no memory of its own.
 */
static void
put_escaped(struct buf *b, struct span value)
{
	size_t start = b->n, end;
	struct span text;

	buf_room(b, value.n + yaml_scalar_room(value.n));
	text = cell_shown(value, b);
	end = b->n;
	yaml_put(b, text);
	memmove(b->p + start, b->p + end, b->n - end);
	b->n -= end - start;
}

static void
put_value(struct buf *b, struct span value)
{
	if (cell_plain(value))
		yaml_put(b, value);
	else
		put_escaped(b, value);
}

static void
put_list(struct buf *b, struct span item, struct span cell)
{
	struct span value;

	buf_byte(b, '\n');
	while (cell_value(&cell, &value)) {
		buf_add(b, item);
		put_value(b, value);
		buf_byte(b, '\n');
	}
}

static void
yaml_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	const struct yaml_plan *plan = w->plan;

	for (size_t c = 0; c < w->columns->n; c++) {
		buf_add(b, plan->before[c]);
		if (cell_missing(cell[c])) {
			buf_byte(b, '\n');
		} else if (cell_is_list(cell[c])) {
			put_list(b, plan->item[c], cell[c]);
		} else {
			buf_byte(b, ' ');
			put_value(b, cell[c]);
			buf_byte(b, '\n');
		}
	}
}

/* Without a record, a comment keeps the columns: read_yaml.c looks for it. */
static void
yaml_tail(const struct writer *w, struct buf *b, size_t nrec)
{
	if (nrec > 0 || w->columns->n == 0)
		return;
	buf_add(b, SPAN("# columns: "));
	for (size_t c = 0; c < w->columns->n; c++) {
		if (c > 0)
			buf_byte(b, '\t');
		cell_encode(b, w->columns->name[c]);
	}
	buf_byte(b, '\n');
}

const struct writer_format writer_yaml = {
    .name = "yaml",
    .plan = yaml_plan,
    .record = yaml_record,
    .tail = yaml_tail,
};
