#ifndef DFV_STATS_SAMPLE_H
#define DFV_STATS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "number.h"

/*
 * All the numbers there are, for quantiles: eight bytes each as whole numbers
 * at one scale. Apart from them stand those that this does not hold (doubles,
 * and decimals too far from the others), and what comes many times at once.
 *
 * All zeros is an empty sample.
 */
struct repeated {
	struct number value;
	uint64_t times;
};

struct sample_pair {
	uint64_t k;
	struct number at[2]; /* the k-th and the one after it */
};

struct sample {
	int64_t *mant;
	size_t n;
	size_t cap;
	uint64_t reach; /* no mant is further from 0 than this plus one */
	struct repeated *apart;
	size_t napart;
	size_t apart_cap;
	uint64_t apart_times; /* all together */
	struct sample_pair *known;
	size_t nknown;
	size_t known_cap;
	uint8_t scale;
};

void sample_add(struct sample *, struct number);
void sample_add_times(struct sample *, struct number, uint64_t times);
void sample_merge(struct sample *into, const struct sample *from);

/* The k-th least, k < sample_size, and the one after it, the same again at the
 * end: of a large sample looked for once, and then known. A sample that has
 * been asked takes no more values. */
struct sample_pair sample_select(struct sample *, uint64_t k);

static inline bool
sample_is_large(const struct sample *s)
{
	return s->n >= 4096;
}

/* The different values in ascending order, each with its times; mem_free() is
 * the caller's. */
struct repeated *sample_sorted(const struct sample *, size_t *n);

/* The place (n - 1) * p among n values in order: so many stand before it, and
 * how far it is on the way to the next. */
uint64_t sample_place(uint64_t n, struct number p, struct number *way);

static inline uint64_t
sample_size(const struct sample *s)
{
	return s->n + s->apart_times;
}

void sample_release(struct sample *);

#endif
