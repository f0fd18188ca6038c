#include "axis.h"

#include <math.h>

enum { STEPS = 4, EXPONENT_LEAST = -300 };

struct scale
scale_make(double least, double most)
{
	struct scale s = {.unit = 1, .lo = fmin(least, 0), .hi = fmax(most, 0)};
	double largest = fmax(-s.lo, s.hi);

	if (largest > 0)
		s.unit = pow(10, fmax(floor(log10(largest)), EXPONENT_LEAST));
	s.lo /= s.unit;
	s.hi /= s.unit;
	if (s.hi <= s.lo)
		s.hi = s.lo + 1;
	s.step = s.hi - s.lo;
	return s;
}

void
scale_step(struct scale *s, bool whole)
{
	double rough = (s->hi - s->lo) / STEPS;
	double ten = pow(10, floor(log10(rough)));
	double lead = rough / ten;

	s->step = ten * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
	if (whole && s->step * s->unit < 1)
		s->step = 1 / s->unit;
	s->lo = floor(s->lo / s->step) * s->step;
	s->hi = ceil(s->hi / s->step) * s->step;
}

double
scale_at(const struct scale *s, double value)
{
	return (value / s->unit - s->lo) / (s->hi - s->lo);
}

int
scale_steps(const struct scale *s)
{
	return (int)lround((s->hi - s->lo) / s->step);
}

double
scale_tick(const struct scale *s, int i)
{
	return (round(s->lo / s->step) + i) * s->step * s->unit;
}
