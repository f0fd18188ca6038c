#include "map.h"

#include "mem.h"
#include "svg.h"

/*
 * One page in French, with the map and all that is in it as tables; no script,
 * no font, nothing from elsewhere. It looks like the pages of dfv-stats(1).
 */
/* clang-format off */
static const char style[] =
    ":root{color-scheme:light dark;--back:#fff;--band:#f6f6f6;"
    "--ink:#161616;--soft:#555;--rule:#ccc;--mark:#000091}\n"
    "@media(prefers-color-scheme:dark){:root{--back:#161616;--band:#1e1e1e;"
    "--ink:#f0f0f0;--soft:#b8b8b8;--rule:#444;--mark:#8585f6}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:56rem;padding:1.5rem 1rem 3rem;"
    "font:1rem/1.5 system-ui,\"Liberation Sans\",Arial,sans-serif;"
    "color:var(--ink);background:var(--back)}\n"
    "h1{font-size:1.75rem;line-height:1.25;margin:0 0 .5rem}\n"
    "h2{font-size:1.25rem;line-height:1.3;margin:2.5rem 0 1rem}\n"
    "h1,h2,td,th{overflow-wrap:anywhere}\n"
    "a{color:var(--mark)}\n"
    ":focus-visible{outline:3px solid var(--mark);outline-offset:2px}\n"
    "figure{margin:1rem 0}\n"
    "figure svg{display:block;width:100%;height:auto}\n"
    ".q{outline:none}\n"
    ".q use,.q circle{fill:#fff;fill-opacity:0;stroke-width:2.5}\n"
    ".q:hover use,.q:focus use,.q:hover circle,.q:focus circle"
    "{stroke:var(--ink)}\n"
    ".tip{visibility:hidden;pointer-events:none}\n"
    ".q:hover .tip,.q:focus .tip{visibility:visible}\n"
    ".tip rect{fill:var(--ink)}\n"
    ".tip text{fill:var(--back)}\n"
    "table{border-collapse:collapse;min-width:100%}\n"
    "caption{text-align:left;color:var(--soft);padding-bottom:.5rem}\n"
    "th,td{padding:.35rem .75rem;text-align:right;vertical-align:top;"
    "border-bottom:1px solid var(--rule);"
    "font-variant-numeric:tabular-nums}\n"
    "thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}\n"
    "tbody th{font-weight:400}\n"
    "tbody th,.t{text-align:left}\n"
    "tbody tr:nth-child(even){background:var(--band)}\n"
    ".none{color:var(--soft);font-style:italic}\n"
    ".wide{overflow-x:auto}\n"
    "@media print{nav{display:none}.wide{overflow:visible}}\n";
/* clang-format on */

/* A table, of territories or of communes. */
struct table_head {
	const char *title; /* of the section, and what its rows are */
	const char *place;
	const char *id;
	const struct amount *amount;
	struct span heading;
	bool text;
	size_t rows;
};

static void
open_table(struct buf *b, const struct table_head *t)
{
	struct buf heading = {NULL, 0, 0};

	buf_printf(b,
	    "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n"
	    "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-labelledby=\"%s\">\n<table>\n<caption>%zu ligne%s</caption>\n"
	    "<thead>\n<tr><th scope=\"col\" class=\"t\">%s</th>"
	    "<th scope=\"col\" class=\"t\">Code</th><th scope=\"col\"%s>",
	    t->id, t->id, t->title, t->id, t->rows, t->rows > 1 ? "s" : "",
	    t->place, t->text ? " class=\"t\"" : "");
	/* Its figures are exact: no power of ten. */
	amount_put_heading(
	    &heading, &(struct amount){.unit = t->amount->unit}, t->heading);
	svg_text(b, buf_span(&heading));
	buf_add(b, SPAN("</th></tr>\n</thead>\n<tbody>\n"));
	buf_release(&heading);
}

