#include "page.h"

#include <utf8proc.h>

#include "cell.h"
#include "chart.h"
#include "html.h"
#include "utf8.h"

/*
 * `html`: one page of HTML and SVG, in French, that needs nothing else, no
 * script and no font, and tells nothing by colour alone. It holds every row.
 */
struct page {
	const struct picture *picture;
	struct views views;
	struct buf *b;
	size_t next_id;
	bool rounded;
};

/* --- its title ----------------------------------------------------------- */

enum { TITLE_NAMES = 3 };

/* The headings of the keys or of the figures: "a, b et 2 autres". */
static size_t
put_headings(const struct view *v, bool keys, struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < v->ncolumn; i++) {
		if (v->column[i].key != keys)
			continue;
		if (++n > TITLE_NAMES)
			continue;
		if (n > 1)
			buf_add(b, SPAN(", "));
		view_heading(v, i, b);
	}
	if (n > TITLE_NAMES)
		buf_printf(b, " et %zu autre%s", n - TITLE_NAMES,
		    n - TITLE_NAMES > 1 ? "s" : "");
	return n;
}

static void
upper_first(struct buf *b, size_t at)
{
	struct buf copy = {NULL, 0, 0};
	struct span text = span_from(buf_span(b), at);
	uint32_t c;
	size_t n;

	if (text.n == 0)
		return;
	c = utf8_decode(text, &n);
	buf_add(&copy, span_from(text, n));
	b->n = at;
	utf8_encode(b, (uint32_t)utf8proc_toupper((utf8proc_int32_t)c));
	buf_add(b, buf_span(&copy));
	buf_release(&copy);
}

static void
put_title(struct page *p)
{
	const struct view *v = p->views.item;
	struct buf title = {NULL, 0, 0}, keys = {NULL, 0, 0};

	if (p->views.by_indicator)
		buf_add(&title, SPAN("indicateurs"));
	else if (put_headings(v, false, &title) == 0)
		buf_add(&title, SPAN("groupes"));
	if (put_headings(v, true, &keys) > 0) {
		buf_add(&title, SPAN(" par "));
		buf_add(&title, buf_span(&keys));
	}
	upper_first(&title, 0);
	html_text(p->b, buf_span(&title));
	buf_release(&title);
	buf_release(&keys);
}

/* --- a table -------------------------------------------------------------- */

/* Words for a status, with a shape of their own beside their colour. */
static const struct {
	struct span word;
	const char *class;
	const char *shape;
} states[] = {
    {{"atteint", 7}, "good", "●"},
    {{"atteinte", 8}, "good", "●"},
    {{"conforme", 8}, "good", "●"},
    {{"attention", 9}, "fair", "▲"},
    {{"vigilance", 9}, "fair", "▲"},
    {{"alerte", 6}, "poor", "■"},
    {{"insuffisant", 11}, "poor", "■"},
};

static void
put_state(struct page *p, struct span word)
{
	const char *class = "", *shape = "○";

	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		if (span_eq(states[i].word, word)) {
			class = states[i].class;
			shape = states[i].shape;
		}
	}
	buf_printf(p->b, "<span class=\"state %s\">%s ", class, shape);
	html_text(p->b, word);
	buf_add(p->b, SPAN("</span>"));
}

