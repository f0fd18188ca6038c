#include "page.h"

#include "cell.h"
#include "chart.h"
#include "heading.h"
#include "html.h"

/*
 * `html`: one page of HTML and SVG, in French, that needs nothing else, no
 * script and no font, and tells nothing by colour alone. It holds every row.
 */
struct section {
	struct span name;
	struct span unit;
	const struct view *view;
	size_t column; /* that a chart is of, or COLUMN_NONE */
	bool table;
};

struct page {
	const struct picture *picture;
	struct views views;
	struct section *section;
	size_t nsection;
	struct buf *b;
	size_t next_id;
	bool rounded;
};

/* --- its title ----------------------------------------------------------- */

enum { TITLE_NAMES = 3 };

/* The names of the keys or of the figures: "a, b, c et 2 autres". */
static size_t
put_names(const struct view *v, bool keys, struct buf *b)
{
	size_t n = 0, all = 0;

	for (size_t i = 0; i < v->ncolumn; i++)
		all += v->column[i].key == keys;
	for (size_t i = 0; i < v->ncolumn && n < TITLE_NAMES; i++) {
		const struct view_column *c = &v->column[i];

		if (c->key != keys)
			continue;
		if (n > 0)
			buf_add(b, n + 1 == all ? SPAN(" et ") : SPAN(", "));
		heading_word(b, c->name, c->kind == VIEW_PERIOD);
		n++;
	}
	if (all > n)
		buf_printf(
		    b, " et %zu autre%s", all - n, all - n > 1 ? "s" : "");
	return all;
}

static void
put_title(struct page *p)
{
	const struct view *v = p->views.item;
	struct buf title = {NULL, 0, 0}, keys = {NULL, 0, 0}, b = {NULL, 0, 0};

	if (p->picture->hint.title.n > 0)
		buf_add(&title, p->picture->hint.title);
	else if (p->views.by_indicator)
		buf_add(&title, SPAN("indicateurs"));
	else
		put_names(v, false, &title);
	if (p->picture->hint.title.n == 0 && put_names(v, true, &keys) > 0) {
		buf_add(&title, SPAN(" par "));
		buf_add(&title, buf_span(&keys));
	}
	heading_capital(&b, buf_span(&title));
	html_text(p->b, buf_span(&b));
	buf_release(&title);
	buf_release(&keys);
	buf_release(&b);
}

/* --- tables ------------------------------------------------------------- */

enum { LONG_TABLE = 100 }; /* rows */

/* Statuses, with a shape of their own beside their colour. */
static const struct {
	struct span status;
	struct span shown;
	const char *class;
	const char *shape;
} states[] = {
    {{"atteint", 7}, {"atteint", 7}, "good", "●"},
    {{"proche", 6}, {"proche", 6}, "fair", "▲"},
    {{"non-atteint", 11}, {"non atteint", 11}, "poor", "■"},
    {{"incomplet", 9}, {"incomplet", 9}, "fair", "◐"},
    {{"sans-rapport", 12}, {"sans rapport", 12}, "poor", "✕"},
    {{"sans-valeur", 11}, {"sans valeur", 11}, "none", "○"},
    {{"non-calcule", 11}, {"non calculé", 12}, "none", "○"},
};

static void
put_state(struct page *p, struct span status)
{
	const char *class = "none", *shape = "○";

	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		if (span_eq(states[i].status, status)) {
			status = states[i].shown;
			class = states[i].class;
			shape = states[i].shape;
			break;
		}
	}
	buf_printf(p->b, "<span class=\"state %s\">%s ", class, shape);
	html_text(p->b, status);
	buf_add(p->b, SPAN("</span>"));
}

/* A cell's text, and around it what a program reads it by. */
static void
put_content(struct page *p, const struct view *v, size_t row, size_t col)
{
	const struct view_column *c = &v->column[col];
	struct span cell = view_cell(v, row, col);
	struct buf text = {NULL, 0, 0};
	bool coded = c->kind != VIEW_TEXT &&
	    !(v->row[row]->total && span_eq(cell, v->total));
	bool dated = c->kind == VIEW_PERIOD && c->period != DATE_QUARTER;

	if (!view_put(v, row, col, &text))
		p->rounded = true;
	if (col == v->status) {
		put_state(p, buf_span(&text));
	} else if (coded) {
		buf_printf(p->b, "<%s=\"%.*s\">",
		    dated ? "time datetime" : "data value", (int)cell.n,
		    cell.p);
		html_text(p->b, buf_span(&text));
		buf_printf(p->b, "</%s>", dated ? "time" : "data");
	} else {
		html_text(p->b, buf_span(&text));
	}
	buf_release(&text);
}

/* What is said of a missing cell: a status needs a target. */
static const char *
missing_words(const struct view *v, size_t row, size_t col)
{
	bool aimed =
	    v->goal != COLUMN_NONE && !cell_missing(view_cell(v, row, v->goal));

	return col == v->status && !aimed ? "sans cible" : VIEW_MISSING;
}

