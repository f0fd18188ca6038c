#include "classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
by_value(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return number_cmp(*x, *y);
}

static int
sign(struct number v)
{
	return number_cmp(v, number_int(0));
}

static const char *
parse_count(struct class_plan *plan, const char *text)
{
	if (text[0] < '2' || text[0] > '0' + CLASSES_MOST || text[1] != '\0')
		return "there may be 2 to 7 classes";
	plan->n = (size_t)(text[0] - '0');
	return NULL;
}

static const char *
parse_bounds(struct class_plan *plan, struct span text)
{
	size_t n = 0;

	for (bool more = true; more; n++) {
		size_t len = span_find(text, ',');

		if (n == CLASSES_MOST - 1)
			return "there may be six bounds, of seven classes";
		if (!number_parse(
			span_make(text.p, len), false, &plan->bound[n]))
			return "quantile, equal, or bounds such as 10,20,50 "
			       "are wanted";
		if (n > 0 &&
		    number_cmp(plan->bound[n - 1], plan->bound[n]) >= 0)
			return "each bound must be more than the one before";
		more = len < text.n;
		text = span_from(text, more ? len + 1 : len);
	}
	plan->n = n + 1;
	return NULL;
}

const char *
class_plan_parse(struct class_plan *plan, const char *arg)
{
	static const struct {
		const char *name;
		enum class_rule rule;
	} rules[] = {
	    {"quantile", CLASSES_QUANTILE},
	    {"equal", CLASSES_EQUAL},
	};

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(rules[i].name);

		if (strncmp(arg, rules[i].name, n) != 0)
			continue;
		plan->rule = rules[i].rule;
		plan->n = CLASSES_USUAL;
		if (arg[n] == '\0')
			return NULL;
		if (arg[n] == ':')
			return parse_count(plan, arg + n + 1);
	}
	plan->rule = CLASSES_GIVEN;
	return parse_bounds(plan, span_of(arg));
}

static size_t
distinct(const struct number *value, size_t n)
{
	size_t d = n > 0;

	for (size_t i = 1; i < n; i++)
		d += number_cmp(value[i - 1], value[i]) != 0;
	return d;
}

/* Ends the class that begins at `from` behind value[i], or behind those equal
 * to it; the next one's beginning. */
static size_t
close_class(struct classes *c, const struct number *value, size_t n,
    size_t from, size_t i)
{
	while (i + 1 < n && number_cmp(value[i], value[i + 1]) == 0)
		i++;
	c->item[c->n].min = value[from];
	c->item[c->n].max = value[i];
	c->item[c->n++].count = i + 1 - from;
	return i + 1;
}

static void
add_quantiles(
    struct classes *c, const struct number *value, size_t n, size_t want)
{
	bool few = distinct(value, n) <= want;

	for (size_t from = 0, left = want; from < n && left > 0; left--) {
		/* An even share of what ties have left over. */
		size_t share = few ? 1 : (n - from + left - 1) / left;

		from = close_class(c, value, n, from, from + share - 1);
	}
}

/* What is below 0 and what is not are parted, by as many classes as there are
 * values on either side; 0 itself is neither. */
static void
make_quantiles(
    struct classes *c, const struct number *value, size_t n, size_t want)
{
	size_t below = 0, above = n, outer, ends, low;

	while (below < n && sign(value[below]) < 0)
		below++;
	while (above > 0 && sign(value[above - 1]) > 0)
		above--;
	if (below == 0 || above == n || want < 2) {
		add_quantiles(c, value, n, want);
		return;
	}
	ends = want - (above > below && want > 2);
	outer = below + (n - above);
	low = (ends * below + outer / 2) / outer;
	low = low == 0 ? 1 : low == ends ? ends - 1 : low;
	add_quantiles(c, value, below, low);
	add_quantiles(c, value + below, above - below, 1);
	add_quantiles(c, value + above, n - above, ends - low);
}

/* Classes from bounds, n - 1 of them, and the values counted. */
static void
part(struct classes *c, const struct number *bound, size_t nclass,
    const struct number *value, size_t n)
{
	for (size_t i = 0; i < nclass; i++) {
		c->item[i].min = i > 0 ? bound[i - 1] : value[0];
		c->item[i].max = i + 1 < nclass ? bound[i] : value[n - 1];
		c->item[i].count = 0;
	}
	c->n = nclass;
	for (size_t i = 0; i < n; i++)
		c->item[classes_find(c, value[i])].count++;
}

