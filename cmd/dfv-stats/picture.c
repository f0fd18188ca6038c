#include "picture.h"

const struct writer_format *const picture_formats[] = {
    &writer_html, &writer_bars, NULL};

void *
picture_plan(const struct writer *w)
{
	struct picture *p = ARENA_NEW(w->arena, struct picture);

	p->columns = w->columns;
	p->arena = w->arena;
	p->end = &p->first;
	return p;
}

void
picture_hint(const struct writer *w, struct picture_hint hint)
{
	struct picture *p = w->plan;

	if (w->format == &writer_html || w->format == &writer_bars)
		p->hint = hint;
}

void
picture_keep(const struct writer *w, struct buf *b, const struct span *cell)
{
	struct picture *p = w->plan;
	size_t n = p->columns->n;
	struct picture_row *row =
	    arena_alloc(p->arena, 1, sizeof *row + n * sizeof row->cell[0]);

	(void)b;
	for (size_t i = 0; i < n; i++) {
		row->cell[i] = arena_span(p->arena, cell[i]);
		if (p->hint.total.n > 0 && i < p->hint.nkey &&
		    span_eq(cell[i], p->hint.total))
			row->total = true;
	}
	*p->end = row;
	p->end = &row->next;
	p->nrow++;
}
