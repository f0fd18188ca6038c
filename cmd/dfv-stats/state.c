#include "state.h"

#include <math.h>

/* What can be counted: far beyond any input, far below overflow. */
static const uint64_t count_max = UINT64_C(1) << 56;

bool
state_get_word(struct span *rest, struct span *word)
{
	size_t n = span_find(*rest, ' ');

	if (n == 0)
		return false;
	*word = span_make(rest->p, n);
	*rest = span_from(*rest, n < rest->n ? n + 1 : n);
	return true;
}

static bool
read_digits(struct span s, uint64_t *value)
{
	*value = 0;
	if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' ||
		    __builtin_mul_overflow(*value, 10, value) ||
		    __builtin_add_overflow(
			*value, (uint64_t)(s.p[i] - '0'), value))
			return false;
	}
	return true;
}

void
state_put_count(struct buf *b, uint64_t n)
{
	buf_printf(b, "%llu ", (unsigned long long)n);
}

bool
state_get_order(struct span *rest, uint64_t *order)
{
	struct span word;

	return state_get_word(rest, &word) && read_digits(word, order);
}

bool
state_get_count(struct span *rest, uint64_t *n)
{
	return state_get_order(rest, n) && *n <= count_max;
}

bool
state_add_count(struct span *rest, uint64_t *into)
{
	uint64_t n;

	if (!state_get_count(rest, &n))
		return false;
	*into += n;
	return *into <= count_max;
}

void
state_put_number(struct buf *b, struct number v)
{
	uint64_t bits;

	if (v.exact) {
		number_format(b, v);
		buf_byte(b, ' ');
		return;
	}
	memcpy(&bits, &v.real, sizeof bits);
	buf_printf(b, "x%016llx ", (unsigned long long)bits);
}

/* `x` and the bits of a finite double in 16 hexadecimal digits. */
static bool
read_bits(struct span s, struct number *v)
{
	uint64_t bits = 0;
	double real;

	if (s.n != 17)
		return false;
	for (size_t i = 1; i < s.n; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *at = memchr(digits, s.p[i], 16);

		if (at == NULL)
			return false;
		bits = bits << 4 | (uint64_t)(at - digits);
	}
	memcpy(&real, &bits, sizeof real);
	*v = number_real(real);
	return isfinite(real);
}

bool
state_get_number(struct span *rest, struct number *v)
{
	struct span word;

	if (!state_get_word(rest, &word))
		return false;
	if (word.p[0] == 'x')
		return read_bits(word, v);
	return number_parse(word, false, v) && v->exact;
}

void
state_put_text(struct buf *b, struct span text)
{
	buf_printf(b, "%zu:", text.n);
	buf_add(b, text);
	buf_byte(b, ' ');
}

bool
state_get_text(struct span *rest, struct span *text)
{
	size_t colon = span_find(*rest, ':');
	struct span left;
	uint64_t n;

	if (colon == rest->n || !read_digits(span_make(rest->p, colon), &n))
		return false;
	left = span_from(*rest, colon + 1);
	if (n > left.n || (n < left.n && left.p[n] != ' '))
		return false;
	*text = span_make(left.p, (size_t)n);
	*rest = span_from(left, (size_t)(n < left.n ? n + 1 : n));
	return true;
}
