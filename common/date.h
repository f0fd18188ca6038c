#ifndef DFV_DATE_H
#define DFV_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

/*
 * Dates of the proleptic Gregorian calendar as days since 1970-01-01, years
 * 0001 to 9999. The day count and its reverse follow Howard Hinnant's
 * `chrono-Compatible Low-Level Date Algorithms`.
 */
struct date {
	int32_t days;
};

/* `2025-11-10`; a time behind it (`T10:00:00Z`, ` 10:00`) is not a date. */
bool date_parse(struct span, struct date *);

/* How an expression reads a cell that is a date in another form, 06/01/2025,
 * 2025/01/06 or a day with its time; "" for anything else. */
const char *date_advice(struct span);

bool date_from_ymd(int year, int month, int day, struct date *);
void date_to_ymd(struct date, int *year, int *month, int *day);

/* ISO 8601 week: the year it belongs to, 1 to 53. */
void date_to_week(struct date, int *year, int *week);

enum date_period { DATE_DAY, DATE_WEEK, DATE_MONTH, DATE_QUARTER, DATE_YEAR };

/* "week" "month" "quarter" "year" (and "day"); false for others. */
bool date_period_parse(struct span, enum date_period *);

/* Appends 2025-11-10, 2025-W46, 2025-11, 2025-Q4 or 2025. */
void date_format(struct buf *, struct date, enum date_period);

#endif
