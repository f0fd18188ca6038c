#include "tally.h"

#include <string.h>

#include "cell.h"
#include "mem.h"

struct tally {
	const struct request *request;
	uint64_t part;
	struct group_table groups;
	/*
	 * Where some key is a period: the cells as they stand to the group of
	 * what they come to, so that a date is read once, not once a record.
	 * A state is the other group's memory.
	 */
	struct group_table spelled;
	struct expr_run eval;
	struct fault fault; /* the first by its record */
	struct buf joined;  /* a key */
	struct buf text;    /* texts that are no cell of the block */
	char *packed;       /* a key */
	struct batch batch;
	/* A source's values: see struct values. */
	char *group[BATCH_MAX];
	uint32_t rec[BATCH_MAX];
	struct number number[BATCH_MAX];
	struct number weight[BATCH_MAX];
	struct span value[BATCH_MAX];
};

struct tally *
tally_new(const struct request *r, uint64_t part)
{
	struct tally *t = mem_alloc(1, sizeof *t);

	t->request = r;
	t->part = part;
	group_table_init(&t->groups, r->nkey, r->state_bytes);
	if (r->dated)
		group_table_init(&t->spelled, r->nkey, sizeof(char *));
	t->packed = mem_alloc(r->nkey + 1, KEY_CELL);
	return t;
}

struct group_table *
tally_groups(struct tally *t)
{
	return &t->groups;
}

void
tally_free(struct tally *t)
{
	for (size_t i = 0; i < t->groups.n; i++)
		request_release_states(t->request, t->groups.all[i]->state);
	group_table_release(&t->groups);
	group_table_release(&t->spelled);
	expr_run_release(&t->eval);
	buf_release(&t->joined);
	buf_release(&t->text);
	mem_free(t->packed);
	mem_free(t);
}

/*
 * Whether a mistake was met just now. Then only the records before it matter:
 * whatever comes next works on these, and so may find an earlier one.
 */
static bool
settle_fault(struct tally *t)
{
	struct batch *b = &t->batch;

	if (t->eval.fault.id == DIAG_NONE)
		return false;
	t->fault = t->eval.fault;
	t->eval.fault.id = DIAG_NONE;
	while (b->n > 0 && b->rec[b->n - 1] >= t->fault.rec)
		b->n--;
	return true;
}

/* Which records count, from *next on; *next goes behind the last looked at. */
static void
select_records(struct tally *t, size_t *next)
{
	const struct expr **first = t->request->where, **w;
	struct batch *b = &t->batch;
	size_t n = 0, r = *next, end = b->block->nrec;

	for (; n < BATCH_MAX && r < end; r++) {
		t->eval.rec = r;
		for (w = first; *w != NULL && expr_true(*w, &t->eval);)
			w++;
		if (t->eval.fault.id != DIAG_NONE)
			break;
		b->rec[n] = (uint32_t)r;
		n += *w == NULL;
	}
	b->n = n;
	*next = r;
	settle_fault(t);
}

/* Groups. */

/* A period's cell; false after a fault. */
static bool
add_period(struct tally *t, const struct stat_key *k, struct span cell)
{
	struct date d;

	if (!date_parse(cell, &d)) {
		fault_set_cell(&t->eval.fault, DIAG_NOT_A_DATE, t->eval.rec,
		    k->col, cell, NULL);
		return false;
	}
	date_format(&t->joined, d, k->period);
	return true;
}

/* The key of the record at hand, its cells joined; NULL after a fault. With
 * `spelled` periods are left as dates. */
static bool
join_key(struct tally *t, bool spelled)
{
	const struct request *r = t->request;

	buf_reset(&t->joined);
	for (size_t i = 0; i < r->nkey; i++) {
		const struct stat_key *k = &r->key[i];
		struct span cell =
		    block_cell(t->batch.block, t->eval.rec, k->col);

		if (i > 0)
			buf_byte(&t->joined, '\t');
		if (cell_missing(cell))
			continue;
		if (spelled || !k->dated)
			buf_add(&t->joined, cell);
		else if (!add_period(t, k, cell))
			return false;
	}
	return true;
}

