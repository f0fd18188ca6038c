#ifndef DFV_FILTER_AMONG_H
#define DFV_FILTER_AMONG_H

#include <stdbool.h>
#include <stddef.h>

#include "expr.h"
#include "opt.h"

/* --in COL=FILE[:COL]: records whose cell occurs in a file's column. */
struct among;

/* Reads the file; NULL after a report. A list cell is in when one of its
 * values is, on either side. */
struct among *among_open(
    const char *text, const struct expr_env *env, const struct opt_common *);

bool among_holds(const struct among *, struct expr_run *);

void among_free(struct among *);

#endif
