#include "chart.h"

#include <math.h>
#include <stdlib.h>

#include "html.h"
#include "mem.h"
#include "axis.h"

/* As many as stand on a printed page. */
enum { BARS_MAX = 30, LABEL_COLUMNS = 72 };

/* Down, in ems: a row has its words, and the bar below them. */
static const double row_em = 2.5, words_em = 1.05, bar_em = 1.45,
		    thick_em = 0.6;

struct bar {
	size_t row;
	bool has;
	double value;
};

struct bars {
	const struct chart *chart;
	struct buf *b;
	struct bar *bar;
	size_t n;
	size_t left_out;
	bool negative;
	struct scale scale;
};

static int
by_length(const void *a, const void *b)
{
	const struct bar *x = a, *y = b;
	double u = x->has ? fabs(x->value) : -1;
	double v = y->has ? fabs(y->value) : -1;

	if (u != v)
		return u < v ? 1 : -1;
	return (x->row > y->row) - (x->row < y->row);
}

/* The rows in their order; where there are too many, the longest bars. */
static void
choose_bars(struct bars *s)
{
	const struct view *v = s->chart->view;

	s->bar = mem_alloc(v->nrow, sizeof *s->bar);
	for (size_t i = 0; i < v->nrow; i++) {
		struct bar *bar = &s->bar[s->n];

		if (v->row[i]->total)
			continue;
		bar->row = i;
		bar->has = view_number(v, i, s->chart->column, &bar->value);
		s->n++;
	}
	if (s->n <= BARS_MAX)
		return;
	qsort(s->bar, s->n, sizeof *s->bar, by_length);
	s->left_out = s->n - BARS_MAX;
	s->n = BARS_MAX;
}

/* The longest bars of either side, and the end of the longest target. */
static void
fit_scale(struct bars *s)
{
	const struct view *v = s->chart->view;
	double least = 0, most = 0, goal;

	for (size_t i = 0; i < s->n; i++) {
		if (s->bar[i].has) {
			least = fmin(least, s->bar[i].value);
			most = fmax(most, s->bar[i].value);
		}
		if (v->goal != COLUMN_NONE &&
		    view_number(v, s->bar[i].row, v->goal, &goal)) {
			least = fmin(least, goal);
			most = fmax(most, goal);
		}
	}
	s->negative = least < 0;
	s->scale = scale_make(least, most);
}

static void
put_extreme(struct bars *s, const char *before, const struct bar *bar)
{
	struct buf label = {NULL, 0, 0};

	buf_printf(s->b, "%s ", before);
	chart_value(s->chart, s->b, bar->row);
	view_label(s->chart->view, bar->row, COLUMN_NONE, &label);
	if (label.n > 0) {
		buf_add(s->b, SPAN(" ("));
		html_text(s->b, buf_span(&label));
		buf_byte(s->b, ')');
	}
	buf_release(&label);
}

/* « 16 barres, de 3 (Corse) à 18 (Bretagne) ». */
static void
put_description(struct bars *s)
{
	const struct bar *least = NULL, *most = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const struct bar *bar = &s->bar[i];

		if (!bar->has)
			continue;
		if (least == NULL || bar->value < least->value)
			least = bar;
		if (most == NULL || bar->value > most->value)
			most = bar;
	}
	buf_add(s->b, SPAN("Diagramme en barres : "));
	french_count(s->b, s->n);
	buf_add(s->b, SPAN(" lignes"));
	if (least != NULL) {
		put_extreme(s, ", de", least);
		put_extreme(s, " à", most);
	}
	buf_add(s->b, SPAN(".</desc>\n"));
}

/* The label, as much of it as has room. */
static void
put_label(struct bars *s, size_t row)
{
	struct buf label = {NULL, 0, 0};
	struct span text, shown;

	view_label(s->chart->view, row, COLUMN_NONE, &label);
	text = buf_span(&label);
	shown = view_cut(text, LABEL_COLUMNS);
	html_text(s->b, shown);
	if (shown.n < text.n)
		buf_add(s->b, SPAN("…"));
	buf_release(&label);
}

