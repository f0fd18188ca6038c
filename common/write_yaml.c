#include "writers.h"

#include <stdbool.h>
#include <string.h>

#include "cell.h"
#include "yaml_plan.h"
#include "yaml_scalar.h"

static void *
yaml_plan(const struct writer *w)
{
	return yaml_plan_new(w->columns, w->arena);
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
		} else if (cell_simple(cell[c])) {
			buf_byte(b, ' ');
			yaml_put(b, cell[c]);
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
