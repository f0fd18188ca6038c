#include "chart.h"

#include "html.h"

bool
chart_wanted(const struct view *v, size_t column)
{
	size_t n = 0;
	double value;

	if (!view_draws(v, column))
		return false;
	for (size_t i = 0; i < v->nrow && n < 2; i++)
		n += !v->row[i]->total && view_number(v, i, column, &value);
	return n >= 2;
}

void
chart_put(const struct chart *c, struct buf *b)
{
	if (c->view->period != COLUMN_NONE)
		chart_lines(c, b);
	else
		chart_bars(c, b);
}

static void
put_name(const struct chart *c, struct buf *b)
{
	struct buf name = {NULL, 0, 0};

	if (c->view->name.n > 0)
		buf_add(&name, c->view->name);
	else
		view_heading(c->view, c->column, &name);
	html_text(b, buf_span(&name));
	buf_release(&name);
}

void
chart_begin(
    const struct chart *c, struct buf *b, const struct chart_frame *frame)
{
	size_t id = ++*c->next_id;

	buf_printf(b,
	    "<svg class=\"%s\" role=\"img\" aria-labelledby=\"g%zu d%zu\" "
	    "width=\"100%%\" height=\"%.1fem\"",
	    frame->kind, id, id, frame->height_em);
	if (frame->left_em > 0)
		buf_printf(b, " style=\"padding-left:%.1fem\"", frame->left_em);
	buf_printf(b, ">\n<title id=\"g%zu\">", id);
	put_name(c, b);
	if (frame->group.n > 0) {
		buf_add(b, SPAN(" : "));
		html_text(b, frame->group);
	}
	buf_printf(b, "</title>\n<desc id=\"d%zu\">", id);
}

void
chart_end(struct buf *b)
{
	buf_add(b, SPAN("</svg>\n"));
}

void
chart_value(const struct chart *c, struct buf *b, size_t row)
{
	struct buf text = {NULL, 0, 0};

	view_put(c->view, row, c->column, &text);
	html_text(b, buf_span(&text));
	buf_release(&text);
}