static void
put_labels(struct bars *s)
{
	buf_add(s->b, SPAN("<svg class=\"cut\" width=\"72%\">\n"));
	for (size_t i = 0; i < s->n; i++) {
		buf_printf(
		    s->b, "<text y=\"%.2fem\">", (double)i * row_em + words_em);
		put_label(s, s->bar[i].row);
		buf_add(s->b, SPAN("</text>\n"));
	}
	buf_add(s->b, SPAN("</svg>\n"));
}

static void
put_values(struct bars *s)
{
	buf_add(s->b, SPAN("<g class=\"value\">\n"));
	for (size_t i = 0; i < s->n; i++) {
		buf_printf(s->b, "<text x=\"100%%\" y=\"%.2fem\"%s>",
		    (double)i * row_em + words_em,
		    s->bar[i].has ? "" : " class=\"none\"");
		if (s->bar[i].has)
			chart_value(s->chart, s->b, s->bar[i].row);
		else
			buf_add(s->b, SPAN(VIEW_MISSING));
		buf_add(s->b, SPAN("</text>\n"));
	}
	buf_add(s->b, SPAN("</g>\n"));
}

static void
put_bar(struct bars *s, size_t i)
{
	double zero = scale_at(&s->scale, 0);
	double end = scale_at(&s->scale, s->bar[i].value);

	buf_add(s->b, SPAN("<rect x=\""));
	html_percent(s->b, fmin(zero, end));
	buf_add(s->b, SPAN("\" width=\""));
	html_percent(s->b, fabs(end - zero));
	buf_printf(s->b, "\" y=\"%.2fem\" height=\"%.1fem\"/>\n",
	    (double)i * row_em + bar_em, thick_em);
}

/* A stroke across a bar, and a little beyond it. */
static void
put_stroke(struct bars *s, const char *class, size_t i, double at)
{
	double top = (double)i * row_em + bar_em - 0.2;

	buf_printf(s->b, "<line class=\"%s\" x1=\"", class);
	html_percent(s->b, at);
	buf_add(s->b, SPAN("\" x2=\""));
	html_percent(s->b, at);
	buf_printf(s->b, "\" y1=\"%.2fem\" y2=\"%.2fem\"/>\n", top,
	    top + thick_em + 0.4);
}

/* A target is a stroke across the bar; true if there is one. */
static bool
put_goals(struct bars *s)
{
	const struct view *v = s->chart->view;
	bool any = false;
	double goal;

	for (size_t i = 0; v->goal != COLUMN_NONE && i < s->n; i++) {
		if (!view_number(v, s->bar[i].row, v->goal, &goal))
			continue;
		put_stroke(s, "goal", i, scale_at(&s->scale, goal));
		any = true;
	}
	return any;
}

static void
put_notes(struct bars *s, bool goals)
{
	if (goals)
		buf_add(s->b,
		    SPAN("<p class=\"note\">Trait vertical : la cible.</p>\n"));
	if (s->left_out == 0)
		return;
	buf_printf(s->b, "<p class=\"note\">Les %d valeurs les plus %s sur ",
	    BARS_MAX, s->negative ? "éloignées de zéro" : "élevées");
	french_count(s->b, s->n + s->left_out);
	buf_add(s->b, SPAN(" ; le tableau les donne toutes.</p>\n"));
}

void
chart_bars(const struct chart *c, struct buf *b)
{
	struct bars s = {.chart = c, .b = b};
	bool goals;

	choose_bars(&s);
	fit_scale(&s);
	chart_begin(c, b,
	    &(struct chart_frame){
		.kind = "bars",
		.height_em = (double)s.n * row_em,
	    });
	put_description(&s);
	put_labels(&s);
	put_values(&s);
	for (size_t i = 0; i < s.n; i++) {
		if (!s.bar[i].has)
			continue;
		put_bar(&s, i);
		put_stroke(&s, "zero", i, scale_at(&s.scale, 0));
	}
	goals = put_goals(&s);
	chart_end(b);
	put_notes(&s, goals);
	mem_free(s.bar);
}
