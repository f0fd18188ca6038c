/*
 * link: cmd/dfv-geo/classes.c cmd/dfv-geo/scale.c
 */
#include <string.h>

#include "classes.h"
#include "unit.h"

static struct classes
classes_of(const char *how, const int *v, size_t n)
{
	struct class_plan plan = CLASSES_DEFAULT;
	struct number value[256];
	struct classes c;

	if (how != NULL && class_plan_parse(&plan, how) != NULL)
		plan.n = 0;
	for (size_t i = 0; i < n; i++)
		value[i] = number_int(v[i]);
	classes_make(&c, &plan, value, n);
	return c;
}

static bool
class_is(const struct classes *c, size_t i, int min, int max, size_t count)
{
	return i < c->n && c->item[i].count == count &&
	    number_cmp(c->item[i].min, number_int(min)) == 0 &&
	    number_cmp(c->item[i].max, number_int(max)) == 0;
}

static bool
color_is(const struct classes *c, size_t i, const char *hex)
{
	return strcmp(c->item[i].color.hex, hex) == 0;
}

static const int ten[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

static void
test_quantiles(void)
{
	static const int few[] = {3, 1, 3, 3, 2};
	static const int ties[] = {1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6};
	struct classes c = classes_of(NULL, ten, 10);

	unit_check(
	    c.n == 5 && class_is(&c, 0, 1, 2, 2) && class_is(&c, 4, 9, 10, 2),
	    "classes: ten values make five classes of two");
	unit_check(classes_find(&c, number_int(2)) == 0 &&
		classes_find(&c, number_int(3)) == 1 &&
		classes_find(&c, number_int(10)) == 4,
	    "classes: a value is found in the class that holds it");
	c = classes_of(NULL, few, 5);
	unit_check(c.n == 3 && class_is(&c, 2, 3, 3, 3),
	    "classes: up to five different values are a class each");
	c = classes_of(NULL, ties, 12);
	unit_check(class_is(&c, 0, 1, 1, 7) && class_is(&c, 1, 2, 3, 2) &&
		class_is(&c, 4, 6, 6, 1),
	    "classes: equal values stay together, the rest is shared evenly");
	c = classes_of("quantile:2", ten, 10);
	unit_check(c.n == 2 && class_is(&c, 0, 1, 5, 5),
	    "classes: their number can be named");
	c = classes_of(NULL, ten, 0);
	unit_check(c.n == 0, "classes: no value makes no class");
	c = classes_of(NULL, ten, 1);
	unit_check(c.n == 1 && color_is(&c, 0, "#7fcdbb"),
	    "classes: one value is one class, in the middle of the scale");
}

static void
test_intervals(void)
{
	struct classes c = classes_of("equal:3", ten, 10);

	unit_check(c.n == 3 && class_is(&c, 0, 1, 4, 3) &&
		class_is(&c, 1, 4, 7, 3) && class_is(&c, 2, 7, 10, 4),
	    "classes: equal ones have one width, and hold their lower bound");
	c = classes_of("equal", ten, 1);
	unit_check(c.n == 1 && class_is(&c, 0, 10, 10, 1),
	    "classes: one value has no width to part");
	c = classes_of("3,20", ten, 10);
	unit_check(c.n == 3 && c.item[0].count == 2 && c.item[1].count == 8 &&
		c.item[2].count == 0 && classes_find(&c, number_int(3)) == 1 &&
		classes_find(&c, number_int(99)) == 2 &&
		classes_find(&c, number_int(-9)) == 0,
	    "classes: given bounds leave nothing outside");
}

static void
test_signs(void)
{
	static const int mixed[] = {-9, -4, -1, 0, 2, 3, 5, 8};
	static const int below[] = {-1, -2, -3};
	struct classes c = classes_of(NULL, mixed, 8);

	unit_check(c.n == 5 && class_is(&c, 1, -1, -1, 1) &&
		class_is(&c, 2, 0, 0, 1) && class_is(&c, 3, 2, 3, 2),
	    "classes: no class has values on both sides of 0");
	unit_check(color_is(&c, 0, "#ca0020") && color_is(&c, 2, "#f7f7f7") &&
		color_is(&c, 4, "#0571b0"),
	    "classes: values on both sides of 0 have a diverging scale");
	c = classes_of("-5,0,2,4,6", mixed, 8);
	unit_check(c.n == 6 && color_is(&c, 1, "#fddbc7") &&
		color_is(&c, 2, "#d1e5f0") && color_is(&c, 5, "#2166ac"),
	    "classes: what is as far from 0 is as strong, on either side");
	c = classes_of(NULL, below, 3);
	unit_check(c.n == 3 && color_is(&c, 0, "#2c7fb8") &&
		color_is(&c, 2, "#edf8b1"),
	    "classes: below 0 the furthest from it is the darkest");
}

static bool
refused(const char *how)
{
	struct class_plan plan = CLASSES_DEFAULT;

	return class_plan_parse(&plan, how) != NULL;
}

static void
test_texts(void)
{
	struct class_plan plan = {.rule = CLASSES_TEXT, .n = 6};
	struct number value[] = {number_int(5), number_int(0), number_int(5)};
	struct classes c;

	classes_make(&c, &plan, value, 3);
	unit_check(c.n == 6 && c.item[5].count == 2 && c.item[1].count == 0,
	    "classes: a text is a class, in the order given");
	unit_check(!c.item[3].dotted && c.item[4].dotted &&
		strcmp(c.item[4].color.hex, c.item[0].color.hex) == 0,
	    "classes: the fifth text has the first one's colour, dotted");
}

/* Every colour that there can be. */
static void
test_colors(void)
{
	static const char *const names[] = {"YlGnBu", "Blues", "Greens",
	    "Oranges", "Purples", "RdBu", "PuOr", "BrBG"};
	double least = 21;
	bool complete = true;

	for (size_t s = 0; s < 8; s++) {
		const struct scale *scale = scale_find(names[s]);

		for (size_t n = 1; n <= scale_most(scale); n++)
			for (size_t i = 0; i < n; i++) {
				struct color c = scale_color(scale, n, i);
				double k = color_contrast(c, color_ink(c));

				complete = complete && strlen(c.hex) == 7;
				least = k < least ? k : least;
			}
	}
	unit_check(complete, "scale: every colour of every scale is one");
	unit_check(least >= 4.5,
	    "scale: text on any colour has a contrast of 4.5 to 1");
	unit_check(scale_find("Jet") == NULL, "scale: others are not known");
}

int
main(void)
{
	test_quantiles();
	test_intervals();
	test_signs();
	test_texts();
	test_colors();
	unit_check(refused("") && refused("quantiles") && refused("equal:9") &&
		refused("equal:1") && refused("1,1") && refused("2,1") &&
		refused("1,") && refused("1,2,3,4,5,6,7"),
	    "classes: what is no way to make them is refused");
	return unit_done();
}
