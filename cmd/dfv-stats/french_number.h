#ifndef DFV_STATS_FRENCH_NUMBER_H
#define DFV_STATS_FRENCH_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

/*
 * Numbers as French readers expect them: "1 234,5" with a narrow no-break
 * space between groups of three, a decimal comma and a true minus. They are
 * taken from the digits of the text, so that none is lost on the way, however
 * many there are.
 */

/* What the numbers of one column have in common: all show as many decimals,
 * so that they stand under each other. All zeros to begin with. */
struct french {
	int decimals;
	double most; /* the largest, sign aside */
	bool ascii;  /* plain space, hyphen and 1,5e25: for a plain terminal */
};

/* Whether text is a number as figures are written: no sign but a minus, no
 * leading zeros, so that a code such as 01004 is none. */
bool french_is_number(struct span text);

/* Each number of the column, then the end of them: at most two decimals, or
 * about three digits of the largest where they have more. */
void french_see(struct french *, struct span number);
void french_settle(struct french *);

/* Appends a number of the column; false when it was rounded. From 10^18 on,
 * and below 10^-6, it comes as 1,5 × 10²⁵; one that would round to nothing
 * keeps its first digit. */
bool french_put(const struct french *, struct buf *, struct span number);

/* Appends v with a scale's short name behind it: 2,5 M (millions), 3 Md
 * (milliards). `most`, the scale's largest value, chooses the name. */
void french_short(struct buf *, double v, double most);

/* Appends a whole number. */
void french_count(struct buf *, size_t n);

#endif
