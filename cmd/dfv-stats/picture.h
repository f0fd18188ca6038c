#ifndef DFV_STATS_PICTURE_H
#define DFV_STATS_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "opt.h"
#include "writer.h"

/*
 * What dfv-stats writes for people beyond common/: `html`, a page, and `bars`,
 * for the terminal. Both have to know all rows before they draw the first:
 * record() keeps a row in the writer's arena, tail() draws. So, unlike other
 * formats, they are for one thread.
 */
extern const struct writer_format writer_html;
extern const struct writer_format writer_bars;

/* Both, NULL-ended, for sink_format. */
extern const struct writer_format *const picture_formats[];

/* What the columns do not say by themselves. */
struct picture_hint {
	size_t nkey;       /* the first columns are what a row is about */
	struct span total; /* among them, of a row over others; or empty */
	struct span title; /* of the page; empty for one of the columns */
	const struct opt_common *opts; /* where it goes, in colour or not */
};

/* Gives the hint to a writer of these two formats, before the first record;
 * does nothing to others. */
void picture_hint(const struct writer *, struct picture_hint);

struct picture_row {
	struct picture_row *next;
	bool total;
	struct span cell[]; /* as the record's, one a column */
};

/* The writer's plan: what was kept. */
struct picture {
	const struct columns *columns;
	struct picture_hint hint;
	struct arena *arena;
	struct picture_row *first;
	struct picture_row **end;
	size_t nrow;
};

/* The two formats' plan() and record(). */
void *picture_plan(const struct writer *);
void picture_keep(const struct writer *, struct buf *, const struct span *cell);

#endif
