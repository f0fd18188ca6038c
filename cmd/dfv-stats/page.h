#ifndef DFV_STATS_PAGE_H
#define DFV_STATS_PAGE_H

/* The style sheet of the page: all there is besides the document itself. */
extern const char page_style[];

#endif
