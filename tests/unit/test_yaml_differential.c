#include <string.h>

#include "records.h"
#include "row.h"
#include "tables.h"
#include "unit.h"

/*
 * The short way for YAML as these tools write it against libyaml: for every
 * text, good or bad, both must give the same columns, rows and places, or the
 * same mistake at the same place.
 */

/* What is put into texts that were good. */
static const char *const hostile[] = {"\n", "\n\n", "\r\n", "\r", "\t", " ",
    "  ", "    ", "- ", "-", "  - ", "- - ", ":", ": ", ":\n", " :", "? ", "#",
    " #", " # x", "\n# x\n", "'", "''", "\"", "\\", "\\x41", "\\u20AC", "\\/",
    "\\0", "\\\n", "|", "|\n", ">\n  ", "[", "]", "[x, y]", "{", "}", "{a: 1}",
    ",", "&a ", "*a", "&a", "!", "!!str ", "!!null ", "%", "%YAML 1.1\n", "@",
    "`", "~", "null", "nul", "Null", "---", "\n---\n", "\n--- ", "...",
    "\n...\n", "<<", "<<: ", "=", "\x01", "\x7F", "\xC2", "\xC2\x80",
    "\xC2\x85", "\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\x99", "\xEF\xBB\xBF",
    "\xEF\xBF\xBE", "\xEF", "\xE9", "é", "\xF0\x9F\x98", "😀", "a", "c0",
    "c0:", "  c1:\n", "p:\n", "- c0: x\n", "\n  x", "\n    x", "\n x", "\nx"};

struct outcome {
	size_t docs;
	size_t planned; /* read by the short way alone */
	size_t mixed;   /* handed over to libyaml behind some records */
	size_t refused;
};

static bool
both_agree(struct span text, uint64_t *seed, struct outcome *all)
{
	unsigned most = text.n < 1 << 20 ? 400 : 1 << 16;
	struct records a, b;
	bool same;

	records_read(&a, &decoder_yaml, text, 1 + draw(seed, most));
	records_read(&b, &decoder_libyaml, text, 1 + draw(seed, most));
	same = records_same(&a, &b, text);
	all->docs++;
	all->planned += a.nrec > 0 && a.nraw == a.nrec;
	all->mixed += a.nraw > 0 && a.nraw < a.nrec;
	all->refused += a.fault.id != DIAG_NONE;
	records_release(&a);
	records_release(&b);
	return same;
}

/* With text in place of n bytes at offset at. */
static void
replace(struct buf *b, size_t at, size_t n, struct span text)
{
	buf_room(b, text.n);
	memmove(b->p + at + text.n, b->p + at + n, b->n - at - n);
	if (text.n > 0)
		memcpy(b->p + at, text.p, text.n);
	b->n = b->n + text.n - n;
}

/* The start of the line at or before an offset. */
static size_t
line_start(const struct buf *b, size_t at)
{
	while (at > 0 && b->p[at - 1] != '\n')
		at--;
	return at;
}

static size_t
line_length(const struct buf *b, size_t at)
{
	size_t n = span_find(span_from(buf_span(b), at), '\n');

	return at + n < b->n ? n + 1 : n;
}

static void
repeat_line(struct buf *b, uint64_t *seed)
{
	struct buf line = {NULL, 0, 0};
	size_t from = line_start(b, draw(seed, (unsigned)b->n));
	size_t to = line_start(b, draw(seed, (unsigned)b->n));

	buf_add(&line, span_make(b->p + from, line_length(b, from)));
	replace(b, to, 0, buf_span(&line));
	buf_release(&line);
}

/* One change, at an offset from `from` on. */
static void
mutate(struct buf *b, size_t from, uint64_t *seed)
{
	size_t at = from + draw(seed, (unsigned)(b->n - from));
	struct span morsel =
	    span_of(hostile[draw(seed, sizeof hostile / sizeof *hostile)]);
	char byte = (char)draw(seed, 256);

	switch (draw(seed, 10)) {
	case 0:
		b->p[at] = byte;
		break;
	case 1:
		replace(b, at, 1, span_make(NULL, 0));
		break;
	case 2:
		at = line_start(b, at);
		replace(b, at, line_length(b, at), span_make(NULL, 0));
		break;
	case 3:
		repeat_line(b, seed);
		break;
	case 4:
		b->n = at;
		break;
	case 5:
		replace(b, line_start(b, at), 0, morsel);
		break;
	case 6:
		at = line_start(b, at);
		at += line_length(b, at);
		replace(b, at > 0 ? at - 1 : 0, 0, morsel);
		break;
	case 7:
		buf_add(b, morsel);
		break;
	case 8:
		replace(b, at, 1, morsel);
		break;
	default:
		replace(b, at, 0, morsel);
	}
}