static void
open_row(struct buf *b, struct span name, struct span code)
{
	buf_add(b, SPAN("<tr><th scope=\"row\">"));
	svg_text(b, name);
	buf_add(b, SPAN("</th><td class=\"t\">"));
	svg_text(b, code);
	buf_add(b, SPAN("</td>"));
}

static void
put_data(struct buf *b, struct number v)
{
	buf_add(b, SPAN("<td><data value=\""));
	number_format(b, v);
	buf_add(b, SPAN("\">"));
	svg_number(b, v);
	buf_add(b, SPAN("</data></td></tr>\n"));
}

static void
put_territory(const struct drawing *d, struct buf *b, const struct territory *t,
    const struct figure *f)
{
	open_row(b, t->name, t->code);
	if (f->has && d->classes.rule != CLASSES_TEXT) {
		put_data(b, f->value);
		return;
	}
	buf_add(
	    b, f->has ? SPAN("<td class=\"t\">") : SPAN("<td class=\"none\">"));
	drawing_put_figure(d, b, f);
	buf_add(b, SPAN("</td></tr>\n"));
}

/* Those that are on the map, and those of which there is a figure. */
static bool
in_table(const struct drawing *d, size_t i)
{
	const struct territories *t = level_table(d->g, d->level);

	return drawing_shows(d, d->level, t->item[i].code) ||
	    (d->figure[i].has && !drawing_none(d, &d->figure[i]));
}

static void
put_territories(const struct drawing *d, struct buf *b)
{
	const struct territories *t = level_table(d->g, d->level);
	bool region = d->level == LEVEL_REGION;
	struct table_head head = {.title = "Territoires",
	    .place = region ? "Région" : "Département",
	    .id = "territoires",
	    .amount = &d->amount,
	    .heading = d->heading,
	    .text = d->classes.rule == CLASSES_TEXT};

	for (size_t i = 0; i < t->n; i++)
		head.rows += in_table(d, i);
	open_table(b, &head);
	for (size_t i = 0; i < t->n; i++)
		if (in_table(d, i))
			put_territory(d, b, &t->item[i], &d->figure[i]);
	buf_add(b, SPAN("</tbody>\n</table>\n</div>\n</section>\n"));
}

static void
put_communes(const struct drawing *d, struct buf *b)
{
	struct table_head head = {.title = "Communes",
	    .place = "Commune",
	    .id = "communes",
	    .amount = &d->circles.amount,
	    .heading = d->circles.heading};
	uint32_t *commune = circles_order(d, &head.rows);

	open_table(b, &head);
	for (size_t i = 0; i < head.rows; i++) {
		const struct commune *c = &d->g->commune[commune[i]];

		open_row(b, commune_cell(c, COMMUNE_NAME),
		    commune_cell(c, COMMUNE_CODE));
		put_data(b, d->circles.figure[commune[i]].value);
	}
	buf_add(b, SPAN("</tbody>\n</table>\n</div>\n</section>\n"));
	mem_free(commune);
}

void
map_write_html(const struct drawing *d, struct buf *b)
{
	bool areas = d->figure != NULL, circles = d->circles.figure != NULL;

	buf_add(b,
	    SPAN("<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n"
		 "<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" "
		 "content=\"width=device-width, initial-scale=1\">\n"
		 "<meta name=\"color-scheme\" content=\"light dark\">\n"
		 "<title>"));
	svg_text(b, d->title);
	buf_printf(
	    b, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
	buf_add(b, SPAN("<header>\n<h1>"));
	svg_text(b, d->title);
	buf_printf(b,
	    "</h1>\n<nav aria-label=\"Sommaire\">"
	    "<a href=\"#%s\">Aller au tableau</a></nav>\n</header>\n"
	    "<main>\n<figure>\n",
	    areas ? "territoires" : "communes");
	drawing_write(d, b);
	buf_add(b, SPAN("</figure>\n"));
	if (areas)
		put_territories(d, b);
	if (circles)
		put_communes(d, b);
	buf_add(b, SPAN("</main>\n</body>\n</html>\n"));
}