/* Bounds with the digits that the width of a class calls for. */
static void
make_equal(struct classes *c, const struct number *value, size_t n, size_t want)
{
	double least = number_double(value[0]);
	double width = (number_double(value[n - 1]) - least) / (double)want;
	struct number bound[CLASSES_MOST - 1];
	int digits;

	if (!(width > 0) || !isfinite(width)) {
		add_quantiles(c, value, n, 1);
		return;
	}
	digits = 2 - (int)floor(log10(width));
	for (size_t i = 0; i + 1 < want; i++)
		bound[i] =
		    number_round(number_real(least + width * (double)(i + 1)),
			digits < -18 ? -18 : digits);
	part(c, bound, want, value, n);
}

static void
make_texts(struct classes *c, const struct number *value, size_t n, size_t want)
{
	c->n = want;
	for (size_t i = 0; i < want; i++) {
		c->item[i].min = c->item[i].max = number_int((int64_t)i);
		c->item[i].count = 0;
	}
	for (size_t i = 0; i < n; i++)
		c->item[classes_find(c, value[i])].count++;
}

size_t
classes_find(const struct classes *c, struct number v)
{
	size_t i = 0;

	while (i + 1 < c->n && number_cmp(v, c->item[i + 1].min) >= 0)
		i++;
	return i;
}

/* Below 0, about it, above it. */
static int
side(const struct classes *c, size_t i)
{
	if (sign(c->item[i].max) <= 0 && sign(c->item[i].min) < 0)
		return -1;
	return sign(c->item[i].min) >= 0 && sign(c->item[i].max) > 0;
}

/* The same distance from 0 is the same strength of colour: the longer side
 * decides how many there are. False when the scale has not that many. */
static bool
paint_about_zero(struct classes *c, const struct scale *scale)
{
	size_t count[3] = {0, 0, 0}, longer, middle, n;

	for (size_t i = 0; i < c->n; i++)
		count[side(c, i) + 1]++;
	longer = count[0] > count[2] ? count[0] : count[2];
	middle = count[1] > 0;
	n = 2 * longer + middle;
	if (n > scale_most(scale))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		struct color color =
		    scale_color(scale, n, longer - count[0] + i);

		c->item[i].color = c->item[i].dark = color;
	}
	return true;
}

/* On a dark ground light colours stand out: the scale is turned round, and so
 * it is for values below 0. */
static void
paint_along(struct classes *c, const struct scale *scale, bool turned)
{
	for (size_t i = 0; i < c->n; i++) {
		size_t at = turned ? c->n - 1 - i : i;
		struct color color = scale_color(scale, c->n, at);

		c->item[i].color = color;
		c->item[i].dark = scale->diverging
		    ? color
		    : scale_color(scale, c->n, c->n - 1 - at);
	}
}

static void
paint(struct classes *c, const struct scale *scale, bool below, bool above)
{
	const struct scale *about = scale != NULL ? scale : scale_find("RdBu");

	if (below && above && about->diverging && paint_about_zero(c, about))
		return;
	if (scale == NULL)
		scale = scale_find("YlGnBu");
	paint_along(c, scale, below && !above && !scale->diverging);
}

static void
paint_texts(struct classes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		c->item[i].color = c->item[i].dark = scale_text_color(i);
		c->item[i].dotted = i >= SCALE_TEXTS;
	}
}

void
classes_make(struct classes *c, const struct class_plan *plan,
    struct number *value, size_t n)
{
	*c = (struct classes){.rule = plan->rule};
	if (plan->rule == CLASSES_TEXT) {
		make_texts(c, value, n, plan->n);
		paint_texts(c);
		return;
	}
	if (n == 0)
		return;
	qsort(value, n, sizeof *value, by_value);
	if (plan->rule == CLASSES_QUANTILE)
		make_quantiles(c, value, n, plan->n);
	else if (plan->rule == CLASSES_EQUAL)
		make_equal(c, value, n, plan->n);
	else
		part(c, plan->bound, plan->n, value, n);
	paint(c, plan->scale, sign(value[0]) < 0, sign(value[n - 1]) > 0);
}
