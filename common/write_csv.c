#include "cell.h"
#include "csv.h"
#include "vec.h"
#include "writers.h"

/*
 * RFC 4180, with LF for line ends; csv.h says what the text of a field is. A
 * field is quoted only where it must be. Since readers have to find the
 * delimiter by themselves, that includes whatever may be taken for another
 * one where little else tells: in the header, and when there is one column.
 */
enum byte_class { BYTE_PLAIN, BYTE_SPECIAL, BYTE_DELIMITER };

static const unsigned char class_of[256] = {
    ['"'] = BYTE_SPECIAL,
    ['\n'] = BYTE_SPECIAL,
    ['\r'] = BYTE_SPECIAL,
    [';'] = BYTE_DELIMITER,
    [','] = BYTE_DELIMITER,
    ['\t'] = BYTE_DELIMITER,
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* delimiter '\0' stands for any. */
static bool
must_quote(struct span field, char delimiter)
{
	if (field.n == 0)
		return false;
	if (is_blank(field.p[0]) || is_blank(field.p[field.n - 1]))
		return true;
	for (size_t i = 0; i < field.n; i++) {
		unsigned char class = class_of[(unsigned char)field.p[i]];

		if (class == BYTE_PLAIN)
			continue;
		if (class == BYTE_SPECIAL || delimiter == '\0' ||
		    delimiter == field.p[i])
			return true;
	}
	return false;
}

/* Quotes what stands in b from `start` on, in place: from its end, since it
 * grows. */
static void
quote_from(struct buf *b, size_t start)
{
	size_t quotes = 2, from = b->n;
	char *to;

	for (size_t i = start; i < b->n; i++)
		quotes += b->p[i] == '"';
	to = buf_room(b, quotes) + quotes;
	b->n += quotes;
	*--to = '"';
	while (from > start) {
		char c = b->p[--from];

		*--to = c;
		if (c == '"')
			*--to = '"';
	}
	*--to = '"';
}

static void
put_field(struct buf *b, struct span field, char delimiter)
{
	size_t start = b->n;

	buf_add(b, field);
	if (must_quote(field, delimiter))
		quote_from(b, start);
}

static void
put_cell(struct buf *b, struct span cell, char delimiter)
{
	size_t start = b->n;

	if (cell_plain(cell)) {
		put_field(b, cell, delimiter);
		return;
	}
	csv_from_cell(b, cell);
	if (b->n > start &&
	    must_quote(span_make(b->p + start, b->n - start), delimiter))
		quote_from(b, start);
}

static void
csv_head(const struct writer *w, struct buf *b)
{
	for (size_t i = 0; i < w->columns->n; i++) {
		if (i > 0)
			buf_byte(b, w->delimiter);
		put_field(b, w->columns->name[i], '\0');
	}
	buf_byte(b, '\n');
}

/* The text from the first cell to the last when TABs alone stand between them,
 * as in a TSV file, and none begins or ends with a blank. */
static bool
find_stretch(const struct span *cell, size_t n, struct span *text)
{
	const char *at = cell[0].p;

	for (size_t i = 0; i < n; i++) {
		if (at == NULL || cell[i].p != at ||
		    (i > 0 && at[-1] != '\t') ||
		    (cell[i].n > 0 &&
			(is_blank(at[0]) || is_blank(at[cell[i].n - 1]))))
			return false;
		at += cell[i].n + 1;
	}
	*text = span_make(cell[0].p, (size_t)(at - 1 - cell[0].p));
	return true;
}

/* What a field cannot hold without quotes, or is not in CSV as it is in TSV. */
static inline struct vec
not_plain(struct vec v, char delimiter)
{
	return vec_or(vec_or(vec_is(v, '"'), vec_is(v, '\\')),
	    vec_or(vec_is(v, '\r'), vec_is(v, delimiter)));
}

/* Writes at least VEC bytes of cells with the delimiter for each TAB; false
 * when some of them have to be written another way. */
static bool
put_stretch(struct buf *b, struct span text, char delimiter)
{
	char *to = buf_room(b, text.n);
	struct vec odd = {{0}};

	/* The last step may do again some of what the one before it did. */
	for (size_t i = 0; i < text.n; i += VEC) {
		size_t from = i + VEC < text.n ? i : text.n - VEC;
		struct vec v = vec_load(text.p + from);

		odd = vec_or(odd, not_plain(v, delimiter));
		vec_store(to + from, vec_swap(v, '\t', delimiter));
	}
	if (vec_first(odd) < VEC)
		return false;
	b->n += text.n;
	return true;
}

static void
csv_record(const struct writer *w, struct buf *b, const struct span *cell)
{
	size_t n = w->columns->n, record = b->n;
	char delimiter = n == 1 ? '\0' : w->delimiter;
	struct span text;

	if (n > 1 && delimiter != '\t' && find_stretch(cell, n, &text) &&
	    text.n >= VEC && put_stretch(b, text, delimiter)) {
		buf_byte(b, '\n');
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, w->delimiter);
		put_cell(b, cell[i], delimiter);
	}
	if (b->n == record)
		quote_from(b, record); /* an empty line would be no record */
	buf_byte(b, '\n');
}

const struct writer_format writer_csv = {
    .name = "csv",
    .head = csv_head,
    .record = csv_record,
};
