#ifndef DFV_MOMENT_H
#define DFV_MOMENT_H

#include <stdbool.h>

#include "number.h"
#include "span.h"

/* A date, a time of day, or both, as it was read from text. */
struct moment {
	int year;  /* 1970 where the text has none */
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
	int hour;
	int minute;
	int second; /* 60 for a leap second */
	int micro;
	int offset_min; /* east of UTC; 0 where the text does not say */
};

#define MOMENT_EMPTY ((struct moment){.year = 1970, .month = 1, .day = 1})

/*
 * Reads text by a strptime pattern, in no locale: %Y %y %m %d %e %j %H %I %p %M
 * %S %f %z %Z %% %F %T %R %D; %b %B %a %A take English and French names. A
 * month and a day may lack their leading zero. True when all of the text is
 * used and it is a day of the calendar.
 */
bool moment_parse(struct span pattern, struct span text, struct moment *);

/* Whether a pattern has only directives that moment_parse() knows; if not,
 * *bad is the first other one. */
bool moment_pattern(struct span pattern, struct span *bad);

/* `14:30:00`, with a fraction and a zone if they are there. */
bool moment_iso_time(struct span, struct moment *);

/* `2025-11-10T14:30:00Z`; a space for the T when `loose`. */
bool moment_iso(struct span, bool loose, struct moment *);

/* Seconds since 1970, exact to the microsecond. */
struct number moment_order(const struct moment *);

#endif
