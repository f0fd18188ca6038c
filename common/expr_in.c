#include "expr_impl.h"

#include "cell.h"
#include "word.h"

/*
 * `in (...)`. Constant texts are a set; when they are few and short, as codes
 * are, each is one word, and a perfect hash tells at once whether a cell is
 * one of them.
 */
enum { WORDS_MAX = 16, WORDS_BITS = 8 };

/* factor is such that no two of the words have the same place. */
struct words {
	uint64_t factor;
	uint64_t at[1 << WORDS_BITS]; /* 0: none, since no text is empty */
};

/* The texts of an `in (...)`. */
struct expr_set {
	struct keytab texts;
	struct expr_set *next; /* of the same expression */
	struct words *words;   /* or NULL */
};

static inline size_t
word_place(const struct words *w, uint64_t word)
{
	return (size_t)(word * w->factor >> (64 - WORDS_BITS));
}

static bool
words_hold(const struct words *w, struct span cell)
{
	uint64_t word;

	if (cell.n > sizeof word)
		return false;
	word = word_load(cell.p, cell.n);
	return w->at[word_place(w, word)] == word && word != 0;
}

/* False when two have the same place. */
static bool
words_place(struct words *w, const struct keytab *texts)
{
	memset(w->at, 0, sizeof w->at);
	for (size_t i = 0; i < texts->n; i++) {
		struct span text = keytab_key(texts, i);
		uint64_t word = word_load(text.p, text.n);
		uint64_t *at = &w->at[word_place(w, word)];

		if (*at != 0)
			return false;
		*at = word;
	}
	return true;
}

/* Sixteen words have different places among 256 for more than half of all
 * factors: the next odd one of a generator's is tried until they do. */
static struct words *
words_make(struct arena *arena, const struct keytab *texts)
{
	struct words *w = ARENA_NEW(arena, struct words);

	w->factor = 1;
	do
		w->factor = w->factor * 6364136223846793005U + 2;
	while (!words_place(w, texts));
	return w;
}

/* Whether each text is the same bytes in a cell, and a word. */
static bool
are_words(struct node_expr *const *item, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!node_is_plain(item[i]) ||
		    item[i]->value.text.n > sizeof(uint64_t))
			return false;
	return n <= WORDS_MAX;
}

static const struct expr_set *
set_make(struct compiler *c, struct node_expr *const *item, size_t n)
{
	struct expr_set *set = ARENA_NEW(c->env->arena, struct expr_set);

	set->next = c->expr->sets;
	c->expr->sets = set;
	for (size_t i = 0; i < n; i++)
		keytab_add(&set->texts, item[i]->value.text);
	if (are_words(item, n))
		set->words = words_make(c->env->arena, &set->texts);
	return set;
}

void
sets_free(struct expr *e)
{
	for (struct expr_set *s = e->sets; s != NULL; s = s->next)
		keytab_release(&s->texts);
	e->sets = NULL;
}

static bool
set_holds(const struct expr_set *set, struct span text)
{
	return keytab_find(&set->texts, text) != KEYTAB_NONE;
}

/* A cell that is a list is in when a value of it is. */
static bool
test_in_set(const struct node_expr *n, struct expr_run *run, union datum *out)
{
	union datum d;
	struct span rest, value, text;

	(void)out;
	if (!n->arg[0]->eval(n->arg[0], run, &d))
		return false;
	if (n->arg[0]->kind == VALUE_TEXT || cell_simple(d.text))
		return set_holds(n->data, d.text);
	for (rest = d.text; cell_value(&rest, &value);)
		if (expr_text(run, value, n->arg[0]->col, &text) &&
		    set_holds(n->data, text))
			return true;
	return false;
}

/* The usual one: a column, and words. */
static bool
test_cell_in_words(
    const struct node_expr *n, struct expr_run *run, union datum *out)
{
	const struct expr_set *set = n->data;
	struct span cell = run_cell(run, n->arg[0]->col);

	return words_hold(set->words, cell) ||
	    (!cell_simple(cell) && test_in_set(n, run, out));
}

/* Anything but constant texts is a chain of ==. */
static struct node_expr *
build_in_chain(struct compiler *c, struct node_expr *value,
    struct node_expr *const *item, size_t n)
{
	struct node_expr **test =
	    ARENA_ARRAY(c->env->arena, struct node_expr *, n);

	for (size_t i = 0; i < n; i++) {
		test[i] = build_compare(c, OP_EQ, value, item[i]);
		if (test[i] == NULL)
			return NULL;
	}
	return build_logic(c, MARK_OR, test, n);
}

static struct node_expr *
build_in_set(struct compiler *c, struct node_expr *value,
    struct node_expr *const *item, size_t n)
{
	const struct expr_set *set = set_make(c, item, n);
	bool cells = value->kind == VALUE_LIST && value->col != COLUMN_NONE;
	struct node_expr *in = build_node(c, VALUE_BOOL,
	    cells && set->words != NULL ? test_cell_in_words : test_in_set,
	    value->at, value->len);

	in->data = set;
	in->cost = 8;
	return build_fold(c, build_args(c, in, &value, 1));
}

struct node_expr *
build_in(struct compiler *c, struct node_expr *value,
    struct node_expr *const *item, size_t n)
{
	bool texts = true;

	if (value == NULL)
		return NULL;
	if (n == 0)
		return build_bool(c, false, value->at, value->len);
	for (size_t i = 0; i < n; i++)
		texts =
		    texts && item[i]->constant && item[i]->kind == VALUE_TEXT;
	return texts && (value->kind == VALUE_TEXT || value->kind == VALUE_LIST)
	    ? build_in_set(c, value, item, n)
	    : build_in_chain(c, value, item, n);
}
