#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "fuzz.h"
#include "tables.h"

/*
 * Runs a fuzz target without a fuzzer, for `make check`: some texts, and the
 * same few thousand changes of them each time. With arguments, the files of
 * these names: what a fuzzer has found.
 */

/* Files of all formats (for fuzz_records, which takes the first byte for a
 * format's number and the second for a size), expressions, documents, cells. */
static const char *const texts[] = {
    "0\1a\tb\n1\tx\\ty\n2\t\\N\n",
    "0\7a\tb\r\n\xC3\xA9\tArt|Bois\r\n",
    "1\3a;b\n\"x\n\"\"y\";2\n3;C:\\x\\|\n",
    "1\x10\"a\",\"b\",,\r\n1,\"x;y\"\r\n\r\n",
    "2\4- a: '01'\n  b:\n  - Art\n  - \"x\\ny\"\n- a: 2\n  b:\n",
    "2\x09- a: 1\n  lieu:\n    code: 2\n    nom: |-\n      x\n      y\n",
    "2\x30---\na: &x [1, 2]\nb: {c: *x}\n...\n---\n<<: {a: >\n  x}\n",
    "3\2{\"a\":\"1\",\"b\":[\"x\",null]}\n{\"a\":\"2\",\"b\":[]}\n",
    "3\2{\"a\":{\"b\":[\"x\"]}}\n",
    "3\x20{\"a\": 1.50, \"b\": \"\\u00e9\\ud83d\\ude00\"}\n{\"a\": null}\n",
    "region == \"76\" and n >= 10 and themes has 'Bois'",
    "nom ~ \"saint etienne\" or nom =~ \"^S(ai|e)nt-\"",
    "not missing(n) and date(debut) < date(\"2024-01-01\")",
    "if(len({n}) > 2, concat(upper(nom), '|'), substr(nom, -2, 1))",
    "[\n\n]",
    "fields: &f\n- {name: siret, type: string}\nuniqueKeys: [[siret]]\n",
    "{\"fields\":[{\"name\":\"d\",\"type\":\"date\"}],\"missingValues\":[\"\"]}",
    "-12.50",
    "123456789012345678901234567890e-12",
    "2.2250738585072011e-308",
    "12\302\240345,67",
    "2024-12-30",
};

enum { NTEXT = sizeof texts / sizeof *texts };

enum { ROUNDS = 200, CHANGES = 4 };

static const char splices[] =
    "\"\"\\\\\t\n\r\n|;,:{}[]()'#&*~-.e0 \xC3\xA9\xFF";

static void
run(const struct buf *b)
{
	LLVMFuzzerTestOneInput((const uint8_t *)b->p, b->n);
}

/* Overwrites, doubles or drops a few bytes. */
static void
change(struct buf *b, uint64_t *seed)
{
	size_t at = draw(seed, (unsigned)b->n);
	size_t n = 1 + draw(seed, 8);

	if (n > b->n - at)
		n = b->n - at;
	switch (draw(seed, 3)) {
	case 0:
		b->p[at] = splices[draw(seed, sizeof splices - 1)];
		break;
	case 1:
		buf_room(b, n);
		memmove(b->p + at + n, b->p + at, b->n - at);
		b->n += n;
		break;
	default:
		memmove(b->p + at, b->p + at + n, b->n - at - n);
		b->n -= n;
	}
}

static void
run_changed(const char *text, uint64_t *seed)
{
	struct buf b = {NULL, 0, 0};

	buf_add(&b, span_of(text));
	run(&b);
	for (int i = 0; i < CHANGES && b.n > 0; i++) {
		change(&b, seed);
		run(&b);
	}
	buf_release(&b);
}

static int
run_file(const char *name)
{
	struct buf b = {NULL, 0, 0};
	FILE *f = fopen(name, "rb");
	size_t got;

	if (f == NULL) {
		perror(name);
		return 1;
	}
	while ((got = fread(buf_room(&b, BUFSIZ), 1, BUFSIZ, f)) > 0)
		b.n += got;
	fclose(f);
	run(&b);
	buf_release(&b);
	return 0;
}

int
main(int argc, char *argv[])
{
	uint64_t seed = 1;
	int failed = 0;

	for (int i = 1; i < argc; i++)
		failed |= run_file(argv[i]);
	for (int round = 0; argc == 1 && round < ROUNDS; round++)
		for (size_t i = 0; i < NTEXT; i++)
			run_changed(texts[i], &seed);
	return failed;
}
