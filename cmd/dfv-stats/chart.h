#ifndef DFV_STATS_CHART_H
#define DFV_STATS_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "view.h"

/*
 * A figure by group as inline SVG: lines where a group is a period, a panel
 * each of the other groups; else bars. Lengths across are percentages and
 * lengths down are ems, so that a chart is as wide as its page, and its text
 * is of the page's size, whatever it is zoomed to. Colours come from the
 * page's style. Nothing is told by colour alone: there is one for the figure,
 * and the target is dashed.
 */
struct chart {
	const struct view *view;
	size_t column;   /* the figure */
	size_t *next_id; /* of titles and descriptions in the page */
};

/* Whether there is anything to compare: two values at least. */
bool chart_wanted(const struct view *, size_t column);

/* Appends the chart, and a note of what it leaves out. */
void chart_put(const struct chart *, struct buf *);

/* What chart_put chooses from. */
void chart_bars(const struct chart *, struct buf *);
void chart_lines(const struct chart *, struct buf *);

/* Begins a drawing of class `kind`, so many ems high, with room on the left
 * for what labels it there. Its title is what the figure is called, and of
 * which group. What comes next is the text of its description, up to
 * `</desc>`. */
struct chart_frame {
	const char *kind;
	struct span group;
	double height_em;
	double left_em;
};

void chart_begin(
    const struct chart *, struct buf *, const struct chart_frame *);
void chart_end(struct buf *);

/* Appends the value of a row, as the table shows it, escaped. */
void chart_value(const struct chart *, struct buf *, size_t row);

#endif
