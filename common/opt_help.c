#include <stdio.h>
#include <string.h>

#include "opt_impl.h"
#include "utf8.h"

enum { HELP_COLUMN = 30, HELP_WIDTH = 80 };

static const struct opt_words common_words[] = {
    {"from", "tsv csv yaml jsonl"},
    {"to", "tsv csv yaml jsonl md"},
    {"encoding", "utf-8 windows-1252"},
    {"progress", "auto always never"},
    {"color", "auto always never"},
    {NULL, NULL},
};

/* The next piece of text that is not to be broken: up to a blank that stands in
 * no brackets. */
static struct span
next_piece(struct span text)
{
	size_t n = 0;
	int depth = 0;

	for (; n < text.n && (text.p[n] != ' ' || depth > 0); n++)
		depth += (text.p[n] == '[') - (text.p[n] == ']');
	return span_make(text.p, n);
}

/* Text and a line end, from a column on; further lines start at indent. */
static void
put_wrapped(const char *words, size_t column, size_t indent)
{
	struct span text = span_of(words), piece;
	bool first = true;

	while (text.n > 0) {
		size_t width;

		piece = next_piece(text);
		width = utf8_width(piece);
		if (!first && column + 1 + width > HELP_WIDTH) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			putchar(' ');
			column++;
		}
		fwrite(piece.p, 1, piece.n, stdout);
		column += width;
		first = false;
		text = span_from(text, piece.n < text.n ? piece.n + 1 : text.n);
	}
	putchar('\n');
}

static void
help_line(const struct opt *o, void *ctx)
{
	char left[64];
	size_t n = 0;

	(void)ctx;
	if (o->key < OPT_LONG)
		n = (size_t)snprintf(left, sizeof left, "  -%c, ", o->key);
	else
		n = (size_t)snprintf(left, sizeof left, "      ");
	snprintf(left + n, sizeof left - n, "--%s%s%s", o->name,
	    o->arg != NULL ? " " : "", o->arg != NULL ? o->arg : "");
	printf("%-*s  ", HELP_COLUMN - 2, left);
	put_wrapped(o->help, HELP_COLUMN, HELP_COLUMN);
}

/* A line that starts with a blank goes on with the one before it. */
static void
print_synopsis(const struct opt_command *c)
{
	size_t indent = sizeof "usage: " + strlen(c->name);

	for (size_t i = 0; c->synopsis[i] != NULL; i++) {
		if (c->synopsis[i][0] == ' ')
			printf("%*s", (int)indent, "");
		else
			printf("%s %s ", i == 0 ? "usage:" : "      ", c->name);
		put_wrapped(c->synopsis[i] + (c->synopsis[i][0] == ' '), indent,
		    indent);
	}
}

void
opt_print_help(const struct opt_command *c)
{
	printf("%s: %s\n\n", c->name, c->what);
	print_synopsis(c);
	printf("\n");
	opt_each(c, help_line, NULL);
	if (c->formats != NULL)
		printf("\n--to also takes %s.\n", c->formats);
	if (c->more_help != NULL)
		c->more_help();
	printf("\nThe manual: man %s\n",
	    strchr(c->name, ' ') == NULL ? c->name : "dfv-geo");
}

static const char *
find_words(const struct opt_words *w, const char *name)
{
	while (w != NULL && w->name != NULL && strcmp(w->name, name) != 0)
		w++;
	return w == NULL ? NULL : w->words;
}

static void
dump_line(const struct opt *o, const char *words)
{
	if (o->key < OPT_LONG)
		printf("%c", o->key);
	printf("\t%s\t%s\t%s\t%s\n", o->name, o->arg != NULL ? o->arg : "",
	    o->help, words != NULL ? words : "");
}

void
opt_dump(const struct opt_command *c)
{
	for (size_t i = 0; c->verb != NULL && c->verb(i) != NULL; i++)
		printf("verb\t%s\n", c->verb(i));
	for (const struct opt *o = c->opts; o->name != NULL; o++)
		dump_line(o, find_words(c->words, o->name));
	for (const struct opt *o = opt_common_table; o->name != NULL; o++) {
		const char *own = find_words(c->words, o->name);

		dump_line(
		    o, own != NULL ? own : find_words(common_words, o->name));
	}
}
