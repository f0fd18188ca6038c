#ifndef DFV_NUMBER_H
#define DFV_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * A number as it is in a cell: exact where it is a decimal of at most 18
 * digits, or its 19 fit in mant, mant * 10^-scale; otherwise the nearest IEEE
 * double. The one rule, in every locale: optional sign, digits, '.', optional
 * exponent; `5.` and `.5` are numbers too. No NaN, no infinity, no
 * hexadecimal.
 */
struct number {
	bool exact;
	uint8_t scale; /* 0 to 18, when exact */
	int64_t mant;  /* when exact */
	double real;   /* when not */
};

enum { NUMBER_MAX_SCALE = 18 };

/* true when all of s is a number. decimal_comma also takes `1 234,56`: comma
 * for the point, and plain, no-break or narrow no-break spaces between groups
 * of three digits. Spaces around it are not part of a number. */
bool number_parse(struct span s, bool decimal_comma, struct number *);

/* What is to be done with a cell that is not a number, where only what stands
 * around one keeps it from being so, as in ` 12` or `12 %`; or "". */
const char *number_advice(struct span s);

/* The powers of ten that mant can hold. */
extern const int64_t number_pow10[NUMBER_MAX_SCALE + 1];

/* Numbers as whole ones at one scale: mant[i] * 10^-scale. */
enum { DECIMALS_BATCH = 256 };

struct decimals {
	int64_t mant[DECIMALS_BATCH];
	uint8_t own_scale[DECIMALS_BATCH]; /* as it was written */
	uint8_t scale;
};

/*
 * Reads n cells that stand one behind the other, in much less time than one by
 * one. False when some are no numbers, or are none that fit one scale:
 * number_parse tells which. Bytes from readable_from on, which is not behind
 * the first cell, may be looked at, whatever they are.
 */
bool decimals_parse(struct decimals *, const struct span *cell, size_t n,
    const char *readable_from, bool decimal_comma);

struct number number_int(int64_t);
struct number number_real(double);

double number_double(struct number);

/* <0, 0, >0 by exact value, of doubles too: one total order. */
int number_cmp(struct number a, struct number b);

/* Exact where the result fits and (for division) comes out even; otherwise
 * the nearest double. Division by zero and overflow give false. */
bool number_add(struct number a, struct number b, struct number *);
bool number_sub(struct number a, struct number b, struct number *);
bool number_mul(struct number a, struct number b, struct number *);
bool number_div(struct number a, struct number b, struct number *);

/* Rounded to `digits` places, halves away from zero; -18 is the least, and
 * above 18 there is nothing to do. A double is rounded as it prints: 2.675 to
 * 2.68. Floor and ceiling. */
struct number number_round(struct number, int digits);
struct number number_floor(struct number);
struct number number_ceil(struct number);

/* Appends it: an exact one without trailing zeros behind the point; a double
 * in the shortest decimal that reads back the same. Never -0. What is not finite
 * is NaN, INF or -INF. */
void number_format(struct buf *, struct number);

#endif
