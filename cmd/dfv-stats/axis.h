#ifndef DFV_STATS_AXIS_H
#define DFV_STATS_AXIS_H

#include <stdbool.h>

/*
 * From values to places between 0 and 1. Zero is always on it, so that no
 * length misleads. Values are held in units of a power of ten near the largest,
 * so that 1e308 next to -1e308 does not overflow.
 */
struct scale {
	double unit;
	double lo, hi, step; /* in units; lo <= 0 <= hi, lo < hi */
};

/* From the least to the greatest value. */
struct scale scale_make(double least, double most);

/* Widened to whole steps of 1, 2 or 5, about four of them; whole: none less
 * than 1, for counts. */
void scale_step(struct scale *, bool whole);

double scale_at(const struct scale *, double value);

/* The value of the i-th step; there are scale_steps + 1 of them. */
double scale_tick(const struct scale *, int i);
int scale_steps(const struct scale *);

#endif
