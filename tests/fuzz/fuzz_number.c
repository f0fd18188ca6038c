#include "fuzz.h"

#include <math.h>
#include <string.h>

#include "date.h"
#include "number.h"

/*
 * Numbers and dates. A number is what strtod() reads, to the last bit, and
 * reads the same when it is printed; a date comes back as it was written; all
 * the same from the batch.
 */

static void
check_number(struct span s)
{
	struct buf printed = {NULL, 0, 0};
	struct number x, again;
	char text[512];

	if (s.n >= sizeof text || !number_parse(s, false, &x))
		return;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	fuzz_check(number_double(x) == strtod(text, NULL),
	    "a number is what strtod() makes of it");
	number_format(&printed, x);
	fuzz_check(number_parse(buf_span(&printed), false, &again) &&
		(x.exact ? number_cmp(x, again) == 0
			 : number_double(x) == number_double(again)),
	    "a printed number is the same number");
	buf_release(&printed);
}

static void
check_date(struct span s)
{
	struct buf printed = {NULL, 0, 0};
	struct date d;

	if (!date_parse(s, &d))
		return;
	date_format(&printed, d, DATE_DAY);
	fuzz_check(span_eq(buf_span(&printed), s), "a date comes back");
	buf_release(&printed);
}

/* The same text many times over, behind each other as cells are. */
static void
check_batch(struct span s)
{
	enum { CELLS = 5 };
	struct buf text = {NULL, 0, 0};
	struct span cell[CELLS];
	struct decimals batch;
	struct number x;

	for (size_t i = 0; i < CELLS; i++) {
		buf_add(&text, s);
		buf_byte(&text, '\t');
	}
	for (size_t i = 0; i < CELLS; i++)
		cell[i] = span_make(text.p + i * (s.n + 1), s.n);
	if (decimals_parse(&batch, cell, CELLS, text.p, false)) {
		fuzz_check(number_parse(s, false, &x) && x.exact,
		    "the batch takes numbers alone");
		for (size_t i = 0; i < CELLS; i++)
			fuzz_check(number_cmp((struct number){.exact = true,
						  .mant = batch.mant[i],
						  .scale = batch.scale},
				       x) == 0,
			    "the batch reads the same number");
	}
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct span s = fuzz_span(data, n);

	if (memchr(data, '\0', n) != NULL)
		return 0;
	check_number(s);
	check_date(s);
	check_batch(s);
	return 0;
}
