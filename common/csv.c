#include "csv.h"

#include <stdbool.h>

#include "cell.h"

enum { NDELIM = sizeof CSV_DELIMITERS - 1 };

static const char escaped_as[256] = {
    ['\t'] = 't',
    ['\n'] = 'n',
    ['\r'] = 'r',
    ['\\'] = '\\',
};

static const char *
skip_backslashes(const char *p, const char *end)
{
	while (p < end && *p == '\\')
		p++;
	return p;
}

static char *
put(char *out, const char *p, const char *end)
{
	if (p < end)
		memcpy(out, p, (size_t)(end - p));
	return out + (end - p);
}

char *
csv_to_cell(char *out, struct span text)
{
	const char *p = text.p, *end = text.p + text.n;

	while (p < end) {
		const char *at = p;

		while (at < end && escaped_as[(unsigned char)*at] == '\0')
			at++;
		out = put(out, p, at);
		if (at == end)
			break;
		if (*at == '\\') {
			p = skip_backslashes(at, end);
			out = put(out, at, p);
			if (p == end || *p != '|')
				out = put(out, at, p); /* each one twice */
		} else {
			*out++ = '\\';
			*out++ = escaped_as[(unsigned char)*at];
			p = at + 1;
		}
	}
	return out;
}

/* Appends what a backslash at p and the letter behind it stand for; when that
 * is nothing, the two. Gives what follows them. */
static const char *
add_escape(struct buf *b, const char *p, const char *end)
{
	struct span escape = span_make(p, end - p > 1 ? 2 : 1), text;

	if (cell_missing(escape) || cell_text(escape, b, &text) < 0)
		buf_add(b, escape);
	return p + escape.n;
}

void
csv_from_cell(struct buf *b, struct span cell)
{
	const char *p = cell.p, *end;

	if (cell_missing(cell))
		return;
	end = p + cell.n;
	while (p < end) {
		size_t plain = span_find(span_make(p, (size_t)(end - p)), '\\');
		const char *run = p + plain,
			   *after = skip_backslashes(run, end);
		size_t n = (size_t)(after - run);
		bool before_bar = after < end && *after == '|';

		buf_add(b, span_make(p, plain));
		buf_add(b, span_make(run, before_bar ? n : n / 2));
		p = n % 2 == 0 || before_bar ? after
					     : add_escape(b, after - 1, end);
	}
}

/* How often a line has each delimiter outside quotes. */
struct tally {
	size_t count[NDELIM];
	bool whole; /* the line has an end */
	bool blank;
};

/* The index of a delimiter, or NDELIM. */
static size_t
delimiter_index(char c)
{
	size_t i = 0;

	while (i < NDELIM && CSV_DELIMITERS[i] != c)
		i++;
	return i;
}

/* Tallies the line at *rest, which may be quoted over several physical ones,
 * and steps behind it; false when there is none. */
static bool
tally_line(struct span *rest, struct tally *t)
{
	bool quoted = false, cell_start = true;
	size_t i = 0;

	*t = (struct tally){.blank = true};
	for (; i < rest->n && !t->whole; i++) {
		char c = rest->p[i];
		size_t k = delimiter_index(c);

		if (c == '"' && (quoted || cell_start || rest->p[i - 1] == '"'))
			quoted = !quoted;
		else if (c == '\n' && !quoted)
			t->whole = true;
		else if (k < NDELIM && !quoted)
			t->count[k]++;
		t->blank = t->blank && (c == '\n' || c == '\r');
		cell_start = k < NDELIM;
	}
	*rest = span_from(*rest, i);
	return i > 0;
}

/* The number of delimiters that more than half of the lines have, if there is
 * such a number, by Boyer and Moore's vote. */
struct vote {
	size_t value;
	size_t weight;
	size_t found; /* lines that do have it */
};

static void
vote_cast(struct vote *v, size_t value)
{
	if (v->weight == 0)
		v->value = value;
	if (v->value == value)
		v->weight++;
	else
		v->weight--;
}

static size_t
count_votes(struct span first, struct vote *vote)
{
	struct span rest = first;
	struct tally t;
	size_t nline = 0;

	while (tally_line(&rest, &t))
		for (size_t k = 0; k < NDELIM && t.whole && !t.blank; k++)
			vote_cast(&vote[k], t.count[k]);
	for (rest = first; tally_line(&rest, &t);) {
		if (!t.whole || t.blank)
			continue;
		nline++;
		for (size_t k = 0; k < NDELIM; k++)
			vote[k].found += t.count[k] == vote[k].value;
	}
	return nline;
}

char
csv_find_delimiter(struct span first)
{
	struct vote vote[NDELIM] = {{0, 0, 0}};
	size_t nline = count_votes(first, vote), most = nline / 2;
	char best = '\0';
	struct tally header;

	for (size_t k = 0; k < NDELIM; k++)
		if (vote[k].value > 0 && vote[k].found > most) {
			most = vote[k].found;
			best = CSV_DELIMITERS[k];
		}
	if (best != '\0' || !tally_line(&first, &header))
		return best;
	/* The lines do not agree: what the header has most of. */
	most = 0;
	for (size_t k = 0; k < NDELIM; k++)
		if (header.count[k] > most) {
			most = header.count[k];
			best = CSV_DELIMITERS[k];
		}
	return best;
}
