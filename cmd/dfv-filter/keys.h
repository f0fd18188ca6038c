#ifndef DFV_FILTER_KEYS_H
#define DFV_FILTER_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "expr.h"
#include "order.h"
#include "select.h"

/* What -k asks for; see order.h. */
struct sort_key {
	struct out_column column;
	struct order order;
};

struct sort_keys {
	struct sort_key *key;
	size_t n;
};

/* Adds the keys of one -k: `name`, `-name`, `name:n`, `-name:fr`, joined by
 * commas; of the columns in sel->all. 0, or -1 after a report. */
int sort_keys_parse(struct sort_keys *, const char *text,
    const struct selection *sel, const struct expr_env *env);

/* Appends the key of the record at hand; run->fault when a cell that is to be
 * a number is none. */
void sort_keys_put(const struct sort_keys *, struct expr_run *run,
    bool decimal_comma, struct buf *);

#endif
