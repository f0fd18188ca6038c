/*
 * link: cmd/dfv-geo/classes.c
 */
#include <string.h>

#include "classes.h"
#include "unit.h"

static struct classes
classes_of(const int *v, size_t n)
{
	struct number value[256];
	struct classes c;

	for (size_t i = 0; i < n; i++)
		value[i] = number_int(v[i]);
	classes_make(&c, value, n);
	return c;
}

static bool
class_is(const struct classes *c, size_t i, int min, int max, size_t count)
{
	return i < c->n && c->item[i].count == count &&
	    number_cmp(c->item[i].min, number_int(min)) == 0 &&
	    number_cmp(c->item[i].max, number_int(max)) == 0;
}

int
main(void)
{
	static const int ten[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
	static const int few[] = {3, 1, 3, 3, 2};
	static const int ties[] = {1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 5, 6};
	struct classes c;

	c = classes_of(ten, 10);
	unit_check(
	    c.n == 5 && class_is(&c, 0, 1, 2, 2) && class_is(&c, 4, 9, 10, 2),
	    "classes: ten values make five classes of two");
	unit_check(classes_find(&c, number_int(2)) == 0 &&
		classes_find(&c, number_int(3)) == 1 &&
		classes_find(&c, number_int(10)) == 4,
	    "classes: a value is found in the class that holds it");
	c = classes_of(few, 5);
	unit_check(c.n == 3 && class_is(&c, 2, 3, 3, 3),
	    "classes: up to five different values are a class each");
	c = classes_of(ties, 12);
	unit_check(class_is(&c, 0, 1, 1, 7) && class_is(&c, 1, 2, 3, 2) &&
		class_is(&c, 4, 6, 6, 1),
	    "classes: equal values stay together, the rest is shared evenly");
	c = classes_of(ten, 0);
	unit_check(c.n == 0, "classes: no value makes no class");
	c = classes_of(ten, 1);
	unit_check(c.n == 1 && strcmp(classes_color(&c, 0), "#7fcdbb") == 0,
	    "classes: one value is one class, in the middle of the scale");
	return unit_done();
}
