#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "records.h"

/*
 * gen TABLE [-f tsv|csv|quoted|yaml|jsonl] [-b BYTES] [-n ROWS] [-s SEED]
 *
 * Made-up records, for benchmarks, on standard output: whole ones, until BYTES
 * are reached or ROWS are written. The same seed gives the same records in
 * every format. TABLE is `weekly`, the reports of a training programme, or
 * `measurements`, two columns and short rows.
 */

enum { ROW_MAX = 4096, FLUSH_AT = 1 << 17 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct out {
	size_t n;
	char bytes[FLUSH_AT + ROW_MAX];
};

struct format {
	const char *name;
	void (*head)(struct out *, const struct table *);
	void (*row)(
	    struct out *, const struct table *, const struct span *cell);
};

static void
out_put(struct out *out, struct span s)
{
	memcpy(out->bytes + out->n, s.p, s.n);
	out->n += s.n;
}

static void
out_char(struct out *out, char c)
{
	out->bytes[out->n++] = c;
}

static int
out_flush(struct out *out)
{
	for (size_t done = 0; done < out->n;) {
		ssize_t n = write(1, out->bytes + done, out->n - done);

		if (n < 0)
			return -1;
		done += (size_t)n;
	}
	out->n = 0;
	return 0;
}

/* A list's first value; the rest is left in *list. */
static struct span
list_next(struct span *list)
{
	const char *bar = memchr(list->p, '|', list->n);
	size_t n = bar == NULL ? list->n : (size_t)(bar - list->p);
	struct span value = span_make(list->p, n);

	*list = span_make(list->p + n, list->n - n);
	if (bar != NULL)
		*list = span_make(list->p + 1, list->n - 1);
	return value;
}

static void
names_head(struct out *out, const struct table *table, char between)
{
	for (size_t i = 0; i < table->ncol; i++) {
		if (i > 0)
			out_char(out, between);
		out_put(out, table->column[i].name);
	}
	out_char(out, '\n');
}

static void
tsv_head(struct out *out, const struct table *table)
{
	names_head(out, table, '\t');
}

static void
tsv_row(struct out *out, const struct table *table, const struct span *cell)
{
	for (size_t i = 0; i < table->ncol; i++) {
		if (i > 0)
			out_char(out, '\t');
		out_put(out, cell[i]);
	}
	out_char(out, '\n');
}

/* In double quotes; an inner one has `escape` before it. */
static void
out_quoted(struct out *out, struct span s, char escape)
{
	out_char(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			out_char(out, escape);
		out_char(out, s.p[i]);
	}
	out_char(out, '"');
}

static void
csv_head(struct out *out, const struct table *table)
{
	names_head(out, table, ',');
}

static bool
csv_quotes(struct span s)
{
	return span_find(s, ',') < s.n || span_find(s, '"') < s.n;
}

static void
csv_row(struct out *out, const struct table *table, const struct span *cell)
{
	for (size_t i = 0; i < table->ncol; i++) {
		if (i > 0)
			out_char(out, ',');
		if (table->column[i].kind == PROSE && csv_quotes(cell[i]))
			out_quoted(out, cell[i], '"');
		else
			out_put(out, cell[i]);
	}
	out_char(out, '\n');
}

/* All cells in quotes, as many programs write them. */
static void
quoted_row(struct out *out, const struct table *table, const struct span *cell)
{
	for (size_t i = 0; i < table->ncol; i++) {
		if (i > 0)
			out_char(out, ',');
		out_quoted(out, cell[i], '"');
	}
	out_char(out, '\n');
}

static void
no_head(struct out *out, const struct table *table)
{
	(void)out;
	(void)table;
}

/* What a YAML reader would take for something other than text. */
static bool
yaml_quotes(enum kind kind, struct span s)
{
	return kind == DATE || kind == NUMBER ||
	    (kind == CODE && memchr(s.p, 'A', s.n) == NULL &&
		memchr(s.p, 'B', s.n) == NULL);
}

static void
yaml_cell(struct out *out, enum kind kind, struct span s)
{
	if (s.n == 0)
		return;
	if (kind == LIST && span_find(s, '|') < s.n) {
		while (s.n > 0) {
			out_put(out, SPAN("\n  - "));
			out_put(out, list_next(&s));
		}
		return;
	}
	out_char(out, ' ');
	if (yaml_quotes(kind, s)) {
		out_char(out, '\'');
		out_put(out, s);
		out_char(out, '\'');
	} else {
		out_put(out, s);
	}
}

static void
yaml_row(struct out *out, const struct table *table, const struct span *cell)
{
	for (size_t i = 0; i < table->ncol; i++) {
		out_put(out, i == 0 ? SPAN("- ") : SPAN("  "));
		out_put(out, table->column[i].name);
		out_char(out, ':');
		yaml_cell(out, table->column[i].kind, cell[i]);
		out_char(out, '\n');
	}
}

static void
jsonl_cell(struct out *out, enum kind kind, struct span s)
{
	switch (kind) {
	case NUMBER:
		out_put(out, s);
		return;
	case LIST:
		out_char(out, '[');
		while (s.n > 0) {
			out_quoted(out, list_next(&s), '\\');
			out_put(out, s.n > 0 ? SPAN(",") : SPAN(""));
		}
		out_char(out, ']');
		return;
	default:
		if (s.n == 0)
			out_put(out, SPAN("null"));
		else
			out_quoted(out, s, '\\');
	}
}

static void
jsonl_row(struct out *out, const struct table *table, const struct span *cell)
{
	for (size_t i = 0; i < table->ncol; i++) {
		out_char(out, i == 0 ? '{' : ',');
		out_quoted(out, table->column[i].name, '\\');
		out_char(out, ':');
		jsonl_cell(out, table->column[i].kind, cell[i]);
	}
	out_put(out, SPAN("}\n"));
}

static const struct format formats[] = {
    {"tsv", tsv_head, tsv_row},
    {"csv", csv_head, csv_row},
    {"quoted", csv_head, quoted_row},
    {"yaml", no_head, yaml_row},
    {"jsonl", no_head, jsonl_row},
};

struct wish {
	const struct table *table;
	const struct format *format;
	uint64_t bytes;
	uint64_t rows;
	uint64_t seed;
};

static int
generate(const struct wish *wish)
{
	struct out out = {0};
	struct row row = {.random = wish->seed};
	struct span cell[COLUMNS];
	uint64_t flushed = 0;

	wish->format->head(&out, wish->table);
	while (row.number < wish->rows && flushed + out.n < wish->bytes) {
		row.used = 0;
		for (size_t i = 0; i < wish->table->ncol; i++)
			cell[i] = wish->table->column[i].make(&row);
		wish->format->row(&out, wish->table, cell);
		row.number++;
		if (out.n < FLUSH_AT)
			continue;
		flushed += out.n;
		if (out_flush(&out) < 0)
			return -1;
	}
	return out_flush(&out);
}

static const struct format *
format_find(const char *name)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static int
usage(void)
{
	fputs("usage: gen weekly|measurements [-f tsv|csv|quoted|yaml|jsonl] "
	      "[-b BYTES] [-n ROWS] [-s SEED]\n",
	    stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	struct wish wish = {.table = table_find(argc > 1 ? argv[1] : NULL),
	    .format = formats,
	    .bytes = UINT64_MAX,
	    .rows = UINT64_MAX,
	    .seed = 1};
	int key;

	optind = 2;
	while ((key = getopt(argc, argv, "b:f:n:s:")) != -1) {
		if (key == 'b')
			wish.bytes = strtoull(optarg, NULL, 10);
		else if (key == 'n')
			wish.rows = strtoull(optarg, NULL, 10);
		else if (key == 's')
			wish.seed = strtoull(optarg, NULL, 10);
		else
			wish.format = key == 'f' ? format_find(optarg) : NULL;
		if (wish.format == NULL)
			return usage();
	}
	if (wish.table == NULL || optind != argc)
		return usage();
	if (generate(&wish) < 0) {
		perror("gen");
		return 2;
	}
	return 0;
}
