#ifndef DFV_SCAN_H
#define DFV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The scanner, the toolkit's innermost loop: writes the offset of every TAB
 * and LF of p[0..n), counted from `base`, to sep, and returns how many it
 * wrote. sep has room for n + SCAN_SLACK entries, of which those behind the
 * result may be overwritten. base + n fits 32 bits.
 *
 * A text is scanned in pieces: p has `base` bytes of it before, none or three
 * at least. Memory is what a scan waits for, so on the way some look whether
 * the text is UTF-8 as utf8_check wants it; one that is cut short is not told.
 *
 * scan_best() gives the fastest one this machine can run; all give the same,
 * and scan_scalar is the one that says what is right.
 */
struct scan_sums {
	size_t nlf;    /* LFs are added */
	bool doubtful; /* set unless it surely is UTF-8 without NUL; where it
			* is set, nobody looks */
};

typedef size_t scan_fn(
    const char *p, size_t n, uint32_t base, uint32_t *sep, struct scan_sums *);

enum { SCAN_SLACK = 64 };

scan_fn scan_scalar;
scan_fn *scan_best(void);

/* Every one that this machine can run, for the test that compares them: the
 * i-th, or NULL behind the last. */
scan_fn *scan_nth(size_t i, const char **name);

#endif