/* The group of the joined key, in the form that such a key has. */
static struct group *
find_joined(struct tally *t, struct group_table *table)
{
	struct span key = buf_span(&t->joined), rest = key;

	for (size_t i = 0; i < table->nkey; i++) {
		size_t n = span_find(rest, '\t');

		if (n > KEY_CELL)
			return group_find_joined(table, key);
		group_pack(t->packed + i * KEY_CELL, span_make(rest.p, n),
		    key.p + key.n);
		rest = span_from(rest, n < rest.n ? n + 1 : n);
	}
	return group_find(table, group_hash(table, t->packed), t->packed);
}

/* The group of the record at hand in a table keyed by its cells as they
 * stand; NULL after a fault. */
static inline struct group *
find_spelled(struct tally *t, struct group_table *table)
{
	const struct request *r = t->request;
	const struct block *b = t->batch.block;
	char *to = t->packed;

	for (size_t i = 0; i < r->nkey; i++, to += KEY_CELL) {
		struct span cell = block_cell(b, t->eval.rec, r->key[i].col);

		if (cell_missing(cell))
			cell.n = 0;
		if (cell.n > KEY_CELL) {
			join_key(t, true);
			return group_find_joined(table, buf_span(&t->joined));
		}
		group_pack(to, cell, b->p + b->n);
	}
	return group_find(table, group_hash(table, t->packed), t->packed);
}

static inline struct group *
note_order(struct tally *t, struct group *g)
{
	uint64_t order = order_of(
	    order_of_block(t->batch.block, t->part), (uint32_t)t->eval.rec);

	if (order < g->order)
		g->order = order;
	return g;
}

/* The memory of the record's group where keys are periods; NULL after a
 * fault. */
static char *
find_dated(struct tally *t)
{
	struct group *as = find_spelled(t, &t->spelled);
	char *memory;

	memcpy(&memory, as->state, sizeof memory);
	if (memory == NULL && join_key(t, false)) {
		memory = note_order(t, find_joined(t, &t->groups))->state;
		memcpy(as->state, &memory, sizeof memory);
	}
	return memory;
}

static void
find_groups(struct tally *t)
{
	struct batch *b = &t->batch;
	bool dated = t->request->dated;

	for (size_t i = 0; i < b->n; i++) {
		t->eval.rec = b->rec[i];
		if (dated)
			b->group[i] = find_dated(t);
		else
			b->group[i] =
			    note_order(t, find_spelled(t, &t->groups))->state;
		if (dated && settle_fault(t))
			return;
	}
}

/* Values. */

/* Takes the i-th value's record and group over, and counts it. */
static inline void
keep_value(struct tally *t, struct values *v, size_t i)
{
	t->group[v->n] = t->batch.group[i];
	t->rec[v->n] = t->batch.rec[i];
	v->n++;
}

static void
not_a_number(struct tally *t, size_t rec, size_t col, struct span cell)
{
	fault_set_cell(&t->eval.fault, DIAG_NOT_A_NUMBER, rec, col, cell, NULL);
}

/* The usual source: numbers as they stand in a column. */
static void
numbers_of_column(struct tally *t, size_t col, struct values *v)
{
	const struct batch *b = &t->batch;
	bool comma = t->request->decimal_comma;

	for (size_t i = 0; i < b->n; i++) {
		struct span cell = block_cell(b->block, b->rec[i], col);

		if (cell_missing(cell))
			continue;
		if (!number_parse(cell, comma, &t->number[v->n])) {
			not_a_number(t, b->rec[i], col, cell);
			return;
		}
		keep_value(t, v, i);
	}
}

static void
texts_of_column(struct tally *t, size_t col, struct values *v)
{
	const struct batch *b = &t->batch;

	for (size_t i = 0; i < b->n; i++) {
		struct span cell = block_cell(b->block, b->rec[i], col);

		if (cell_missing(cell))
			continue;
		t->value[v->n] = cell;
		keep_value(t, v, i);
	}
}

