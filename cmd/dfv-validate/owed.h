#ifndef DFV_OWED_H
#define DFV_OWED_H

#include <stdbool.h>

#include "date.h"
#include "diag.h"
#include "expr.h"
#include "finding.h"
#include "key.h"
#include "node.h"
#include "scope.h"

struct package;

/*
 * Reports that are owed: each record of one table (a project) owes a record of
 * another (its report) for each period from a day on, to another, once the
 * period is over.
 */
struct owed {
	struct span id;
	enum diag_level level;
	struct scope scope;      /* of those that owe */
	struct table *reports;   /* that have come */
	struct key_part *part;   /* of those that owe */
	struct key_part *target; /* the same of the reports */
	size_t n;
	size_t col; /* of the reports: when */
	enum date_period period;
	struct expr *where;
	struct expr *from;
	struct expr *until;
	bool failed;
	struct trouble trouble;
};

/* One of a package's `reports`, whose tables are loaded: 0, or -1 after a
 * report. It must stay where it is. */
int owed_load(struct owed *, const struct package *, const struct node *);

/* Adds the reports that have not come although their period ended before
 * today. */
void owed_run(struct owed *, struct date today, struct findings *);

void owed_release(struct owed *);

#endif
