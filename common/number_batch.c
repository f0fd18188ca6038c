#include "number.h"

#include <string.h>

#include "number_simd.h"
#include "word.h"

static bool
parse_one(struct span cell, bool decimal_comma, struct decimals *d, size_t i)
{
	struct number v;

	if (!number_parse(cell, decimal_comma, &v) || !v.exact)
		return false;
	d->mant[i] = v.mant;
	d->own_scale[i] = v.scale;
	return true;
}

static bool
parse_one_by_one(const struct span *cell, size_t from, size_t to,
    bool decimal_comma, struct decimals *d)
{
	for (size_t i = from; i < to; i++)
		if (!parse_one(cell[i], decimal_comma, d, i))
			return false;
	return true;
}

#if defined(__x86_64__)

/* Words are written and read as far apart as a stretch is long: a vector that
 * is made of words just written would wait for them. */
enum { LANES = 8, STRETCH = 64 };

/* Of each cell: the word that it ends with, and its length. */
struct stretch {
	uint64_t word[STRETCH];
	uint64_t len[STRETCH];
};

/* LANES numbers; false when any is not read at once. */
NUMBER_LANES_TARGET static bool
parse_lanes(const struct stretch *s, size_t from, struct decimals *d, size_t to)
{
	struct number_lanes n =
	    number_lanes_parse(_mm512_loadu_si512(s->word + from),
		_mm512_loadu_si512(s->len + from));

	if (n.sure != 0xFF)
		return false;
	_mm512_storeu_si512(d->mant + to, n.value);
	_mm_storel_epi64((__m128i *)(void *)(d->own_scale + to),
	    _mm512_cvtepi64_epi8(n.scale));
	return true;
}

/* Up to STRETCH cells, which words end with. */
static bool
parse_stretch(const struct span *cell, size_t from, size_t n,
    bool decimal_comma, struct decimals *d)
{
	struct stretch s;

	for (size_t i = 0; i < n; i++) {
		s.word[i] = word_load8(cell[from + i].p + cell[from + i].n - 8);
		s.len[i] = cell[from + i].n;
	}
	for (size_t i = 0; i < n; i += LANES) {
		size_t at = from + i;
		size_t end = n - i < LANES ? from + n : at + LANES;

		if ((end - at < LANES || !parse_lanes(&s, i, d, at)) &&
		    !parse_one_by_one(cell, at, end, decimal_comma, d))
			return false;
	}
	return true;
}

static bool
parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct decimals *d)
{
	size_t at = 0;

	if (!NUMBER_LANES_RUN)
		return parse_one_by_one(cell, 0, n, decimal_comma, d);
	/* Those too near to the start for a word to end with them. */
	while (at < n && cell[at].p + cell[at].n - readable_from < 8)
		at++;
	if (!parse_one_by_one(cell, 0, at, decimal_comma, d))
		return false;
	for (size_t todo; at < n; at += todo) {
		todo = n - at < STRETCH ? n - at : STRETCH;
		if (!parse_stretch(cell, at, todo, decimal_comma, d))
			return false;
	}
	return true;
}

#else

static bool
parse_all(const struct span *cell, size_t n, const char *readable_from,
    bool decimal_comma, struct decimals *d)
{
	(void)readable_from;
	return parse_one_by_one(cell, 0, n, decimal_comma, d);
}

#endif

/* Brings all to the finest scale there is; false when some would not fit. */
static bool
share_scale(struct decimals *d, size_t n)
{
	const uint8_t *own = d->own_scale;

	d->scale = n == 0 ? 0 : own[0];
	if (n == 0 || memcmp(own, own + 1, n - 1) == 0)
		return true;
	for (size_t i = 0; i < n; i++)
		d->scale = own[i] > d->scale ? own[i] : d->scale;
	for (size_t i = 0; i < n; i++)
		if (__builtin_mul_overflow(d->mant[i],
			number_pow10[d->scale - own[i]], &d->mant[i]))
			return false;
	return true;
}

bool
decimals_parse(struct decimals *d, const struct span *cell, size_t n,
    const char *readable_from, bool decimal_comma)
{
	return parse_all(cell, n, readable_from, decimal_comma, d) &&
	    share_scale(d, n);
}
