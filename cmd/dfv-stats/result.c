#include "result.h"

#include <stdint.h>
#include <stdlib.h>

#include "cell.h"
#include "keytab.h"
#include "mem.h"
#include "order.h"

/* One row at work: its cells, each at cell_at in text. */
struct row {
	struct buf text;
	size_t *cell_at;
	struct span *cell;
	size_t n;
};

struct result {
	struct request *request;
	struct group_table *groups;
	struct sink *sink;
	struct diag *diag;
	struct expr_run run;
	struct row row;
	struct buf out;
	size_t nrow;
};

static void
row_cell(struct row *row, struct span cell)
{
	row->cell_at[row->n++] = row->text.n;
	buf_add(&row->text, cell);
}

/* Ends the row with the figures of a group's memory, and writes it. */
static void
end_row(struct result *res, char *group)
{
	const struct writer *w = &res->sink->writer;
	struct row *row = &res->row;

	for (size_t i = 0; i < res->request->nfigure; i++) {
		row->cell_at[row->n++] = row->text.n;
		request_print(res->request, i, group, &res->run, &row->text);
	}
	row->cell_at[row->n] = row->text.n;
	for (size_t i = 0; i < row->n; i++)
		row->cell[i] =
		    buf_part(&row->text, row->cell_at[i], row->cell_at[i + 1]);
	w->format->record(w, &res->out, row->cell);
	row->n = 0;
	buf_reset(&row->text);
	res->nrow++;
}

static void
write_group(struct result *res, const struct group *g)
{
	for (size_t i = 0; i < res->request->nkey; i++)
		row_cell(&res->row, group_cell(res->groups, g, i));
	end_row(res, g->state);
}

/* Order: --sort. */

struct sort_key {
	size_t col; /* of the result: a key, or behind these a figure */
	struct order order;
};

/* A group on its way to its place. */
struct ranked {
	struct span key;
	size_t met;
	const struct group *group;
};

static int
parse_sort(
    struct result *res, const char **words, struct sort_key **keys, size_t *n)
{
	const struct columns *names = &res->request->names;
	size_t cap = 0;

	for (; *words != NULL; words++) {
		struct span list = span_of(*words), item;

		while (columns_next(&list, &item)) {
			struct sort_key *k;

			*keys = mem_grow(*keys, &cap, *n + 1, sizeof **keys);
			k = *keys + *n;
			if (order_parse(
				item, names, &k->order, &k->col, res->diag) < 0)
				return -1;
			++*n;
		}
	}
	return 0;
}

/* A key cell of a group. false after a report. */
static bool
put_cell(struct result *res, const struct sort_key *k, struct span cell,
    struct buf *keys)
{
	struct number v;

	if (cell_missing(cell)) {
		order_put_missing(keys);
	} else if (k->order.kind != ORDER_NUMBER) {
		buf_reset(&res->row.text);
		order_put_text(
		    keys, &k->order, cell_shown(cell, &res->row.text));
	} else if (number_parse(cell, res->request->decimal_comma, &v)) {
		order_put_number(keys, &k->order, v);
	} else {
		diag_report(res->diag, DIAG_NOT_A_NUMBER, NULL, cell,
		    "--sort wants numbers in '%s'",
		    res->request->names.name[k->col].p);
		return false;
	}
	return true;
}

/* Numbers are put in order as numbers, without being asked. */
static void
put_figure(
    struct result *res, const struct sort_key *k, char *group, struct buf *keys)
{
	size_t i = k->col - res->request->nkey;
	struct value v = request_value(res->request, i, group, &res->run);

	if (v.kind == VALUE_MISSING) {
		order_put_missing(keys);
	} else if (v.kind == VALUE_NUMBER) {
		order_put_number(keys, &k->order, v.number);
	} else {
		buf_reset(&res->row.text);
		expr_put(&res->row.text, &v);
		order_put_text(keys, &k->order, buf_span(&res->row.text));
	}
}

static bool
put_keys(struct result *res, const struct sort_key *key, size_t n,
    const struct group *g, struct buf *keys)
{
	size_t nkey = res->request->nkey;

	for (size_t i = 0; i < n; i++)
		if (key[i].col >= nkey)
			put_figure(res, &key[i], g->state, keys);
		else if (!put_cell(res, &key[i],
			     group_cell(res->groups, g, key[i].col), keys))
			return false;
	return true;
}

static int
by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	int c = span_cmp(x->key, y->key);

	return c != 0 ? c : (x->met > y->met) - (x->met < y->met);
}

/* Sorts stably: groups of the same key stay as they were met. */
static bool
rank_groups(struct result *res, const struct sort_key *key, size_t n,
    struct ranked *ranked)
{
	const struct group_table *t = res->groups;
	struct buf keys = {NULL, 0, 0};
	bool good = true;
	size_t at = 0;

