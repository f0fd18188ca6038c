#ifndef DFV_GEO_AGREE_H
#define DFV_GEO_AGREE_H

#include "buf.h"
#include "clues.h"
#include "gazetteer.h"
#include "span.h"

/*
 * Whether what a record says of a place goes with a commune. What the
 * geography does not know says nothing.
 */
enum answer { ANSWER_NO, ANSWER_SILENT, ANSWER_YES };

/* The work space of one thread. */
struct agree {
	const struct gazetteer *g;
	struct buf text;
	struct buf fold;
};

/* Of a list it is enough that one value agrees. The cell is not missing. */
enum answer agree_cell(
    struct agree *, enum clue, struct span cell, const struct commune *);

/* A cell's text: itself, or decoded at the end of scratch; a broken escape,
 * which no reader lets through, stands for itself. */
struct span agree_text(struct span cell, struct buf *scratch);

enum { INSEE_BYTES = 5 };

/* An INSEE or postal code: five characters, capitals, with the zero that
 * spreadsheets take away from the front put back, and without the space behind
 * the department, as in 78 160; false for anything else. */
bool insee_normal(struct span text, char out[INSEE_BYTES]);

void agree_release(struct agree *);

#endif
