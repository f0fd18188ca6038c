#define _DEFAULT_SOURCE /* TIOCGWINSZ */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "axis.h"
#include "utf8.h"
#include "view.h"

/*
 * `bars`: each figure's rows with a bar beside the number, for a terminal of a
 * fixed width. Bars to the right end in an eighth of a column; Unicode has
 * only halves for those to the left.
 */
enum { WIDTH = 80, WIDTH_LEAST = 20, WIDTH_MOST = 1000, EIGHTHS = 8 };

struct pen {
	struct buf *b;
	size_t width;
	bool ascii;
	bool color;
	struct buf scratch;
};

/* What one figure's lines have in common. */
struct strip {
	const struct view *view;
	size_t column;
	size_t label_width;
	size_t number_width;
	size_t bar_width;
	size_t left_width; /* of it, for what is below zero */
	struct scale scale;
};

/* --- the terminal --------------------------------------------------------- */

static bool
locale_is_utf8(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *locale = NULL;

	for (size_t i = 0; i < 3 && (locale == NULL || *locale == '\0'); i++)
		locale = getenv(names[i]);
	if (locale == NULL)
		return false;
	for (; *locale != '\0'; locale++)
		if (strncasecmp(locale, "UTF-8", 5) == 0 ||
		    strncasecmp(locale, "UTF8", 4) == 0)
			return true;
	return false;
}

static bool
is_dumb(void)
{
	const char *term = getenv("TERM");

	return term != NULL && strcmp(term, "dumb") == 0;
}

static bool
on_terminal(const struct opt_common *opts)
{
	const char *name = opts == NULL ? NULL : opts->output;

	return (name == NULL || strcmp(name, "-") == 0) &&
	    isatty(STDOUT_FILENO);
}

static size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long n = columns == NULL ? 0 : strtol(columns, NULL, 10);

	if (n <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		n = size.ws_col;
	if (n <= 0)
		return WIDTH;
	return n < WIDTH_LEAST ? WIDTH_LEAST
	    : n > WIDTH_MOST   ? WIDTH_MOST
			       : (size_t)n;
}

static void
pen_init(struct pen *pen, struct buf *b, const struct opt_common *opts)
{
	bool terminal = on_terminal(opts);

	*pen = (struct pen){
	    .b = b,
	    .width = terminal ? terminal_width() : WIDTH,
	    .ascii = !locale_is_utf8() || is_dumb(),
	};
	if (opts != NULL && opts->color != PROGRESS_NEVER)
		pen->color = opts->color == PROGRESS_ALWAYS ||
		    (terminal && !is_dumb() && !opt_no_color());
}

/* --- pieces of a line ----------------------------------------------------- */

static void
put_color(struct pen *pen, const char *code)
{
	if (pen->color)
		buf_printf(pen->b, "\033[%sm", code);
}

static void
put_times(struct pen *pen, struct span piece, size_t n)
{
	while (n-- > 0)
		buf_add(pen->b, piece);
}

/* Text whose control characters do not reach the terminal: C0, DEL and C1. */
static void
put_safe(struct buf *b, struct span s)
{
	while (s.n > 0) {
		size_t n;
		uint32_t c = utf8_decode(s, &n);

		if (c == '\t' || c == '\n')
			buf_byte(b, ' ');
		else if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			buf_byte(b, '?');
		else
			buf_add(b, span_make(s.p, n));
		s = span_from(s, n);
	}
}

static struct span
label_of(struct pen *pen, const struct view *v, size_t row)
{
	struct buf raw = {NULL, 0, 0};

	view_label(v, row, COLUMN_NONE, &raw);
	buf_reset(&pen->scratch);
	put_safe(&pen->scratch, buf_span(&raw));
	buf_release(&raw);
	return buf_span(&pen->scratch);
}

static struct span
number_of(struct pen *pen, const struct strip *k, size_t row)
{
	buf_reset(&pen->scratch);
	view_put(k->view, row, k->column, &pen->scratch);
	if (pen->scratch.n == 0)
		buf_add(&pen->scratch, pen->ascii ? SPAN("-") : SPAN("–"));
	return buf_span(&pen->scratch);
}

static void
put_label(struct pen *pen, const struct strip *k, size_t row)
{
	struct span label = label_of(pen, k->view, row);
	struct span shown = view_cut(label, k->label_width);
	size_t used = utf8_width(shown);

	buf_add(pen->b, shown);
	if (shown.n < label.n) {
		buf_add(pen->b, pen->ascii ? SPAN("~") : SPAN("…"));
		used++;
	}
	put_times(pen, SPAN(" "), k->label_width - used);
}