static void
put_cell(struct page *p, const struct view *v, size_t row, size_t col)
{
	const struct view_column *c = &v->column[col];
	bool missing = cell_missing(view_cell(v, row, col));
	bool text = c->kind != VIEW_NUMBER;
	const char *class = missing
	    ? text ? " class=\"t none\"" : " class=\"none\""
	    : text ? " class=\"t\""
		   : "";

	if (missing && c->key && v->row[row]->total) {
		buf_add(p->b, SPAN("<td class=\"t\"></td>"));
		return;
	}
	if (c->key)
		buf_add(p->b, SPAN("<th scope=\"row\">"));
	else
		buf_printf(p->b, "<td%s>", class);
	if (missing)
		buf_printf(p->b, "%s", missing_words(v, row, col));
	else
		put_content(p, v, row, col);
	buf_add(p->b, c->key ? SPAN("</th>") : SPAN("</td>"));
}

static void
put_header(struct page *p, const struct view *v)
{
	struct buf name = {NULL, 0, 0};

	buf_add(p->b, SPAN("<thead>\n<tr>"));
	for (size_t i = 0; i < v->ncolumn; i++) {
		bool text = v->column[i].kind != VIEW_NUMBER;

		buf_reset(&name);
		view_heading(v, i, &name);
		buf_printf(
		    p->b, "<th scope=\"col\"%s>", text ? " class=\"t\"" : "");
		html_text(p->b, buf_span(&name));
		buf_add(p->b, SPAN("</th>"));
	}
	buf_add(p->b, SPAN("</tr>\n</thead>\n"));
	buf_release(&name);
}

static void
put_row_count(struct page *p, const struct view *v)
{
	size_t n = v->nrow - v->ntotal;

	french_count(p->b, n);
	buf_add(p->b, n > 1 ? SPAN(" lignes") : SPAN(" ligne"));
	if (v->ntotal > 0)
		buf_add(p->b,
		    v->ntotal > 1 ? SPAN(", et les totaux")
				  : SPAN(", et le total"));
}

static void
put_caption(struct page *p, const struct view *v, struct span period)
{
	if (v->name.n > 0)
		html_text(p->b, v->name);
	else
		buf_add(p->b,
		    period.n > 0 ? SPAN("Dernière période")
				 : SPAN("Toutes les valeurs"));
	buf_add(p->b, SPAN(" : "));
	if (period.n > 0)
		moment_put(p->b, period);
	else
		put_row_count(p, v);
}

static void
put_rows(struct page *p, const struct view *v, struct span period)
{
	for (size_t i = 0; i < v->nrow; i++) {
		if (period.n > 0 &&
		    !span_eq(view_cell(v, i, v->period), period))
			continue;
		buf_add(p->b,
		    v->row[i]->total ? SPAN("<tr class=\"sum\">")
				     : SPAN("<tr>"));
		for (size_t col = 0; col < v->ncolumn; col++)
			put_cell(p, v, i, col);
		buf_add(p->b, SPAN("</tr>\n"));
	}
	if (v->nrow == 0)
		buf_printf(p->b,
		    "<tr><td class=\"t\" colspan=\"%zu\">aucune ligne</td>"
		    "</tr>\n",
		    v->ncolumn);
}

/* Of one period, or of all where it is empty. It can be scrolled where it is
 * wider than the page, so it takes the focus. */
static void
put_table(struct page *p, const struct view *v, struct span period)
{
	size_t id = ++p->next_id;

	buf_printf(p->b,
	    "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-labelledby=\"t%zu\">\n<table>\n<caption id=\"t%zu\">",
	    id, id);
	put_caption(p, v, period);
	buf_add(p->b, SPAN("</caption>\n"));
	put_header(p, v);
	buf_add(p->b, SPAN("<tbody>\n"));
	put_rows(p, v, period);
	buf_add(p->b, SPAN("</tbody>\n</table>\n</div>\n"));
}

/* Periods of a kind come one after the other by their bytes too. */
static struct span
last_period(const struct view *v)
{
	struct span last = SPAN("");

	for (size_t i = 0; i < v->nrow; i++) {
		struct span cell = view_cell(v, i, v->period);

		if (!cell_missing(cell) && !span_eq(cell, v->total) &&
		    span_cmp(cell, last) > 0)
			last = cell;
	}
	return last;
}

/* A long history is folded, which paper is then spared: what is open is its
 * last period. */
static void
put_tables(struct page *p, const struct view *v)
{
	struct span last = SPAN("");

	if (v->nrow > LONG_TABLE && v->period != COLUMN_NONE)
		last = last_period(v);
	if (last.n > 0) {
		put_table(p, v, last);
		buf_add(
		    p->b, SPAN("<details>\n<summary>Toutes les périodes : "));
		put_row_count(p, v);
		buf_add(p->b, SPAN("</summary>\n"));
	}
	put_table(p, v, SPAN(""));
	if (last.n > 0)
		buf_add(p->b, SPAN("</details>\n"));
}

