#include "big.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide_uint;

static const uint64_t ten18 = UINT64_C(1000000000000000000);

static void
trim(struct big *a)
{
	while (a->n > 0 && a->limb[a->n - 1] == 0)
		a->n--;
}

void
big_set(struct big *a, const uint64_t *limb, size_t n)
{
	a->n = n;
	memcpy(a->limb, limb, n * sizeof *limb);
	trim(a);
}

int
big_cmp(const struct big *a, const struct big *b)
{
	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (size_t i = a->n; i-- > 0;)
		if (a->limb[i] != b->limb[i])
			return a->limb[i] < b->limb[i] ? -1 : 1;
	return 0;
}

void
big_add(struct big *a, const struct big *b)
{
	size_t n = a->n > b->n ? a->n : b->n;
	wide_uint carry = 0;

	for (size_t i = 0; i < n; i++) {
		carry += (wide_uint)(i < a->n ? a->limb[i] : 0) +
		    (i < b->n ? b->limb[i] : 0);
		a->limb[i] = (uint64_t)carry;
		carry >>= 64;
	}
	a->n = n;
	if (carry > 0)
		a->limb[a->n++] = (uint64_t)carry;
}

void
big_sub(struct big *a, const struct big *b)
{
	uint64_t borrow = 0;

	for (size_t i = 0; i < a->n; i++) {
		uint64_t take = i < b->n ? b->limb[i] : 0, was = a->limb[i];

		a->limb[i] = was - take - borrow;
		borrow = was < take || (was == take && borrow > 0);
	}
	trim(a);
}

void
big_times(struct big *a, uint64_t factor)
{
	wide_uint carry = 0;

	for (size_t i = 0; i < a->n; i++) {
		carry += (wide_uint)a->limb[i] * factor;
		a->limb[i] = (uint64_t)carry;
		carry >>= 64;
	}
	if (carry > 0)
		a->limb[a->n++] = (uint64_t)carry;
	trim(a);
}

void
big_times_ten(struct big *a, unsigned n)
{
	for (; n >= 18; n -= 18)
		big_times(a, ten18);
	for (; n > 0; n--)
		big_times(a, 10);
}

void
big_shift(struct big *a, size_t bits)
{
	size_t limbs = bits / 64;

	big_times(a, UINT64_C(1) << bits % 64);
	if (a->n == 0 || limbs == 0)
		return;
	memmove(a->limb + limbs, a->limb, a->n * sizeof *a->limb);
	memset(a->limb, 0, limbs * sizeof *a->limb);
	a->n += limbs;
}

void
big_product(struct big *to, const struct big *a, const struct big *b)
{
	to->n = a->n + b->n;
	memset(to->limb, 0, to->n * sizeof *to->limb);
	for (size_t i = 0; i < a->n; i++) {
		wide_uint carry = 0;

		for (size_t k = 0; k < b->n; k++) {
			carry += (wide_uint)a->limb[i] * b->limb[k] +
			    to->limb[i + k];
			to->limb[i + k] = (uint64_t)carry;
			carry >>= 64;
		}
		to->limb[i + b->n] = (uint64_t)carry;
	}
	trim(to);
}

uint64_t
big_divide(struct big *a, uint64_t divisor)
{
	wide_uint rest = 0;

	for (size_t i = a->n; i-- > 0;) {
		rest = rest << 64 | a->limb[i];
		a->limb[i] = (uint64_t)(rest / divisor);
		rest %= divisor;
	}
	trim(a);
	return (uint64_t)rest;
}

size_t
big_bits(const struct big *a)
{
	return a->n == 0
	    ? 0
	    : a->n * 64 - (size_t)__builtin_clzll(a->limb[a->n - 1]);
}

double
big_ratio(const struct big *num, const struct big *den, int *exp)
{
	struct big left = *num, right = *den;
	size_t top = big_bits(num), under = big_bits(den);
	uint64_t q = 0;

	*exp = (int)top - (int)under;
	if (top == 0)
		return 0;
	if (top < under)
		big_shift(&left, under - top);
	else
		big_shift(&right, top - under);
	/* 64 bits of the quotient; the last is raised if anything remains. */
	for (int i = 0; i < 64; i++) {
		q <<= 1;
		if (big_cmp(&left, &right) >= 0) {
			big_sub(&left, &right);
			q |= 1;
		}
		big_times(&left, 2);
	}
	return ldexp((double)(q | (left.n > 0)), -63);
}

