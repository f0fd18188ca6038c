#ifndef DFV_STATS_HTML_H
#define DFV_STATS_HTML_H

#include "buf.h"
#include "span.h"

/* Appends text, valid UTF-8, with what HTML and its attributes need escaped;
 * control characters, which they do not allow, become U+FFFD. */
void html_text(struct buf *, struct span text);

/* Appends a share of 1 as a percentage to a hundredth: "12.5%". */
void html_percent(struct buf *, double share);

#endif
