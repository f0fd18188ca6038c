#ifndef DFV_STATS_CALL_H
#define DFV_STATS_CALL_H

#include "aggregate.h"
#include "expr.h"

/* A call of an aggregate, name(arg, p, weight=weight), taken apart. */
struct call {
	const struct aggregate *aggregate;
	struct span name;
	struct span arg;    /* n == 0 for count() */
	struct span weight; /* n == 0 for none */
	struct number p;    /* quantile's */
};

/* 0; -1 when the name is no aggregate's; -2 after a report. */
int call_read(
    struct call *, struct span name, struct span args, const struct expr_env *);

#endif
