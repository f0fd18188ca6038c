#include "accumulators.h"

#include <math.h>
#include <stdio.h>

#include "mem.h"
#include "sample.h"
#include "state.h"

/*
 * DDSketch (C. Masson, J. E. Rim and H. K. Lee, DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees, 2019), with
 * an interpolated logarithm: each power of two is cut into 64 buckets of one
 * width, so that no bucket's middle is further than 1/129 from what is in it.
 * Buckets reach over all doubles and are never collapsed: the sketch depends
 * on the values alone, not on their order or on merges.
 */
enum {
	BUCKETS = 64,
	/* What frexp gives of doubles. */
	OCTAVE_MIN = -1073,
	OCTAVE_MAX = 1024,
	DIGITS_SHOWN = 4
};

/* The counts of some octaves in a row. */
struct octaves {
	uint64_t *count;
	int first;
	int n;
};

struct sketch {
	struct octaves below; /* of the negative ones' magnitudes */
	struct octaves above;
	uint64_t zeros;
	uint64_t n;
	struct number min; /* once there is one */
	struct number max;
};

/* Makes room for an octave. */
static void
octaves_reach(struct octaves *o, int octave)
{
	int first = o->n == 0 || octave < o->first ? octave : o->first;
	int end = o->n == 0 || octave >= o->first + o->n ? octave + 1
							 : o->first + o->n;
	uint64_t *wider;

	if (end - first == o->n)
		return;
	wider = mem_alloc((size_t)(end - first) * BUCKETS, sizeof *wider);
	if (o->n > 0)
		memcpy(wider + (o->first - first) * BUCKETS, o->count,
		    (size_t)o->n * BUCKETS * sizeof *wider);
	mem_free(o->count);
	*o = (struct octaves){wider, first, end - first};
}

static uint64_t *
bucket(struct octaves *o, int octave, int at)
{
	octaves_reach(o, octave);
	return &o->count[(octave - o->first) * BUCKETS + at];
}

/* The bucket of a number that is not zero. */
static uint64_t *
bucket_of(struct sketch *s, double v)
{
	int octave;
	double mant = frexp(fabs(v), &octave);

	return bucket(v < 0 ? &s->below : &s->above, octave,
	    (int)(mant * 2 * BUCKETS) - BUCKETS);
}

static void
widen_range(struct sketch *s, struct number low, struct number high)
{
	if (s->n == 0 || number_cmp(low, s->min) < 0)
		s->min = low;
	if (s->n == 0 || number_cmp(high, s->max) > 0)
		s->max = high;
}

static void
sketch_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct sketch *s = (struct sketch *)(v->group[i] + offset);
		struct number x = values_number(v, i);
		double d = number_double(x);

		widen_range(s, x, x);
		s->n++;
		if (d == 0)
			s->zeros++;
		else
			++*bucket_of(s, d);
	}
}

static void
octaves_merge(struct octaves *into, const struct octaves *from)
{
	for (int i = 0; i < from->n; i++)
		for (int at = 0; at < BUCKETS; at++)
			if (from->count[i * BUCKETS + at] > 0)
				*bucket(into, from->first + i, at) +=
				    from->count[i * BUCKETS + at];
}

static void
sketch_merge(void *into, const void *from)
{
	struct sketch *s = into;
	const struct sketch *f = from;

	if (f->n == 0)
		return;
	widen_range(s, f->min, f->max);
	octaves_merge(&s->below, &f->below);
	octaves_merge(&s->above, &f->above);
	s->zeros += f->zeros;
	s->n += f->n;
}

static void
sketch_release(void *state)
{
	struct sketch *s = state;

	mem_free(s->below.count);
	mem_free(s->above.count);
}

