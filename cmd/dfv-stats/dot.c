#include "dot.h"

#include <math.h>

#include "mem.h"
#include "state.h"

__extension__ typedef __int128 wide_int;
__extension__ typedef unsigned __int128 wide_uint;

/*
 * The product of two doubles is a multiple of 2^-2252, the way frexp tells of
 * the least of them, and below 2^2048. What is read from a state leaves room
 * for more, so that no sum runs over.
 */
enum {
	SCALE_MAX = 36,
	DECIMAL_LIMBS = 6,
	REAL_LIMBS = 70,
	REAL_BIAS = 36 * 64,
	DECIMAL_ROOM = 320,
	REAL_ROOM = REAL_BIAS + 60 /* and the exponent of a term */
};

struct dot_wide {
	bool has_real;
	uint64_t decimal[DECIMAL_LIMBS];
	uint64_t real[REAL_LIMBS];
};

static struct dot_wide *
wide_of(struct dot *d)
{
	if (d->wide == NULL)
		d->wide = mem_alloc(1, sizeof *d->wide);
	return d->wide;
}

static bool
dot_is_negative(const struct dot *d)
{
	return d->high < 0;
}

/* The fast total's magnitude at 10^-36. */
static void
fast_magnitude(const struct dot *d, struct big *a)
{
	uint64_t limb[] = {
	    (uint64_t)d->low, (uint64_t)(d->low >> 64), (uint64_t)d->high};

	fixed_magnitude(limb, 3, a);
	big_times_ten(a, SCALE_MAX - d->scale);
}

/* Adds to the fast total: never too much, see dot_refine. */
static inline void
fast_add(struct dot *d, wide_int v)
{
	d->low += (wide_uint)v;
	d->high += (v < 0 ? -1 : 0) + (d->low < (wide_uint)v);
}

static void
wide_add(struct dot *d, const struct dot *from)
{
	struct big a;

	fast_magnitude(from, &a);
	fixed_add(
	    wide_of(d)->decimal, DECIMAL_LIMBS, 0, &a, dot_is_negative(from));
}

/* Powers up to 10^36, which is below 2^120. */
static wide_int
power_ten(unsigned n)
{
	wide_int p = 1;

	for (; n > 0; n--)
		p *= 10;
	return p;
}

/* Brings the fast total to a finer scale, or moves it to the wide one. */
static void
dot_refine(struct dot *d, uint8_t scale)
{
	wide_int total = (wide_int)d->low, finer;

	if (d->high != (total < 0 ? -1 : 0) ||
	    __builtin_mul_overflow(
		total, power_ten(scale - d->scale), &finer)) {
		wide_add(d, d);
		finer = 0;
	}
	d->low = (wide_uint)finer;
	d->high = finer < 0 ? -1 : 0;
	d->scale = scale;
}

static void
add_decimal(struct dot *d, wide_int v, uint8_t scale)
{
	wide_int finer;

	if (scale > d->scale)
		dot_refine(d, scale);
	if (scale == d->scale) {
		fast_add(d, v);
	} else if (!__builtin_mul_overflow(
		       v, power_ten(d->scale - scale), &finer)) {
		fast_add(d, finer);
	} else {
		struct dot one = {.low = (wide_uint)v,
		    .high = v < 0 ? -1 : 0,
		    .scale = scale};

		wide_add(d, &one);
	}
}

/* v == the result * 2^*exp, without a bit lost. */
static int64_t
take_apart(double v, int *exp)
{
	int64_t mant = (int64_t)ldexp(frexp(v, exp), 53);

	*exp -= 53;
	return mant;
}

static void
add_real(struct dot *d, double x, double y)
{
	struct dot_wide *w = wide_of(d);
	int ex, ey, at;
	wide_int p = (wide_int)take_apart(x, &ex) * take_apart(y, &ey);
	wide_uint u = p < 0 ? -(wide_uint)p : (wide_uint)p;
	uint64_t limb[] = {(uint64_t)u, (uint64_t)(u >> 64)};
	struct big a;

	at = ex + ey + REAL_BIAS;
	w->has_real = true;
	if (p == 0)
		return;
	big_set(&a, limb, 2);
	fixed_add(w->real, REAL_LIMBS, (size_t)at, &a, p < 0);
}

void
dot_add(struct dot *d, struct number x, struct number y)
{
	if (x.exact && y.exact)
		add_decimal(
		    d, (wide_int)x.mant * y.mant, (uint8_t)(x.scale + y.scale));
	else
		add_real(d, number_double(x), number_double(y));
}

void
dot_merge(struct dot *into, const struct dot *from)
{
	wide_int total = (wide_int)from->low;
	const struct dot_wide *f = from->wide;
	struct big a;
	bool negative;

	if (from->high == (total < 0 ? -1 : 0))
		add_decimal(into, total, from->scale);
	else
		wide_add(into, from);
	if (f == NULL)
		return;
	negative = fixed_magnitude(f->decimal, DECIMAL_LIMBS, &a);
	fixed_add(wide_of(into)->decimal, DECIMAL_LIMBS, 0, &a, negative);
	negative = fixed_magnitude(f->real, REAL_LIMBS, &a);
	fixed_add(wide_of(into)->real, REAL_LIMBS, 0, &a, negative);
	into->wide->has_real |= f->has_real;
}

