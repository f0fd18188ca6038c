#include "cell.h"
#include "writers.h"

/*
 * A table of GitHub Flavored Markdown, for people: what a cell shows is its
 * text. Nothing is aligned, since that would take all records first. A
 * backslash goes only where a character would otherwise be markup; the
 * numbers in comments are sections of the GFM specification, version 0.29.
 */

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* ASCII punctuation, which a backslash escapes (6.1). */
static bool
is_punctuation(char c)
{
	return c > ' ' && c < 0x7F && !is_alnum(c);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The character at i, a space beyond either end. */
static char
char_at(struct span s, size_t i)
{
	return i < s.n ? s.p[i] : ' ';
}

/* `&name;` or `&#1;` (6.2). */
static bool
is_entity(struct span s, size_t i)
{
	size_t at = i + 1;

	if (char_at(s, at) == '#')
		at++;
	while (is_alnum(char_at(s, at)))
		at++;
	return char_at(s, at) == ';';
}

static bool
is_markup(struct span s, size_t i)
{
	char before = char_at(s, i - 1), after = char_at(s, i + 1);

	switch (s.p[i]) {
	case '|': /* a cell's end (4.10) */
	case '`':
		return true;
	case '\\':
		return i + 1 == s.n || is_punctuation(after);
	case '<': /* a tag, a comment, an autolink */
		return is_alnum(after) || is_punctuation(after);
	case '&':
		return is_entity(s, i);
	case '_': /* emphasis, but not within a word (6.4) */
		return !(is_alnum(before) && is_alnum(after)) &&
		    !(is_space(before) && is_space(after));
	case '*':
	case '~':
		return !(is_space(before) && is_space(after));
	case ']': /* of a link (6.6) */
		return after == '(' || after == '[';
	default:
		return false;
	}
}

static void
put_text(struct buf *b, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\r' && char_at(s, i + 1) == '\n')
			continue;
		if (c == '\n' || c == '\r') {
			buf_add(b, SPAN("<br>"));
			continue;
		}
		if (is_markup(s, i))
			buf_byte(b, '\\');
		buf_byte(b, c == '\t' ? ' ' : c);
	}
}

static void
put_cell(struct buf *b, struct span cell)
{
	struct buf scratch = {NULL, 0, 0};
	struct span value;
	bool first = true;

	if (cell_missing(cell))
		return;
	while (cell_value(&cell, &value)) {
		if (!first)
			buf_add(b, SPAN(", "));
		first = false;
		buf_reset(&scratch);
		put_text(b, cell_shown(value, &scratch));
	}
	buf_release(&scratch);
}

static void
md_head(const struct writer *w, struct buf *b)
{
	for (size_t i = 0; i < w->columns->n; i++) {
		buf_add(b, i == 0 ? SPAN("| ") : SPAN(" | "));
		put_text(b, w->columns->name[i]);
	}
	buf_add(b, SPAN(" |\n"));
	for (size_t i = 0; i < w->columns->n; i++)
		buf_add(b, i == 0 ? SPAN("| ---") : SPAN(" | ---"));
	buf_add(b, SPAN(" |\n"));
}

static void
md_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	for (size_t i = 0; i < w->columns->n; i++) {
		buf_add(b, i == 0 ? SPAN("| ") : SPAN(" | "));
		put_cell(b, cell[i]);
	}
	buf_add(b, SPAN(" |\n"));
}

const struct writer_format writer_md = {
    .name = "md",
    .head = md_head,
    .record = md_record,
};
