#include "scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Copyright (c) 2002 Cynthia Brewer, Mark Harrower, and The Pennsylvania State
 * University; Apache License 2.0, http://www.apache.org/licenses/LICENSE-2.0.
 */
/* clang-format off */
static const struct scale scales[] = {
    {"YlGnBu", false, {NULL, NULL, NULL,
	"edf8b17fcdbb2c7fb8",
	"ffffcca1dab441b6c4225ea8",
	"ffffcca1dab441b6c42c7fb8253494",
	"ffffccc7e9b47fcdbb41b6c42c7fb8253494",
	"ffffccc7e9b47fcdbb41b6c41d91c0225ea80c2c84"}},
    {"Blues", false, {NULL, NULL, NULL,
	"deebf79ecae13182bd",
	"eff3ffbdd7e76baed62171b5",
	"eff3ffbdd7e76baed63182bd08519c",
	"eff3ffc6dbef9ecae16baed63182bd08519c",
	"eff3ffc6dbef9ecae16baed64292c62171b5084594"}},
    {"Greens", false, {NULL, NULL, NULL,
	"e5f5e0a1d99b31a354",
	"edf8e9bae4b374c476238b45",
	"edf8e9bae4b374c47631a354006d2c",
	"edf8e9c7e9c0a1d99b74c47631a354006d2c",
	"edf8e9c7e9c0a1d99b74c47641ab5d238b45005a32"}},
    {"Oranges", false, {NULL, NULL, NULL,
	"fee6cefdae6be6550d",
	"feeddefdbe85fd8d3cd94701",
	"feeddefdbe85fd8d3ce6550da63603",
	"feeddefdd0a2fdae6bfd8d3ce6550da63603",
	"feeddefdd0a2fdae6bfd8d3cf16913d948018c2d04"}},
    {"Purples", false, {NULL, NULL, NULL,
	"efedf5bcbddc756bb1",
	"f2f0f7cbc9e29e9ac86a51a3",
	"f2f0f7cbc9e29e9ac8756bb154278f",
	"f2f0f7dadaebbcbddc9e9ac8756bb154278f",
	"f2f0f7dadaebbcbddc9e9ac8807dba6a51a34a1486"}},
    {"RdBu", true, {NULL, NULL, NULL,
	"ef8a62f7f7f767a9cf",
	"ca0020f4a58292c5de0571b0",
	"ca0020f4a582f7f7f792c5de0571b0",
	"b2182bef8a62fddbc7d1e5f067a9cf2166ac",
	"b2182bef8a62fddbc7f7f7f7d1e5f067a9cf2166ac",
	"b2182bd6604df4a582fddbc7d1e5f092c5de4393c32166ac",
	"b2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac",
	"67001fb2182bd6604df4a582fddbc7d1e5f092c5de4393c32166ac053061",
	"67001fb2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac053061"}},
    {"PuOr", true, {NULL, NULL, NULL,
	"f1a340f7f7f7998ec3",
	"e66101fdb863b2abd25e3c99",
	"e66101fdb863f7f7f7b2abd25e3c99",
	"b35806f1a340fee0b6d8daeb998ec3542788",
	"b35806f1a340fee0b6f7f7f7d8daeb998ec3542788",
	"b35806e08214fdb863fee0b6d8daebb2abd28073ac542788",
	"b35806e08214fdb863fee0b6f7f7f7d8daebb2abd28073ac542788",
	"7f3b08b35806e08214fdb863fee0b6d8daebb2abd28073ac5427882d004b",
	"7f3b08b35806e08214fdb863fee0b6f7f7f7d8daebb2abd28073ac5427882d004b"}},
    {"BrBG", true, {NULL, NULL, NULL,
	"d8b365f5f5f55ab4ac",
	"a6611adfc27d80cdc1018571",
	"a6611adfc27df5f5f580cdc1018571",
	"8c510ad8b365f6e8c3c7eae55ab4ac01665e",
	"8c510ad8b365f6e8c3f5f5f5c7eae55ab4ac01665e",
	"8c510abf812ddfc27df6e8c3c7eae580cdc135978f01665e",
	"8c510abf812ddfc27df6e8c3f5f5f5c7eae580cdc135978f01665e",
	"5430058c510abf812ddfc27df6e8c3c7eae580cdc135978f01665e003c30",
	"5430058c510abf812ddfc27df6e8c3f5f5f5c7eae580cdc135978f01665e003c30"}},
};
/* clang-format on */

const char scale_names[] =
    "YlGnBu, Blues, Greens, Oranges, Purples, RdBu, PuOr or BrBG";

const struct scale *
scale_find(const char *name)
{
	for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++)
		if (strcmp(scales[i].name, name) == 0)
			return &scales[i];
	return NULL;
}

size_t
scale_most(const struct scale *s)
{
	size_t n = sizeof s->colors / sizeof s->colors[0] - 1;

	while (s->colors[n] == NULL)
		n--;
	return n;
}

static struct color
color_at(const char *colors, size_t i)
{
	struct color c = {"#"};

	memcpy(c.hex + 1, colors + 6 * i, 6);
	return c;
}

struct color
scale_color(const struct scale *s, size_t n, size_t i)
{
	if (n == 1)
		return color_at(s->colors[3], s->diverging ? 2 : 1);
	if (n == 2)
		return color_at(s->colors[3], 2 * i);
	return color_at(s->colors[n], i);
}

struct color
scale_text_color(size_t i)
{
	return color_at("a6cee31f78b4b2df8a33a02c", i % SCALE_TEXTS);
}

/* WCAG 2.2, "relative luminance". */
static double
luminance(struct color c)
{
	static const double weight[] = {0.0722, 0.7152, 0.2126};
	unsigned long rgb = strtoul(c.hex + 1, NULL, 16);
	double sum = 0;

	for (int i = 0; i < 3; i++, rgb >>= 8) {
		double v = (double)(rgb & 0xff) / 255;

		sum += weight[i] *
		    (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
	}
	return sum;
}

double
color_contrast(struct color a, struct color b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

struct color
color_ink(struct color ground)
{
	static const struct color black = {"#000000"}, white = {"#ffffff"};

	return color_contrast(ground, black) > color_contrast(ground, white)
	    ? black
	    : white;
}
