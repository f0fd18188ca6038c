/*
 * link: cmd/dfv-validate/range.c cmd/dfv-validate/wordset.c
 */
#include "range.h"
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
		char word[8];

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
	test_words();
	return unit_done();
}
