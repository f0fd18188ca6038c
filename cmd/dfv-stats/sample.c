#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "selection.h"

/* Its distance from 0, less one for a number below. */
static inline uint64_t
reach_of(int64_t mant)
{
	return (uint64_t)(mant < 0 ? ~mant : mant);
}

/* Brings what is there to a finer scale; false when some would not fit. */
static bool
sample_refine(struct sample *s, uint8_t scale)
{
	int64_t factor = number_pow10[scale - s->scale], reach;

	if (__builtin_mul_overflow(s->reach + 1, factor, &reach))
		return false;
	for (size_t i = 0; i < s->n; i++)
		s->mant[i] *= factor;
	s->reach = 0;
	for (size_t i = 0; i < s->n; i++)
		s->reach |= reach_of(s->mant[i]);
	s->scale = scale;
	return true;
}

static void
add_apart(struct sample *s, struct number v, uint64_t times)
{
	s->apart =
	    mem_grow(s->apart, &s->apart_cap, s->napart + 1, sizeof *s->apart);
	s->apart[s->napart++] = (struct repeated){v, times};
	s->apart_times += times;
}

static inline void
add_mant(struct sample *s, int64_t mant)
{
	if (s->n == s->cap)
		s->mant = mem_grow(s->mant, &s->cap, s->n + 1, sizeof *s->mant);
	s->mant[s->n++] = mant;
	s->reach |= reach_of(mant);
}

void
sample_add(struct sample *s, struct number v)
{
	int64_t mant = v.mant;

	if (!v.exact || (v.scale > s->scale && !sample_refine(s, v.scale)) ||
	    __builtin_mul_overflow(
		mant, number_pow10[s->scale - v.scale], &mant))
		add_apart(s, v, 1);
	else
		add_mant(s, mant);
}

void
sample_add_times(struct sample *s, struct number v, uint64_t times)
{
	if (times == 1)
		sample_add(s, v);
	else if (times > 1)
		add_apart(s, v, times);
}

/* All the mantissas of another sample of the same scale. */
static void
append_mants(struct sample *s, const struct sample *from)
{
	s->mant = mem_grow(s->mant, &s->cap, s->n + from->n, sizeof *s->mant);
	memcpy(s->mant + s->n, from->mant, from->n * sizeof *s->mant);
	s->n += from->n;
	s->reach |= from->reach;
}

void
sample_merge(struct sample *into, const struct sample *from)
{
	if (from->n > 0 && from->scale > into->scale)
		sample_refine(into, from->scale);
	if (from->n > 0 && from->scale == into->scale)
		append_mants(into, from);
	else
		for (size_t i = 0; i < from->n; i++)
			sample_add(into,
			    (struct number){
				true, from->scale, from->mant[i], 0});
	for (size_t i = 0; i < from->napart; i++)
		sample_add_times(
		    into, from->apart[i].value, from->apart[i].times);
}

/* Equal ones of two kinds, exact ones first, so that the order is one. */
static int
by_value(const void *a, const void *b)
{
	const struct number *x = &((const struct repeated *)a)->value;
	const struct number *y = &((const struct repeated *)b)->value;
	int c = number_cmp(*x, *y);

	return c != 0 ? c : y->exact - x->exact;
}

/* The mantissas in order, equal ones as one; how many there are then. */
static size_t
sort_mants(const struct sample *s, struct repeated *to)
{
	int64_t *mant = mem_alloc(s->n + 1, sizeof *mant);
	size_t n = 0;

	if (s->n > 0)
		memcpy(mant, s->mant, s->n * sizeof *mant);
	sort_values(mant, s->n);
	for (size_t i = 0; i < s->n; i++)
		if (i > 0 && mant[i] == mant[i - 1])
			to[n - 1].times++;
		else
			to[n++] =
			    (struct repeated){{true, s->scale, mant[i], 0}, 1};
	mem_free(mant);
	return n;
}

struct repeated *
sample_sorted(const struct sample *s, size_t *count)
{
	struct repeated *all = mem_alloc(s->n + s->napart + 1, sizeof *all);
	size_t n = sort_mants(s, all), kept = 0;

	if (s->napart > 0) {
		memcpy(all + n, s->apart, s->napart * sizeof *all);
		n += s->napart;
		qsort(all, n, sizeof *all, by_value);
	}
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && by_value(&all[kept - 1], &all[i]) == 0)
			all[kept - 1].times += all[i].times;
		else
			all[kept++] = all[i];
	*count = kept;
	return all;
}

static struct sample_pair
find_pair(const struct sample *s, uint64_t k)
{
	struct sample_pair pair = {.k = k};
	struct repeated *all;
	size_t n, i = 0;

	if (s->napart == 0) {
		struct selected at =
		    select_kth(s->mant, s->n, (size_t)k, s->reach);

		pair.at[0] = (struct number){true, s->scale, at.kth, 0};
		pair.at[1] = (struct number){true, s->scale, at.next, 0};
		return pair;
	}
	all = sample_sorted(s, &n);
	while (k >= all[i].times)
		k -= all[i++].times;
	pair.at[0] = all[i].value;
	pair.at[1] = all[i + (k + 1 == all[i].times && i + 1 < n)].value;
	mem_free(all);
	return pair;
}

struct sample_pair
sample_select(struct sample *s, uint64_t k)
{
	if (!sample_is_large(s))
		return find_pair(s, k);
	for (size_t i = 0; i < s->nknown; i++)
		if (s->known[i].k == k)
			return s->known[i];
	s->known =
	    mem_grow(s->known, &s->known_cap, s->nknown + 1, sizeof *s->known);
	return s->known[s->nknown++] = find_pair(s, k);
}

uint64_t
sample_place(uint64_t n, struct number p, struct number *way)
{
	__extension__ __int128 place, unit = 1;
	double at;

	if (p.exact) {
		for (unsigned i = 0; i < p.scale; i++)
			unit *= 10;
		place = p.mant;
		place *= n - 1;
		*way =
		    (struct number){true, p.scale, (int64_t)(place % unit), 0};
		return (uint64_t)(place / unit);
	}
	at = (double)(n - 1) * p.real;
	*way = number_real(at - floor(at));
	return at < (double)(n - 1) ? (uint64_t)at : n - 1;
}

void
sample_release(struct sample *s)
{
	mem_free(s->mant);
	mem_free(s->apart);
	mem_free(s->known);
}
