#ifndef DFV_NUMBER_IMPL_H
#define DFV_NUMBER_IMPL_H

#include <stdint.h>

/*
 * What the parts of number.h share. The shortest decimal that reads back as
 * the finite |x|: *mant * 10^-*scale, at most 17 digits, not ending in 0
 * unless it is 0.
 */
void number_shortest(double x, uint64_t *mant, int *scale);

#endif
