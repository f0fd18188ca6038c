#ifndef DFV_FUZZ_H
#define DFV_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "span.h"

/*
 * A fuzz target, for `make fuzz`: libFuzzer calls it with bytes that it makes
 * up, in search of ones that crash it, trip a sanitizer, or break what
 * fuzz_check() says. Always 0.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static inline struct span
fuzz_span(const uint8_t *data, size_t n)
{
	return span_make((const char *)data, n);
}

static inline void
fuzz_check(bool holds, const char *what)
{
	if (holds)
		return;
	fflush(stdout);
	fprintf(stderr, "does not hold: %s\n", what);
	abort();
}

#endif
