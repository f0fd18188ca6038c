#include "expr_func.h"

#include <math.h>

/* Functions of numbers and dates, and those that choose among arguments. */

bool
fn_round(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v, digits;
	double d = 0;

	if (!arg(n, 0, run, &v))
		return false;
	if (n->narg > 1) {
		if (!arg(n, 1, run, &digits))
			return false;
		d = number_double(digits.number);
	}
	out->number = number_round(v.number,
	    d < -18      ? -18
		: d > 18 ? 18
			 : (int)d);
	return true;
}

bool
fn_floor(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = number_floor(v.number);
	return true;
}

bool
fn_ceil(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = number_ceil(v.number);
	return true;
}

bool
fn_abs(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum v;

	if (!arg(n, 0, run, &v))
		return false;
	out->number = v.number;
	return number_cmp(v.number, number_int(0)) >= 0 ||
	    number_sub(number_int(0), v.number, &out->number);
}

/* The least or greatest of those that are there. */
static bool
extreme(
    const struct node_expr *n, struct expr_run *run, union datum *out, int sign)
{
	union datum v;
	bool any = false;

	for (size_t i = 0; i < n->narg; i++) {
		if (!arg(n, i, run, &v))
			continue;
		if (!any || sign * number_cmp(v.number, out->number) > 0)
			out->number = v.number;
		any = true;
	}
	return any;
}

bool
fn_min(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return extreme(n, run, out, -1);
}

bool
fn_max(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return extreme(n, run, out, 1);
}

bool
fn_coalesce(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	for (size_t i = 0; i < n->narg; i++)
		if (arg(n, i, run, out))
			return true;
	return false;
}

bool
fn_if(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return arg(n, node_true(n->arg[0], run) ? 1 : 2, run, out);
}

bool
fn_missing(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum any;

	(void)out;
	return !arg(n, 0, run, &any);
}

/* number() and date() are conversions of their argument. */
bool
fn_same(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	return arg(n, 0, run, out);
}

bool
fn_days(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum from, to;

	if (!arg(n, 0, run, &from) || !arg(n, 1, run, &to))
		return false;
	out->number =
	    number_int((int64_t)to.date.days - (int64_t)from.date.days);
	return true;
}

/*
 * Great-circle distance by the haversine formula (R. W. Sinnott, Sky and
 * Telescope 68, 1984), on the mean Earth radius of the IUGG, 6371.0088 km,
 * rounded to a metre: the sphere itself is off by up to 0.5 %. Arguments are
 * latitude and longitude in degrees, twice.
 */
bool
fn_distance(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	const double radius_km = 6371.0088;
	const double rad = 3.14159265358979323846 / 180;
	double v[4], s_lat, s_lon, h;
	union datum d;

	for (size_t i = 0; i < 4; i++) {
		if (!arg(n, i, run, &d))
			return false;
		v[i] = number_double(d.number);
		if (fabs(v[i]) > (i % 2 == 0 ? 90 : 180)) {
			buf_reset(&run->work);
			number_format(&run->work, d.number);
			fault_set_cell(&run->fault, DIAG_OUT_OF_RANGE, run->rec,
			    n->arg[i]->col, buf_span(&run->work),
			    "a latitude is -90 to 90, a longitude -180 to 180");
			return false;
		}
		v[i] *= rad;
	}
	s_lat = sin((v[2] - v[0]) / 2);
	s_lon = sin((v[3] - v[1]) / 2);
	h = s_lat * s_lat + cos(v[0]) * cos(v[2]) * s_lon * s_lon;
	out->number = number_round(
	    number_real(2 * radius_km * asin(sqrt(h < 1 ? h : 1))), 3);
	return true;
}
