#ifndef DFV_STATS_PERIOD_H
#define DFV_STATS_PERIOD_H

#include <stdbool.h>

#include "buf.h"
#include "date.h"
#include "span.h"

/*
 * Weeks (ISO 8601), months, quarters and years as whole numbers, so that the
 * one before p is p - 1 and none is left out between two of them.
 */
int period_of(struct date, enum date_period);

/* The period that date_format() wrote as text; false for other texts. */
bool period_parse(struct span text, enum date_period, int *out);

/* Appends it as date_format() does. */
void period_format(struct buf *, int period, enum date_period);

/* The last period that is over when the day ends. */
int period_last(struct date, enum date_period);

/* The one of the same name a year earlier; false for a week 53 of which the
 * year before has none. */
bool period_year_ago(int period, enum date_period, int *out);

#endif
