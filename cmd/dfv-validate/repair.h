#ifndef DFV_REPAIR_H
#define DFV_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "block.h"
#include "buf.h"
#include "reader.h"
#include "span.h"
#include "verdict.h"

/*
 * Mending what can be mended with certainty. A repair is made only when the
 * cell is good with it, so that mending what is mended changes nothing.
 */
struct change {
	size_t rec;
	size_t col;
	struct span field;
	struct span old;    /* decoded, in the repairs' arena */
	struct span new;    /* likewise */
	struct span cell;   /* new, as a cell */
	struct span reason; /* "trim, vocabulary": codes, never translated */
};

/* What can be mended in one block. One a thread, used again. */
struct repairs {
	struct change *item;
	size_t n;
	size_t cap;
	struct arena arena;
	struct buf work[3];
	struct block block; /* the mended one, which borrows the rest */
	struct buf text;
	uint32_t *sep;
	size_t sep_cap;
};

#define REPAIRS_EMPTY ((struct repairs){.arena = {NULL, NULL, 0}})

/* Finds the changes of a block, in the order of its cells; the verdict is used
 * to try them out. */
void repairs_find(struct repairs *, const struct check *, const struct block *,
    struct verdict *);

/* The block with the changes made, valid until the next and as long as the
 * block itself: places are to be asked of the block itself. */
const struct block *repairs_apply(struct repairs *, const struct block *);

/* Adds a note about each change. */
void repairs_note(const struct repairs *, struct findings *);

/* Whether a record is changed. *from goes along with the records asked for. */
bool repairs_touch(const struct repairs *, size_t rec, size_t *from);

void repairs_release(struct repairs *);

/*
 * One kind of repair, a row of a table: appends to out what s may have been
 * meant to be, or returns false. What it gives is tried before it is believed.
 */
struct lexicon;

struct repair_kind {
	const char *name;
	bool always; /* made where nothing is wrong as well */
	bool (*mend)(const struct field *, const struct lexicon *words,
	    struct span s, struct buf *out);
};

/* In the order in which they are tried; repair_count of them. */
extern const struct repair_kind repair_kinds[];
extern const size_t repair_count;

#endif
