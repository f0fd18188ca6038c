#include "keys.h"

#include <string.h>

#include "cell.h"

static int
refuse(const struct expr_env *env, struct span value, const char *why)
{
	diag_report(env->diag, DIAG_BAD_ARGUMENT, NULL, value, "%s", why);
	return -1;
}

int
sort_keys_parse(struct sort_keys *keys, const char *text,
    const struct selection *sel, const struct expr_env *env)
{
	struct span list = span_of(text), item;
	size_t col;

	while (columns_next(&list, &item)) {
		struct sort_key *key =
		    ARENA_ARRAY(env->arena, struct sort_key, keys->n + 1);

		if (item.n == 0)
			return refuse(env, span_of(text),
			    "sort keys are written a,-b,c:n");
		if (keys->n > 0)
			memcpy(key, keys->key, keys->n * sizeof *key);
		keys->key = key;
		key = &keys->key[keys->n++];
		if (order_parse(
			item, &sel->names, &key->order, &col, env->diag) < 0)
			return -1;
		key->column = sel->all[col];
	}
	return 0;
}

static void
put_one(const struct sort_key *k, struct expr_run *run, bool decimal_comma,
    struct buf *b)
{
	struct span cell = out_column_cell(&k->column, run), text;
	struct number v;

	if (cell_missing(cell))
		order_put_missing(b);
	else if (k->order.kind == ORDER_NUMBER &&
	    number_parse(cell, decimal_comma, &v))
		order_put_number(b, &k->order, v);
	else if (k->order.kind == ORDER_NUMBER)
		fault_set_cell(&run->fault, DIAG_NOT_A_NUMBER, run->rec,
		    k->column.from, cell, "%s", number_advice(cell));
	else if (expr_text(run, cell, k->column.from, &text))
		order_put_text(b, &k->order, text);
}

void
sort_keys_put(const struct sort_keys *keys, struct expr_run *run,
    bool decimal_comma, struct buf *b)
{
	for (size_t i = 0; i < keys->n; i++)
		put_one(&keys->key[i], run, decimal_comma, b);
}
