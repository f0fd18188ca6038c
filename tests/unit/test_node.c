#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "node.h"
#include "unit.h"

/* Reports go nowhere: what counts is that there was one. */
static struct diag quiet = {.prog = "test"};

static void
put_node(struct buf *b, const struct node *n)
{
	const char *before = "";

	if (n->kind == NODE_SCALAR) {
		buf_printf(b, n->plain ? "%s" : "'%s'", n->text.p);
		return;
	}
	buf_byte(b, n->kind == NODE_MAPPING ? '{' : '[');
	for (size_t i = 0; i < n->n; i++, before = " ") {
		buf_printf(b, "%s", before);
		if (n->kind == NODE_MAPPING)
			buf_printf(b, "%s=", n->key[i].text.p);
		put_node(b, &n->item[i]);
	}
	buf_byte(b, n->kind == NODE_MAPPING ? '}' : ']');
}

static bool
gives(const char *text, const char *expected)
{
	struct arena arena = ARENA_EMPTY;
	struct node *n = node_parse(span_of(text), "x", &arena, &quiet);
	struct buf b = {NULL, 0, 0};
	bool same = false;

	if (n != NULL) {
		put_node(&b, n);
		same = span_eq(buf_span(&b), span_of(expected));
		if (!same)
			printf("# got: %.*s\n", (int)b.n, b.p);
	}
	buf_release(&b);
	arena_release(&arena);
	return same;
}

/* Reports are read back from standard error. */
static bool
refused(struct span text, const char *report)
{
	struct arena arena = ARENA_EMPTY;
	int saved = dup(STDERR_FILENO);
	FILE *f = tmpfile();
	char got[512] = "";
	struct node *n;

	fflush(stderr);
	dup2(fileno(f), STDERR_FILENO);
	n = node_parse(text, "x", &arena, &quiet);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(f);
	if (fgets(got, sizeof got, f) == NULL)
		got[0] = '\0';
	fclose(f);
	arena_release(&arena);
	if (n == NULL && strstr(got, report) != NULL)
		return true;
	printf("# got: %s\n", got);
	return false;
}

static void
test_reading(void)
{
	unit_check(gives("a: 1\nb: [x, 'y', ~]\nc:\n  d: \"z\"\n",
		       "{a=1 b=[x 'y' ~] c={d='z'}}"),
	    "node: YAML as a tree, quoted scalars told apart");
	unit_check(gives("\t{\"a\":\t1, \"b\": [\"x\", true, null], \"c\": {}}",
		       "{a=1 b=['x' true null] c={}}"),
	    "node: JSON as a tree, tabs are blanks");
	unit_check(
	    gives("\xEF\xBB\xBF{\"a\": \"\\ud83d\\ude00\"}", "{a='😀'}") &&
		gives("\xEF\xBB\xBFkey: x", "{key=x}"),
	    "node: a BOM is skipped");
	unit_check(
	    gives("a: &x {k: [1, 2]}\nb: *x\n", "{a={k=[1 2]} b={k=[1 2]}}"),
	    "node: aliases are expanded");
	unit_check(gives("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  l: 3\n",
		       "{a={k=1 l=2} b={l=3 k=1}}"),
	    "node: merge keys yield to a mapping's own");
	unit_check(gives("a: !!str null\nb: !!int 3\n", "{a='null' b=3}"),
	    "node: a scalar tagged as text is text");
	unit_check(gives("x", "x") && gives("[]", "[]"),
	    "node: a scalar or an empty list may be all");
}

static void
test_places(void)
{
	struct arena arena = ARENA_EMPTY;
	const struct node *n;

	n = node_parse(
	    SPAN("{\"é\": 1,\n  \"b\": [true,\n\"x\"]}"), "f", &arena, &quiet);
	unit_check(n != NULL && n->item[0].place.line == 1 &&
		n->item[0].place.col == 7 && n->key[1].place.line == 2 &&
		n->key[1].place.col == 3 &&
		n->item[1].item[1].place.line == 3 &&
		n->item[1].item[1].place.col == 1 &&
		strcmp(n->place.file, "f") == 0,
	    "node: every part of JSON has its place");
	n = node_parse(SPAN("é: 1\nb:\n  - x\n"), "f", &arena, &quiet);
	unit_check(n != NULL && n->item[0].place.col == 4 &&
		n->item[1].item[0].place.line == 3 &&
		n->item[1].item[0].place.col == 5,
	    "node: every part of YAML has its place");
	arena_release(&arena);
}

