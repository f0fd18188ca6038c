#ifndef DFV_VALIDATE_ADVICE_H
#define DFV_VALIDATE_ADVICE_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"
#include "verdict.h"

/*
 * What a value of a column that is not good was probably meant to be: what a
 * repair would make of it, or else what people and spreadsheets usually mean
 * by it. In the arena; p NULL for nothing. What is suggested is good itself.
 */
struct span advise(const struct check_column *, struct span text,
    struct verdict *, struct arena *);

#endif
