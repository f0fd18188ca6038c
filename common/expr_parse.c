#include "expr_impl.h"

#include <stdarg.h>
#include <stdio.h>

/*
 * A recursive descent over
 *     or      = and { "or" and }
 *     and     = not { "and" not }
 *     not     = "not" not | compare
 *     compare = sum [ ( == != < <= > >= ~ =~ has ) sum | "in" list ]
 *     sum     = product { (+ -) product }
 *     product = unary { (* /) unary }
 *     unary   = "-" unary | primary
 *     primary = number | text | name | name "(" args ")" | "(" or ")"
 */
enum { MAX_DEPTH = 200, MAX_ITEMS = 100000, MAX_OPERATIONS = 10000 };

static struct node_expr *parse_or(struct compiler *);

struct node_expr *
compile_fail(struct compiler *c, size_t at, size_t len, const char *fmt, ...)
{
	const struct excerpt at_fault = {c->env->what, c->text, at, len};
	char message[512];
	va_list ap;

	if (c->failed)
		return NULL;
	c->failed = true;
	va_start(ap, fmt);
	vsnprintf(message, sizeof message, fmt, ap);
	va_end(ap);
	diag_caret(
	    c->env->diag, DIAG_EXPRESSION, &c->env->place, &at_fault, message);
	return NULL;
}

static void
advance(struct compiler *c)
{
	c->tok = lex_next(c->text, c->tok.at + c->tok.len, c->env->arena);
	if (c->tok.kind == TOKEN_ERROR)
		compile_fail(c, c->tok.at, c->tok.len, "%s", c->tok.message);
}

static bool
at_mark(const struct compiler *c, int op)
{
	return c->tok.kind == TOKEN_MARK && c->tok.op == op;
}

static bool
take_mark(struct compiler *c, int op)
{
	if (!at_mark(c, op))
		return false;
	advance(c);
	return true;
}

/* The column whose whole name is written at `at` without its braces, though
 * the token there ends sooner or is a word of the language; or COLUMN_NONE. */
static size_t
unbraced(const struct compiler *c, const struct token *t)
{
	const struct columns *columns = c->env->columns;
	struct span rest = span_from(c->text, t->at), name;
	size_t longest = t->kind == TOKEN_MARK ? t->len - 1 : t->len;
	size_t found = COLUMN_NONE;

	for (size_t i = 0; !t->braced && i < columns->n; i++) {
		name = columns->name[i];
		if (name.n > longest && span_starts(rest, name)) {
			longest = name.n;
			found = i;
		}
	}
	return found;
}

static struct node_expr *
wants_braces(struct compiler *c, size_t at, size_t col)
{
	struct span name = c->env->columns->name[col];

	return compile_fail(c, at, name.n, "that column is written {%.*s}",
	    (int)name.n, name.p);
}

static struct node_expr *
unexpected(struct compiler *c, const char *wanted)
{
	size_t col = unbraced(c, &c->tok);

	if (col != COLUMN_NONE)
		return wants_braces(c, c->tok.at, col);
	if (c->tok.kind == TOKEN_END)
		return compile_fail(
		    c, c->tok.at, 1, "%s is missing at the end", wanted);
	return compile_fail(
	    c, c->tok.at, c->tok.len, "%s was expected here", wanted);
}

/* A list that grows in the arena. */
struct items {
	struct node_expr **p;
	size_t n, cap;
};

static bool
items_add(struct compiler *c, struct items *list, struct node_expr *n)
{
	if (n == NULL)
		return false;
	if (list->n == list->cap) {
		size_t cap = list->cap == 0 ? 8 : 2 * list->cap;
		struct node_expr **p =
		    ARENA_ARRAY(c->env->arena, struct node_expr *, cap);

		if (list->n > 0)
			memcpy(p, list->p, list->n * sizeof *p);
		list->p = p;
		list->cap = cap;
	}
	list->p[list->n++] = n;
	return true;
}

/* Behind "(": expressions up to ")". */
static bool
parse_items(struct compiler *c, struct items *list)
{
	if (take_mark(c, ')'))
		return true;
	do {
		if (!items_add(c, list, parse_or(c)))
			return false;
	} while (take_mark(c, ','));
	if (take_mark(c, ')'))
		return true;
	unexpected(c, "`,` or `)`");
	return false;
}

/* Where the parenthesis that opens before `at` closes, or COLUMN_NONE. Quotes
 * and braces are passed over. */
