#ifndef DFV_STATS_ROLL_H
#define DFV_STATS_ROLL_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "keytab.h"
#include "pass.h"

/*
 * The fine groups of a pass merged into the groups of its indicators, period
 * by period: what was reported, by whom, and what is lacking. Indicators that
 * are grouped alike share one.
 */
struct roll {
	const struct plan *plan; /* the first that is grouped so */
	bool total;              /* one of its indicators has such a row */
	struct keytab group;     /* cells joined by TAB, in a stable order */
	int *since;              /* by group: the first period it was met in */
	size_t since_cap;
	struct keytab at; /* period TAB group; the period alone: over all */
	char **state;
	size_t state_cap;
	struct keytab reported; /* period TAB ower */
	size_t ower_col;        /* the group column that is the ower, or
				 * COLUMN_NONE */
	int first;              /* the period of its first record, INT_MAX */
	struct buf key;         /* scratch, to look one up */
	struct roll *next;
};

/* Group periods of a roll without a date. */
enum { ROLL_UNDATED = 0 };

/* The rolls of all plans, the caller's to release; periods behind `last` are
 * not over and are left out. 0, or -1 after a report. */
int rolls_build(struct passes *, int last, struct roll **);

/* The state of a group in a period (group.p NULL: of all groups), or NULL
 * where there was no record. */
char *roll_state(struct roll *, int period, struct span group);

/* Whether someone who owes a report in the period sent none: the ower of the
 * group, or where that is not told (or group.p NULL) any. */
bool roll_lacks(struct roll *, int period, struct span group);

/* Writes the group that an ower is in, as far as its cells follow from it:
 * itself, and what is joined by it. Whether all of them do. */
bool roll_put_ower(const struct roll *, struct span ower, struct buf *cells);

/* Whether an ower has a row in the period as one of the groups. */
bool roll_has_ower(const struct roll *, int period, struct span ower);

/* The i-th of cells joined by TAB. */
struct span roll_cell(struct span cells, size_t i);

void rolls_release(struct roll *);

#endif
