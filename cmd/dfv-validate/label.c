#include "verdict.h"

#include "mem.h"
#include "suggest.h"
#include "words.h"

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
		if (near == SUGGEST_NONE ||
		    schema_find(s, k->columns->name[near]) < s->n)
			continue;
		finding->suggestion = k->columns->name[near];
		if (s->match != MATCH_SUBSET)
			add_label(l, FINDING_EXTRA_LABEL,
			    k->columns->name[near], where)
			    ->status = FOUND_CAUSED;
	}
	return missing;
}

/* A column by nearly the name of a missing one is there because of that. */
static bool
is_misprint(const struct findings *l, struct span name)
{
	for (size_t i = 0; i < l->n; i++)
		if (span_eq(l->item[i].suggestion, name))
			return true;
	return false;
}

/* The nearest of the fields that have no column. */
static struct span
suggest_field(const struct check *k, struct span name)
{
	struct span *names = mem_alloc(k->schema->n, sizeof *names);
	struct span field = {NULL, 0};
	size_t n = 0, near;

	for (size_t i = 0; i < k->schema->n; i++)
		if (k->col[i] == COLUMN_NONE)
			names[n++] = k->schema->field[i].name;
	near = suggest_nearest(name, names, n);
	if (near != SUGGEST_NONE)
		field = names[near];
	mem_free(names);
	return field;
}

static void
report_extra(const struct check *k, struct place where, struct findings *l)
{
	const struct schema *s = k->schema;

	if (s->match == MATCH_SUBSET || s->match == MATCH_PARTIAL)
		return;
	for (size_t c = 0; c < k->columns->n; c++) {
		struct span name = k->columns->name[c];

		if (schema_find(s, name) == s->n && !is_misprint(l, name))
			add_label(l, FINDING_EXTRA_LABEL, name, where)
			    ->suggestion = suggest_field(k, name);
	}
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

/* How many fields the one column's name names, parted by a character. */
static size_t
count_parts(const struct check *k, char mark)
{
	struct span rest = k->columns->name[0];
	size_t known = 0;

	while (rest.p != NULL) {
		size_t n = span_find(rest, mark);
		struct span part = span_trim(span_make(rest.p, n));

		if (part.n > 1 && part.p[0] == '"')
			part = span_make(part.p + 1, part.n - 2);
		known += schema_find(k->schema, part) < k->schema->n;
		rest = n < rest.n ? span_from(rest, n + 1) : span_make(NULL, 0);
	}
	return known;
}

/* Whether all the columns were taken for one: then nothing else is to be
 * said. */
static bool
report_delimiter(
    struct check *k, struct place where, struct findings *l, struct arena *a)
{
	static const char marks[] = ";,\t|:";
	struct finding *f;
	size_t i = 0;

	if (k->columns->n != 1)
		return false;
	while (marks[i] != '\0' && count_parts(k, marks[i]) < 2)
		i++;
	if (marks[i] == '\0')
		return false;
	f = add_label(l, FINDING_SOURCE_ERROR, k->columns->name[0], where);
	f->value = arena_printf(
	    &l->arena, "%s", marks[i] == '\t' ? "TAB" : (char[]){marks[i], 0});
	if (marks[i] == ';' || marks[i] == ',')
		f->suggestion = SPAN("--from csv");
	k->cause = finding_name(f, a);
	return true;
}

void
check_labels(
    struct check *k, struct place where, struct findings *l, struct arena *a)
{
	const struct schema *s = k->schema;
	size_t before = l->n, missing;

	if (report_delimiter(k, where, l, a))
		return;
	missing = report_missing(k, where, l);
	report_extra(k, where, l);
	if (s->match == MATCH_EXACT && l->n == before)
		report_order(k, where, l);
	if (s->match == MATCH_PARTIAL && s->n > 0 && missing == s->n)
		add_label(l, FINDING_MISSING_LABEL, s->field[0].name, where)
		    ->message =
		    span_of(_("none of the schema's columns is there"));
	row_check_labels(k, where, l);
}
