#include "sum.h"

#include <math.h>
#include <stdio.h>

#include "big.h"
#include "mem.h"
#include "state.h"

__extension__ typedef __int128 wide_int;
__extension__ typedef unsigned __int128 wide_uint;

/*
 * The accumulator for doubles: chunk i counts units of 2^(32 i - 1152), each
 * in an int64 of which 31 bits are left for carries, so that 2^30 additions go
 * before they have to be moved on.
 */
enum { CHUNKS = 72, CHUNK_BIAS = 1152, CARRY_AFTER = 1 << 30 };

struct sum_wide {
	wide_uint low; /* 256 bits, two's complement, at 10^-18 */
	wide_int high;
	bool has_real;
	uint32_t since_carry;
	int64_t chunk[CHUNKS];
};

static struct sum_wide *
wide_of(struct sum *s)
{
	if (s->wide == NULL)
		s->wide = mem_alloc(1, sizeof *s->wide);
	return s->wide;
}

/* Adds a * b, in 256 bits. */
static void
wide_add_product(struct sum_wide *w, wide_int a, int64_t b)
{
	bool negative = a < 0;
	wide_uint u = negative ? -(wide_uint)a : (wide_uint)a;
	wide_uint lo = (wide_uint)(uint64_t)u * (uint64_t)b;
	wide_uint mid = (u >> 64) * (uint64_t)b;
	wide_uint low = lo + (mid << 64);
	wide_uint high = (mid >> 64) + (low < lo);

	if (negative) {
		low = -low;
		high = ~high + (low == 0);
	}
	w->low += low;
	w->high = (wide_int)((wide_uint)w->high + high + (w->low < low));
}

/* Moves the fast total to the wide one, and takes another scale. */
static void
sum_spill(struct sum *s, uint8_t scale)
{
	wide_add_product(
	    wide_of(s), s->total, number_pow10[NUMBER_MAX_SCALE - s->scale]);
	s->total = 0;
	s->scale = scale;
}

/* Brings the sum to a finer scale. */
static void
sum_refine(struct sum *s, uint8_t scale)
{
	wide_int finer;

	if (__builtin_mul_overflow(
		s->total, (wide_int)number_pow10[scale - s->scale], &finer)) {
		sum_spill(s, scale);
		return;
	}
	s->total = finer;
	s->scale = scale;
}

static void
carry(struct sum_wide *w)
{
	for (int i = 0; i + 1 < CHUNKS; i++) {
		int64_t up = w->chunk[i] >> 32; /* rounds down */

		w->chunk[i] -= up * ((int64_t)1 << 32);
		w->chunk[i + 1] += up;
	}
	w->since_carry = 0;
}

static void
add_real(struct sum_wide *w, double v)
{
	int exp, at, shift;
	int64_t mant = (int64_t)ldexp(frexp(v, &exp), 53);
	wide_int placed;

	/* v == mant * 2^(exp - 53) */
	at = (exp - 53 + CHUNK_BIAS) / 32;
	shift = (exp - 53 + CHUNK_BIAS) % 32;
	placed = (wide_int)mant * ((int64_t)1 << shift);
	for (int i = 0; i < 3; i++) {
		int64_t part = (int64_t)(placed & 0xFFFFFFFF);

		if (i == 2)
			part = (int64_t)placed;
		w->chunk[at + i] += part;
		placed >>= 32;
	}
	w->has_real = true;
	if (++w->since_carry == CARRY_AFTER)
		carry(w);
}

void
sum_add_slowly(struct sum *s, struct number v)
{
	wide_int term;

	if (!v.exact) {
		add_real(wide_of(s), v.real);
		return;
	}
	if (v.scale > s->scale)
		sum_refine(s, v.scale);
	term = (wide_int)v.mant * number_pow10[s->scale - v.scale];
	if (__builtin_add_overflow(s->total, term, &term)) {
		sum_spill(s, v.scale);
		term = v.mant;
	}
	s->total = term;
}

/* Adds the fast total of another sum. */
static void
merge_total(struct sum *into, const struct sum *from)
{
	wide_int term;

	if (from->scale > into->scale)
		sum_refine(into, from->scale);
	if (__builtin_mul_overflow(from->total,
		(wide_int)number_pow10[into->scale - from->scale], &term) ||
	    __builtin_add_overflow(into->total, term, &term))
		wide_add_product(wide_of(into), from->total,
		    number_pow10[NUMBER_MAX_SCALE - from->scale]);
	else
		into->total = term;
}

