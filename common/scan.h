#ifndef DFV_SCAN_H
#define DFV_SCAN_H

#include <stddef.h>
#include <stdint.h>

/*
 * The scanner, the toolkit's innermost loop: writes the offset of every TAB
 * and LF of p[0..n), counted from `base`, to sep, and adds the number of LFs to
 * *nlf. Returns how many it wrote. sep has room for n + SCAN_SLACK entries, of
 * which those behind the result may be overwritten. base + n fits 32 bits.
 *
 * scan_best() gives the fastest one this machine can run; all give the same,
 * and scan_scalar is the one that says what is right.
 */
typedef size_t scan_fn(
    const char *p, size_t n, uint32_t base, uint32_t *sep, size_t *nlf);

enum { SCAN_SLACK = 64 };

scan_fn scan_scalar;
scan_fn *scan_best(void);

/* Every one that this machine can run, for the test that compares them: the
 * i-th, or NULL behind the last. */
scan_fn *scan_nth(size_t i, const char **name);

#endif
