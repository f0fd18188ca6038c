#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "expr_impl.h"

/*
 * `=~` through PCRE2: compiled once, with its JIT where there is one. A
 * pattern that would backtrack for minutes ends in a fault.
 */
enum { MATCH_LIMIT = 1000000 };

struct expr_pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
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
	if (run->match == NULL)
		run->match = pcre2_match_data_create(1, NULL);
	rc = pcre2_match(p->code, (PCRE2_SPTR)text.text.p, text.text.n, 0,
	    PCRE2_NO_UTF_CHECK, run->match, p->limits);
	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
		fault_set_cell(&run->fault, DIAG_EXPRESSION, run->rec,
		    n->arg[0]->col, text.text,
		    "the pattern takes too long on this text");
	return rc >= 0;
}

static struct expr_pattern *
pattern_compile(struct compiler *c, const struct node_expr *text)
{
	struct expr_pattern *p = ARENA_NEW(c->env->arena, struct expr_pattern);
	PCRE2_UCHAR why[256];
	PCRE2_SIZE at;
	int error;

	p->code =
	    pcre2_compile((PCRE2_SPTR)text->value.text.p, text->value.text.n,
		PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &error, &at, NULL);
	if (p->code == NULL) {
		pcre2_get_error_message(error, why, sizeof why);
		compile_fail(c, text->at, text->len,
		    "not a regular expression: %s", (const char *)why);
		return NULL;
	}
	pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	p->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(p->limits, MATCH_LIMIT);
	p->next = c->expr->patterns;
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
	for (struct expr_pattern *p = e->patterns; p != NULL; p = p->next) {
		pcre2_code_free(p->code);
		pcre2_match_context_free(p->limits);
	}
	e->patterns = NULL;
}

void
match_release(struct expr_run *run)
{
	pcre2_match_data_free(run->match);
	run->match = NULL;
}
