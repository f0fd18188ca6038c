#ifndef DFV_EXPR_IMPL_H
#define DFV_EXPR_IMPL_H

#include "expr.h"
#include "keytab.h"

/*
 * Inside the expression language: expr_lex.c makes tokens, expr_parse.c
 * builds nodes through expr_build.c, which checks types and puts constants
 * together, and the functions that nodes point to (expr_test.c, expr_func.c)
 * evaluate.
 */

/* What a node comes to. A list is a cell's bytes, TSV-encoded. */
union datum {
	struct span text; /* VALUE_TEXT decoded, VALUE_LIST encoded */
	struct number number;
	struct date date;
};

/*
 * A compiled operation. eval gives its value in *out and returns true, or
 * returns false for a missing one (or after a fault). A VALUE_BOOL node returns
 * its truth and leaves out alone: a truth is never missing.
 */
struct node_expr {
	bool (*eval)(
	    const struct node_expr *, struct expr_run *, union datum *out);
	enum value_kind kind; /* BOOL NUMBER DATE TEXT LIST; MISSING: unknown */
	bool constant;
	bool faults;   /* its evaluation may end in a fault */
	unsigned cost; /* roughly, in nanoseconds */
	size_t narg;
	const struct node_expr **arg;
	size_t col;        /* a column's, or COLUMN_NONE */
	union datum value; /* a constant's; an operation may keep one here */
	bool truth;
	int op;           /* a comparison's enum expr_op */
	const void *data; /* a set, a pattern, a host */
	int handle;       /* the host's; of a search, its rarest byte */
	size_t at, len;   /* its place in the text */
};

/* Truth, and the value of a node of that kind. */
static inline bool
node_true(const struct node_expr *n, struct expr_run *run)
{
	return n->eval(n, run, NULL);
}

/* A column's bytes in the record at hand. */
static inline struct span
run_cell(const struct expr_run *run, size_t col)
{
	return block_cell(run->block, run->rec, col);
}

enum expr_op { OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };

/* Whether a comparison's outcome (<0, 0, >0) is what op asks for. */
static inline bool
op_holds(int op, int c)
{
	switch (op) {
	case OP_EQ:
		return c == 0;
	case OP_NE:
		return c != 0;
	case OP_LT:
		return c < 0;
	case OP_LE:
		return c <= 0;
	case OP_GT:
		return c > 0;
	default:
		return c >= 0;
	}
}

/* Tokens. */
enum token_kind {
	TOKEN_END,
	TOKEN_NAME,   /* text: the name, without braces */
	TOKEN_TEXT,   /* text: decoded */
	TOKEN_NUMBER, /* number */
	TOKEN_MARK,   /* op: a character, or one of the next ones */
	TOKEN_ERROR   /* message: static */
};

enum {
	MARK_EQ = 256,
	MARK_NE,
	MARK_LE,
	MARK_GE,
	MARK_MATCH,
	MARK_AND,
	MARK_OR,
	MARK_NOT,
	MARK_HAS,
	MARK_IN
};

struct token {
	enum token_kind kind;
	int op;
	bool braced;
	bool unclosed; /* an error: text without its closing quote */
	struct span text;
	struct number number;
	const char *message;
	size_t at, len;
};

struct token lex_next(struct span text, size_t at, struct arena *);

/* What a name that is no column was probably meant for, as AND or “text”: how
 * that is written. NULL when nothing is known. */
const char *lex_advice(const struct token *);

/* The compiler at work. */
struct compiler {
	const struct expr_env *env;
	struct span text;
	struct token tok;
	int depth;
	int noperation; /* of arithmetic, which nests to the left */
	bool failed;
	struct expr *expr;
};

struct expr {
	const struct node_expr *root;
	struct arena *arena;
	struct expr_pattern *patterns; /* to be freed */
	struct expr_set *sets;         /* likewise: expr_in.c's */
};

/* Reports a mistake with a caret under text[at, at + len); returns NULL. */
struct node_expr *compile_fail(struct compiler *, size_t at, size_t len,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* expr_build.c: nodes. NULL when an argument is NULL, or after a report. */
struct node_expr *build_node(struct compiler *, enum value_kind,
    bool (*eval)(const struct node_expr *, struct expr_run *, union datum *),
    size_t at, size_t len);
struct node_expr *build_text(struct compiler *, struct span, size_t at, size_t);
struct node_expr *build_number(
    struct compiler *, struct number, size_t at, size_t len);
struct node_expr *build_bool(struct compiler *, bool, size_t at, size_t len);
struct node_expr *build_column(
    struct compiler *, size_t col, size_t at, size_t len);
struct node_expr *build_host(
    struct compiler *, int handle, size_t at, size_t len);
struct node_expr *build_args(struct compiler *, struct node_expr *n,
    struct node_expr *const *arg, size_t narg);
struct node_expr *build_fold(struct compiler *, struct node_expr *);

/* n as a node of that kind: itself, or a conversion; NULL after a report. */
struct node_expr *build_as(
    struct compiler *, struct node_expr *n, enum value_kind);
/* The same, also of text in quotes, which build_as calls a mistake. */
struct node_expr *build_parsed(
    struct compiler *, struct node_expr *n, enum value_kind);
/* The text that a number or a date is written as; of others as build_as. */
struct node_expr *build_written(struct compiler *, struct node_expr *n);
const char *kind_name(enum value_kind);

/* expr_test.c: conditions. */
struct node_expr *build_compare(
    struct compiler *, int op, struct node_expr *l, struct node_expr *r);
struct node_expr *build_search(
    struct compiler *, struct node_expr *l, struct node_expr *r);
struct node_expr *build_match(
    struct compiler *, struct node_expr *l, struct node_expr *r);
struct node_expr *build_has(
    struct compiler *, struct node_expr *list, struct node_expr *value);
struct node_expr *build_logic(
    struct compiler *, int mark, struct node_expr *const *arg, size_t n);

/* Whether it is a constant text that stands in a cell as the same bytes. */
bool node_is_plain(const struct node_expr *);

/* expr_in.c */
struct node_expr *build_in(struct compiler *, struct node_expr *value,
    struct node_expr *const *item, size_t n);
void sets_free(struct expr *);

/* expr_arith.c */
struct node_expr *build_arith(
    struct compiler *, int mark, struct node_expr *l, struct node_expr *r);
struct node_expr *build_minus(struct compiler *, struct node_expr *);

/* expr_func.c: a call; name is reported when there is no such function. */
struct node_expr *build_call(struct compiler *, const struct token *name,
    struct node_expr *const *arg, size_t n);

/* expr_match.c: patterns. */
struct node_expr *pattern_node(
    struct compiler *, struct node_expr *text, struct node_expr *pattern);
void patterns_free(struct expr *);
void match_release(struct expr_run *);

#endif
