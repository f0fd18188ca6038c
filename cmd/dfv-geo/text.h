#ifndef DFV_GEO_TEXT_H
#define DFV_GEO_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/* How a text is set. */
struct face {
	double size; /* pixels */
	bool bold;
	const char *class_name; /* of the style sheet, or NULL */
	const char *anchor;     /* "middle", "end", or NULL for the start */
};

/*
 * About how wide a text is in pixels, in Helvetica, Arial or Liberation Sans,
 * whose widths are one (Adobe's Core 14 font metrics). UTF-8.
 */
double text_width(struct span text, const struct face *);

/*
 * Parts text at its blanks and behind its hyphens into lines of at most `width`
 * pixels; a word that is wider is parted anywhere. Gives how many lines, at most
 * max of them; *left says whether there is more. The lines are parts of text.
 */
size_t text_wrap(struct span text, const struct face *, double width,
    struct span *line, size_t max, bool *left);

/* How wide its widest part is that has neither blank nor hyphen before its
 * end. */
double text_widest_part(struct span text, const struct face *);

/* Appends a <text> element, its baseline's start, middle or end at x, y. The
 * text is escaped; cut says that it goes on, which an ellipsis shows. */
void text_put(struct buf *, double x, double y, struct span text,
    const struct face *, bool cut);

#endif