static void
put_right(struct pen *pen, size_t eighths)
{
	static const char *const part[EIGHTHS] = {
	    "", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

	if (pen->ascii) {
		put_times(pen, SPAN("#"), (eighths + 4) / EIGHTHS);
		return;
	}
	put_times(pen, SPAN("█"), eighths / EIGHTHS);
	buf_add(pen->b, span_of(part[eighths % EIGHTHS]));
}

static void
put_left(struct pen *pen, size_t width, size_t eighths)
{
	size_t halves = (eighths + 2) / 4, used = (halves + 1) / 2;

	if (pen->ascii)
		used = (eighths + 4) / EIGHTHS;
	put_times(pen, SPAN(" "), width - used);
	if (pen->ascii) {
		put_times(pen, SPAN("#"), used);
		return;
	}
	buf_add(pen->b, halves % 2 != 0 ? SPAN("▐") : SPAN(""));
	put_times(pen, SPAN("█"), halves / 2);
}

/* A value that is not zero has an eighth at least: it is seen. */
static size_t
bar_eighths(double share, size_t width)
{
	size_t n = (size_t)lround(share * (double)(width * EIGHTHS));

	return n == 0 && share > 0 ? 1 : n;
}

static void
put_bar(struct pen *pen, const struct strip *k, double value)
{
	double zero = scale_at(&k->scale, 0);
	double share = fabs(scale_at(&k->scale, value) - zero);
	size_t right = k->bar_width - k->left_width;

	if (k->left_width > 0) {
		put_color(pen, "31");
		put_left(pen, k->left_width,
		    value < 0 ? bar_eighths(share / zero, k->left_width) : 0);
		put_color(pen, "0");
		buf_add(pen->b, pen->ascii ? SPAN("|") : SPAN("│"));
	}
	if (value <= 0 || right == 0)
		return;
	put_color(pen, "36");
	put_right(pen, bar_eighths(share / (1 - zero), right));
	put_color(pen, "0");
}

/* --- a figure's lines ----------------------------------------------------- */

/* The widths of the columns: the label takes two fifths at most, and what the
 * number leaves is the bar's. */
static void
lay_out(struct pen *pen, struct strip *k)
{
	double least = 0, most = 0, value;
	size_t taken;

	for (size_t i = 0; i < k->view->nrow; i++) {
		size_t label = utf8_width(label_of(pen, k->view, i));
		size_t number = utf8_width(number_of(pen, k, i));

		k->label_width =
		    label > k->label_width ? label : k->label_width;
		k->number_width =
		    number > k->number_width ? number : k->number_width;
		if (k->view->row[i]->total ||
		    !view_number(k->view, i, k->column, &value))
			continue;
		least = fmin(least, value);
		most = fmax(most, value);
	}
	if (k->label_width > pen->width * 2 / 5)
		k->label_width = pen->width * 2 / 5;
	k->scale = scale_make(least, most);
	taken = k->label_width + (k->label_width > 0 ? 2 : 0) +
	    k->number_width + 1 + (least < 0);
	k->bar_width = taken < pen->width ? pen->width - taken : 0;
	k->left_width =
	    (size_t)lround(scale_at(&k->scale, 0) * (double)k->bar_width);
	if (least < 0 && k->left_width == 0)
		k->left_width = k->bar_width > 0;
}

static void
put_line(struct pen *pen, const struct strip *k, size_t row)
{
	bool total = k->view->row[row]->total;
	double value;
	struct span number;

	put_label(pen, k, row);
	if (k->label_width > 0)
		buf_add(pen->b, SPAN("  "));
	number = number_of(pen, k, row);
	put_times(pen, SPAN(" "), k->number_width - utf8_width(number));
	buf_add(pen->b, number);
	if (view_number(k->view, row, k->column, &value) && !total &&
	    k->bar_width > 0 && (value != 0 || k->left_width > 0)) {
		buf_byte(pen->b, ' ');
		put_bar(pen, k, value);
	}
	buf_byte(pen->b, '\n');
}

static void
put_name(struct pen *pen, const struct view *v, size_t column)
{
	struct buf name = {NULL, 0, 0};

	buf_add(&name, v->name.n > 0 ? v->name : v->column[column].name);
	if (v->unit.n > 0) {
		buf_add(&name, SPAN(" ("));
		buf_add(&name, v->unit);
		buf_byte(&name, ')');
	}
	put_color(pen, "1");
	put_safe(pen->b, buf_span(&name));
	put_color(pen, "0");
	buf_byte(pen->b, '\n');
	buf_release(&name);
}

static void
put_block(struct pen *pen, const struct view *v, size_t column)
{
	struct strip k = {.view = v, .column = column};

	if (pen->b->n > 0)
		buf_byte(pen->b, '\n');
	put_name(pen, v, column);
	lay_out(pen, &k);
	for (size_t i = 0; i < v->nrow; i++)
		put_line(pen, &k, i);
}

static void
bars_tail(const struct writer *w, struct buf *b, size_t nrec)
{
	const struct picture *p = w->plan;
	struct views views;
	struct pen pen;

	(void)nrec;
	pen_init(&pen, b, p->hint.opts);
	views = views_make(p, pen.ascii);
	for (size_t i = 0; i < views.n; i++)
		for (size_t c = 0; c < views.item[i].ncolumn; c++)
			if (view_draws(&views.item[i], c))
				put_block(&pen, &views.item[i], c);
	buf_release(&pen.scratch);
}

const struct writer_format writer_bars = {
    .name = "bars",
    .plan = picture_plan,
    .record = picture_keep,
    .tail = bars_tail,
};
