#include "text.h"

#include "svg.h"
#include "utf8.h"

/* Helvetica.afm, of the characters from space to tilde, in thousandths. */
/* clang-format off */
static const short widths[] = {
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,
	278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278,
	584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
	500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944,
	667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556,
	278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
	278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
};
/* clang-format on */

static double
width_of(uint32_t c, const struct face *face)
{
	double em = c < ' ' ? 0.278
	    : c <= '~'      ? widths[c - ' '] / 1000.0
	    : c == 0xA0     ? 0.278
	    : c == 0x202F   ? 0.2
	    : c < 0x2E80    ? 0.6
			    : 1.0;

	return em * face->size * (face->bold ? 1.07 : 1);
}

double
text_width(struct span text, const struct face *face)
{
	double width = 0;
	size_t n;

	for (; text.n > 0; text = span_from(text, n))
		width += width_of(utf8_decode(text, &n), face);
	return width;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct span
without_blanks(struct span s)
{
	while (s.n > 0 && is_blank(s.p[0]))
		s = span_from(s, 1);
	return s;
}

/* How many bytes of text make a line. */
static size_t
line_bytes(struct span text, const struct face *face, double width)
{
	double sum = 0;
	size_t at = 0, end = 0, n;

	while (at < text.n) {
		if (is_blank(text.p[at]))
			end = at;
		sum += width_of(utf8_decode(span_from(text, at), &n), face);
		if (sum > width && at > 0)
			return end > 0 ? end : at;
		at += n;
		if (text.p[at - 1] == '-')
			end = at;
	}
	return text.n;
}

size_t
text_wrap(struct span text, const struct face *face, double width,
    struct span *line, size_t max, bool *left)
{
	size_t n = 0;

	text = without_blanks(text);
	while (text.n > 0 && n < max) {
		size_t bytes = line_bytes(text, face, width);

		line[n++] = span_make(text.p, bytes);
		text = without_blanks(span_from(text, bytes));
	}
	*left = text.n > 0;
	return n;
}

double
text_widest_part(struct span text, const struct face *face)
{
	double widest = 0, part = 0;
	size_t n;

	for (; text.n > 0; text = span_from(text, n)) {
		part += width_of(utf8_decode(text, &n), face);
		if (is_blank(text.p[0]))
			part = 0;
		if (part > widest)
			widest = part;
		if (text.p[0] == '-')
			part = 0;
	}
	return widest;
}

void
text_put(struct buf *b, double x, double y, struct span text,
    const struct face *face, bool cut)
{
	buf_add(b, SPAN("<text x=\""));
	svg_coord(b, x);
	buf_add(b, SPAN("\" y=\""));
	svg_coord(b, y);
	buf_byte(b, '"');
	if (face->size > 0) {
		buf_add(b, SPAN(" font-size=\""));
		svg_coord(b, face->size);
		buf_byte(b, '"');
	}
	if (face->bold)
		buf_add(b, SPAN(" font-weight=\"bold\""));
	if (face->class_name != NULL)
		buf_printf(b, " class=\"%s\"", face->class_name);
	if (face->anchor != NULL)
		buf_printf(b, " text-anchor=\"%s\"", face->anchor);
	buf_byte(b, '>');
	svg_text(b, text);
	buf_add(b, cut ? SPAN("\xE2\x80\xA6</text>\n") : SPAN("</text>\n"));
}
