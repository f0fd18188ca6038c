#include "cell.h"

/* The letter behind the backslash when a character is written, 0 where it is
 * written as it is. PostgreSQL's \b \f \v are read, never written. */
static const char escaped_as[256] = {
    ['\t'] = 't',
    ['\n'] = 'n',
    ['\r'] = 'r',
    ['\\'] = '\\',
    ['|'] = '|',
};

/* The way back; 0 for a letter that is no escape. */
static const char stands_for[256] = {
    ['b'] = '\b',
    ['f'] = '\f',
    ['n'] = '\n',
    ['r'] = '\r',
    ['t'] = '\t',
    ['v'] = '\v',
    ['\\'] = '\\',
    ['|'] = '|',
};

/* Decodes a cell that is not plain; false at the first backslash that begins
 * no escape, with rest there, unless those are kept. */
static bool
decode(struct span *rest, struct buf *to, bool keep_unknown)
{
	buf_room(to, rest->n); /* once, as decoding never lengthens */
	for (;;) {
		size_t run = span_find(*rest, '\\');
		char c;

		buf_add(to, span_make(rest->p, run));
		*rest = span_from(*rest, run);
		if (rest->n == 0)
			return true;
		c = rest->n > 1 ? stands_for[(unsigned char)rest->p[1]] : '\0';
		if (c == '\0' && !keep_unknown)
			return false;
		buf_byte(to, c == '\0' ? '\\' : c);
		*rest = span_from(*rest, c == '\0' ? 1 : 2);
	}
}

/* The backslash at the start of s, and the character behind it. */
static struct span
unknown_escape(struct span s)
{
	size_t n = s.n < 2 ? s.n : 2;

	while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n++;
	return span_make(s.p, n);
}

int
cell_text(struct span cell, struct buf *scratch, struct span *text)
{
	size_t start = scratch->n;

	*text = cell_missing(cell) ? span_make(cell.p, 0) : cell;
	if (cell_plain(*text))
		return 0;
	if (!decode(&cell, scratch, false)) {
		scratch->n = start;
		*text = unknown_escape(cell);
		return -1;
	}
	*text = span_make(scratch->p + start, scratch->n - start);
	return 0;
}

struct span
cell_shown(struct span cell, struct buf *scratch)
{
	size_t start = scratch->n;

	if (cell_missing(cell))
		return span_make(cell.p, 0);
	if (cell_plain(cell))
		return cell;
	decode(&cell, scratch, true);
	return span_make(scratch->p + start, scratch->n - start);
}

void
cell_encode(struct buf *b, struct span text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = escaped_as[(unsigned char)text.p[i]];

		if (c == '\0')
			continue;
		buf_add(b, span_make(text.p + from, i - from));
		buf_byte(b, '\\');
		buf_byte(b, c);
		from = i + 1;
	}
	buf_add(b, span_from(text, from));
}

/* Whether the byte at p[at] stands behind an odd number of backslashes. */
static bool
is_escaped(const char *p, size_t at)
{
	size_t i = at;

	while (i > 0 && p[i - 1] == '\\')
		i--;
	return (at - i) % 2 == 1;
}

/* Offset of the first bar that parts values, or cell.n. */
static size_t
find_bar(struct span cell)
{
	size_t at = span_find(cell, '|');

	while (at < cell.n && is_escaped(cell.p, at))
		at += 1 + span_find(span_from(cell, at + 1), '|');
	return at;
}

bool
cell_value(struct span *rest, struct span *value)
{
	size_t bar;

	if (rest->p == NULL)
		return false;
	bar = find_bar(*rest);
	*value = span_make(rest->p, bar);
	*rest = bar < rest->n ? span_from(*rest, bar + 1) : span_make(NULL, 0);
	return true;
}

bool
cell_is_list(struct span cell)
{
	return find_bar(cell) < cell.n;
}
