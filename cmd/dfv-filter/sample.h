#ifndef DFV_FILTER_SAMPLE_H
#define DFV_FILTER_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "span.h"

/*
 * A uniform sample of n records out of any number: each draws a lot, and those
 * with the n least are kept. A lot depends only on the seed and on how many
 * records came before, so the sample is the same however the input was cut.
 * At most twice n records are in memory.
 */
struct sample;

struct sample *sample_new(size_t n, uint64_t seed);

/* The next record, and a key that stays with it; both are copied if kept. */
void sample_add(struct sample *, struct span record, struct span key);

/* Gives the sample in the input's order to put, until it returns something
 * other than 0, which is returned. */
int sample_finish(struct sample *,
    int (*put)(void *ctx, struct span record, struct span key), void *ctx);

void sample_free(struct sample *); /* which may be NULL */

#endif
