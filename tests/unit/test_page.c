/*
 * link: cmd/dfv-stats/page.c cmd/dfv-stats/page_style.c cmd/dfv-stats/html.c
 * link: cmd/dfv-stats/chart.c cmd/dfv-stats/chart_bars.c
 * link: cmd/dfv-stats/chart_lines.c cmd/dfv-stats/axis.c cmd/dfv-stats/view.c
 * link: cmd/dfv-stats/heading.c cmd/dfv-stats/french_number.c
 * link: cmd/dfv-stats/timeline.c cmd/dfv-stats/picture.c cmd/dfv-stats/bars.c
 */
#include "heading.h"
#include "html.h"
#include "picture.h"
#include "axis.h"
#include "unit.h"

static struct buf out;

static bool
holds(const char *part)
{
	buf_byte(&out, '\0');
	out.n--;
	return strstr(out.p, part) != NULL;
}

enum { COLUMNS = 6 };

/* Two periods of an indicator and their totals, as a page; the first row's
 * status is `status`. */
static void
draw(const char *status)
{
	static const char *const names[COLUMNS] = {
	    "periode", "theme", "region", "indicateur", "valeur", "statut"};
	struct arena arena = ARENA_EMPTY;
	struct columns columns;
	struct writer w;
	struct span row[][COLUMNS] = {
	    {SPAN("2025-W01"), SPAN(""), SPAN("94"), SPAN("n"), SPAN("12"),
		span_of(status)},
	    {SPAN("2025-W02"), SPAN(""), SPAN("94"), SPAN("n"), SPAN("13"),
		SPAN("incomplet")},
	    {SPAN("2025-W01"), SPAN(""), SPAN("toutes"), SPAN("n"), SPAN("50"),
		SPAN("")},
	    {SPAN("2025-W02"), SPAN(""), SPAN("toutes"), SPAN("n"), SPAN("60"),
		SPAN("")},
	};

	columns_init(&columns, &arena);
	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, span_of(names[i]));
	writer_init(&w, &writer_html, &columns, &arena);
	picture_hint(&w,
	    (struct picture_hint){
		.nkey = 3, .total = SPAN("toutes"), .title = SPAN("à <lire>")});
	buf_reset(&out);
	for (size_t i = 0; i < 4; i++)
		w.format->record(&w, &out, row[i]);
	w.format->tail(&w, &out, 4);
	arena_release(&arena);
}

static void
test_page(void)
{
	draw("atteint");
	unit_check(holds("<span class=\"state good\">● atteint</span>") &&
		holds("<span class=\"state fair\">◐ incomplet</span>"),
	    "page: a status has a colour, a shape and a word");
	unit_check(holds("<h1>À &lt;lire&gt;</h1>"),
	    "page: a title that is given is the page's");
	unit_check(!holds("Theme") && !holds("Thème"),
	    "page: a column that an indicator leaves empty is not shown");
	unit_check(holds("<h3>toutes</h3>\n<svg class=\"lines\"") &&
		holds("<h3>94</h3>\n<svg class=\"lines\"") &&
		holds("<tr class=\"sum\"><th scope=\"row\">"
		      "<time datetime=\"2025-W01\">"),
	    "page: totals by period are a line of their own");
	draw("non-atteint");
	unit_check(holds("<span class=\"state poor\">■ non atteint</span>"),
	    "page: another status has another shape");
	draw("un <mot>");
	unit_check(holds("<span class=\"state none\">○ un &lt;mot&gt;</span>"),
	    "page: a status of other words is neutral");
	draw("");
	unit_check(holds("<td class=\"t none\">sans cible</td>"),
	    "page: a status that no target asks for is said");
}

static bool
heading_is(const char *name, bool dated, const char *want)
{
	buf_reset(&out);
	heading_put(&out, span_of(name), dated);
	return span_eq(buf_span(&out), span_of(want));
}

static void
test_heading(void)
{
	unit_check(heading_is("debut_week", true, "début (semaine)") &&
		heading_is("debut_week", false, "début week") &&
		heading_is("_week", true, " week"),
	    "heading: the ending of a column of periods is its word");
	unit_check(heading_is("cout_par_heure", false, "coût par heure") &&
		heading_is("Budget", false, "Budget") &&
		heading_is("", false, ""),
	    "heading: words have their accents, and spaces between them");
	buf_reset(&out);
	heading_capital(&out, SPAN("été"));
	unit_check(span_eq(buf_span(&out), SPAN("Été")),
	    "heading: a sentence begins with a capital");
}

static bool
scale_is(double least, double most, bool whole, double lo, double hi, int steps)
{
	struct scale s = scale_make(least, most);
	double far;

	scale_step(&s, whole);
	far = scale_at(&s, most);
	return scale_at(&s, lo) == 0 && scale_at(&s, hi) == 1 &&
	    scale_steps(&s) == steps && far >= 0 && far <= 1;
}

static bool
fits(double least, double most)
{
	struct scale s = scale_make(least, most);
	double low, high;

	scale_step(&s, false);
	low = scale_at(&s, least);
	high = scale_at(&s, most);
	return low >= 0 && low <= high && high <= 1 && scale_steps(&s) < 10;
}

static void
test_scale(void)
{
	unit_check(scale_is(0, 45, true, 0, 50, 5) &&
		scale_is(3, 3, true, 0, 3, 3) &&
		scale_is(-10, 20, true, -10, 20, 3) &&
		scale_is(0, 0.9, false, 0, 1, 5),
	    "scale: whole steps around the values and zero");
	unit_check(scale_is(0, 0, true, 0, 1, 1), "scale: zeros have one too");
	unit_check(fits(-1e308, 1e308) && fits(-1.7e308, 1.7e308) &&
		fits(0, 4.9e-324) && fits(-3e-310, 0) && fits(-1e-300, 1e300),
	    "scale: the largest and the smallest doubles are on theirs");
}

int
main(void)
{
	test_page();
	test_heading();
	test_scale();
	buf_reset(&out);
	html_text(&out, SPAN("a<b & \"c\">\x01\x7F\n"));
	unit_check(span_eq(buf_span(&out),
		       SPAN("a&lt;b &amp; &quot;c&quot;&gt;\uFFFD\uFFFD\n")),
	    "html: what is reserved is escaped, what is forbidden replaced");
	buf_reset(&out);
	html_percent(&out, 0.125);
	html_percent(&out, 1 / 3.0);
	html_percent(&out, 1);
	unit_check(span_eq(buf_span(&out), SPAN("12.5%33.33%100%")),
	    "html: a percentage has two decimals, and no zeros behind them");
	buf_release(&out);
	return unit_done();
}
