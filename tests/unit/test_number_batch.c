#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "number.h"
#include "span.h"
#include "unit.h"

/* number_parse says what is right; decimals_parse has to agree with it. */

enum { CELLS_MAX = DECIMALS_BATCH };

struct cells {
	struct buf text;
	size_t end[CELLS_MAX];
	size_t n;
};

static uint64_t state = 42;

static uint32_t
draw(uint32_t below)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33) % below;
}

/* A number, rarely a long one, in which about one character in `oddity` may be
 * something else that is in numbers or near them. */
static void
draw_cell(struct cells *c, uint32_t oddity, bool comma)
{
	static const char odd[] = "+-.,eE /:x\xC3";
	size_t n = 1 + draw(draw(50) == 0 ? 19 : 12);
	bool pointed = false;

	for (size_t i = 0; i < n; i++) {
		char byte = (char)('0' + draw(10));

		if (oddity > 0 && draw(oddity) == 0)
			byte = odd[draw(sizeof odd - 1)];
		else if (i == 0 && n > 1 && draw(4) == 0)
			byte = draw(3) == 0 ? '+' : '-';
		else if (!pointed && i + 1 < n && draw(8) == 0)
			byte = comma && draw(2) == 0 ? ',' : '.';
		pointed = pointed || byte == '.' || byte == ',';
		buf_byte(&c->text, byte);
	}
	c->end[c->n++] = c->text.n;
}

/* Whether all are decimals and fit the finest scale among them. */
static bool
fit_one_scale(const struct number *v, size_t n)
{
	int64_t unused;
	uint8_t finest = 0;

	for (size_t i = 0; i < n; i++)
		finest = v[i].scale > finest ? v[i].scale : finest;
	for (size_t i = 0; i < n; i++)
		if (!v[i].exact ||
		    __builtin_mul_overflow(
			v[i].mant, number_pow10[finest - v[i].scale], &unused))
			return false;
	return true;
}

static bool
same(const struct decimals *d, const struct number *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].scale > d->scale ||
		    d->mant[i] !=
			v[i].mant * number_pow10[d->scale - v[i].scale])
			return false;
	return true;
}

/* Copied to the end of memory of its own, so that a sanitizer sees what is read
 * before or behind it. */
static bool
agrees(const struct cells *c, bool comma)
{
	struct span cell[CELLS_MAX] = {{NULL, 0}};
	struct number want[CELLS_MAX] = {{.exact = false}};
	struct decimals d;
	char *text = mem_alloc(1, c->text.n);
	size_t at = 0;
	bool fit = true, ok;

	memcpy(text, c->text.p, c->text.n);
	for (size_t i = 0; i < c->n; at = c->end[i++])
		cell[i] = span_make(text + at, c->end[i] - at);
	for (size_t i = 0; i < c->n; i++)
		fit = number_parse(cell[i], comma, &want[i]) && fit;
	fit = fit && fit_one_scale(want, c->n);
	ok = decimals_parse(&d, cell, c->n, text, comma) == fit;
	ok = ok && (!fit || same(&d, want, c->n));
	mem_free(text);
	return ok;
}

static bool
random_cells_agree(uint32_t oddity, bool comma)
{
	struct cells c = {.n = 0};
	bool ok = true;

	for (int round = 0; ok && round < 20000; round++) {
		size_t n = draw(round % 10 == 0 ? CELLS_MAX + 1 : 20);

		c.n = 0;
		buf_reset(&c.text);
		while (c.n < n)
			draw_cell(&c, oddity, comma);
		ok = n == 0 || agrees(&c, comma);
	}
	buf_release(&c.text);
	return ok;
}

static bool
one_agrees(const char *text, bool comma)
{
	struct cells c = {.n = 0};
	bool ok;

	/* Also behind others, where words are read, and among eight. */
	for (int i = 0; i < 17; i++) {
		buf_add(&c.text, i == 11 ? span_of(text) : SPAN("1234567"));
		c.end[c.n++] = c.text.n;
	}
	ok = agrees(&c, comma);
	buf_release(&c.text);
	return ok;
}

static bool
known_cells_agree(void)
{
	static const char *const text[] = {"0", "-0", "+0", ".", "-", "+", "-.",
	    ".5", "5.", "-.5", "+5.", "00000000", "99999999", "-9999999",
	    "9999999.", ".9999999", "1.2.3", "1-2", "12a", "1e5", "1,5", ",5",
	    "1 234", "--5", "123456789", "-12345678", "1234567890123456789",
	    "\302\2405", "/5", ":5", "5/", "5:"};
	bool ok = true;

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		ok = ok && one_agrees(text[i], false) &&
		    one_agrees(text[i], true);
	return ok;
}

int
main(void)
{
	unit_check(known_cells_agree(),
	    "number batch: every form is read as it is alone");
	unit_check(random_cells_agree(0, false) && random_cells_agree(0, true),
	    "number batch: random numbers are read as they are alone");
	unit_check(
	    random_cells_agree(300, false) && random_cells_agree(300, true),
	    "number batch: one that is no number is noticed");
	return unit_done();
}
