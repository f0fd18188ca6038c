#include "loader.h"

#include "french.h"
#include "reference.h"
#include "rowcheck.h"
#include "suggest.h"

/* More than there are checks. */
enum { NAMES_MAX = 64 };

/* Checks that Validata has, and for which there is no list here. */
static const char *const without_list[] = {
    "canton", "code-fantoir", "code-pays-iso2", "code-pays-iso3", "pays", NULL};

/* The geography, read when the first check asks for it. */
static const struct reference *
need_reference(struct loader *l, struct schema *s)
{
	if (s->reference == NULL)
		s->reference = reference_load(l->diag);
	l->bad |= s->reference == NULL;
	return s->reference;
}

static bool
is_without_list(struct span name)
{
	for (size_t i = 0; without_list[i] != NULL; i++)
		if (span_eq(name, span_of(without_list[i])))
			return true;
	return false;
}

static void
report_unknown(struct loader *l, const struct node *n)
{
	struct span names[NAMES_MAX];
	size_t count = 0, near;

	if (is_without_list(n->text)) {
		loader_doubt(l, n,
		    "there is no list for this check here: "
		    "it is not done");
		return;
	}
	for (size_t i = 0; french_name(i) != NULL; i++)
		names[count++] = span_of(french_name(i));
	for (size_t i = 0; row_check_name(i) != NULL; i++)
		names[count++] = span_of(row_check_name(i));
	near = suggest_nearest(n->text, names, count);
	if (near == SUGGEST_NONE)
		loader_mistake(l, n, "no such check: see dfv-schema(5)");
	else
		diag_report(l->diag, DIAG_BAD_SCHEMA, &n->place, n->text,
		    "no such check: did you mean '%.*s'?", (int)names[near].n,
		    names[near].p);
	l->bad = true;
}

/* A field by its name; none is a doubt: the check is then left out, as it is
 * where the column is not in the file. */
static bool
find_field(struct loader *l, const struct node *n, const struct schema *s,
    size_t *field)
{
	*field = schema_find(s, node_text(n));
	if (*field < s->n)
		return true;
	loader_doubt(l, n, "no field has this name: the check is not done");
	return false;
}

/* Parameters that are not among the names given are reported. */
static void
check_params(
    struct loader *l, const struct node *params, const char *const *known)
{
	for (size_t i = 0; params != NULL && i < params->n; i++) {
		size_t k = 0;

		if (params->kind != NODE_MAPPING)
			break;
		while (known[k] != NULL &&
		    !span_eq(params->key[i].text, span_of(known[k])))
			k++;
		if (known[k] == NULL)
			loader_doubt(l, &params->key[i],
			    "this check has no such parameter");
	}
}

static void
add_value_check(struct loader *l, const struct french_check *check,
    const struct node *params, struct schema *s, size_t field)
{
	const struct node *single = node_get(params, "allow-year-only");
	struct constraint *c =
	    constraint_add(&s->field[field], &check->kind, l->arena);

	if (check->reference)
		c->reference = need_reference(l, s);
	if (single == NULL)
		return;
	c->single = node_bool(single) == 1 ||
	    span_eq(node_text(single), SPAN("yes")) ||
	    span_eq(node_text(single), SPAN("true"));
}

/* The fields that a parameter names: one, or a list. */
static bool
take_fields(struct loader *l, const struct node *n, const struct schema *s,
    struct row_check *c)
{
	size_t count = n->kind == NODE_SEQUENCE ? n->n : 1;
	bool good = true;

	for (size_t i = 0; i < count; i++)
		good &=
		    find_field(l, n->kind == NODE_SEQUENCE ? &n->item[i] : n, s,
			&c->field[c->n++]);
	return good;
}

static bool
take_op(struct loader *l, const struct node *at, const struct node *params,
    struct row_check *c)
{
	static const char *const ops[] = {"<", "<=", "==", ">=", ">"};
	const struct node *op = node_get(params, "op");

	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
		if (span_eq(node_text(op), span_of(ops[i]))) {
			c->op = (enum row_op)i;
			return true;
		}
	loader_mistake(l, op == NULL ? at : op, "op is <, <=, ==, >= or >");
	return false;
}

static const struct node *
param_of(const struct node *params, const struct row_check_kind *kind, int i)
{
	const struct node *n = node_get(params, kind->param[i]);

	if (n == NULL && kind->alias[i] != NULL)
		n = node_get(params, kind->alias[i]);
	return n;
}

/* The columns of a check in the order that it wants; false when it is not
 * to be done. */
