#include "roll.h"

#include "cell.h"
#include "mem.h"
#include "period.h"

/* Merging the groups of one pass. */
struct roller {
	struct roll *roll;
	struct arena *arena;
	int last;
	enum date_period period;
	const struct group *from;
	struct buf group; /* the key being made */
	size_t undated;   /* groups of records without a date */
};

struct span
roll_cell(struct span cells, size_t i)
{
	while (i-- > 0) {
		size_t n = span_find(cells, '\t');

		cells = span_from(cells, n < cells.n ? n + 1 : n);
	}
	return span_make(cells.p, span_find(cells, '\t'));
}

static struct span
cell_of(const struct roller *m, const struct pass_cell *c)
{
	const struct pass *p = m->roll->plan->pass;
	struct span cell = group_cell(&p->groups, m->from, c->key);
	const struct span *joined;

	if (c->join == NULL)
		return cell;
	joined = sidetab_find(c->join, cell);
	return joined == NULL ? SPAN("") : joined[c->col];
}

/* Keys. */

static struct span
period_key(struct buf *b, int period, struct span rest)
{
	buf_reset(b);
	buf_printf(b, "%d", period);
	if (rest.p != NULL) {
		buf_byte(b, '\t');
		buf_add(b, rest);
	}
	return buf_span(b);
}

static bool
reported(struct roll *r, int period, struct span ower)
{
	return keytab_find(&r->reported, period_key(&r->key, period, ower)) !=
	    KEYTAB_NONE;
}

static void
add_group(struct roll *r, struct span group, int period)
{
	size_t before = r->group.n, i = keytab_add(&r->group, group);

	if (i < before) {
		if (period < r->since[i])
			r->since[i] = period;
		return;
	}
	r->since = mem_grow(r->since, &r->since_cap, i + 1, sizeof *r->since);
	r->since[i] = period;
}

/* Adds the fine group at hand to a row. */
static void
add_state(struct roller *m, int period, struct span group)
{
	struct roll *r = m->roll;
	const struct request *request = &r->plan->pass->request;
	size_t before = r->at.n;
	size_t i = keytab_add(&r->at, period_key(&m->roll->key, period, group));

	if (i == before) {
		r->state =
		    mem_grow(r->state, &r->state_cap, i + 1, sizeof *r->state);
		r->state[i] = arena_alloc(m->arena, 1, request->state_bytes);
	}
	request_merge(request, r->state[i], m->from->state);
}

/* Adds it to the groups whose key starts as m->group does; an exploded list
 * has a group of each of its values. */
static void
add_from(struct roller *m, int period, size_t col)
{
	const struct plan *plan = m->roll->plan;
	const struct indicator *x = plan->of;
	struct span cell, value;
	size_t n = m->group.n;

	if (col == x->group.n) {
		struct span key = span_make(n == 0 ? "" : m->group.p, n);

		add_group(m->roll, key, period);
		add_state(m, period, key);
		return;
	}
	if (col > 0)
		buf_byte(&m->group, '\t');
	cell = cell_of(m, &plan->cell[col]);
	if (x->explode == NULL || cell_missing(cell) ||
	    !span_eq(x->explode->text, x->group.item[col].text)) {
		buf_add(&m->group, cell_missing(cell) ? SPAN("") : cell);
		add_from(m, period, col + 1);
	} else {
		size_t start = m->group.n;

		while (cell_value(&cell, &value)) {
			m->group.n = start;
			buf_add(&m->group, value);
			add_from(m, period, col + 1);
		}
	}
	m->group.n = n;
}

static void
add_fine(struct roller *m)
{
	const struct plan *plan = m->roll->plan;
	int period = ROLL_UNDATED;

	if (plan->date != COLUMN_NONE &&
	    !period_parse(group_cell(&plan->pass->groups, m->from, plan->date),
		m->period, &period)) {
		m->undated++;
		return;
	}
	if (plan->date != COLUMN_NONE && period > m->last)
		return;
	if (period < m->roll->first)
		m->roll->first = period;
	buf_reset(&m->group);
	add_from(m, period, 0);
	if (m->roll->total)
		add_state(m, period, span_make(NULL, 0));
	if (plan->owed != NULL)
		keytab_add(&m->roll->reported,
		    period_key(&m->roll->key, period, cell_of(m, &plan->ower)));
}

bool
roll_put_ower(const struct roll *r, struct span ower, struct buf *cells)
{
	const struct plan *plan = r->plan;
	bool whole = true;

	buf_reset(cells);
	for (size_t i = 0; i < plan->of->group.n; i++) {
		const struct pass_cell *c = &plan->cell[i];
		const struct span *joined = NULL;

		if (i > 0)
			buf_byte(cells, '\t');
		if (i == r->ower_col) {
			buf_add(cells, ower);
		} else if (c->join != NULL && c->key == plan->ower.key &&
		    plan->ower.join == NULL) {
			joined = sidetab_find(c->join, ower);
			if (joined != NULL)
				buf_add(cells, joined[c->col]);
		} else {
			whole = false;
		}
	}
	return whole;
}

