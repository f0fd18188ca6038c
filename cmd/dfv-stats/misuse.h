#ifndef DFV_STATS_MISUSE_H
#define DFV_STATS_MISUSE_H

#include "diag.h"
#include "figures.h"
#include "indicators.h"

/* Whether the options go together: 0, or -1 after a report. */
int misuse_check(
    const struct figures_opts *, const struct indicators_opts *, struct diag *);

#endif
