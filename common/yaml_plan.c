#include "yaml_plan.h"

#include <stdbool.h>

#include "buf.h"
#include "nest.h"
#include "yaml_scalar.h"

enum {
	INDENT = 2,
	/* libyaml and others refuse a key of more than 1024 characters before
	 * its colon; `? ` announces a longer one. */
	KEY_MAX_BYTES = 1000
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

/* All that stands before a column's value, behind the one before it. */
static void
put_keys(struct buf *b, const struct columns *columns, const struct nest *nest,
    size_t c)
{
	size_t depth = nest[c].depth;

	for (size_t level = nest[c].shared; level <= depth; level++) {
		if (level > nest[c].shared)
			buf_byte(b, '\n');
		put_key(b, nest_key(columns->name[c], depth, level), level,
		    c == 0 && level == 0);
	}
}

static size_t
count_lf(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

struct yaml_plan *
yaml_plan_new(const struct columns *columns, struct arena *arena)
{
	struct yaml_plan *plan = ARENA_NEW(arena, struct yaml_plan);
	struct nest *nest = nest_columns(columns, arena);
	struct buf b = {NULL, 0, 0};

	plan->ncol = plan->nlines = columns->n;
	plan->before = ARENA_ARRAY(arena, struct span, columns->n);
	plan->item = ARENA_ARRAY(arena, struct span, columns->n);
	for (size_t c = 0; c < columns->n; c++) {
		buf_reset(&b);
		put_keys(&b, columns, nest, c);
		plan->before[c] = arena_span(arena, buf_span(&b));
		plan->nlines += count_lf(plan->before[c]);
		buf_reset(&b);
		put_indent(&b, nest[c].depth);
		buf_add(&b, SPAN("- "));
		plan->item[c] = arena_span(arena, buf_span(&b));
	}
	buf_release(&b);
	return plan;
}