/* A cell's text, and around it what a program reads it by. */
static void
put_content(struct page *p, const struct view *v, size_t row, size_t col)
{
	const struct view_column *c = &v->column[col];
	struct span cell = view_cell(v, row, col);
	struct buf text = {NULL, 0, 0};
	bool coded = c->kind != VIEW_TEXT && !(c->key && v->row[row]->total);
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

static void
put_cell(struct page *p, const struct view *v, size_t row, size_t col)
{
	const struct view_column *c = &v->column[col];
	bool missing = cell_missing(view_cell(v, row, col));
	bool text = c->kind != VIEW_NUMBER;

	if (missing && c->key && v->row[row]->total) {
		buf_add(p->b, SPAN("<td class=\"t\"></td>"));
		return;
	}
	buf_add(p->b,
	    c->key        ? SPAN("<th scope=\"row\">")
		: missing ? SPAN("<td class=\"none\">")
		: text    ? SPAN("<td class=\"t\">")
			  : SPAN("<td>"));
	if (missing)
		buf_add(p->b, SPAN(VIEW_MISSING));
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
		buf_add(p->b, SPAN(", et le total"));
}

/* It can be scrolled where it is wider than the page, so it takes the focus. */
static void
put_table(struct page *p, const struct view *v)
{
	size_t id = ++p->next_id;

	buf_printf(p->b,
	    "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-labelledby=\"t%zu\">\n<table>\n<caption id=\"t%zu\">",
	    id, id);
	if (v->name.n > 0) {
		html_text(p->b, v->name);
		buf_add(p->b, SPAN(" : "));
	} else {
		buf_add(p->b, SPAN("Toutes les valeurs : "));
	}
	put_row_count(p, v);
	buf_add(p->b, SPAN("</caption>\n"));
	put_header(p, v);
	buf_add(p->b, SPAN("<tbody>\n"));
	for (size_t i = 0; i < v->nrow; i++) {
		buf_add(p->b,
		    v->row[i]->total ? SPAN("<tr class=\"sum\">")
				     : SPAN("<tr>"));
		for (size_t col = 0; col < v->ncolumn; col++)
			put_cell(p, v, i, col);
		buf_add(p->b, SPAN("</tr>\n"));
	}
	buf_add(p->b, SPAN("</tbody>\n</table>\n</div>\n"));
}

/* --- the page ------------------------------------------------------------- */

static void
put_chart(struct page *p, const struct view *v, size_t column)
{
	struct chart chart = {v, column, &p->next_id};

	chart_put(&chart, p->b);
}

static void
put_section(struct page *p, size_t id, struct span name, struct span unit)
{
	buf_printf(p->b, "<section aria-labelledby=\"s%zu\">\n<h2 id=\"s%zu\">",
	    id, id);
	html_text(p->b, name);
	if (unit.n > 0) {
		buf_add(p->b, SPAN(" ("));
		html_text(p->b, unit);
		buf_byte(p->b, ')');
	}
	buf_add(p->b, SPAN("</h2>\n"));
}

static void
end_section(struct page *p)
{
	buf_add(p->b, SPAN("</section>\n"));
}

static void
put_indicators(struct page *p)
{
	for (size_t i = 0; i < p->views.n; i++) {
		const struct view *v = &p->views.item[i];

		put_section(p, i + 1, v->name, v->unit);
		if (chart_wanted(v, v->value))
			put_chart(p, v, v->value);
		put_table(p, v);
		end_section(p);
	}
}

static void
put_figures(struct page *p)
{
	const struct view *v = p->views.item;
	struct buf name = {NULL, 0, 0};
	size_t section = 0;

	for (size_t i = 0; i < v->ncolumn; i++) {
		if (!chart_wanted(v, i))
			continue;
		buf_reset(&name);
		view_heading(v, i, &name);
		put_section(p, ++section, buf_span(&name), span_make(NULL, 0));
		put_chart(p, v, i);
		end_section(p);
	}
	buf_release(&name);
	put_section(p, ++section, SPAN("Tableau"), span_make(NULL, 0));
	if (v->nrow == 0)
		buf_add(p->b,
		    SPAN("<p>Aucun enregistrement n’a été retenu : il n’y a "
			 "pas de valeur à montrer.</p>\n"));
	put_table(p, v);
	end_section(p);
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

/* Where several indicators are, the way to each. */
static void
put_contents(struct page *p)
{
	if (!p->views.by_indicator || p->views.n < 2)
		return;
	buf_add(p->b, SPAN("<nav aria-label=\"Indicateurs\">\n<ul>\n"));
	for (size_t i = 0; i < p->views.n; i++) {
		buf_printf(p->b, "<li><a href=\"#s%zu\">", i + 1);
		html_text(p->b, p->views.item[i].name);
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
	put_head(&page);
	buf_add(b, SPAN("<header>\n<h1>"));
	put_title(&page);
	buf_add(b, SPAN("</h1>\n"));
	put_contents(&page);
	buf_add(b, SPAN("</header>\n<main>\n"));
	if (page.views.by_indicator)
		put_indicators(&page);
	else
		put_figures(&page);
	put_foot(&page);
}

const struct writer_format writer_html = {
    .name = "html",
    .plan = picture_plan,
    .record = picture_keep,
    .tail = html_tail,
};