static bool
put_yaml(struct buf *yaml, uint64_t *seed)
{
	struct buf tsv = {NULL, 0, 0};
	bool good;

	put_table(&tsv, seed);
	good = records_convert(
	    &decoder_tsv, buf_span(&tsv), &writer_yaml, 4096, yaml);
	buf_release(&tsv);
	return good;
}

static void
test_written(void)
{
	struct outcome all = {0, 0, 0, 0};
	uint64_t seed = 7;
	bool good = true;

	for (int i = 0; i < 1500 && good; i++) {
		struct buf yaml = {NULL, 0, 0};

		good = put_yaml(&yaml, &seed) &&
		    both_agree(buf_span(&yaml), &seed, &all);
		buf_release(&yaml);
	}
	unit_check(good, "yaml: what was written is read alike both ways");
	unit_check(
	    all.mixed == 0 && all.refused == 0 && all.planned > all.docs / 2,
	    "yaml: what was written never needs libyaml");
}

static void
test_mutated(int rounds)
{
	struct outcome all = {0, 0, 0, 0};
	uint64_t seed = 10 + (uint64_t)rounds;
	bool good = true;

	for (int i = 0; i < 4000 * rounds && good; i++) {
		struct buf yaml = {NULL, 0, 0};

		put_yaml(&yaml, &seed);
		for (unsigned k = 1 + draw(&seed, 3); k > 0 && yaml.n > 0; k--)
			mutate(&yaml, 0, &seed);
		good = both_agree(buf_span(&yaml), &seed, &all);
		buf_release(&yaml);
	}
	unit_check(good, "yaml: what was changed is read alike both ways");
	printf("# %zu texts: %zu the short way, %zu both, %zu refused\n",
	    all.docs, all.planned, all.mixed, all.refused);
	unit_check(all.planned > 300 && all.mixed > 300 && all.refused > 300,
	    "yaml: the changes lead down both ways and into mistakes");
}

static void
test_hostile(int rounds)
{
	struct outcome all = {0, 0, 0, 0};
	uint64_t seed = 10 + (uint64_t)rounds;
	bool good = true;

	for (int i = 0; i < 2000 * rounds && good; i++) {
		struct buf yaml = {NULL, 0, 0};
		unsigned n = draw(&seed, 30);

		if (draw(&seed, 2) == 0)
			buf_add(&yaml, SPAN("- c0: x\n  c1: y\n- c0: "));
		while (n-- > 0)
			buf_add(&yaml,
			    span_of(hostile[draw(
				&seed, sizeof hostile / sizeof *hostile)]));
		good = both_agree(buf_span(&yaml), &seed, &all);
		buf_release(&yaml);
	}
	unit_check(good, "yaml: hostile texts are read alike both ways");
}

/* Changes behind the part of a file whose keys are its columns. */
static void
test_late_changes(void)
{
	struct outcome all = {0, 0, 0, 0};
	struct buf big = {NULL, 0, 0};
	uint64_t seed = 17;
	bool good = true;

	while (big.n < 5 * ROW_LOOK_BYTES / 2)
		buf_add(&big,
		    SPAN("- c0: é\n  c1:\n  - x\n  - 'y: z'\n"
			 "  p:\n    q: \"\\t\"\n"));
	for (int i = 0; i < 20 && good; i++) {
		struct buf yaml = {NULL, 0, 0};

		buf_add(&yaml, buf_span(&big));
		if (i > 0)
			mutate(&yaml, yaml.n - 4000, &seed);
		good = both_agree(buf_span(&yaml), &seed, &all);
		buf_release(&yaml);
	}
	unit_check(good && all.mixed > 5,
	    "yaml: libyaml takes over far behind the beginning, too");
	buf_release(&big);
}

/* An argument makes for so many times the texts, and others. */
int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 1;

	test_written();
	test_mutated(rounds);
	test_hostile(rounds);
	test_late_changes();
	return unit_done();
}