void
sum_merge(struct sum *into, const struct sum *from)
{
	const struct sum_wide *f = from->wide;
	struct sum_wide *w;

	merge_total(into, from);
	if (f == NULL)
		return;
	w = wide_of(into);
	w->low += f->low;
	w->high = (wide_int)((wide_uint)w->high + (wide_uint)f->high +
	    (w->low < f->low));
	w->has_real = w->has_real || f->has_real;
	for (int i = 0; i < CHUNKS; i++)
		w->chunk[i] += f->chunk[i];
	carry(w);
}

/* The whole decimal part at 10^-18 in a fresh wide sum. */
static struct sum_wide
collect(const struct sum *s)
{
	struct sum_wide w = {.low = 0};

	if (s->wide != NULL)
		w = *s->wide;
	wide_add_product(
	    &w, s->total, number_pow10[NUMBER_MAX_SCALE - s->scale]);
	return w;
}

/* Makes the doubles' sum its magnitude, every chunk of which is from 0 to 2^32:
 * true when it was negative. */
static bool
take_magnitude(struct sum_wide *w)
{
	bool negative;

	carry(w);
	negative = w->chunk[CHUNKS - 1] < 0;
	if (negative) {
		for (int i = 0; i < CHUNKS; i++)
			w->chunk[i] = -w->chunk[i];
		carry(w);
	}
	return negative;
}

/* The doubles' sum, divided by 2^down. */
static double
real_part(const struct sum_wide *w, int down)
{
	struct sum_wide c = *w;
	bool negative = take_magnitude(&c);
	double v = 0;

	for (int i = CHUNKS - 1; i >= 0; i--)
		if (c.chunk[i] != 0)
			v += ldexp(
			    (double)c.chunk[i], 32 * i - CHUNK_BIAS - down);
	return negative ? -v : v;
}

/* 256 bits divided by 10^18: the remainder, and the quotient in place. */
static uint64_t
divide(uint64_t limb[4])
{
	wide_uint rest = 0;

	for (int i = 3; i >= 0; i--) {
		wide_uint v = rest << 64 | limb[i];

		limb[i] = (uint64_t)(v / 1000000000000000000U);
		rest = v % 1000000000000000000U;
	}
	return (uint64_t)rest;
}

/* The decimal part's magnitude in base 10^18, the lowest first; its sign. */
static bool
digits(const struct sum_wide *w, uint64_t part[5])
{
	bool negative = w->high < 0;
	wide_uint low = negative ? -w->low : w->low;
	wide_uint high =
	    negative ? ~(wide_uint)w->high + (w->low == 0) : (wide_uint)w->high;
	uint64_t limb[4] = {(uint64_t)low, (uint64_t)(low >> 64),
	    (uint64_t)high, (uint64_t)(high >> 64)};

	for (int i = 0; i < 5; i++)
		part[i] = divide(limb);
	return negative;
}

static double
decimal_double(const struct sum_wide *w)
{
	uint64_t part[5] = {0};
	bool negative = digits(w, part);
	double v = 0;

	for (int i = 4; i >= 0; i--)
		v = v * 1e18 + (double)part[i];
	v /= 1e18;
	return negative ? -v : v;
}

/* Whether the sum is a number of few digits, as nearly all are. */
static bool
is_short(const struct sum *s)
{
	const wide_int most = 999999999999999999;

	return s->wide == NULL && s->total <= most && s->total >= -most;
}

/* Of a short one, without zeros at its end. */
static struct number
short_number(const struct sum *s)
{
	struct number n = {true, s->scale, (int64_t)s->total, 0};

	for (; n.scale > 0 && n.mant % 10 == 0; n.scale--)
		n.mant /= 10;
	return n;
}

/* What is printed, read again: the nearest number there is. */
static struct number
printed_number(const struct sum *s)
{
	struct buf text = {NULL, 0, 0};
	struct number n;

	sum_format(&text, s);
	if (!number_parse(buf_span(&text), false, &n))
		n = number_real(text.p[0] == '-' ? -HUGE_VAL : HUGE_VAL);
	buf_release(&text);
	return n;
}

struct number
sum_number(const struct sum *s)
{
	struct sum_wide w;

	if (is_short(s))
		return short_number(s);
	if (s->wide == NULL || !s->wide->has_real)
		return printed_number(s);
	w = collect(s);
	return number_real(decimal_double(&w) + real_part(&w, 0));
}

double
sum_large_mean(const struct sum *s, uint64_t n)
{
	const int down = 64; /* n is less than 2^down */

	return ldexp(real_part(s->wide, down) / (double)n, down);
}