/* --- the page ------------------------------------------------------------- */

/* One more, of an indicator or of a figure. */
static void
add_section(struct page *p, struct section section)
{
	p->section[p->nsection++] = section;
}

static void
plan_figures(struct page *p, const struct view *v)
{
	struct buf name = {NULL, 0, 0};

	for (size_t i = 0; i < v->ncolumn; i++) {
		if (!chart_wanted(v, i))
			continue;
		buf_reset(&name);
		view_heading(v, i, &name);
		add_section(p,
		    (struct section){
			.name = arena_span(p->picture->arena, buf_span(&name)),
			.view = v,
			.column = i,
		    });
	}
	buf_release(&name);
	add_section(p,
	    (struct section){
		.name = SPAN("Tableau"),
		.view = v,
		.column = COLUMN_NONE,
		.table = true,
	    });
}

static void
plan_indicators(struct page *p)
{
	for (size_t i = 0; i < p->views.n; i++) {
		const struct view *v = &p->views.item[i];

		add_section(p,
		    (struct section){
			.name = v->name,
			.unit = v->unit,
			.view = v,
			.column =
			    chart_wanted(v, v->value) ? v->value : COLUMN_NONE,
			.table = true,
		    });
	}
}

static void
plan_sections(struct page *p)
{
	size_t room = p->views.n + p->picture->columns->n;

	p->section = ARENA_ARRAY(p->picture->arena, struct section, room);
	if (p->views.by_indicator)
		plan_indicators(p);
	else
		plan_figures(p, p->views.item);
}

static void
put_section(struct page *p, size_t i)
{
	const struct section *s = &p->section[i];
	struct chart chart = {s->view, s->column, &p->next_id};

	buf_printf(
	    p->b, "<section aria-labelledby=\"s%zu\">\n<h2 id=\"s%zu\">", i, i);
	html_text(p->b, s->name);
	if (s->unit.n > 0) {
		buf_add(p->b, SPAN(" ("));
		html_text(p->b, s->unit);
		buf_byte(p->b, ')');
	}
	buf_add(p->b, SPAN("</h2>\n"));
	if (s->column != COLUMN_NONE)
		chart_put(&chart, p->b);
	if (s->view->nrow == 0)
		buf_add(p->b,
		    SPAN("<p>Aucun enregistrement n’a été retenu : il n’y a "
			 "pas de valeur à montrer.</p>\n"));
	if (s->table)
		put_tables(p, s->view);
	buf_add(p->b, SPAN("</section>\n"));
}

static void
put_head(struct page *p)
{
	buf_add(p->b,
	    SPAN("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n"
		 "<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" "
		 "content=\"width=device-width, initial-scale=1\">\n"
		 "<meta name=\"color-scheme\" content=\"light dark\">\n"
		 "<title>"));
	put_title(p);
	buf_printf(p->b, "</title>\n<style>\n%s</style>\n</head>\n<body>\n",
	    page_style);
}

/* Where there are several sections, the way to each. */
static void
put_contents(struct page *p)
{
	if (p->nsection < 3)
		return;
	buf_add(p->b, SPAN("<nav aria-label=\"Sommaire\">\n<ul>\n"));
	for (size_t i = 0; i < p->nsection; i++) {
		buf_printf(p->b, "<li><a href=\"#s%zu\">", i);
		html_text(p->b, p->section[i].name);
		buf_add(p->b, SPAN("</a></li>\n"));
	}
	buf_add(p->b, SPAN("</ul>\n</nav>\n"));
}

static void
put_foot(struct page *p)
{
	buf_add(p->b, SPAN("</main>\n<footer>\n<p>"));
	if (p->rounded)
		buf_add(p->b,
		    SPAN("Les nombres sont arrondis à l’affichage ; la page "
			 "contient aussi leur valeur exacte. "));
	buf_add(p->b,
	    SPAN("Établi par dfv-stats.</p>\n</footer>\n</body>\n</html>\n"));
}

static void
html_tail(const struct writer *w, struct buf *b, size_t nrec)
{
	struct page page = {.picture = w->plan, .b = b};

	(void)nrec;
	page.views = views_make(page.picture, false);
	plan_sections(&page);
	put_head(&page);
	buf_add(b, SPAN("<header>\n<h1>"));
	put_title(&page);
	buf_add(b, SPAN("</h1>\n"));
	put_contents(&page);
	buf_add(b, SPAN("</header>\n<main>\n"));
	for (size_t i = 0; i < page.nsection; i++)
		put_section(&page, i);
	put_foot(&page);
}

const struct writer_format writer_html = {
    .name = "html",
    .plan = picture_plan,
    .record = picture_keep,
    .tail = html_tail,
};
