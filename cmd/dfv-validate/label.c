#include "verdict.h"

#include "suggest.h"

static struct finding *
add_label(struct findings *l, enum finding_id id, struct span name,
    struct place where)
{
	struct finding *f = findings_add(l, id, 0, COLUMN_NONE);

	f->place = where;
	f->field = name;
	return f;
}

/* The fields that have no column; those that had to be there are findings. */
static size_t
report_missing(const struct check *k, struct place where, struct findings *l)
{
	const struct schema *s = k->schema;
	size_t missing = 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->field[i];
		struct finding *finding;
		size_t near;

		if (k->col[i] != COLUMN_NONE)
			continue;
		missing++;
		if (s->match == MATCH_SUPERSET || s->match == MATCH_PARTIAL ||
		    (s->match == MATCH_LENIENT && !f->required))
			continue;
		finding = add_label(l, FINDING_MISSING_LABEL, f->name, where);
		/* A column by nearly this name is more likely a misprint. */
		near =
		    suggest_nearest(f->name, k->columns->name, k->columns->n);
		if (near != SUGGEST_NONE &&
		    schema_find(s, k->columns->name[near]) == s->n)
			finding->suggestion = k->columns->name[near];
	}
	return missing;
}

static void
report_extra(const struct check *k, struct place where, struct findings *l)
{
	const struct schema *s = k->schema;

	if (s->match == MATCH_SUBSET || s->match == MATCH_PARTIAL)
		return;
	for (size_t c = 0; c < k->columns->n; c++)
		if (schema_find(s, k->columns->name[c]) == s->n)
			add_label(
			    l, FINDING_EXTRA_LABEL, k->columns->name[c], where);
}

static void
report_order(const struct check *k, struct place where, struct findings *l)
{
	const struct schema *s = k->schema;

	for (size_t i = 0; i < s->n && i < k->columns->n; i++) {
		struct finding *f;

		if (span_eq(s->field[i].name, k->columns->name[i]))
			continue;
		f = add_label(
		    l, FINDING_INCORRECT_LABEL, k->columns->name[i], where);
		f->expected = s->field[i].name;
		return; /* those behind it follow from the first */
	}
}

void
check_labels(const struct check *k, struct place where, struct findings *l)
{
	const struct schema *s = k->schema;
	size_t before = l->n;
	size_t missing = report_missing(k, where, l);

	report_extra(k, where, l);
	if (s->match == MATCH_EXACT && l->n == before)
		report_order(k, where, l);
	if (s->match == MATCH_PARTIAL && s->n > 0 && missing == s->n)
		add_label(l, FINDING_MISSING_LABEL, s->field[0].name, where)
		    ->message = SPAN("none of the schema's columns is there");
	row_check_labels(k, where, l);
}
