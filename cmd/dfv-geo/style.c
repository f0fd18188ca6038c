#include "drawing.h"

/*
 * Classes, not attributes: short, and one place for the dark colours. Text has
 * a contrast of at least 4.5 to 1 on its ground (WCAG 2.2, AA). The names:
 * g ground, m muted text, a areas, o borders of regions, e coast, z a count of
 * none, v a missing figure, c circles, f frames, h hatching, s scale bars, l
 * labels; k0… classes and i0… labels on them.
 */
static const char light[] = "text{fill:#161616}"
			    ".g{fill:#fff}"
			    ".m{fill:#555}"
			    ".a{stroke:#ccd2d8;stroke-width:.7;"
			    "stroke-linejoin:round;fill-rule:evenodd}"
			    ".o,.e,.f,.s{fill:none;stroke-linejoin:round}"
			    ".o{stroke:#3d4751;stroke-width:1}"
			    ".e{stroke:#7d8791;stroke-width:1.6}"
			    ".f{stroke:#ccc}"
			    ".s{stroke:#555}"
			    ".z{fill:#f1f3f5}"
			    ".v{fill:url(#vide)}"
			    ".vg{fill:#e3e6ea}"
			    ".vp{fill:#8d969f}"
			    ".b{stroke:#7d8791;stroke-width:.6}"
			    ".c{fill:#d94801;fill-opacity:.8;stroke:#fff;"
			    "stroke-width:.8}"
			    ".h{fill:url(#hachures)}"
			    ".hg{stroke:#fff;stroke-width:2.2;"
			    "stroke-opacity:.65}"
			    ".hp{stroke:#161616;stroke-width:1.1}"
			    ".l{text-anchor:middle}.l text{paint-order:stroke;"
			    "stroke-width:3.2;stroke-linejoin:round;"
			    "stroke:#fff}";

static const char dark[] = "text{fill:#f0f0f0}"
			   ".g{fill:#161616}"
			   ".m{fill:#b8b8b8}"
			   ".a{stroke:#333b43}"
			   ".o{stroke:#c9d1d9}"
			   ".e{stroke:#77828d}"
			   ".f{stroke:#444}"
			   ".s{stroke:#b8b8b8}"
			   ".z{fill:#242b33}"
			   ".vg{fill:#2d353e}"
			   ".vp{fill:#77828d}"
			   ".c{fill:#fd8d3c;stroke:#161616}"
			   ".hg{stroke:#161616}"
			   ".hp{stroke:#f0f0f0}"
			   ".l text{stroke:#161616}";

static void
put_class(struct buf *b, size_t i, struct color fill, bool dotted)
{
	if (dotted)
		buf_printf(b, ".d%zu{fill:%s}", i, fill.hex);
	else
		buf_printf(b, ".k%zu{fill:%s}", i, fill.hex);
	buf_printf(
	    b, ".l .i%zu{fill:%s;stroke:%s}", i, color_ink(fill).hex, fill.hex);
}

static void
put_classes(const struct classes *c, struct buf *b, bool on_dark)
{
	for (size_t i = 0; i < c->n; i++)
		put_class(b, i, on_dark ? c->item[i].dark : c->item[i].color,
		    c->item[i].dotted);
}

static void
put_patterns(const struct drawing *d, struct buf *b)
{
	const struct classes *c = &d->classes;

	buf_add(b,
	    SPAN("<pattern id=\"vide\" width=\"5\" height=\"5\" "
		 "patternUnits=\"userSpaceOnUse\">"
		 "<path class=\"vg\" d=\"M0 0h5v5H0z\"/>"
		 "<path class=\"vp\" d=\"M1 1h1.2v1.2H1z\"/></pattern>\n"
		 "<pattern id=\"hachures\" width=\"4.5\" height=\"4.5\" "
		 "patternUnits=\"userSpaceOnUse\" "
		 "patternTransform=\"rotate(45)\">"
		 "<path class=\"hg\" d=\"M2 0v5\"/>"
		 "<path class=\"hp\" d=\"M2 0v5\"/></pattern>\n"));
	for (size_t i = 0; i < c->n; i++)
		if (c->item[i].dotted)
			buf_printf(b,
			    "<pattern id=\"points%zu\" width=\"7\" "
			    "height=\"7\" patternUnits=\"userSpaceOnUse\">"
			    "<path class=\"d%zu\" d=\"M0 0h7v7H0z\"/>"
			    "<circle cx=\"2.5\" cy=\"2.5\" r=\"1.3\"/>"
			    "</pattern>\n",
			    i, i);
}

void
style_write(const struct drawing *d, struct buf *b)
{
	const struct classes *c = &d->classes;

	buf_add(b, SPAN("<style>"));
	buf_add(b, span_of(light));
	put_classes(c, b, false);
	for (size_t i = 0; i < c->n; i++)
		if (c->item[i].dotted)
			buf_printf(b, ".k%zu{fill:url(#points%zu)}", i, i);
	buf_add(b, SPAN("\n@media(prefers-color-scheme:dark){"));
	buf_add(b, span_of(dark));
	put_classes(c, b, true);
	buf_add(b, SPAN("}</style>\n<defs>"));
	put_patterns(d, b);
	buf_add(b, SPAN("</defs>\n"));
}
