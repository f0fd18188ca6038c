#include "expr_impl.h"
#include "regex.h"

/* `=~`: compiled once. A pattern that would backtrack for minutes ends in a
 * fault. */
struct expr_pattern {
	struct regex *regex;
	struct expr_pattern *next;
};

static bool
test_pattern(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	const struct expr_pattern *p = n->data;
	union datum text;
	int rc;

	(void)out;
	if (!n->arg[0]->eval(n->arg[0], run, &text))
		return false;
	rc = regex_match(p->regex, text.text, &run->match);
	if (rc < 0)
		fault_set_cell(&run->fault, DIAG_EXPRESSION, run->rec,
		    n->arg[0]->col, text.text,
		    "the pattern takes too long on this text");
	return rc > 0;
}

static struct expr_pattern *
pattern_compile(struct compiler *c, const struct node_expr *text)
{
	char why[256];
	size_t at;
	struct regex *regex =
	    regex_new(text->value.text, REGEX_ANYWHERE, why, sizeof why, &at);
	struct expr_pattern *p;

	if (regex == NULL) {
		compile_fail(c, text->at, text->len,
		    "not a regular expression: %s", why);
		return NULL;
	}
	p = ARENA_NEW(c->env->arena, struct expr_pattern);
	*p = (struct expr_pattern){regex, c->expr->patterns};
	c->expr->patterns = p;
	return p;
}

struct node_expr *
pattern_node(
    struct compiler *c, struct node_expr *text, struct node_expr *pattern)
{
	struct expr_pattern *p;
	struct node_expr *n;

	if (!pattern->constant || pattern->kind != VALUE_TEXT)
		return compile_fail(c, pattern->at, pattern->len,
		    "the pattern of =~ is text in quotes");
	p = pattern_compile(c, pattern);
	if (p == NULL)
		return NULL;
	n = build_node(c, VALUE_BOOL, test_pattern, text->at,
	    pattern->at + pattern->len - text->at);
	n->data = p;
	n->cost = 60;
	return build_fold(c, build_args(c, n, &text, 1));
}

void
patterns_free(struct expr *e)
{
	for (struct expr_pattern *p = e->patterns; p != NULL; p = p->next)
		regex_free(p->regex);
	e->patterns = NULL;
}

void
match_release(struct expr_run *run)
{
	regex_room_free(run->match);
	run->match = NULL;
}
