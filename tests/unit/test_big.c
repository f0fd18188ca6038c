/* link: cmd/dfv-stats/big.c */
#include "big.h"

#include <math.h>
#include <string.h>

#include "unit.h"

/* Limits at which a number of so many bits is read. */
enum { MOST = 4096 };

static bool
reads_back(const char *text, unsigned scale, const char *again)
{
	struct buf b = {NULL, 0, 0};
	unsigned own;
	struct big a;
	bool minus, good;

	good = big_get_decimal(span_of(text), MOST, &a, &minus, &own) &&
	    own == scale;
	big_put_decimal(&b, &a, minus, own);
	good = good && span_eq(buf_span(&b), span_of(again));
	buf_release(&b);
	return good;
}

static bool
refuses(const char *text, size_t max_bits)
{
	unsigned scale;
	struct big a;
	bool minus;

	return !big_get_decimal(span_of(text), max_bits, &a, &minus, &scale);
}

static bool
hex_reads_back(const char *text)
{
	struct buf b = {NULL, 0, 0};
	struct big a;
	bool minus, good;

	good = big_get_hex(span_of(text), MOST, &a, &minus);
	big_put_hex(&b, &a, minus);
	good = good && span_eq(buf_span(&b), span_of(text));
	buf_release(&b);
	return good;
}

static bool
refuses_hex(const char *text)
{
	struct big a;
	bool minus;

	return !big_get_hex(span_of(text), MOST, &a, &minus);
}

static struct big
big_of(const char *digits)
{
	struct big a;
	unsigned scale;
	bool minus;

	big_get_decimal(span_of(digits), MOST, &a, &minus, &scale);
	return a;
}

static bool
ratio_is(const char *num, const char *den, double want)
{
	struct big a = big_of(num), b = big_of(den);
	int exp;
	double v = big_ratio(&a, &b, &exp);

	return ldexp(v, exp) == want;
}

/* (a + b) * (a - b) + b * b == a * a, of numbers of several limbs. */
static bool
arithmetic_agrees(void)
{
	struct big a =
	    big_of("340282366920938463463374607431768211455987654321");
	struct big b = big_of("99999999999999999999999999999999999999");
	struct big sum = a, difference = a, left, square, whole;

	big_add(&sum, &b);
	big_sub(&difference, &b);
	big_product(&left, &sum, &difference);
	big_product(&square, &b, &b);
	big_add(&left, &square);
	big_product(&whole, &a, &a);
	return big_cmp(&left, &whole) == 0 && big_cmp(&difference, &whole) < 0;
}

static bool
fixed_point_agrees(void)
{
	uint64_t limb[3] = {0};
	struct big a = big_of("18446744073709551617"), got;
	bool good;

	fixed_add(limb, 3, 60, &a, true);
	good = fixed_magnitude(limb, 3, &got);
	big_shift(&a, 60);
	good = good && big_cmp(&a, &got) == 0;
	fixed_add(limb, 3, 0, &a, false);
	return good && !fixed_magnitude(limb, 3, &got) && got.n == 0;
}

int
main(void)
{
	unit_check(
	    reads_back("0", 0, "0") && reads_back("-125e-2", 2, "-125e-2"),
	    "big: decimals are read back");
	unit_check(reads_back("1200e-2", 2, "12") && reads_back("0e-7", 7, "0"),
	    "big: zeros at the end are not written");
	unit_check(reads_back("123456789012345678901234567890123456789e-18", 18,
		       "123456789012345678901234567890123456789e-18"),
	    "big: decimals of many digits are read back");
	unit_check(refuses("", MOST) && refuses("-", MOST) &&
		refuses("1.5", MOST) && refuses("1e5", MOST) &&
		refuses("1e-", MOST) && refuses("1e-99999", MOST) &&
		refuses("e-1", MOST) && refuses("0x1", MOST),
	    "big: what is no decimal is refused");
	unit_check(!refuses("255", 8) && refuses("256", 8) &&
		refuses("99999999999999999999999999999999999999999999", 100),
	    "big: one of too many bits is refused");
	unit_check(hex_reads_back("0.0") && hex_reads_back("-1f.20") &&
		hex_reads_back("123456789abcdef0123456789abcdef.1"),
	    "big: hexadecimals are read back");
	unit_check(refuses_hex("") && refuses_hex(".") && refuses_hex("1") &&
		refuses_hex("1.") && refuses_hex("g.0") &&
		refuses_hex("1.1024") && refuses_hex("1.99999"),
	    "big: what is no hexadecimal is refused");
	unit_check(arithmetic_agrees(), "big: arithmetic agrees with itself");
	unit_check(
	    fixed_point_agrees(), "big: fixed point takes away what it added");
	unit_check(ratio_is("1", "3", 1.0 / 3) && ratio_is("2", "1", 2) &&
		ratio_is("0", "7", 0) && ratio_is("10", "4", 2.5),
	    "big: a ratio is the nearest double");
	unit_check(ratio_is("9007199254740993", "1", 9007199254740992.0) &&
		ratio_is("90071992547409930000000000000000000001",
		    "10000000000000000000000", 9007199254740994.0),
	    "big: a tie goes to even, and what is beyond it up");
	return unit_done();
}
