#ifndef DFV_STATS_SAMPLE_H
#define DFV_STATS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "number.h"

/*
 * All the numbers there are, for quantiles: eight bytes each as whole numbers
 * at one scale, and apart from them the few that this does not hold (doubles,
 * and decimals too far from the others).
 *
 * All zeros is an empty sample.
 */
struct sample {
	int64_t *mant;
	size_t n;
	size_t cap;
	uint64_t reach; /* no mant has a bit beyond it, in magnitude */
	struct number *odd;
	size_t nodd;
	size_t odd_cap;
	uint8_t scale;
};

void sample_add(struct sample *, struct number);
void sample_add_times(struct sample *, struct number, uint64_t times);
void sample_merge(struct sample *into, const struct sample *from);

/* The k-th least and the one after it, the same again at the end. */
void sample_select(const struct sample *, size_t k, struct number pair[2]);

/* All of them in ascending order; mem_free() is the caller's. */
struct number *sample_sorted(const struct sample *);

/* The place (n - 1) * p among n values in order: so many stand before it, and
 * how far it is on the way to the next. */
size_t sample_place(size_t n, struct number p, struct number *way);

static inline size_t
sample_size(const struct sample *s)
{
	return s->n + s->nodd;
}

void sample_release(struct sample *);

#endif
