#include "tally.h"

#include "cell.h"
#include "grouping.h"
#include "mem.h"

struct tally {
	const struct request *request;
	struct grouping grouping;
	struct expr_run eval;
	struct fault fault; /* the first by its record */
	struct buf text;    /* texts that are no cell of the block */
	struct batch batch;
	/* A source's values: see struct values. */
	char *group[BATCH_MAX];
	uint32_t rec[BATCH_MAX];
	struct decimals decimals;
	struct number number[BATCH_MAX];
	struct number weight[BATCH_MAX];
	struct span value[BATCH_MAX];
};

struct tally *
tally_new(const struct request *r, uint64_t part)
{
	struct tally *t = mem_alloc(1, sizeof *t);

	t->request = r;
	grouping_init(&t->grouping, r, part);
	return t;
}

struct group_table *
tally_groups(struct tally *t)
{
	return &t->grouping.groups;
}

void
tally_free(struct tally *t)
{
	struct group_table *groups = &t->grouping.groups;

	for (size_t i = 0; i < groups->n; i++)
		request_release_states(t->request, group_nth(groups, i)->state);
	grouping_release(&t->grouping);
	expr_run_release(&t->eval);
	buf_release(&t->text);
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

/* Values. */

/* Takes the i-th value's record and group over, and counts it. */
static inline void
keep_value(struct tally *t, struct values *v, size_t i)
{
	t->group[v->n] = t->batch.group[i];
	t->rec[v->n] = t->batch.rec[i];
	v->n++;
}

/* The usual sources: cells of a column as they stand… Mostly none is missing,
 * and then records and groups are the batch's. */
static void
cells_of_column(struct tally *t, size_t col, struct values *v)
{
	const struct batch *b = &t->batch;
	bool missing = false;

	for (size_t i = 0; i < b->n; i++) {
		t->value[i] = block_cell(b->block, b->rec[i], col);
		missing |= cell_missing(t->value[i]);
	}
	if (!missing) {
		v->n = b->n;
		v->group = b->group;
		v->rec = b->rec;
		return;
	}
	for (size_t i = 0; i < b->n; i++) {
		t->value[v->n] = t->value[i];
		if (!cell_missing(t->value[i]))
			keep_value(t, v, i);
	}
}

/* … or as numbers. */
static void
numbers_of_column(struct tally *t, size_t col, struct values *v)
{
	bool comma = t->request->decimal_comma;

	cells_of_column(t, col, v);
	if (decimals_parse(
		&t->decimals, t->value, v->n, t->batch.block->p, comma)) {
		v->decimals = &t->decimals;
		return;
	}
	for (size_t i = 0; i < v->n; i++)
		if (!number_parse(t->value[i], comma, &t->number[i])) {
			fault_set_cell(&t->eval.fault, DIAG_NOT_A_NUMBER,
			    v->rec[i], col, t->value[i], "%s",
			    number_advice(t->value[i]));
			return;
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
	    .order = order_of_block(t->batch.block, t->grouping.part),
	};
	if (plain && s->takes == TAKES_NOTHING) {
		v->n = t->batch.n;
		v->group = t->batch.group;
		v->rec = t->batch.rec;
	} else if (plain && s->col != COLUMN_NONE && s->kind == VALUE_NUMBER &&
	    s->takes != TAKES_ANY) {
		numbers_of_column(t, s->col, v);
	} else if (plain && s->col != COLUMN_NONE && s->kind == VALUE_TEXT) {
		cells_of_column(t, s->col, v);
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
		grouping_find(&t->grouping, &t->batch, &t->eval.fault);
		settle_fault(t);
		add_batch(t);
	}
	if (t->fault.id != DIAG_NONE)
		*fault = t->fault;
}