/* Groups that there are whatever is reported: the one of an indicator without
 * group columns; those who owe, first, whoever reports first. */
static void
add_fixed(struct roll *r)
{
	const struct plan *plan = r->plan;
	struct buf cells = {NULL, 0, 0};

	r->ower_col = COLUMN_NONE;
	if (plan->of->group.n == 0)
		add_group(r, SPAN(""), INT_MIN);
	if (plan->owed == NULL)
		return;
	for (size_t i = 0; i < plan->of->group.n; i++)
		if (plan->cell[i].key == plan->ower.key &&
		    plan->cell[i].join == plan->ower.join &&
		    plan->cell[i].col == plan->ower.col)
			r->ower_col = i;
	if (r->ower_col == COLUMN_NONE)
		return;
	for (size_t i = 0; i < plan->owed->key.n; i++)
		if (roll_put_ower(r, keytab_key(&plan->owed->key, i), &cells))
			add_group(r, buf_span(&cells), INT_MIN);
	buf_release(&cells);
}

static int
roll_merge(struct roll *r, const struct passes *b, int last)
{
	const struct pass *p = r->plan->pass;
	struct roller m = {
	    .roll = r, .arena = b->arena, .last = last, .period = b->period};

	add_fixed(r);
	for (size_t i = 0; i < p->groups.n; i++) {
		m.from = p->groups.all[i];
		add_fine(&m);
	}
	buf_release(&m.group);
	if (m.undated == 0)
		return 0;
	diag_report(b->diag, DIAG_NOT_A_DATE, &(struct place){p->name, 0, 0},
	    span_make("", 0),
	    "records without a date in column '%.*s' belong to no period",
	    (int)r->plan->of->date->text.n, r->plan->of->date->text.p);
	return -1;
}

/* Sharing. */

static bool
same_cells(const struct plan *a, const struct plan *b)
{
	if (a->of->group.n != b->of->group.n)
		return false;
	for (size_t i = 0; i < a->of->group.n; i++)
		if (a->cell[i].key != b->cell[i].key ||
		    a->cell[i].join != b->cell[i].join ||
		    a->cell[i].col != b->cell[i].col)
			return false;
	return true;
}

static bool
same_roll(const struct plan *a, const struct plan *b)
{
	return a->pass == b->pass && a->date == b->date && a->owed == b->owed &&
	    a->ower.key == b->ower.key && a->ower.join == b->ower.join &&
	    a->ower.col == b->ower.col &&
	    span_eq(node_text(a->of->explode), node_text(b->of->explode)) &&
	    same_cells(a, b);
}

static void
plan_roll(struct passes *b, struct plan *plan, struct roll **rolls)
{
	struct roll *r = *rolls;

	while (r != NULL && !same_roll(r->plan, plan))
		r = r->next;
	if (r == NULL) {
		r = ARENA_NEW(b->arena, struct roll);
		r->plan = plan;
		r->first = INT_MAX;
		r->group = r->at = r->reported = KEYTAB_EMPTY;
		buf_room(&r->group.bytes, 1); /* an empty key has a place */
		r->next = *rolls;
		*rolls = r;
	}
	r->total = r->total || plan->of->total.p != NULL;
	plan->roll = r;
}

int
rolls_build(struct passes *b, int last, struct roll **rolls)
{
	*rolls = NULL;
	for (size_t i = 0; i < b->file.n; i++)
		if (b->plan[i].computed)
			plan_roll(b, &b->plan[i], rolls);
	for (struct roll *r = *rolls; r != NULL; r = r->next)
		if (roll_merge(r, b, last) < 0)
			return -1;
	return 0;
}

/* Looking at it. */

char *
roll_state(struct roll *r, int period, struct span group)
{
	size_t i = keytab_find(&r->at, period_key(&r->key, period, group));

	return i == KEYTAB_NONE ? NULL : r->state[i];
}

bool
roll_lacks(struct roll *r, int period, struct span group)
{
	const struct sidetab *owed = r->plan->owed;

	if (owed == NULL)
		return false;
	if (group.p != NULL && r->ower_col != COLUMN_NONE)
		return !reported(r, period, roll_cell(group, r->ower_col));
	for (size_t i = 0; i < owed->key.n; i++)
		if (!reported(r, period, keytab_key(&owed->key, i)))
			return true;
	return false;
}

bool
roll_has_ower(const struct roll *r, int period, struct span ower)
{
	for (size_t i = 0; i < r->group.n; i++)
		if (r->since[i] <= period &&
		    span_eq(
			roll_cell(keytab_key(&r->group, i), r->ower_col), ower))
			return true;
	return false;
}

void
rolls_release(struct roll *r)
{
	for (; r != NULL; r = r->next) {
		for (size_t i = 0; i < r->at.n; i++)
			request_release_states(
			    &r->plan->pass->request, r->state[i]);
		keytab_release(&r->group);
		keytab_release(&r->at);
		keytab_release(&r->reported);
		buf_release(&r->key);
		mem_free(r->since);
		mem_free(r->state);
	}
}
