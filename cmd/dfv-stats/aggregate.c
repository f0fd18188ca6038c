#include "aggregate.h"

#include <stdint.h>

#include "keytab.h"
#include "sum.h"

static struct value
missing(void)
{
	return (struct value){.kind = VALUE_MISSING};
}

static struct value
number(struct number n)
{
	return (struct value){.kind = VALUE_NUMBER, .number = n};
}

/* count() of records, count(x) of values. */

static void
count_add(void *state, const struct value *v)
{
	(void)v;
	++*(uint64_t *)state;
}

static void
count_merge(void *into, const void *from)
{
	*(uint64_t *)into += *(const uint64_t *)from;
}

static struct value
count_final(const void *state)
{
	return number(number_int((int64_t) * (const uint64_t *)state));
}

/* sum and mean */

struct total {
	struct sum sum;
	uint64_t n;
};

static void
total_add(void *state, const struct value *v)
{
	struct total *t = state;

	sum_add(&t->sum, v->number);
	t->n++;
}

static void
total_merge(void *into, const void *from)
{
	struct total *t = into;
	const struct total *f = from;

	sum_merge(&t->sum, &f->sum);
	t->n += f->n;
}

static struct value
sum_final(const void *state)
{
	const struct total *t = state;

	return t->n > 0 ? number(sum_number(&t->sum)) : missing();
}

static void
sum_print(const void *state, struct buf *b)
{
	const struct total *t = state;

	sum_format(b, &t->sum);
}

static struct value
mean_final(const void *state)
{
	const struct total *t = state;
	struct number sum, mean;

	if (t->n == 0)
		return missing();
	sum = sum_number(&t->sum);
	if (!number_div(sum, number_int((int64_t)t->n), &mean))
		mean = sum; /* infinite */
	return number(mean);
}

static void
total_release(void *state)
{
	struct total *t = state;

	sum_release(&t->sum);
}

/* min and max, of numbers or dates */

struct extreme {
	struct value value;
	bool any;
};

static int
value_cmp(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_DATE)
		return (a->date.days > b->date.days) -
		    (a->date.days < b->date.days);
	return number_cmp(a->number, b->number);
}

static void
extreme_add(struct extreme *e, const struct value *v, int sign)
{
	if (e->any && sign * value_cmp(v, &e->value) <= 0)
		return;
	e->value = *v;
	e->any = true;
}

static void
min_add(void *state, const struct value *v)
{
	extreme_add(state, v, -1);
}

static void
max_add(void *state, const struct value *v)
{
	extreme_add(state, v, 1);
}

static void
min_merge(void *into, const void *from)
{
	const struct extreme *f = from;

	if (f->any)
		extreme_add(into, &f->value, -1);
}

static void
max_merge(void *into, const void *from)
{
	const struct extreme *f = from;

	if (f->any)
		extreme_add(into, &f->value, 1);
}

static struct value
extreme_final(const void *state)
{
	const struct extreme *e = state;

	return e->any ? e->value : missing();
}

/* distinct: a set of texts */

static void
distinct_add(void *state, const struct value *v)
{
	keytab_add(state, v->text);
}

static void
distinct_merge(void *into, const void *from)
{
	const struct keytab *f = from;

	for (size_t i = 0; i < f->n; i++)
		keytab_add(into, keytab_key(f, i));
}

static struct value
distinct_final(const void *state)
{
	const struct keytab *t = state;

	return number(number_int((int64_t)t->n));
}

static void
distinct_release(void *state)
{
	keytab_release(state);
}

static const struct aggregate aggregates[] = {
    {"count", TAKES_NOTHING, sizeof(uint64_t), count_add, count_merge,
	count_final, NULL, NULL, "records"},
    {"count", TAKES_ANY, sizeof(uint64_t), count_add, count_merge, count_final,
	NULL, NULL, "values that are not missing"},
    {"sum", TAKES_NUMBER, sizeof(struct total), total_add, total_merge,
	sum_final, sum_print, total_release, "the exact sum"},
    {"mean", TAKES_NUMBER, sizeof(struct total), total_add, total_merge,
	mean_final, NULL, total_release, "the arithmetic mean"},
    {"min", TAKES_ORDERED, sizeof(struct extreme), min_add, min_merge,
	extreme_final, NULL, NULL, "the least number or date"},
    {"max", TAKES_ORDERED, sizeof(struct extreme), max_add, max_merge,
	extreme_final, NULL, NULL, "the greatest number or date"},
    {"distinct", TAKES_ANY, sizeof(struct keytab), distinct_add, distinct_merge,
	distinct_final, NULL, distinct_release, "how many different values"},
};

enum { AGGREGATE_COUNT = sizeof aggregates / sizeof *aggregates };

const struct aggregate *
aggregate_find(struct span name, bool has_arg)
{
	for (size_t i = 0; i < AGGREGATE_COUNT; i++)
		if (span_eq(span_of(aggregates[i].name), name) &&
		    has_arg == (aggregates[i].takes != TAKES_NOTHING))
			return &aggregates[i];
	return NULL;
}

const char *
aggregate_name(size_t i)
{
	return i < AGGREGATE_COUNT ? aggregates[i].name : NULL;
}