/* Of any size: five parts of eighteen digits, the last behind the point. */
static void
format_wide(struct buf *b, const struct sum *s)
{
	struct sum_wide w = collect(s);
	uint64_t part[5] = {0};
	char text[96];
	size_t n = 0;
	int top = 4;

	if (w.has_real) {
		number_format(
		    b, number_real(decimal_double(&w) + real_part(&w, 0)));
		return;
	}
	if (digits(&w, part))
		buf_byte(b, '-');
	while (top > 1 && part[top] == 0)
		top--;
	buf_printf(b, "%llu", (unsigned long long)part[top]);
	for (int i = top - 1; i >= 1; i--)
		buf_printf(b, "%018llu", (unsigned long long)part[i]);
	if (part[0] == 0)
		return;
	n = (size_t)snprintf(
	    text, sizeof text, ".%018llu", (unsigned long long)part[0]);
	while (text[n - 1] == '0')
		n--;
	buf_add(b, span_make(text, n));
}

void
sum_format(struct buf *b, const struct sum *s)
{
	if (is_short(s))
		number_format(b, short_number(s));
	else
		format_wide(b, s);
}

/* The doubles' exact sum, in units of 2^-CHUNK_BIAS. */
static bool
real_magnitude(const struct sum_wide *w, struct big *a)
{
	struct sum_wide c = *w;
	uint64_t limb[CHUNKS / 2];
	bool negative = take_magnitude(&c);

	for (int i = 0; i < CHUNKS; i += 2)
		limb[i / 2] =
		    (uint64_t)c.chunk[i] | (uint64_t)c.chunk[i + 1] << 32;
	big_set(a, limb, CHUNKS / 2);
	return negative;
}

void
sum_save(const struct sum *s, struct buf *b)
{
	struct sum_wide w = collect(s);
	uint64_t limb[] = {(uint64_t)w.low, (uint64_t)(w.low >> 64),
	    (uint64_t)w.high, (uint64_t)(w.high >> 64)};
	struct big a;
	bool negative = fixed_magnitude(limb, 4, &a);

	big_put_decimal(b, &a, negative, NUMBER_MAX_SCALE);
	buf_byte(b, ' ');
	if (w.has_real) {
		negative = real_magnitude(&w, &a);
		big_put_hex(b, &a, negative);
	} else {
		buf_byte(b, '-');
	}
	buf_byte(b, ' ');
}

/* What is read leaves room in 256 bits, and below the top chunk. */
enum { DECIMAL_ROOM = 200, REAL_ROOM = CHUNK_BIAS + 1024 + 60 };

static void
add_magnitude(struct sum *s, struct big *a, bool negative, unsigned scale)
{
	struct sum add = {.scale = (uint8_t)scale};
	struct sum_wide wide = {.low = 0};
	uint64_t limb[4] = {0};

	if (big_bits(a) < 127) {
		wide_uint v = a->n > 1 ? (wide_uint)a->limb[1] << 64 : 0;

		v |= a->n > 0 ? a->limb[0] : 0;
		add.total = negative ? -(wide_int)v : (wide_int)v;
	} else {
		big_times_ten(a, NUMBER_MAX_SCALE - scale);
		fixed_add(limb, 4, 0, a, negative);
		wide.low = (wide_uint)limb[1] << 64 | limb[0];
		wide.high = (wide_int)((wide_uint)limb[3] << 64 | limb[2]);
		add.wide = &wide;
	}
	sum_merge(s, &add);
}

static void
add_real_magnitude(struct sum *s, const struct big *a, bool negative)
{
	struct sum_wide *w = wide_of(s);

	for (size_t i = 0; i < 2 * a->n; i++) {
		int64_t part =
		    (int64_t)(a->limb[i / 2] >> i % 2 * 32 & 0xFFFFFFFF);

		w->chunk[i] += negative ? -part : part;
	}
	carry(w);
	w->has_real = true;
}

bool
sum_load(struct sum *s, struct span *rest)
{
	struct span decimal, real;
	unsigned scale;
	struct big a;
	bool negative;

	if (!state_get_word(rest, &decimal) || !state_get_word(rest, &real) ||
	    !big_get_decimal(decimal, DECIMAL_ROOM, &a, &negative, &scale) ||
	    scale > NUMBER_MAX_SCALE)
		return false;
	add_magnitude(s, &a, negative, scale);
	if (span_eq(real, SPAN("-")))
		return true;
	if (!big_get_hex(real, REAL_ROOM, &a, &negative))
		return false;
	add_real_magnitude(s, &a, negative);
	return true;
}

void
sum_release(struct sum *s)
{
	mem_free(s->wide);
	s->wide = NULL;
}