static void
test_asking(void)
{
	struct arena arena = ARENA_EMPTY;
	const struct node *n = node_parse(
	    SPAN("t: true\nf: FALSE\nq: 'true'\nz: ~\ns: abc\nl: [1]\ne:\n"),
	    "f", &arena, &quiet);

	unit_check(node_bool(node_get(n, "t")) == 1 &&
		node_bool(node_get(n, "f")) == 0 &&
		node_bool(node_get(n, "q")) == -1 &&
		node_bool(node_get(n, "none")) == -1,
	    "node: true and false only without quotes");
	unit_check(node_null(node_get(n, "z")) && node_null(node_get(n, "e")) &&
		node_null(node_get(n, "none")) && node_null(NULL) &&
		!node_null(node_get(n, "s")) && !node_null(node_get(n, "l")),
	    "node: null is absent, ~ or nothing");
	unit_check(node_text(node_get(n, "s")).n == 3 &&
		node_text(node_get(n, "l")).p == NULL &&
		node_text(NULL).p == NULL,
	    "node: only a scalar has text");
	unit_check(node_get(node_get(n, "l"), "x") == NULL &&
		node_get(NULL, "x") == NULL,
	    "node: only a mapping has keys");
	arena_release(&arena);
}

static void
test_mistakes(void)
{
	struct buf b = {NULL, 0, 0};

	unit_check(
	    refused(SPAN("a: 1\na: 2\n"), "x:2:1: error: duplicate key: 'a'"),
	    "node: in YAML a key twice is an error with its place");
	unit_check(gives("{}", "{}") && gives("[]", "[]"),
	    "node: a document may be empty");
	unit_check(gives("{\"a\": 1, \"b\": 2, \"a\": 3}", "{a=3 b=2}"),
	    "node: in JSON a key's last value counts");
	for (int i = 0; i < 40; i++)
		buf_printf(&b, "k%d: 1\n", i);
	buf_printf(&b, "k7: 2\n");
	unit_check(refused(buf_span(&b), "x:41:1: error: duplicate key: 'k7'"),
	    "node: also among many keys");
	unit_check(refused(SPAN("{\"a\": }"), "x:1:7: error: not valid JSON") &&
		refused(SPAN("a: [1\n"), "error: not valid YAML"),
	    "node: bad syntax has its place");
	unit_check(refused(SPAN("{\"a\": \"\\ud800\"}"), "lone-surrogate") &&
		refused(SPAN("{\"a\": \"\xE9\"}"), "x:1:8: error: not UTF-8") &&
		refused(SPAN("a: \xE9\n"), "x:1:4: error: not UTF-8"),
	    "node: bad characters have their place");
	unit_check(refused(SPAN(""), "x:1:1: error: not valid YAML") &&
		refused(SPAN("a: 1\n---\nb: 2\n"), "more than one document"),
	    "node: it is one document");
	unit_check(refused(SPAN("[1] 2"), "x:1:5: error: not valid JSON"),
	    "node: nothing follows a JSON text");
	buf_reset(&b);
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "[");
	unit_check(refused(buf_span(&b), "nested too deep"),
	    "node: JSON's nesting is capped");
	buf_reset(&b);
	buf_printf(&b, "a:\n ");
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "[");
	unit_check(refused(buf_span(&b), "nested more than"),
	    "node: YAML's nesting is capped");
	buf_reset(&b);
	buf_printf(&b, "a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
	for (int i = 1; i < 10; i++)
		buf_printf(&b, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i,
		    i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	unit_check(refused(buf_span(&b), "[alias-bomb]"),
	    "node: aliases of aliases of aliases are stopped");
	buf_release(&b);
}

static void
test_files(void)
{
	struct arena arena = ARENA_EMPTY;
	char name[] = "/tmp/test_node.XXXXXX";
	int fd = mkstemp(name);
	struct node *n = NULL;

	if (fd >= 0 && write(fd, "a: b\n", 5) == 5)
		n = node_load(name, &arena, &quiet);
	unit_check(n != NULL && span_eq(node_text(node_get(n, "a")), SPAN("b")),
	    "node: a file is read");
	close(fd);
	unlink(name);
	arena_release(&arena);
}

int
main(void)
{
	test_reading();
	test_places();
	test_asking();
	test_mistakes();
	test_files();
	return unit_done();
}
