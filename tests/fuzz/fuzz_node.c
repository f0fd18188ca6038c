#include "fuzz.h"

#include "node.h"

/* Schemas, packages and GeoJSON as trees, from YAML and JSON. */

static size_t
count_nodes(const struct node *n)
{
	size_t sum = 1;

	fuzz_check(n->kind != NODE_SCALAR || n->text.p[n->text.n] == '\0',
	    "a scalar has a NUL behind its end");
	fuzz_check(n->place.line > 0 && n->place.col > 0, "a node has a place");
	for (size_t i = 0; i < n->n; i++)
		sum += count_nodes(&n->item[i]);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena arena = ARENA_EMPTY;
	struct diag diag = {.prog = "fuzz"};
	const struct node *root =
	    node_parse(fuzz_span(data, n), "fuzz", &arena, &diag);

	fuzz_check(root != NULL ? count_nodes(root) > 0
				: diag.count[0] > 0 || diag.count[1] > 0,
	    "there is a tree or a report");
	arena_release(&arena);
	return 0;
}
