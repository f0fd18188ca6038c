#include "sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "select.h"

static const int64_t pow10[] = {1, 10, 100, 1000, 10000, 100000, 1000000,
    10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000,
    10000000000000, 100000000000000, 1000000000000000, 10000000000000000,
    100000000000000000, 1000000000000000000};

/* Brings what is there to a finer scale; false when some would not fit. */
static bool
sample_refine(struct sample *s, uint8_t scale)
{
	int64_t factor = pow10[scale - s->scale], reach;

	if (s->reach > INT64_MAX ||
	    __builtin_mul_overflow((int64_t)s->reach, factor, &reach))
		return false;
	for (size_t i = 0; i < s->n; i++)
		s->mant[i] *= factor;
	s->reach = 0;
	for (size_t i = 0; i < s->n; i++)
		s->reach |= (uint64_t)(s->mant[i] ^ s->mant[i] >> 63);
	s->scale = scale;
	return true;
}

static void
add_odd(struct sample *s, struct number v)
{
	s->odd = mem_grow(s->odd, &s->odd_cap, s->nodd + 1, sizeof *s->odd);
	s->odd[s->nodd++] = v;
}

static inline void
add_mant(struct sample *s, int64_t mant)
{
	if (s->n == s->cap)
		s->mant = mem_grow(s->mant, &s->cap, s->n + 1, sizeof *s->mant);
	s->mant[s->n++] = mant;
	s->reach |= (uint64_t)(mant ^ mant >> 63);
}

void
sample_add(struct sample *s, struct number v)
{
	int64_t mant = v.mant;

	if (!v.exact || (v.scale > s->scale && !sample_refine(s, v.scale)) ||
	    __builtin_mul_overflow(mant, pow10[s->scale - v.scale], &mant))
		add_odd(s, v);
	else
		add_mant(s, mant);
}

/* The room comes first: what is too much for the memory fails at once. */
void
sample_add_times(struct sample *s, struct number v, uint64_t times)
{
	if (times > SIZE_MAX / 2)
		mem_exhausted();
	s->mant =
	    mem_grow(s->mant, &s->cap, s->n + (size_t)times, sizeof *s->mant);
	for (; times > 0; times--)
		sample_add(s, v);
}

void
sample_merge(struct sample *into, const struct sample *from)
{
	for (size_t i = 0; i < from->n; i++)
		sample_add(
		    into, (struct number){true, from->scale, from->mant[i], 0});
	for (size_t i = 0; i < from->nodd; i++)
		sample_add(into, from->odd[i]);
}

/* Equal ones of two kinds, exact ones first, so that the order is one. */
static int
by_value(const void *a, const void *b)
{
	const struct number *x = a, *y = b;
	int c = number_cmp(*x, *y);

	return c != 0 ? c : y->exact - x->exact;
}

struct number *
sample_sorted(const struct sample *s)
{
	struct number *all = mem_alloc(sample_size(s) + 1, sizeof *all);
	int64_t *mant = mem_alloc(s->n + 1, sizeof *mant);

	if (s->n > 0)
		memcpy(mant, s->mant, s->n * sizeof *mant);
	sort_values(mant, s->n);
	for (size_t i = 0; i < s->n; i++)
		all[i] = (struct number){true, s->scale, mant[i], 0};
	mem_free(mant);
	if (s->nodd > 0) {
		memcpy(all + s->n, s->odd, s->nodd * sizeof *all);
		qsort(all, sample_size(s), sizeof *all, by_value);
	}
	return all;
}

void
sample_select(const struct sample *s, size_t k, struct number pair[2])
{
	if (s->nodd == 0) {
		struct selected at = select_kth(s->mant, s->n, k);

		pair[0] = (struct number){true, s->scale, at.kth, 0};
		pair[1] = (struct number){true, s->scale, at.next, 0};
	} else {
		struct number *all = sample_sorted(s);

		pair[0] = all[k];
		pair[1] = all[k + (k + 1 < sample_size(s))];
		mem_free(all);
	}
}

size_t
sample_place(size_t n, struct number p, struct number *way)
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
		return (size_t)(place / unit);
	}
	at = (double)(n - 1) * p.real;
	*way = number_real(at - floor(at));
	return (size_t)at;
}

void
sample_release(struct sample *s)
{
	mem_free(s->mant);
	mem_free(s->odd);
}
