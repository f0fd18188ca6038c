/*
 * link: cmd/dfv-validate/range.c cmd/dfv-validate/wordset.c
 */
#include "range.h"

#include <stdlib.h>
#include <string.h>

#include "number_simd.h"
#include "unit.h"
#include "wordset.h"

static struct number
number(const char *text)
{
	struct number n = number_int(0);

	number_parse(span_of(text), false, &n);
	return n;
}

/* What a bound comes to for every value, by the one order of numbers. */
static bool
agrees(const char *bound, enum range_end end, bool exclusive)
{
	static const char *const values[] = {"0", "-0.1", "0.1", "1", "1.0",
	    "1.00", "0.99", "1.01", "-1", "-1.5", "2", "1e3", "999999999999999",
	    "-999999999999999", "0.000000000000000001", "9.223372036854775807",
	    "123456789.123456789"};
	struct range r;

	range_init(&r);
	range_narrow(&r, number(bound), end, exclusive);
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		struct number n = number(values[i]);
		int c = number_cmp(n, number(bound));
		bool within =
		    end == RANGE_LOW ? c >= exclusive : c <= -(int)exclusive;

		if (range_holds(&r, &n) != within) {
			printf("# %s against %s\n", values[i], bound);
			return false;
		}
	}
	return true;
}

static void
test_range(void)
{
	static const char *const bounds[] = {"0", "1", "-1", "1.00", "0.1",
	    "-1.5", "1000", "0.005", "9000000000000000000",
	    "-9000000000000000000", "1.000000000000000001"};
	bool good = true;
	struct range r;
	struct number big = number("1e300");

	for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++)
		for (int k = 0; k < 4; k++)
			good = good &&
			    agrees(bounds[i], (k & 1) ? RANGE_LOW : RANGE_HIGH,
				k > 1);
	unit_check(good, "range: it holds what the bound does, at every scale");
	range_init(&r);
	unit_check(!range_holds(&r, &big), "range: of doubles it cannot tell");
}

/* Two columns of short cells: the separators' offsets, and the text. */
struct sheet {
	uint32_t sep[2 * RANGE_CELLS + 1];
	char text[2 * RANGE_CELLS * 16];
};

static void
fill_sheet(struct sheet *s)
{
	static const char chars[] = "0123456789012345678901234567890.-+e/:,";
	uint32_t n = 0;

	s->sep[0] = UINT32_MAX;
	for (size_t i = 1; i <= 2 * (size_t)RANGE_CELLS; i++) {
		for (int len = rand() % 12; len > 0; len--)
			s->text[n++] = chars[rand() % (int)(sizeof chars - 1)];
		s->sep[i] = n;
		s->text[n++] = '\t';
	}
}

/* Whether nothing is surely good that is not; those that are, are counted. */
static bool
sure_is_right(const struct range *r, bool whole, const struct block_column *c,
    size_t rec, size_t n, size_t *nsure)
{
	uint64_t sure = range_sure(r, whole, c, rec, n);

	for (size_t i = 0; i < RANGE_CELLS; i++) {
		struct span cell;
		struct number number;

		if ((sure >> i & 1) == 0)
			continue;
		if (i >= n)
			return false;
		cell = block_column_cell(c, rec + i);
		if (!number_parse(cell, false, &number) ||
		    (r != NULL && !range_holds(r, &number)) ||
		    (whole && span_find(cell, '.') < cell.n))
			return false;
		++*nsure;
	}
	return true;
}

static void
test_sure(void)
{
	static struct sheet sheet;
	bool right = true;
	size_t nsure = 0;
	struct range r;

	range_init(&r);
	range_narrow(&r, number("-90"), RANGE_LOW, false);
	range_narrow(&r, number("1000.5"), RANGE_HIGH, true);
	for (int round = 0; round < 2000; round++) {
		struct block_column c = {
		    sheet.text, sheet.sep + 1 + round % 2, 2};
		size_t rec = (size_t)round % 5;

		fill_sheet(&sheet);
		right = right &&
		    sure_is_right(round % 3 == 0 ? NULL : &r, round % 7 == 0,
			&c, rec, (size_t)round % (RANGE_CELLS - 4), &nsure);
	}
	unit_check(right, "range: what is surely within it is");
#if defined(__x86_64__)
	right = !NUMBER_LANES_RUN || nsure > 5000;
#endif
	unit_check(right, "range: of many short numbers it is sure");
}

static void
test_words(void)
{
	static struct wordset set;
	static const char *const words[] = {"a", "ab", "abc", "abcd", "abcde",
	    "abcdefgh", "abcdefghi", "abcdefghijklmnop", "01", "02", "10"};
	static const char *const others[] = {"", "b", "ba", "abd", "abce",
	    "abcdefgi", "abcdefghj", "abcdefghijklmnoq", "abcdefghijklmnopq",
	    "aab", "0", "11"};
	bool has = true, lacks = true;

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		has = wordset_add(&set, span_of(words[i])) && has;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		has = has && wordset_has(&set, span_of(words[i]));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		lacks = lacks && !wordset_has(&set, span_of(others[i]));
	unit_check(has && lacks, "wordset: it has its words and no others");
	unit_check(!wordset_add(&set, SPAN("abcdefghijklmnopq")) &&
		!wordset_add(&set, SPAN("")),
	    "wordset: a word that is empty or long is not taken");
	for (int i = 0; i < 100; i++) {
		char word[16];

		snprintf(word, sizeof word, "w%d", i);
		has = wordset_add(&set, span_of(word));
	}
	unit_check(!has && set.nword == WORDSET_WORDS,
	    "wordset: it takes so many words and no more");
}

int
main(void)
{
	test_range();
	test_sure();
	test_words();
	return unit_done();
}
