#include "chart.h"

#include <math.h>
#include <stdlib.h>

#include "html.h"
#include "keytab.h"
#include "mem.h"
#include "axis.h"
#include "utf8.h"

/* As many as a page has room for. */
enum { PANELS_MAX = 24, PERIODS_MAX = 1100, DOTS_MAX = 60, DOTS_SMALL = 30 };

enum { BOX = 1000 };    /* the units of a line's path, across and down */
enum { AROUND_EM = 3 }; /* above and below the lines, as in page_style.c */

struct point {
	size_t series;
	long place; /* of its period */
	size_t row;
	bool has, has_goal;
	double value, goal;
};

struct lines {
	const struct chart *chart;
	struct buf *b;
	bool totals;         /* the totals' line, or those of the others */
	struct point *point; /* by series, then period */
	size_t n;
	struct keytab series; /* what each is about, but for the period */
	long first, last;     /* the periods shown */
	bool older;           /* there are more before them */
	bool strict;          /* one that is not there is a gap */
	size_t undated;       /* rows without a period */
	bool goals;           /* there are targets */
	bool whole;           /* all values are whole numbers */
	double most;          /* the largest value, sign aside */
	struct scale scale;
};

static int
by_place(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	if (x->series != y->series)
		return x->series < y->series ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* One more point, unless the row is of the other kind or has no period. */
static void
add_point(struct lines *s, size_t row)
{
	const struct view *v = s->chart->view;
	struct point *p = &s->point[s->n];
	struct buf label = {NULL, 0, 0};
	struct moment m;

	if (v->row[row]->total != s->totals)
		return;
	if (!moment_parse(view_cell(v, row, v->period), &m)) {
		s->undated++;
		return;
	}
	view_label(v, row, v->period, &label);
	*p = (struct point){
	    .series = keytab_add(&s->series, buf_span(&label)),
	    .place = m.place,
	    .row = row,
	};
	buf_release(&label);
	p->has = view_number(v, row, s->chart->column, &p->value);
	p->has_goal =
	    v->goal != COLUMN_NONE && view_number(v, row, v->goal, &p->goal);
	if (s->n == 0 || m.place < s->first)
		s->first = m.place;
	if (s->n == 0 || m.place > s->last)
		s->last = m.place;
	s->n++;
}

static bool
is_shown(const struct lines *s, const struct point *p)
{
	return p->place >= s->first && p->series < PANELS_MAX;
}

static void
fit_scale(struct lines *s)
{
	double least = 0, most = 0;

	s->whole = true;
	for (size_t i = 0; i < s->n; i++) {
		const struct point *p = &s->point[i];

		if (!is_shown(s, p))
			continue;
		if (p->has) {
			least = fmin(least, p->value);
			most = fmax(most, p->value);
			s->whole = s->whole && p->value == floor(p->value);
		}
		if (p->has_goal) {
			least = fmin(least, p->goal);
			most = fmax(most, p->goal);
			s->goals = true;
		}
	}
	s->scale = scale_make(least, most);
	scale_step(&s->scale, s->whole);
	s->most = fmax(-least, most);
}

static void
find_points(struct lines *s)
{
	const struct view *v = s->chart->view;

	s->point = mem_alloc(v->nrow, sizeof *s->point);
	for (size_t i = 0; i < v->nrow; i++)
		add_point(s, i);
	qsort(s->point, s->n, sizeof *s->point, by_place);
	s->older = s->last - s->first >= PERIODS_MAX;
	if (s->older)
		s->first = s->last - PERIODS_MAX + 1;
	s->strict = v->column[v->period].period != DATE_DAY;
	fit_scale(s);
}

static double
across(const struct lines *s, long place)
{
	return s->last == s->first
	    ? 0.5
	    : (double)(place - s->first) / (double)(s->last - s->first);
}

static double
down(const struct lines *s, double value)
{
	return 1 - scale_at(&s->scale, value);
}

/* What the widest of the ticks' texts takes, a digit being so wide. */
static double
axis_em(const struct lines *s)
{
	struct buf text = {NULL, 0, 0};
	size_t widest = 0, width;

	for (int i = 0; i <= scale_steps(&s->scale); i++) {
		buf_reset(&text);
		french_short(&text, scale_tick(&s->scale, i), s->most);
		width = utf8_width(buf_span(&text));
		widest = width > widest ? width : widest;
	}
	buf_release(&text);
	return 0.65 * (double)widest + 0.6;
}

static void
put_ticks(struct lines *s)
{
	int n = scale_steps(&s->scale);

	for (int i = 0; i <= n; i++) {
		double v = scale_tick(&s->scale, i);
		double y = 1 - (double)i / n;

		if (!isfinite(v))
			continue;
		buf_printf(s->b, "<line class=\"%s\" x2=\"100%%\" y1=\"",
		    v == 0 ? "zero" : "grid");
		html_percent(s->b, y);
		buf_add(s->b, SPAN("\" y2=\""));
		html_percent(s->b, y);
		buf_add(s->b, SPAN("\"/>\n<text class=\"tick\" y=\""));
		html_percent(s->b, y);
		buf_add(s->b, SPAN("\" dx=\"-.5em\" dy=\".35em\">"));
		french_short(s->b, v, s->most);
		buf_add(s->b, SPAN("</text>\n"));
	}
}

/* The row of a point of the period, or of the next one that has points. */
static size_t
row_at(const struct lines *s, long place)
{
	const struct point *best = s->point;

	for (const struct point *p = best; p < s->point + s->n; p++)
		if (p->place >= place &&
		    (best->place < place || p->place < best->place))
			best = p;
	return best->row;
}

static void
put_date(struct lines *s, long place, const char *anchor)
{
	const struct view *v = s->chart->view;
	size_t row = row_at(s, place);
	struct moment m;

	moment_parse(view_cell(v, row, v->period), &m);
	buf_add(s->b, SPAN("<text y=\"100%\" dy=\"1.5em\" x=\""));
	html_percent(s->b, across(s, m.place));
	buf_printf(s->b, "\" text-anchor=\"%s\">", anchor);
	view_put(v, row, v->period, s->b);
	buf_add(s->b, SPAN("</text>\n"));
}

static void
put_path_point(struct lines *s, long place, double value)
{
	buf_printf(s->b, " %ld,%ld", lround(across(s, place) * BOX),
	    lround(down(s, value) * BOX));
}

/* Whether the line goes on from one point of the series to the next. */
static bool
is_joined(const struct lines *s, const struct point *p, const struct point *q)
{
	return p->has && q->has && (!s->strict || q->place == p->place + 1);
}

/* A path of the points first to end, broken where there is a gap. */
static void
put_path(struct lines *s, const struct point *p, const struct point *end)
{
	buf_add(s->b, SPAN("<path d=\""));
	for (const struct point *q = p; q < end; q++) {
		if (!q->has)
			continue;
		buf_byte(s->b, q > p && is_joined(s, q - 1, q) ? 'L' : 'M');
		put_path_point(s, q->place, q->value);
	}
	buf_add(s->b, SPAN("\"/>\n"));
}

static void
put_goal(struct lines *s, const struct point *p, const struct point *end)
{
	bool down_before = false;

	buf_add(s->b, SPAN("<path class=\"goal\" d=\""));
	for (; p < end; p++) {
		if (p->has_goal) {
			buf_byte(s->b, down_before ? 'L' : 'M');
			put_path_point(s, p->place, p->goal);
		}
		down_before = p->has_goal;
	}
	buf_add(s->b, SPAN("\"/>\n"));
}

/* A point that no line reaches would not be seen without one. */
static void
put_dots(struct lines *s, const struct point *first, const struct point *end)
{
	bool all = end - first <= (s->series.n == 1 ? DOTS_MAX : DOTS_SMALL);

	for (const struct point *p = first; p < end; p++) {
		bool lone = (p == first || !is_joined(s, p - 1, p)) &&
		    (p + 1 == end || !is_joined(s, p, p + 1));

		if (!p->has || !(all || lone))
			continue;
		buf_add(s->b, SPAN("<circle cx=\""));
		html_percent(s->b, across(s, p->place));
		buf_add(s->b, SPAN("\" cy=\""));
		html_percent(s->b, down(s, p->value));
		buf_add(s->b, SPAN("\" r=\".2em\"/>\n"));
	}
}

static void
put_at(struct lines *s, const char *before, const struct point *p)
{
	buf_printf(s->b, "%s", before);
	chart_value(s->chart, s->b, p->row);
	buf_add(s->b, SPAN(" ("));
	view_put(s->chart->view, p->row, s->chart->view->period, s->b);
	buf_byte(s->b, ')');
}

/* « Courbe : de 12 (S01 2025) à 34 (S46 2025) ; minimum…, maximum… ». */
static void
put_description(struct lines *s, const struct point *p, const struct point *end)
{
	const struct point *from = NULL, *to = NULL, *least = NULL,
			   *most = NULL;
	size_t missing = 0;

	for (; p < end; p++) {
		missing += !p->has;
		if (!p->has)
			continue;
		from = from == NULL ? p : from;
		least = least == NULL || p->value < least->value ? p : least;
		most = most == NULL || p->value > most->value ? p : most;
		to = p;
	}
	buf_add(s->b, SPAN("Courbe"));
	if (from != NULL) {
		put_at(s, " : de ", from);
		put_at(s, " à ", to);
		put_at(s, " ; minimum ", least);
		put_at(s, ", maximum ", most);
	}
	if (missing > 0)
		buf_printf(s->b, " ; %zu %s", missing, VIEW_MISSING);
	buf_add(s->b, SPAN(".</desc>\n"));
}

/* One panel; a wide one, or one of several. */
static void
put_panel(struct lines *s, const struct point *p, const struct point *end,
    bool wide, struct span label)
{
	chart_begin(s->chart, s->b,
	    &(struct chart_frame){
		.kind = "lines",
		.group = label,
		.height_em = (wide ? 14 : 7) + AROUND_EM,
		.left_em = axis_em(s),
	    });
	put_description(s, p, end);
	put_ticks(s);
	put_date(s, s->first, "start");
	if (wide && s->last - s->first >= 4)
		put_date(s, s->first + (s->last - s->first) / 2, "middle");
	put_date(s, s->last, "end");
	buf_printf(s->b,
	    "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" "
	    "width=\"100%%\" height=\"100%%\">\n",
	    BOX, BOX);
	if (s->goals)
		put_goal(s, p, end);
	put_path(s, p, end);
	buf_add(s->b, SPAN("</svg>\n"));
	put_dots(s, p, end);
	chart_end(s->b);
}

static const struct point *
series_end(const struct lines *s, const struct point *p)
{
	const struct point *end = s->point + s->n, *q = p;

	while (q < end && q->series == p->series)
		q++;
	return q;
}

static void
put_panels(struct lines *s)
{
	const struct point *p = s->point, *all = s->point + s->n, *end;
	bool wide = s->series.n == 1;
	struct span label;

	if (!wide)
		buf_add(s->b, SPAN("<div class=\"panels\">\n"));
	for (; p < all && p->series < PANELS_MAX; p = end) {
		end = series_end(s, p);
		label = keytab_key(&s->series, p->series);
		while (p < end && p->place < s->first)
			p++;
		if (!wide)
			buf_add(s->b, SPAN("<div>\n"));
		if (label.n > 0) {
			buf_add(s->b, SPAN("<h3>"));
			html_text(s->b, label);
			buf_add(s->b, SPAN("</h3>\n"));
		}
		put_panel(s, p, end, wide, label);
		if (!wide)
			buf_add(s->b, SPAN("</div>\n"));
	}
	if (!wide)
		buf_add(s->b, SPAN("</div>\n"));
}

static void
put_notes(struct lines *s)
{
	if (s->series.n > 1)
		buf_add(s->b,
		    SPAN("<p class=\"note\">Toutes les courbes ont la même "
			 "échelle.</p>\n"));
	if (s->series.n > PANELS_MAX) {
		buf_printf(s->b,
		    "<p class=\"note\">Les %d premières courbes sur ",
		    PANELS_MAX);
		french_count(s->b, s->series.n);
		buf_add(s->b,
		    SPAN(" ; le tableau donne toutes les valeurs.</p>\n"));
	}
	if (s->undated > 0 && !s->totals)
		buf_add(s->b,
		    SPAN("<p class=\"note\">Les valeurs sans période ne sont "
			 "que dans le tableau.</p>\n"));
	if (s->older)
		buf_add(s->b,
		    SPAN("<p class=\"note\">Les périodes les plus récentes ; "
			 "le tableau les donne toutes.</p>\n"));
}

/* True if a target is drawn. */
static bool
put_lines(const struct chart *c, struct buf *b, bool totals)
{
	struct lines s = {.chart = c, .b = b, .totals = totals};

	find_points(&s);
	if (s.n > 0)
		put_panels(&s);
	put_notes(&s);
	mem_free(s.point);
	keytab_release(&s.series);
	return s.goals;
}

/* The totals are a chart of their own: on the scale of the others they would
 * make these flat. */
void
chart_lines(const struct chart *c, struct buf *b)
{
	bool goals = put_lines(c, b, true);

	goals = put_lines(c, b, false) || goals;
	if (goals)
		buf_add(
		    b, SPAN("<p class=\"note\">En tirets : la cible.</p>\n"));
}
