#include "svg.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR_TENTHS = 3 };

/* U+FFFE and U+FFFF, which XML has no place for: 2.2 of it. */
static bool
is_no_character(struct span s)
{
	return span_starts(s, SPAN("\xEF\xBF\xBE")) ||
	    span_starts(s, SPAN("\xEF\xBF\xBF"));
}

void
svg_text(struct buf *b, struct span text)
{
	const struct span replacement = SPAN("\xEF\xBF\xBD");

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		switch (c) {
		case '&':
			buf_add(b, SPAN("&amp;"));
			break;
		case '<':
			buf_add(b, SPAN("&lt;"));
			break;
		case '>':
			buf_add(b, SPAN("&gt;"));
			break;
		case '"':
			buf_add(b, SPAN("&quot;"));
			break;
		case '\xEF':
			if (!is_no_character(span_from(text, i))) {
				buf_byte(b, c);
				break;
			}
			buf_add(b, replacement);
			i += 2;
			break;
		default:
			if ((unsigned char)c < 0x20 && c != '\t' && c != '\n')
				buf_add(b, replacement);
			else
				buf_byte(b, c);
		}
	}
}

static long
tenths(double pixels)
{
	return lround(pixels * 10);
}

static void
put_tenths(struct buf *b, long t)
{
	long whole = labs(t) / 10, rest = labs(t) % 10;

	if (t < 0)
		buf_byte(b, '-');
	if (whole > 0 || rest == 0)
		buf_printf(b, "%ld", whole);
	if (rest > 0)
		buf_printf(b, ".%ld", rest);
}

void
svg_coord(struct buf *b, double pixels)
{
	put_tenths(b, tenths(pixels));
}

struct spot {
	long x;
	long y;
};

static struct spot
ring_spot(const struct frame *f, struct position at)
{
	struct pixel p = frame_pixel(f, at.lon_deg, at.lat_deg);

	return (struct spot){tenths(p.x), tenths(p.y)};
}

static bool
is_near(struct spot a, struct spot b)
{
	return labs(a.x - b.x) < NEAR_TENTHS && labs(a.y - b.y) < NEAR_TENTHS;
}

/* A step: " 1.2-.3"; no blank where a sign parts the numbers. */
static void
put_step(struct buf *b, struct spot from, struct spot to)
{
	if (to.x >= from.x)
		buf_byte(b, ' ');
	put_tenths(b, to.x - from.x);
	if (to.y >= from.y)
		buf_byte(b, ' ');
	put_tenths(b, to.y - from.y);
}

static void
put_ring(struct buf *b, const struct frame *f, const struct ring *ring)
{
	size_t start = b->n, kept = 1;
	struct spot first, last;

	if (ring->n == 0)
		return;
	first = last = ring_spot(f, ring->at[0]);
	buf_byte(b, 'M');
	put_tenths(b, first.x);
	buf_byte(b, ' ');
	put_tenths(b, first.y);
	buf_byte(b, 'l');
	for (size_t i = 1; i < ring->n; i++) {
		struct spot at = ring_spot(f, ring->at[i]);

		/* The last point is the first again: z draws that side. */
		if (is_near(at, last) ||
		    (i + 1 == ring->n && is_near(at, first)))
			continue;
		put_step(b, last, at);
		last = at;
		kept++;
	}
	buf_byte(b, 'z');
	if (kept < 3)
		b->n = start; /* too small to be seen */
}

void
svg_path(struct buf *b, const struct frame *f, const struct shape *s)
{
	for (size_t r = 0; r < s->nring; r++)
		put_ring(b, f, &s->ring[r]);
}

/* Digits in groups of three, parted by narrow no-break spaces. */
static void
put_grouped(struct buf *b, struct span digits)
{
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			buf_add(b, SPAN("\xE2\x80\xAF"));
		buf_byte(b, digits.p[i]);
	}
}

void
svg_number(struct buf *b, struct number v)
{
	struct buf plain = {NULL, 0, 0};
	struct span s;
	size_t n = 0;

	number_format(&plain, v);
	s = buf_span(&plain);
	if (s.n > 0 && s.p[0] == '-') {
		buf_add(b, SPAN("\xE2\x88\x92"));
		s = span_from(s, 1);
	}
	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	put_grouped(b, span_make(s.p, n));
	s = span_from(s, n);
	if (s.n > 0 && s.p[0] == '.') {
		buf_byte(b, ',');
		s = span_from(s, 1);
	}
	buf_add(b, s);
	buf_release(&plain);
}
