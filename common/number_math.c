#include "number.h"

#include <math.h>

#include "number_impl.h"

/*
 * Exact numbers are worked on in 128 bits: two of them brought to one scale
 * stay below 2^63 * 10^18 < 2^123. Pedantic compilers want __extension__ where
 * the type is used.
 */
enum { POWERS = 20 };

static const uint64_t power10[POWERS] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

/* Up to here a double holds every whole number. */
static const uint64_t double_whole = UINT64_C(1) << 53;

static uint64_t
magnitude(int64_t i)
{
	return i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
}

/* How far v, not zero, can go left until its top bit is in place 126. */
__extension__ static int
room_above(unsigned __int128 v)
{
	uint64_t high = (uint64_t)(v >> 64);

	return high != 0 ? __builtin_clzll(high) - 1
			 : __builtin_clzll((uint64_t)v) + 63;
}

/*
 * num / den rounded once, both below 2^127, den not zero: 64 bits of the
 * quotient by long division, the last of them raised if anything remains.
 */
__extension__ static double
ratio_double(unsigned __int128 num, unsigned __int128 den)
{
	uint64_t q = 0;
	int up, down, i;

	if (num == 0)
		return 0;
	if (num <= double_whole && den <= double_whole)
		return (double)(uint64_t)num / (double)(uint64_t)den;
	up = room_above(num);
	down = room_above(den);
	num <<= up;
	den <<= down;
	for (i = 0; i < 64; i++) {
		q <<= 1;
		if (num >= den) {
			num -= den;
			q |= 1;
		}
		num <<= 1;
	}
	return ldexp((double)(q | (num != 0)), down - up - 63);
}

double
number_double(struct number x)
{
	double d;

	if (!x.exact)
		return x.real;
	if (x.scale == 0)
		return (double)x.mant;
	d = ratio_double(magnitude(x.mant), power10[x.scale]);
	return x.mant < 0 ? -d : d;
}

/* v * 10^-scale, scale at most 36: exact if it fits, else the nearest double.
 * |v| < 2^127. */
__extension__ static struct number
number_fit(__int128 v, unsigned scale)
{
	unsigned __int128 num, den;
	double d;

	while (scale > 0 &&
	    (scale > NUMBER_MAX_SCALE || v > INT64_MAX || v < -INT64_MAX) &&
	    v % 10 == 0) {
		v /= 10;
		scale--;
	}
	if (scale <= NUMBER_MAX_SCALE && v <= INT64_MAX && v >= -INT64_MAX)
		return (struct number){
		    .exact = true, .scale = (uint8_t)scale, .mant = (int64_t)v};
	den = power10[scale / 2];
	den *= power10[scale - scale / 2];
	num = (unsigned __int128)v;
	d = ratio_double(v < 0 ? 0 - num : num, den);
	return number_real(v < 0 ? -d : d);
}

static bool
number_finite(double x, struct number *out)
{
	*out = number_real(x);
	return isfinite(x);
}

/* a exact, r a double that a is rounded to: what the rounding took away. */
__extension__ static int
compare_close(struct number a, double r)
{
	__int128 left = a.mant, right;
	int exp;

	/* r = right * 2^exp. Both sides stay below 2^53 * 10^18 < 2^113, or,
	 * being about as large, not far above it. */
	right = (int64_t)ldexp(frexp(r, &exp), 53);
	for (exp -= 53; exp < 0 && right % 2 == 0; exp++)
		right /= 2;
	right *= power10[a.scale];
	if (exp < 0)
		left *= (__int128)1 << -exp;
	else
		right *= (__int128)1 << exp;
	return (left > right) - (left < right);
}

static int
compare_exact_real(struct number a, double r)
{
	double d = number_double(a);

	if (d != r)
		return d < r ? -1 : 1;
	return a.mant == 0 ? 0 : compare_close(a, r);
}

__extension__ int
number_cmp(struct number a, struct number b)
{
	__int128 left = a.mant, right = b.mant;

	if (!a.exact && !b.exact)
		return (a.real > b.real) - (a.real < b.real);
	if (!b.exact)
		return compare_exact_real(a, b.real);
	if (!a.exact)
		return -compare_exact_real(b, a.real);
	if (a.scale == b.scale)
		return (a.mant > b.mant) - (a.mant < b.mant);
	if (a.scale < b.scale)
		left *= power10[b.scale - a.scale];
	else
		right *= power10[a.scale - b.scale];
	return (left > right) - (left < right);
}

/* a + b, or a - b. */
__extension__ static bool
add_signed(struct number a, struct number b, bool minus, struct number *out)
{
	__int128 left = a.mant, right = b.mant;
	unsigned scale = a.scale > b.scale ? a.scale : b.scale;
	double d;

	if (!a.exact || !b.exact) {
		d = number_double(b);
		return number_finite(number_double(a) + (minus ? -d : d), out);
	}
	left *= power10[scale - a.scale];
	right *= power10[scale - b.scale];
	*out = number_fit(minus ? left - right : left + right, scale);
	return true;
}

