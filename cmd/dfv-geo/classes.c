#include "classes.h"

#include <stdlib.h>

static int
by_value(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return number_cmp(*x, *y);
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

void
classes_make(struct classes *c, struct number *value, size_t n)
{
	size_t from = 0;

	c->n = 0;
	if (n == 0)
		return;
	qsort(value, n, sizeof *value, by_value);
	if (distinct(value, n) <= CLASSES_MAX) {
		while (from < n)
			from = close_class(c, value, n, from, from);
		return;
	}
	for (size_t left = CLASSES_MAX; from < n; left--) {
		/* An even share of what ties have left over. */
		size_t share = (n - from + left - 1) / left;

		from = close_class(c, value, n, from, from + share - 1);
	}
}

size_t
classes_find(const struct classes *c, struct number v)
{
	size_t i = 0;

	while (i + 1 < c->n && number_cmp(v, c->item[i].max) > 0)
		i++;
	return i;
}

/* By the number of classes. Brewer's scales begin with three colours: one and
 * two are taken out of that. */
static const char *const scales[CLASSES_MAX][CLASSES_MAX] = {
    {"#7fcdbb"},
    {"#edf8b1", "#2c7fb8"},
    {"#edf8b1", "#7fcdbb", "#2c7fb8"},
    {"#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"},
    {"#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"},
};

const char *
classes_color(const struct classes *c, size_t i)
{
	return scales[c->n - 1][i];
}

const char *
classes_ink(const struct classes *c, size_t i)
{
	/* White on the darkest, where its contrast is at least 4 to 1. */
	size_t dark = c->n == CLASSES_MAX ? 2 : c->n > 1;

	return i + dark >= c->n ? "#ffffff" : "#1d2733";
}