static size_t
closing(struct compiler *c, size_t at)
{
	int depth = 1;

	for (;;) {
		struct token t = lex_next(c->text, at, c->env->arena);

		if (t.kind == TOKEN_END || t.unclosed)
			return COLUMN_NONE;
		if (t.kind == TOKEN_MARK && t.op == '(')
			depth++;
		if (t.kind == TOKEN_MARK && t.op == ')' && --depth == 0)
			return t.at;
		at = t.at + t.len;
	}
}

/* A call that the host answers: its arguments are the host's language. */
static struct node_expr *
parse_host_call(struct compiler *c, struct token name, bool *taken)
{
	const struct expr_host *host = c->env->host;
	size_t start = c->tok.at + 1, end;
	int handle;

	*taken = false;
	if (host == NULL || host->call == NULL)
		return NULL;
	end = closing(c, start);
	if (end == COLUMN_NONE) {
		*taken = true;
		return compile_fail(
		    c, c->tok.at, 1, "this parenthesis is not closed");
	}
	handle = host->call(
	    host->ctx, name.text, span_make(c->text.p + start, end - start));
	*taken = handle != -1;
	if (handle == -2)
		c->failed = true;
	if (handle < 0)
		return NULL;
	c->tok.at = end;
	c->tok.len = 1;
	advance(c);
	return build_host(c, handle, name.at, end + 1 - name.at);
}

static struct node_expr *
parse_call(struct compiler *c, struct token name)
{
	struct items args = {NULL, 0, 0};
	struct node_expr *n;
	bool taken;

	n = parse_host_call(c, name, &taken);
	if (taken)
		return n;
	if (!expr_has_function(name.text))
		return build_call(c, &name, NULL, 0);
	advance(c);
	if (!parse_items(c, &args))
		return NULL;
	return build_call(c, &name, args.p, args.n);
}

static struct node_expr *
unknown_name(struct compiler *c, struct token name)
{
	const char *advice = lex_advice(&name);
	struct span hint;
	size_t col = unbraced(c, &name);

	if (col != COLUMN_NONE)
		return wants_braces(c, name.at, col);
	if (advice != NULL)
		return compile_fail(c, name.at, name.len, "%s", advice);
	hint = columns_suggest(c->env->columns, name.text, c->env->arena);
	return compile_fail(c, name.at, name.len, "unknown column '%.*s', %.*s",
	    (int)name.text.n, name.text.p, (int)hint.n, hint.p);
}

static struct node_expr *
parse_name(struct compiler *c)
{
	const struct expr_host *host = c->env->host;
	struct token name = c->tok;
	size_t col;
	int handle;

	advance(c);
	if (!name.braced && at_mark(c, '('))
		return parse_call(c, name);
	col = columns_find(c->env->columns, name.text);
	if (col != COLUMN_NONE)
		return build_column(c, col, name.at, name.len);
	if (!name.braced &&
	    (span_eq(name.text, SPAN("true")) ||
		span_eq(name.text, SPAN("false"))))
		return build_bool(c, name.text.n == 4, name.at, name.len);
	handle = host == NULL || host->name == NULL
	    ? -1
	    : host->name(host->ctx, name.text);
	if (handle >= 0)
		return build_host(c, handle, name.at, name.len);
	if (handle == -1)
		return unknown_name(c, name);
	c->failed = true;
	return NULL;
}

static struct node_expr *
parse_primary(struct compiler *c)
{
	struct token t = c->tok;
	struct node_expr *n;

	switch (t.kind) {
	case TOKEN_NUMBER:
		advance(c);
		return build_number(c, t.number, t.at, t.len);
	case TOKEN_TEXT:
		advance(c);
		return build_text(c, t.text, t.at, t.len);
	case TOKEN_NAME:
		return parse_name(c);
	default:
		break;
	}
	if (!take_mark(c, '('))
		return unexpected(c, "a value");
	n = parse_or(c);
	if (n != NULL && !take_mark(c, ')'))
		return unexpected(c, "`)`");
	return n;
}

static struct node_expr *
parse_unary(struct compiler *c)
{
	struct node_expr *n;

	if (!at_mark(c, '-'))
		return parse_primary(c);
	if (++c->depth > MAX_DEPTH)
		return compile_fail(c, c->tok.at, 1, "nested too deeply");
	advance(c);
	n = build_minus(c, parse_unary(c));
	c->depth--;
	return n;
}

/* Takes the operator at hand; false where there are so many that evaluating
 * them, each within the next, could take more than the stack. */
static bool
take_operator(struct compiler *c, int *op)
{
	*op = c->tok.op;
	if (++c->noperation > MAX_OPERATIONS) {
		compile_fail(
		    c, c->tok.at, c->tok.len, "more than 10000 operations");
		return false;
	}
	advance(c);
	return true;
}