bool
number_add(struct number a, struct number b, struct number *out)
{
	return add_signed(a, b, false, out);
}

bool
number_sub(struct number a, struct number b, struct number *out)
{
	return add_signed(a, b, true, out);
}

__extension__ bool
number_mul(struct number a, struct number b, struct number *out)
{
	__int128 product = a.mant;

	if (!a.exact || !b.exact)
		return number_finite(number_double(a) * number_double(b), out);
	product *= b.mant;
	*out = number_fit(product, (unsigned)a.scale + b.scale);
	return true;
}

/*
 * num / den, both without a point, num % (den without its factors 2 and 5)
 * being zero: a decimal, whose digits end. False when it does not fit.
 */
static bool
divide_even(uint64_t num, uint64_t den, int scale, struct number *out)
{
	uint64_t rest = den;
	int twos = __builtin_ctzll(den), fives = 0;
	int64_t mant;

	for (rest >>= twos; rest % 5 == 0; rest /= 5)
		fives++;
	if (num % rest != 0)
		return false;
	num /= rest;
	for (; twos > 0 && num % 2 == 0; twos--)
		num /= 2;
	for (; fives > 0 && num % 5 == 0; fives--)
		num /= 5;
	scale += twos > fives ? twos : fives;
	if (num > INT64_MAX || scale > NUMBER_MAX_SCALE)
		return false;
	mant = (int64_t)num;
	for (; twos < fives; twos++)
		if (__builtin_mul_overflow(mant, 2, &mant))
			return false;
	for (; fives < twos; fives++)
		if (__builtin_mul_overflow(mant, 5, &mant))
			return false;
	for (; scale < 0; scale++)
		if (__builtin_mul_overflow(mant, 10, &mant))
			return false;
	*out = (struct number){
	    .exact = true, .scale = (uint8_t)scale, .mant = mant};
	return true;
}

__extension__ bool
number_div(struct number a, struct number b, struct number *out)
{
	unsigned __int128 num, den;

	if (b.exact ? b.mant == 0 : b.real == 0)
		return false;
	if (!a.exact || !b.exact)
		return number_finite(number_double(a) / number_double(b), out);
	if (a.mant == 0) {
		*out = number_int(0);
		return true;
	}
	num = magnitude(a.mant);
	den = magnitude(b.mant);
	if (!divide_even(
		magnitude(a.mant), magnitude(b.mant), a.scale - b.scale, out)) {
		if (a.scale < b.scale)
			num *= power10[b.scale - a.scale];
		else
			den *= power10[a.scale - b.scale];
		*out = number_real(ratio_double(num, den));
	}
	if ((a.mant < 0) != (b.mant < 0)) {
		out->mant = -out->mant;
		out->real = -out->real;
	}
	return true;
}

enum rounding { ROUND_HALF_AWAY, ROUND_DOWN, ROUND_UP };

/* mant without its last `drop` > 0 digits. */
static uint64_t
drop_digits(uint64_t mant, int drop, enum rounding how)
{
	uint64_t unit, rest;

	/* No mantissa has as much as half of 10^20. */
	if (drop >= POWERS)
		return how == ROUND_UP && mant > 0;
	unit = power10[drop];
	rest = mant % unit;
	mant /= unit;
	if (how == ROUND_HALF_AWAY)
		mant += rest >= unit / 2;
	if (how == ROUND_UP)
		mant += rest > 0;
	return mant;
}

/*
 * A double is rounded as it is written: what prints as 2.675 becomes 2.68,
 * although its bits are a little below. So it makes no difference whether the
 * number came through a pipe.
 */
__extension__ static struct number
round_to(struct number x, int digits, enum rounding how)
{
	bool negative = x.exact ? x.mant < 0 : x.real < 0;
	int scale = x.scale;
	uint64_t mant;
	__int128 v;

	if (x.exact)
		mant = magnitude(x.mant);
	else
		number_shortest(x.real, &mant, &scale);
	if (digits < -NUMBER_MAX_SCALE)
		digits = -NUMBER_MAX_SCALE;
	if (scale <= digits || digits > NUMBER_MAX_SCALE)
		return x;
	if (negative && how != ROUND_HALF_AWAY)
		how = how == ROUND_UP ? ROUND_DOWN : ROUND_UP;
	v = drop_digits(mant, scale - digits, how);
	if (digits < 0)
		v *= power10[-digits];
	return number_fit(negative ? -v : v, digits > 0 ? (unsigned)digits : 0);
}

struct number
number_round(struct number x, int digits)
{
	return round_to(x, digits, ROUND_HALF_AWAY);
}

struct number
number_floor(struct number x)
{
	return round_to(x, 0, ROUND_DOWN);
}

struct number
number_ceil(struct number x)
{
	return round_to(x, 0, ROUND_UP);
}
