#ifndef DFV_STATS_XXH64_H
#define DFV_STATS_XXH64_H

#include <stdint.h>

#include "span.h"

/*
 * XXH64 with seed 0 (Y. Collet, xxHash fast digest algorithm, version 0.1.1):
 * the same on every machine and for ever, for sketches that go to files.
 */
uint64_t xxh64(struct span);

#endif
