#ifndef DFV_STATS_SELECTION_H
#define DFV_STATS_SELECTION_H

#include <stddef.h>
#include <stdint.h>

/*
 * The k-th least (from 0) of n values, k < n, and the one after it: the same
 * again at the end. None is further from 0 than reach, or reach + 1 below it.
 * The values stay as they are. Time grows with n alone, whatever the values:
 * each pass tells them apart by up to eleven bits more and keeps the part that
 * holds the k-th.
 */
struct selected {
	int64_t kth;
	int64_t next;
};

struct selected select_kth(
    const int64_t *value, size_t n, size_t k, uint64_t reach);

/* Puts them in ascending order. */
void sort_values(int64_t *value, size_t n);

#endif