/* A value of any expression, as the source's aggregates take it; false when
 * it is missing. Texts go to t->text, and are found again by their ends. */
static bool
take_value(struct tally *t, const struct stat_source *s, size_t at)
{
	struct value v;

	if (s->takes == TAKES_NOTHING)
		return true;
	v = expr_value(s->arg, &t->eval);
	if (v.kind == VALUE_MISSING)
		return false;
	if (s->takes == TAKES_ANY) {
		size_t from = t->text.n;

		expr_put(&t->text, &v);
		t->value[at] = span_make(NULL, t->text.n - from);
	} else if (v.kind == VALUE_DATE) {
		t->number[at] = number_int(v.date.days);
	} else if (v.kind == VALUE_BOOL) {
		t->number[at] = number_int(v.truth);
	} else {
		t->number[at] = v.number;
	}
	return true;
}

static bool
take_weight(struct tally *t, const struct stat_source *s, size_t at)
{
	struct value v;

	if (s->weight == NULL)
		return true;
	v = expr_value(s->weight, &t->eval);
	if (v.kind != VALUE_NUMBER || t->eval.fault.id != DIAG_NONE)
		return false;
	if (number_cmp(v.number, number_int(0)) < 0) {
		struct buf shown = {NULL, 0, 0};

		number_format(&shown, v.number);
		fault_set_cell(&t->eval.fault, DIAG_OUT_OF_RANGE, t->eval.rec,
		    expr_column(s->weight), buf_span(&shown),
		    "a weight is not negative");
		buf_release(&shown);
		return false;
	}
	t->weight[at] = v.number;
	return true;
}

static void
values_of_records(
    struct tally *t, const struct stat_source *s, struct values *v)
{
	const struct batch *b = &t->batch;
	const char *p;

	buf_reset(&t->text);
	for (size_t i = 0; i < b->n && t->eval.fault.id == DIAG_NONE; i++) {
		t->eval.rec = b->rec[i];
		if ((s->where == NULL || expr_true(s->where, &t->eval)) &&
		    take_weight(t, s, v->n) && take_value(t, s, v->n))
			keep_value(t, v, i);
	}
	p = t->text.p;
	for (size_t i = 0; s->takes == TAKES_ANY && i < v->n; i++) {
		t->value[i].p = p;
		p += t->value[i].n;
	}
}

static void
find_values(struct tally *t, const struct stat_source *s, struct values *v)
{
	bool plain = s->weight == NULL && s->where == NULL;

	*v = (struct values){
	    .group = t->group,
	    .number = t->number,
	    .text = t->value,
	    .weight = s->weight == NULL ? NULL : t->weight,
	    .rec = t->rec,
	    .order = order_of_block(t->batch.block, t->part),
	};
	if (plain && s->takes == TAKES_NOTHING) {
		v->n = t->batch.n;
		v->group = t->batch.group;
		v->rec = t->batch.rec;
	} else if (plain && s->col != COLUMN_NONE && s->kind == VALUE_NUMBER &&
	    s->takes != TAKES_ANY) {
		numbers_of_column(t, s->col, v);
	} else if (plain && s->col != COLUMN_NONE && s->kind == VALUE_TEXT) {
		texts_of_column(t, s->col, v);
	} else {
		values_of_records(t, s, v);
	}
}

static void
add_batch(struct tally *t)
{
	const struct request *r = t->request;
	struct values v;

	for (size_t i = 0; i < r->nsource; i++) {
		find_values(t, &r->source[i], &v);
		if (settle_fault(t))
			continue;
		for (size_t k = 0; k < r->nstate; k++)
			if (r->state[k].source == i)
				r->state[k].keeps->add(&v, r->state[k].offset);
	}
}

void
tally_block(struct tally *t, const struct block *block, struct fault *fault)
{
	t->eval.block = block;
	t->batch.block = block;
	for (size_t next = 0; next < block->nrec && t->fault.id == DIAG_NONE;) {
		select_records(t, &next);
		find_groups(t);
		add_batch(t);
	}
	if (t->fault.id != DIAG_NONE)
		*fault = t->fault;
}