static struct node_expr *
parse_product(struct compiler *c)
{
	struct node_expr *n = parse_unary(c);

	while (n != NULL && (at_mark(c, '*') || at_mark(c, '/'))) {
		int op;

		if (!take_operator(c, &op))
			return NULL;
		n = build_arith(c, op, n, parse_unary(c));
	}
	return n;
}

static struct node_expr *
parse_sum(struct compiler *c)
{
	struct node_expr *n = parse_product(c);

	while (n != NULL && (at_mark(c, '+') || at_mark(c, '-'))) {
		int op;

		if (!take_operator(c, &op))
			return NULL;
		n = build_arith(c, op, n, parse_product(c));
	}
	return n;
}

/* `in (…)`, or `in column` for a list cell. */
static struct node_expr *
parse_in(struct compiler *c, struct node_expr *value)
{
	struct items items = {NULL, 0, 0};

	if (!take_mark(c, '('))
		return build_has(c, parse_sum(c), value);
	if (!parse_items(c, &items))
		return NULL;
	return build_in(c, value, items.p, items.n);
}

static const struct {
	int mark, op;
} comparisons[] = {
    {MARK_EQ, OP_EQ},
    {MARK_NE, OP_NE},
    {'<', OP_LT},
    {MARK_LE, OP_LE},
    {'>', OP_GT},
    {MARK_GE, OP_GE},
};

static struct node_expr *
parse_compare(struct compiler *c)
{
	struct node_expr *l = parse_sum(c);
	int mark = c->tok.kind == TOKEN_MARK ? c->tok.op : 0;

	if (l == NULL)
		return NULL;
	if (mark == MARK_IN || mark == '~' || mark == MARK_MATCH ||
	    mark == MARK_HAS) {
		advance(c);
		return mark == MARK_IN ? parse_in(c, l)
		    : mark == '~'      ? build_search(c, l, parse_sum(c))
		    : mark == MARK_HAS ? build_has(c, l, parse_sum(c))
				       : build_match(c, l, parse_sum(c));
	}
	for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
		if (mark == comparisons[i].mark) {
			advance(c);
			return build_compare(
			    c, comparisons[i].op, l, parse_sum(c));
		}
	return l;
}

static struct node_expr *
parse_not(struct compiler *c)
{
	struct node_expr *n;

	if (++c->depth > MAX_DEPTH)
		return compile_fail(c, c->tok.at, 1, "nested too deeply");
	if (take_mark(c, MARK_NOT)) {
		n = parse_not(c);
		n = n == NULL ? NULL : build_logic(c, MARK_NOT, &n, 1);
	} else {
		n = parse_compare(c);
	}
	c->depth--;
	return n;
}

/* One level of a chain: `a and b and c` is one node with three arguments. */
static struct node_expr *
parse_chain(
    struct compiler *c, int mark, struct node_expr *(*parse)(struct compiler *))
{
	struct items list = {NULL, 0, 0};

	do {
		if (!items_add(c, &list, parse(c)))
			return NULL;
		if (list.n > MAX_ITEMS)
			return compile_fail(
			    c, c->tok.at, 1, "too many conditions");
	} while (take_mark(c, mark));
	return list.n == 1 ? list.p[0] : build_logic(c, mark, list.p, list.n);
}

static struct node_expr *
parse_and(struct compiler *c)
{
	return parse_chain(c, MARK_AND, parse_not);
}

static struct node_expr *
parse_or(struct compiler *c)
{
	return parse_chain(c, MARK_OR, parse_and);
}

static struct node_expr *
parse_all(struct compiler *c, enum expr_want want)
{
	struct node_expr *n;
	const char *advice;

	advance(c);
	n = parse_or(c);
	if (n == NULL || c->failed)
		return NULL;
	advice = lex_advice(&c->tok);
	if (c->tok.kind != TOKEN_END)
		return compile_fail(c, c->tok.at, c->tok.len, "%s",
		    advice != NULL
			? advice
			: "an operator, or the end, was expected here");
	if (want == EXPR_BOOL && n->kind != VALUE_BOOL)
		return compile_fail(c, n->at, n->len,
		    "a condition is wanted, this is %s: compare it with "
		    "something",
		    kind_name(n->kind));
	return want == EXPR_NUMBER ? build_as(c, n, VALUE_NUMBER) : n;
}

struct expr *
expr_compile(struct span text, enum expr_want want, const struct expr_env *env)
{
	struct compiler c = {.env = env, .text = text};

	c.expr = ARENA_NEW(env->arena, struct expr);
	c.expr->arena = env->arena;
	c.expr->root = parse_all(&c, want);
	if (c.expr->root != NULL && !c.failed)
		return c.expr;
	expr_free(c.expr);
	return NULL;
}
