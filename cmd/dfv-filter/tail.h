#ifndef DFV_FILTER_TAIL_H
#define DFV_FILTER_TAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sink.h"

/*
 * What happens to selected records one after the other, in input order: the
 * first of each key (-u), a sample, sorting (-k), the window (--skip, -n), the
 * output. Records are bytes that the writer has made.
 */
struct tail_opts {
	bool unique;
	bool sorted;
	size_t sample; /* how many, or SIZE_MAX: no sampling */
	uint64_t seed;
	size_t skip;
	size_t limit;      /* SIZE_MAX: no limit */
	struct sink *sink; /* NULL: only count */
	struct diag *diag;
};

struct tail;

struct tail *tail_new(const struct tail_opts *);

/* Whether records can be taken many at a time, unlooked at. */
bool tail_plain(const struct tail *);

/* Says which unique key comes a dozen records later, so that it is at hand. */
void tail_expect(const struct tail *, struct span unique_key);

/* A record with its keys; those not asked for are empty. 0 to go on, 1 when
 * no more are wanted, -1 after a failure (reported, or a closed pipe). */
int tail_record(struct tail *, struct span record, struct span unique_key,
    struct span sort_key);

/* n records in one piece, of a plain tail. */
int tail_many(struct tail *, struct span records, size_t n);

/* Puts out what was kept back: 0 or -1. */
int tail_finish(struct tail *);

/* How many records came out. */
size_t tail_count(const struct tail *);

void tail_free(struct tail *);

#endif
