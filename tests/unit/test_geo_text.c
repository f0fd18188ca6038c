/*
 * link: cmd/dfv-geo/text.c cmd/dfv-geo/svg.c cmd/dfv-geo/frame.c cmd/dfv-geo/projection.c
 */
#include <math.h>

#include "text.h"
#include "unit.h"

static const struct face plain = {.size = 10};
static const struct face bold = {.size = 10, .bold = true};

static bool
near_px(double a, double b)
{
	return fabs(a - b) < 0.01;
}

/* The lines of a text, joined by '/', and what is left as "...". */
static bool
wraps(const char *text, double width, size_t max, const char *want)
{
	struct span line[8];
	struct buf got = {NULL, 0, 0};
	bool left, good;
	size_t n = text_wrap(span_of(text), &plain, width, line, max, &left);

	for (size_t i = 0; i < n; i++) {
		buf_add(&got, i > 0 ? SPAN("/") : SPAN(""));
		buf_add(&got, line[i]);
	}
	buf_add(&got, left ? SPAN("...") : SPAN(""));
	good = span_eq(buf_span(&got), span_of(want));
	buf_release(&got);
	return good;
}

int
main(void)
{
	unit_check(near_px(text_width(SPAN("Ain"), &plain), 6.67 + 2.22 + 5.56),
	    "text: widths are those of Helvetica.afm");
	unit_check(
	    text_width(SPAN("Ain"), &bold) > text_width(SPAN("Ain"), &plain),
	    "text: bold is wider");
	unit_check(near_px(text_width(SPAN("\xC3\x89"), &plain), 6),
	    "text: a letter with an accent is one letter");
	unit_check(near_px(text_width(SPAN(""), &plain), 0),
	    "text: nothing has no width");
	unit_check(wraps("un deux trois", 45, 8, "un deux/trois"),
	    "text: lines are parted at blanks");
	unit_check(wraps("Seine-Maritime", 40, 8, "Seine-/Maritime"),
	    "text: and behind hyphens, which stay");
	unit_check(wraps(" \n un\ndeux ", 99, 8, "un\ndeux "),
	    "text: blanks before a line are left out");
	unit_check(wraps("iiiiiiiiii", 9, 8, "iiii/iiii/ii"),
	    "text: a word without a break is parted anywhere");
	unit_check(wraps("un deux trois", 25, 2, "un/deux..."),
	    "text: what has no line is told");
	unit_check(wraps("W", 1, 8, "W") && wraps("", 9, 8, ""),
	    "text: a line has a character, and nothing has no line");
	unit_check(near_px(text_widest_part(SPAN("Seine-Maritime"), &plain),
		       text_width(SPAN("Maritime"), &plain)) &&
		near_px(text_widest_part(SPAN("un de"), &plain),
		    text_width(SPAN("un"), &plain)),
	    "text: the widest part is between blanks and hyphens");
	return unit_done();
}