bool
dot_has_real(const struct dot *d)
{
	return d->wide != NULL && d->wide->has_real;
}

/* a += b, signed. */
static void
add_signed(struct big *a, bool *negative, const struct big *b, bool b_negative)
{
	struct big was = *a;

	if (*negative == b_negative) {
		big_add(a, b);
	} else if (big_cmp(a, b) >= 0) {
		big_sub(a, b);
	} else {
		*a = *b;
		big_sub(a, &was);
		*negative = b_negative;
	}
}

/* The decimals together, at 10^-36. */
static bool
decimal_magnitude(const struct dot *d, struct big *a)
{
	bool negative = dot_is_negative(d), other;
	struct big wide;

	fast_magnitude(d, a);
	if (d->wide == NULL)
		return negative;
	other = fixed_magnitude(d->wide->decimal, DECIMAL_LIMBS, &wide);
	add_signed(a, &negative, &wide, other);
	return negative;
}

bool
dot_fraction(const struct dot *d, bool real, struct big *a)
{
	bool negative = decimal_magnitude(d, a), other;
	struct big doubles;

	if (!real)
		return negative;
	big_shift(a, REAL_BIAS);
	if (!dot_has_real(d))
		return negative;
	other = fixed_magnitude(d->wide->real, REAL_LIMBS, &doubles);
	big_times_ten(&doubles, SCALE_MAX);
	add_signed(a, &negative, &doubles, other);
	return negative;
}

void
dot_unit(bool real, struct big *a)
{
	*a = (struct big){.n = 1, .limb = {1}};
	big_times_ten(a, SCALE_MAX);
	if (real)
		big_shift(a, REAL_BIAS);
}

bool
dot_ratio(const struct dot *a, const struct dot *b, struct number *out)
{
	bool real = dot_has_real(a) || dot_has_real(b), negative;
	struct big num, den;
	double v;
	int exp;

	negative = dot_fraction(a, real, &num);
	negative ^= dot_fraction(b, real, &den);
	v = big_ratio(&num, &den, &exp);
	v = ldexp(v, exp);
	*out = number_real(negative ? -v : v);
	return isfinite(v);
}

int
dot_cmp(const struct dot *a, const struct dot *b)
{
	bool real = dot_has_real(a) || dot_has_real(b), minus_a, minus_b;
	struct big x, y;

	if (a->wide == NULL && b->wide == NULL && a->scale == b->scale) {
		if (a->high != b->high)
			return a->high < b->high ? -1 : 1;
		return (a->low > b->low) - (a->low < b->low);
	}
	minus_a = dot_fraction(a, real, &x) && x.n > 0;
	minus_b = dot_fraction(b, real, &y) && y.n > 0;
	if (minus_a != minus_b)
		return minus_a ? -1 : 1;
	return minus_a ? big_cmp(&y, &x) : big_cmp(&x, &y);
}

bool
dot_is_zero(const struct dot *d)
{
	struct big a;

	dot_fraction(d, dot_has_real(d), &a);
	return a.n == 0;
}

/* The decimals, then the doubles or `-`. */
void
dot_save(const struct dot *d, struct buf *b)
{
	struct big a;
	bool negative = decimal_magnitude(d, &a);

	big_put_decimal(b, &a, negative && a.n > 0, SCALE_MAX);
	buf_byte(b, ' ');
	if (!dot_has_real(d)) {
		buf_add(b, SPAN("- "));
		return;
	}
	negative = fixed_magnitude(d->wide->real, REAL_LIMBS, &a);
	big_put_hex(b, &a, negative);
	buf_byte(b, ' ');
}

/* Adds a * 10^-scale. */
static void
add_magnitude(struct dot *d, struct big *a, bool negative, uint8_t scale)
{
	if (big_bits(a) < 127) {
		wide_uint v = a->n > 1 ? (wide_uint)a->limb[1] << 64 : 0;

		v |= a->n > 0 ? a->limb[0] : 0;
		add_decimal(d, negative ? -(wide_int)v : (wide_int)v, scale);
		return;
	}
	big_times_ten(a, SCALE_MAX - scale);
	fixed_add(wide_of(d)->decimal, DECIMAL_LIMBS, 0, a, negative);
}

bool
dot_load(struct dot *d, enum dot_terms terms, struct span *rest)
{
	size_t room = REAL_ROOM + (terms == DOT_NUMBERS ? 1024 : 2048);
	struct span decimal, real;
	struct big a;
	bool negative;
	unsigned scale;

	if (!state_get_word(rest, &decimal) || !state_get_word(rest, &real) ||
	    !big_get_decimal(decimal, DECIMAL_ROOM, &a, &negative, &scale) ||
	    scale > SCALE_MAX ||
	    big_bits(&a) + (SCALE_MAX - scale) * 10 / 3 > DECIMAL_ROOM)
		return false;
	add_magnitude(d, &a, negative, (uint8_t)scale);
	if (span_eq(real, SPAN("-")))
		return true;
	if (!big_get_hex(real, room, &a, &negative))
		return false;
	fixed_add(wide_of(d)->real, REAL_LIMBS, 0, &a, negative);
	d->wide->has_real = true;
	return true;
}

void
dot_release(struct dot *d)
{
	mem_free(d->wide);
	d->wide = NULL;
}