/* How many buckets hold something, then each of them: where, how many. */
static void
octaves_save(const struct octaves *o, struct buf *b)
{
	size_t used = 0;

	for (int i = 0; i < o->n * BUCKETS; i++)
		used += o->count[i] > 0;
	state_put_count(b, used);
	for (int i = 0; i < o->n * BUCKETS; i++) {
		int at = (o->first - OCTAVE_MIN) * BUCKETS + i;

		if (o->count[i] == 0)
			continue;
		state_put_count(b, (uint64_t)at);
		state_put_count(b, o->count[i]);
	}
}

static bool
octaves_load(struct octaves *o, struct span *rest, uint64_t *total)
{
	const uint64_t end = (OCTAVE_MAX - OCTAVE_MIN + 1) * BUCKETS;
	uint64_t used, at, count;

	if (!state_get_count(rest, &used) || used > end)
		return false;
	for (; used > 0; used--) {
		if (!state_get_count(rest, &at) || at >= end ||
		    !state_get_count(rest, &count))
			return false;
		*bucket(o, (int)(at / BUCKETS) + OCTAVE_MIN,
		    (int)(at % BUCKETS)) += count;
		*total += count;
	}
	return true;
}

static void
sketch_save(const void *state, struct buf *b)
{
	const struct sketch *s = state;

	state_put_count(b, s->n);
	if (s->n == 0)
		return;
	state_put_number(b, s->min);
	state_put_number(b, s->max);
	state_put_count(b, s->zeros);
	octaves_save(&s->below, b);
	octaves_save(&s->above, b);
}

static bool
sketch_load(void *state, struct span *rest)
{
	struct sketch *s = state;
	struct number low, high;
	uint64_t n, zeros, total;

	if (!state_get_count(rest, &n))
		return false;
	if (n == 0)
		return true;
	if (!state_get_number(rest, &low) || !state_get_number(rest, &high) ||
	    !state_get_count(rest, &zeros))
		return false;
	widen_range(s, low, high);
	total = zeros;
	s->zeros += zeros;
	s->n += n;
	return octaves_load(&s->below, rest, &total) &&
	    octaves_load(&s->above, rest, &total) && total == n;
}

const struct accumulator accumulator_sketch = {sizeof(struct sketch),
    sketch_add, sketch_merge, sketch_release, sketch_save, sketch_load};

/*
 * The number that is least far, in proportion, from both ends of a bucket
 * [l, u): 2lu / (l + u). It is rounded to the digits that mean something.
 */
static struct number
bucket_middle(int octave, int at, bool negative)
{
	double low = BUCKETS + at;
	double middle = 2 * low * (low + 1) / (2 * low + 1);
	struct number n;
	char text[32];

	middle = ldexp(middle / (2 * BUCKETS), octave);
	snprintf(text, sizeof text, "%s%.*e", negative ? "-" : "",
	    DIGITS_SHOWN - 1, middle);
	if (!number_parse(span_of(text), false, &n))
		n = number_real(negative ? -middle : middle);
	return n;
}

/* The number of the value that `before` others come before. */
static struct number
find_value(const struct sketch *s, uint64_t before)
{
	const struct octaves *o = &s->below;

	for (int i = o->n * BUCKETS - 1; i >= 0; before -= o->count[i--])
		if (before < o->count[i])
			return bucket_middle(
			    o->first + i / BUCKETS, i % BUCKETS, true);
	if (before < s->zeros)
		return number_int(0);
	before -= s->zeros;
	o = &s->above;
	for (int i = 0; i < o->n * BUCKETS; before -= o->count[i++])
		if (before < o->count[i])
			return bucket_middle(
			    o->first + i / BUCKETS, i % BUCKETS, false);
	return s->max;
}

struct value
approx_quantile_final(void *state, const struct aggregate_args *args)
{
	const struct sketch *s = state;
	struct number way, v;

	if (s->n == 0)
		return value_missing();
	v = find_value(s, sample_place(s->n, args->p, &way));
	if (number_cmp(v, s->min) < 0)
		v = s->min;
	if (number_cmp(v, s->max) > 0)
		v = s->max;
	return value_number(v);
}