	for (size_t i = 0; good && i < t->n; i++) {
		size_t from = keys.n;

		good = put_keys(res, key, n, t->all[i], &keys);
		ranked[i] = (struct ranked){
		    span_make(NULL, keys.n - from), i, t->all[i]};
	}
	for (size_t i = 0; good && i < t->n; at += ranked[i++].key.n)
		ranked[i].key = buf_part(&keys, at, at + ranked[i].key.n);
	if (good && t->n > 1)
		qsort(ranked, t->n, sizeof *ranked, by_rank);
	buf_release(&keys);
	return good;
}

/* 0, or -1 after a report. */
static int
write_sorted(
    struct result *res, const struct sort_key *key, size_t nsort, size_t top)
{
	size_t n = res->groups->n;
	struct ranked *ranked = mem_alloc(n, sizeof *ranked);
	bool good = rank_groups(res, key, nsort, ranked);

	buf_reset(&res->row.text);
	for (size_t i = 0; good && i < n && i < top; i++)
		write_group(res, ranked[i].group);
	mem_free(ranked);
	return good ? 0 : -1;
}

static int
write_groups(struct result *res, const struct result_opts *opts)
{
	struct sort_key *key = NULL;
	size_t nsort = 0;
	int rc = parse_sort(res, opts->sort, &key, &nsort);

	if (rc == 0 && nsort > 0)
		rc = write_sorted(res, key, nsort, opts->top);
	else
		for (size_t i = 0;
		     rc == 0 && i < res->groups->n && i < opts->top; i++)
			write_group(res, group_nth(res->groups, i));
	mem_free(key);
	return rc;
}

/* Totals. */

/* The key cells of a total: the first n of a group, or none of it. */
static void
total_key(struct result *res, const struct group *g, size_t n)
{
	for (size_t i = 0; i < res->request->nkey; i++)
		row_cell(&res->row,
		    i < n        ? group_cell(res->groups, g, i)
			: i == n ? SPAN("total")
				 : SPAN(""));
}

struct total {
	char *state;
	const struct group *first;
};

struct totals {
	struct keytab seen; /* the first key cells, each with a TAB behind */
	struct total *all;
	size_t n;
	size_t cap;
};

/* The total of a key, which starts with nothing and takes g's first cells. */
static struct total *
total_of(struct totals *t, struct span key, const struct group *g,
    const struct request *r)
{
	size_t at = keytab_add(&t->seen, key);

	if (at == t->n) {
		t->all = mem_grow(t->all, &t->cap, t->n + 1, sizeof *t->all);
		t->all[t->n++] =
		    (struct total){mem_alloc(1, r->state_bytes), g};
	}
	return &t->all[at];
}

static void
add_totals(struct result *res, size_t n, struct totals *t)
{
	struct buf key = {NULL, 0, 0};

	for (size_t i = 0; i < res->groups->n; i++) {
		const struct group *g = res->groups->all[i];

		buf_reset(&key);
		for (size_t k = 0; k < n; k++) {
			buf_add(&key, group_cell(res->groups, g, k));
			buf_byte(&key, '\t');
		}
		request_merge(res->request,
		    total_of(t, buf_span(&key), g, res->request)->state,
		    g->state);
	}
	buf_release(&key);
}

/* A row over the groups of each different first `n` key cells, in the order
 * in which these were first met; for n 0, one row over all, if only nothing. */
static void
write_totals(struct result *res, size_t n)
{
	struct totals t = {.seen = KEYTAB_EMPTY};

	if (n == 0)
		total_of(&t, SPAN(""), NULL, res->request);
	add_totals(res, n, &t);
	for (size_t i = 0; i < t.n; i++) {
		total_key(res, t.all[i].first, n);
		end_row(res, t.all[i].state);
		request_release_states(res->request, t.all[i].state);
		mem_free(t.all[i].state);
	}
	mem_free(t.all);
	keytab_release(&t.seen);
}

static int
write_all(struct result *res, const struct result_opts *opts)
{
	size_t nkey = res->request->nkey;

	if (write_groups(res, opts) < 0)
		return -1;
	for (size_t n = nkey; opts->subtotals && n-- > 1;)
		write_totals(res, n);
	if (opts->totals && nkey > 0)
		write_totals(res, 0);
	if (res->run.fault.id == DIAG_NONE)
		return sink_put(res->sink, buf_span(&res->out), res->nrow);
	/* A figure that cannot be worked out has no place in the input. */
	diag_fault(res->diag, &res->run.fault);
	return -1;
}

int
result_write(struct request *r, struct group_table *groups,
    const struct result_opts *opts, struct sink *sink, struct diag *diag)
{
	struct result res = {
	    .request = r, .groups = groups, .sink = sink, .diag = diag};
	int rc;

	res.row.cell_at = mem_alloc(r->names.n + 1, sizeof *res.row.cell_at);
	res.row.cell = mem_alloc(r->names.n + 1, sizeof *res.row.cell);
	rc = write_all(&res, opts);
	buf_release(&res.out);
	buf_release(&res.row.text);
	mem_free(res.row.cell_at);
	mem_free(res.row.cell);
	expr_run_release(&res.run);
	return rc;
}
