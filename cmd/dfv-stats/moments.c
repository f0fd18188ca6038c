#include "accumulators.h"

#include <math.h>

#include "dot.h"
#include "state.h"

/*
 * Exact sums of the values and of their squares, so that nothing cancels:
 * their difference is taken in whole numbers too, and rounded once.
 */
struct moments {
	uint64_t n;
	struct dot values;
	struct dot squares;
};

static void
moments_add(const struct values *v, size_t offset)
{
	for (size_t i = 0; i < v->n; i++) {
		struct moments *m = (struct moments *)(v->group[i] + offset);
		struct number x = values_number(v, i);

		m->n++;
		dot_add(&m->values, x, number_int(1));
		dot_add(&m->squares, x, x);
	}
}

static void
moments_merge(void *into, const void *from)
{
	struct moments *m = into;
	const struct moments *f = from;

	m->n += f->n;
	dot_merge(&m->values, &f->values);
	dot_merge(&m->squares, &f->squares);
}

static void
moments_release(void *state)
{
	struct moments *m = state;

	dot_release(&m->values);
	dot_release(&m->squares);
}

static void
moments_save(const void *state, struct buf *b)
{
	const struct moments *m = state;

	state_put_count(b, m->n);
	dot_save(&m->values, b);
	dot_save(&m->squares, b);
}

static bool
moments_load(void *state, struct span *rest)
{
	struct moments *m = state;

	return state_add_count(rest, &m->n) &&
	    dot_load(&m->values, DOT_NUMBERS, rest) &&
	    dot_load(&m->squares, DOT_PRODUCTS, rest);
}

const struct accumulator accumulator_moments = {sizeof(struct moments),
    moments_add, moments_merge, moments_release, moments_save, moments_load};

/*
 * (n * sum of squares - square of the sum) / (n * (n - 1)), the sums being
 * fractions over dot_unit: a result between a half and two, times 2^*exp.
 */
static double
sample_variance(const struct moments *m, int *exp)
{
	bool real = dot_has_real(&m->values);
	struct big unit, sum, squares, left, right;

	dot_unit(real, &unit);
	dot_fraction(&m->values, real, &sum);
	dot_fraction(&m->squares, real, &squares);
	big_times(&squares, m->n);
	big_product(&left, &squares, &unit);
	big_product(&right, &sum, &sum);
	/* Only where a state's sums do not belong together. */
	if (big_cmp(&left, &right) < 0)
		return *exp = 0;
	big_sub(&left, &right);
	big_product(&right, &unit, &unit);
	big_times(&right, m->n);
	big_times(&right, m->n - 1);
	return big_ratio(&left, &right, exp);
}

struct value
variance_final(void *state, const struct aggregate_args *args)
{
	const struct moments *m = state;
	double v;
	int exp;

	(void)args;
	if (m->n < 2)
		return value_missing();
	v = sample_variance(m, &exp);
	return value_number(number_real(ldexp(v, exp)));
}

/* The root is taken before the exponent is put back: it may be within range
 * where the variance is not. */
struct value
stddev_final(void *state, const struct aggregate_args *args)
{
	const struct moments *m = state;
	double v;
	int exp;

	(void)args;
	if (m->n < 2)
		return value_missing();
	v = sample_variance(m, &exp);
	if (exp % 2 != 0) {
		v *= 2;
		exp--;
	}
	return value_number(number_real(ldexp(sqrt(v), exp / 2)));
}