/* Fixed point. */

void
fixed_add(
    uint64_t *limb, size_t n, size_t at, const struct big *a, bool negative)
{
	struct big moved = *a;
	size_t from = at / 64;
	wide_uint carry = negative;

	big_shift(&moved, at % 64);
	for (size_t i = from; i < n; i++) {
		uint64_t add = i - from < moved.n ? moved.limb[i - from] : 0;

		carry += (wide_uint)limb[i] + (negative ? ~add : add);
		limb[i] = (uint64_t)carry;
		carry >>= 64;
		if (i - from >= moved.n && carry == negative)
			break; /* nothing changes from here on */
	}
}

bool
fixed_magnitude(const uint64_t *limb, size_t n, struct big *a)
{
	bool negative = limb[n - 1] >> 63 != 0;
	wide_uint carry = 1;

	big_set(a, limb, n);
	if (!negative)
		return false;
	for (size_t i = 0; i < n; i++) {
		carry += ~limb[i];
		a->limb[i] = (uint64_t)carry;
		carry >>= 64;
	}
	a->n = n;
	trim(a);
	return true;
}

/* Texts. */

static struct span
take_sign(struct span word, bool *negative)
{
	*negative = word.n > 0 && word.p[0] == '-';
	return span_from(word, *negative);
}

void
big_put_decimal(
    struct buf *b, const struct big *value, bool negative, unsigned scale)
{
	struct big a = *value, less;
	char digit[BIG_LIMBS * 20];
	size_t at = sizeof digit;

	for (; scale > 0 && a.n > 0; scale--, a = less) {
		less = a;
		if (big_divide(&less, 10) != 0)
			break;
	}
	do {
		digit[--at] = (char)('0' + big_divide(&a, 10));
	} while (a.n > 0);
	if (negative)
		buf_byte(b, '-');
	buf_add(b, span_make(digit + at, sizeof digit - at));
	if (scale > 0 && value->n > 0)
		buf_printf(b, "e-%u", scale);
}

/* A whole number of one to four digits. */
static bool
small_number(struct span s, unsigned *n)
{
	*n = 0;
	if (s.n == 0 || s.n > 4)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*n = *n * 10 + (unsigned)(s.p[i] - '0');
	}
	return true;
}

/* a = a * base + digit */
static void
append_digit(struct big *a, unsigned base, unsigned digit)
{
	struct big last = {.n = digit > 0, .limb = {digit}};

	big_times(a, base);
	big_add(a, &last);
}

bool
big_get_decimal(struct span word, size_t max_bits, struct big *a,
    bool *negative, unsigned *scale)
{
	struct span s = take_sign(word, negative);
	size_t n = span_find(s, 'e');

	a->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || big_bits(a) > max_bits)
			return false;
		append_digit(a, 10, (unsigned)(s.p[i] - '0'));
	}
	*scale = 0;
	if (n < s.n &&
	    (!span_starts(span_from(s, n), SPAN("e-")) ||
		!small_number(span_from(s, n + 2), scale)))
		return false;
	return n > 0 && big_bits(a) <= max_bits;
}

void
big_put_hex(struct buf *b, const struct big *a, bool negative)
{
	size_t n = (big_bits(a) + 3) / 4, zeros = 0;

	while (zeros < n && (a->limb[zeros / 16] >> zeros % 16 * 4 & 15) == 0)
		zeros++;
	if (negative)
		buf_byte(b, '-');
	for (size_t i = n; i-- > zeros;)
		buf_byte(
		    b, "0123456789abcdef"[a->limb[i / 16] >> i % 16 * 4 & 15]);
	buf_printf(b, n == 0 ? "0.0" : ".%zu", zeros);
}

bool
big_get_hex(struct span word, size_t max_bits, struct big *a, bool *negative)
{
	static const char digits[] = "0123456789abcdef";
	struct span s = take_sign(word, negative);
	size_t n = span_find(s, '.');
	unsigned zeros;

	a->n = 0;
	if (n == 0 || n * 4 > max_bits + 3 || n == s.n ||
	    !small_number(span_from(s, n + 1), &zeros))
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *at = memchr(digits, s.p[i], 16);

		if (at == NULL)
			return false;
		append_digit(a, 16, (unsigned)(at - digits));
	}
	if (big_bits(a) + (size_t)zeros * 4 > max_bits)
		return false;
	big_shift(a, (size_t)zeros * 4);
	return true;
}
