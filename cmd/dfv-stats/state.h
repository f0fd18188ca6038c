#ifndef DFV_STATS_STATE_H
#define DFV_STATS_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "number.h"
#include "span.h"

/*
 * States as text, for partial results (dfv-partial(7)): words parted by a
 * space, the same for the same state on every machine. Each put appends a word
 * and a space behind it. Each get takes a word off what is left and is false
 * when there is none, or it is not of that form: the text may come from
 * anywhere.
 */
void state_put_count(struct buf *, uint64_t);
bool state_get_count(struct span *, uint64_t *);

/* Adds a count that was read to one, unless it would be no count any more. */
bool state_add_count(struct span *, uint64_t *into);

/* A place in the input (order_of in batch.h). */
bool state_get_order(struct span *, uint64_t *);

/* Bit for bit: a double, which may have come from more digits, as its bits. */
void state_put_number(struct buf *, struct number);
bool state_get_number(struct span *, struct number *);

/* Bytes without TAB and LF, as `LENGTH:bytes`; those that are read are
 * borrowed. */
void state_put_text(struct buf *, struct span);
bool state_get_text(struct span *, struct span *text);

/* The next word as it stands. */
bool state_get_word(struct span *, struct span *word);

#endif
