#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "number.h"
#include "span.h"
#include "unit.h"

/* number_parse says what is right; number_parse_all has to agree with it. */

enum { CELLS_MAX = 300 };

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

/* Mostly digits, a few of what else there is in numbers and near them. */
static void
draw_cell(struct cells *c, uint32_t oddity)
{
	static const char odd[] = "+-.,eE /:x\xC3";
	size_t n = 1 + draw(12);

	for (size_t i = 0; i < n; i++) {
		char digit = (char)('0' + draw(10));

		if (i == 0 && draw(4) == 0)
			digit = draw(3) == 0 ? '+' : '-';
		else if (draw(8) == 0)
			digit = draw(6) == 0 ? ',' : '.';
		else if (oddity > 0 && draw(oddity) == 0)
			digit = odd[draw(sizeof odd - 1)];
		buf_byte(&c->text, digit);
	}
	c->end[c->n++] = c->text.n;
}

static bool
same(const struct number *a, const struct number *b)
{
	return a->exact == b->exact && number_cmp(*a, *b) == 0 &&
	    (!a->exact || (a->scale == b->scale && a->mant == b->mant));
}

/* Copied to the end of memory of its own, so that a sanitizer sees what is read
 * before or behind it. */
static bool
agrees(const struct cells *c, bool comma)
{
	struct span cell[CELLS_MAX];
	struct number out[CELLS_MAX], want;
	char *text = mem_alloc(1, c->text.n);
	size_t good, at = 0;
	bool ok = true;

	memcpy(text, c->text.p, c->text.n);
	for (size_t i = 0; i < c->n; at = c->end[i++])
		cell[i] = span_make(text + at, c->end[i] - at);
	good = number_parse_all(cell, c->n, text, comma, out);
	for (size_t i = 0; i < good; i++)
		ok = ok && number_parse(cell[i], comma, &want) &&
		    same(&out[i], &want);
	if (good < c->n)
		ok = ok && !number_parse(cell[good], comma, &want);
	mem_free(text);
	return ok;
}

static bool
random_cells_agree(uint32_t oddity, bool comma)
{
	struct cells c = {.n = 0};
	bool ok = true;

	for (int round = 0; ok && round < 20000; round++) {
		size_t n = draw(round % 10 == 0 ? CELLS_MAX : 20);

		c.n = 0;
		buf_reset(&c.text);
		while (c.n < n)
			draw_cell(&c, oddity);
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
	    random_cells_agree(12, false) && random_cells_agree(12, true),
	    "number batch: the first that is no number is found");
	return unit_done();
}
