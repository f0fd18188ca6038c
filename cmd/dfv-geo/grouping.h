#ifndef DFV_GEO_GROUPING_H
#define DFV_GEO_GROUPING_H

#include "belong.h"
#include "session.h"

/* What communes are grouped by: a level, or a layer and its column or, without
 * one, whether a commune is in it. */
struct by {
	bool is_level;
	enum level level;
	const struct stratum *layer;
	size_t col;
};

enum { BY_MAX = 8 };

struct grouping {
	struct by by[BY_MAX];
	size_t n;
};

/* Reads --by: keys joined by commas, or NULL for one group of all. 0, or -1
 * after a report. The session has its geography and layers. */
int grouping_find(struct grouping *, struct session *, const char *keys);

/* Adds the columns that name a group; at most two a key. */
void grouping_columns(const struct grouping *, struct columns *);

/* The cells that name a commune's group, one of these columns each. */
size_t grouping_cells(const struct grouping *, const struct gazetteer *,
    uint32_t commune, struct span *cell);

#endif