static bool
take_columns(struct loader *l, const struct node *at, const struct node *params,
    const struct schema *s, struct row_check *c)
{
	const struct row_check_kind *kind = c->kind;
	const struct node *rest =
	    kind->rest == NULL ? NULL : node_get(params, kind->rest);
	bool good = true;

	c->field =
	    ARENA_ARRAY(l->arena, size_t, 2 + (rest == NULL ? 0 : rest->n));
	for (int i = 0; i < 2 && kind->param[i] != NULL; i++) {
		const struct node *n = param_of(params, kind, i);

		if (n == NULL) {
			loader_mistake(
			    l, at, "a column that this check needs is missing");
			return false;
		}
		good &= take_fields(l, n, s, c);
	}
	if (kind->rest != NULL &&
	    (rest == NULL || rest->kind != NODE_SEQUENCE || rest->n == 0)) {
		loader_mistake(l, rest == NULL ? at : rest,
		    "the list of the other columns is missing");
		return false;
	}
	return (rest == NULL || take_fields(l, rest, s, c)) && good;
}

static void
add_row_check(struct loader *l, const struct row_check_kind *kind,
    const struct node *n, struct schema *s)
{
	const struct node *params = node_get(n, "params");
	const char *const known[] = {kind->param[0],
	    kind->param[1] == NULL ? kind->rest : kind->param[1],
	    kind->alias[0] == NULL ? kind->param[0] : kind->alias[0],
	    kind->op ? "op" : NULL, NULL};
	struct row_check c = {.kind = kind, .place = n->place};

	check_params(l, params, known);
	if (!take_columns(l, n, params, s, &c) ||
	    (kind->op && !take_op(l, n, params, &c)))
		return;
	if (kind->reference)
		c.reference = need_reference(l, s);
	s->row[s->nrow++] = c;
}

static void
add_check(struct loader *l, const struct node *n, struct schema *s)
{
	static const char *const known[] = {
	    "column", "allow-year-only", "version", "commune", NULL};
	const struct node *name = node_get(n, "name");
	const struct node *params = node_get(n, "params");
	const struct node *column = node_get(params, "column");
	const struct node *commune = node_get(params, "commune");
	const struct french_check *check;
	const struct row_check_kind *row;
	size_t field;

	if (n->kind != NODE_MAPPING || node_text(name).n == 0) {
		loader_mistake(l, n, "a check has a name and params");
		return;
	}
	loader_properties(l, n, PART_CHECK, SPAN(""));
	row = row_check_find(name->text);
	check = french_find(name->text);
	if (row != NULL)
		add_row_check(l, row, n, s);
	else if (check == NULL)
		report_unknown(l, name);
	else if (column == NULL)
		loader_mistake(l, n, "this check wants a column");
	else if (find_field(l, column, s, &field)) {
		check_params(l, params, known);
		add_value_check(l, check, params, s, field);
		/* With the commune, the two have to agree. */
		if (commune != NULL && span_eq(name->text, SPAN("code-postal")))
			add_row_check(l,
			    row_check_find(SPAN("code-postal-commune")), n, s);
	}
}

/* Validata's own names of its formats, CodeCommuneInsee, as those of checks. */
static struct span
kebab(struct span name, struct arena *a)
{
	char *out = arena_alloc(a, 2 * name.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool big = c >= 'A' && c <= 'Z';
		bool after =
		    i > 0 && (name.p[i - 1] < 'A' || name.p[i - 1] > 'Z');
		bool before = i + 1 < name.n && name.p[i + 1] >= 'a' &&
		    name.p[i + 1] <= 'z';

		if (big && i > 0 && name.p[i - 1] != '-' && (after || before))
			out[n++] = '-';
		out[n++] = (char)(big ? c | 0x20 : c);
	}
	return span_make(out, n);
}

static void
add_field_format(
    struct loader *l, const struct node *format, struct schema *s, size_t field)
{
	const struct node *name =
	    format->kind == NODE_MAPPING ? node_get(format, "name") : format;
	const struct french_check *check =
	    name == NULL ? NULL : french_find(kebab(node_text(name), l->arena));

	if (check == NULL)
		report_unknown(l, name == NULL ? format : name);
	else
		add_value_check(l, check, format, s, field);
}

void
loader_checks(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *checks = node_get(n, "custom_checks");
	const struct node *fields = node_get(n, "fields");

	for (size_t i = 0; i < s->n; i++) {
		const struct node *format =
		    node_get(&fields->item[i], "frFormat");

		if (!node_null(format))
			add_field_format(l, format, s, i);
	}
	if (node_null(checks) || checks->kind != NODE_SEQUENCE)
		return; /* which is reported */
	s->row = ARENA_ARRAY(l->arena, struct row_check, checks->n);
	for (size_t i = 0; i < checks->n; i++)
		add_check(l, &checks->item[i], s);
}
