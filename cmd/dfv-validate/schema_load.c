#include "schema.h"

#include "listed.h"
#include "loader.h"
#include "moment.h"
#include "reference.h"

void
loader_mistake(struct loader *l, const struct node *n, const char *what)
{
	diag_report(
	    l->diag, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s", what);
	l->bad = true;
}

void
loader_doubt(struct loader *l, const struct node *n, const char *what)
{
	if (what == NULL)
		diag_report(l->diag, DIAG_SCHEMA_PROPERTY, &n->place,
		    node_text(n), NULL);
	else
		diag_report(l->diag, DIAG_SCHEMA_PROPERTY, &n->place,
		    node_text(n), "%s", what);
}

struct span
loader_text(struct loader *l, const struct node *n, const char *key,
    struct span otherwise)
{
	const struct node *value = node_get(n, key);

	if (node_null(value))
		return otherwise;
	if (value->kind != NODE_SCALAR) {
		loader_mistake(l, value, "text is wanted");
		return otherwise;
	}
	return value->text;
}

/* The texts of a sequence into a set; a mapping counts by its `value`. */
static void
load_set(struct loader *l, const struct node *n, struct keytab *set)
{
	if (node_null(n))
		return;
	if (n->kind != NODE_SEQUENCE) {
		loader_mistake(l, n, "a list of texts is wanted");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		const struct node *v = &n->item[i];
		size_t before = set->n;

		if (v->kind == NODE_MAPPING)
			v = node_get(v, "value");
		if (v == NULL || v->kind != NODE_SCALAR)
			loader_mistake(l, &n->item[i], "a text is wanted");
		else if (keytab_add(set, v->text) < before)
			loader_doubt(l, v, "it is in this list twice");
	}
}

/* The words of one truth value; the specification's where none are given. */
static void
load_truth(struct loader *l, const struct node *n, const char *key,
    const char *const words[4], struct keytab *set)
{
	const struct node *given = node_get(n, key);

	load_set(l, given, set);
	for (size_t i = 0; node_null(given) && i < 4; i++)
		keytab_add(set, span_of(words[i]));
}

static void
load_boolean(struct loader *l, const struct node *n, struct field *f)
{
	static const char *const truths[] = {"true", "True", "TRUE", "1"};
	static const char *const untruths[] = {"false", "False", "FALSE", "0"};

	load_truth(l, n, "trueValues", truths, &f->truths);
	load_truth(l, n, "falseValues", untruths, &f->untruths);
}

/* The empty cell is missing anyway. */
static void
load_missing(struct loader *l, const struct node *field,
    const struct node *schema, struct field *f)
{
	const struct node *own = node_get(field, "missingValues");

	load_set(l, own != NULL ? own : node_get(schema, "missingValues"),
	    &f->missing);
	f->own_missing = f->missing.n > 1 ||
	    (f->missing.n == 1 && keytab_key(&f->missing, 0).n > 0);
}

/* The row of a type and format; at n, `key` names the type. */
static void
load_type_row(struct loader *l, const struct node *n, const char *key,
    struct span name, struct field *f)
{
	struct span bad;

	if (span_starts(f->format, SPAN("fmt:"))) /* of drafts before v1 */
		f->format = span_from(f->format, 4);
	f->type = type_find(name, f->format);
	if (f->type == NULL && type_known(name)) {
		loader_doubt(l, node_get(n, "format"),
		    "this type has no such format: taken as default");
		f->format = SPAN("default");
		f->type = type_find(name, f->format);
	} else if (f->type == NULL) {
		loader_mistake(
		    l, node_get(n, key), "no such type: see dfv-schema(5)");
		f->type = type_find(SPAN("any"), SPAN("default"));
	} else if (f->type->format == NULL &&
	    !moment_pattern(f->format, &bad)) {
		loader_mistake(l, node_get(n, "format"),
		    "a directive that is not known: see dfv-schema(5)");
	}
}

static const char item_types[] =
    "string integer boolean number datetime date time";

/* What a list is made of: items of a type, parted by a delimiter. */
static void
load_list(struct loader *l, const struct node *n, struct field *f)
{
	struct span item = loader_text(l, n, "itemType", SPAN("string"));

	f->is_list = true;
	f->delimiter = loader_text(l, n, "delimiter", SPAN(","));
	f->format = SPAN("default");
	if (f->delimiter.n == 0)
		loader_mistake(l, node_get(n, "delimiter"),
		    "a delimiter is one character or more");
	load_type_row(l, n, "itemType", item, f);
	if (type_known(item) && !span_listed(item, item_types, ' '))
		loader_doubt(l, node_get(n, "itemType"),
		    "the specification has lists of other types only");
}

/* An array whose items are described is a list, written as JSON or with a
 * separator. */
static void
load_array(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *item = node_get(n, "arrayItem");

	f->is_list = true;
	f->is_json = node_null(node_get(n, "arraySeparator"));
	f->delimiter = loader_text(l, n, "arraySeparator", SPAN(","));
	if (item == NULL) {
		f->type = type_find(SPAN("any"), SPAN("default"));
		return;
	}
	f->format = loader_text(l, item, "format", SPAN("default"));
	load_type_row(
	    l, item, "type", loader_text(l, item, "type", SPAN("any")), f);
}

static void
load_type(struct loader *l, const struct node *n, struct field *f)
{
	struct span name = loader_text(l, n, "type", SPAN("string"));

	f->format = loader_text(l, n, "format", SPAN("default"));
	if (span_eq(name, SPAN("list")))
		load_list(l, n, f);
	else if (span_eq(name, SPAN("array")) &&
	    (node_get(n, "arrayItem") != NULL ||
		node_get(n, "arraySeparator") != NULL))
		load_array(l, n, f);
	else
		load_type_row(l, n, "type", name, f);
}

static void
load_number_format(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *bare = node_get(n, "bareNumber");

	f->decimal_char = loader_text(l, n, "decimalChar", SPAN("."));
	f->group_char = loader_text(l, n, "groupChar", SPAN(""));
	f->decimal_comma = l->decimal_comma &&
	    node_null(node_get(n, "decimalChar")) && f->group_char.n == 0;
	f->bare_number = node_null(bare) || node_bool(bare) == 1;
	if (!node_null(bare) && node_bool(bare) < 0)
		loader_mistake(l, bare, "bareNumber is true or false");
	if (f->decimal_char.n == 0)
		f->decimal_char = SPAN(".");
	if (span_eq(f->decimal_char, f->group_char))
		loader_mistake(l, node_get(n, "groupChar"),
		    "decimalChar and groupChar are the same");
}

/* What both lists of values have is what counts: the specification wants the
 * one to be a part of the other. */
static void
load_categories(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *categories = node_get(n, "categories");
	const struct node *some = node_get(node_get(n, "constraints"), "enum");
	const struct constraint *all;

	if (node_null(categories))
		return;
	if (constraint_load(f, "enum", categories, l->arena, l->diag) != 0) {
		l->bad = true;
		return;
	}
	all = &f->constraint[0];
	for (size_t i = 0; some != NULL && i < some->n; i++)
		if (some->kind == NODE_SEQUENCE &&
		    !constraint_has(all, f, node_text(&some->item[i])))
			loader_doubt(l, &some->item[i],
			    "in the enumeration, but not in categories");
}

static void
load_constraints(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *item = node_get(n, "arrayItem");

	load_categories(l, n, f);
	if (constraints_load(
		f, node_get(n, "constraints"), l->arena, l->diag) != 0)
		l->bad = true;
	if (item != NULL &&
	    constraints_load(
		f, node_get(item, "constraints"), l->arena, l->diag) != 0)
		l->bad = true;
}

static void
load_field(struct loader *l, const struct node *n, const struct node *schema,
    struct field *f)
{
	f->place = n->place;
	if (n->kind != NODE_MAPPING) {
		loader_mistake(l, n, "a field is a mapping with a name");
		return;
	}
	loader_properties(
	    l, n, PART_FIELD, loader_text(l, n, "type", SPAN("string")));
	f->name = loader_text(l, n, "name", SPAN(""));
	if (f->name.n == 0)
		loader_mistake(l, n, "a field without a name");
	load_type(l, n, f);
	load_number_format(l, n, f);
	load_boolean(l, n, f);
	load_missing(l, n, schema, f);
	load_constraints(l, n, f);
}

size_t
schema_find(const struct schema *s, struct span name)
{
	size_t i = 0;

	while (i < s->n && !span_eq(s->field[i].name, name))
		i++;
	return i;
}

static void
load_fields(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *fields = node_get(n, "fields");
	struct keytab names = KEYTAB_EMPTY;

	if (fields == NULL || fields->kind != NODE_SEQUENCE) {
		loader_mistake(l, fields == NULL ? n : fields,
		    "a schema has a list of fields");
		return;
	}
	s->field = ARENA_ARRAY(l->arena, struct field, fields->n);
	for (s->n = 0; s->n < fields->n; s->n++) {
		struct field *f = &s->field[s->n];
		size_t before = names.n;

		load_field(l, &fields->item[s->n], n, f);
		if (f->name.n > 0 && keytab_add(&names, f->name) < before)
			loader_doubt(l, node_get(&fields->item[s->n], "name"),
			    "an earlier field has this name, and is the "
			    "one that counts");
	}
	keytab_release(&names);
}

static void
load_match(struct loader *l, const struct node *n, struct schema *s)
{
	static const struct {
		const char *name;
		enum schema_match match;
	} words[] = {{"exact", MATCH_EXACT}, {"equal", MATCH_EQUAL},
	    {"subset", MATCH_SUBSET}, {"superset", MATCH_SUPERSET},
	    {"partial", MATCH_PARTIAL}};
	const struct node *value = node_get(n, "fieldsMatch");

	if (node_null(value))
		return;
	/* v2 wants a text; earlier drafts a list of one. */
	if (value->kind == NODE_SEQUENCE && value->n == 1)
		value = &value->item[0];
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (span_eq(node_text(value), span_of(words[i].name))) {
			s->match = words[i].match;
			return;
		}
	loader_mistake(l, value,
	    "fieldsMatch is exact, equal, subset, superset or partial");
}

struct schema *
schema_load(
    const struct node *n, bool decimal_comma, struct arena *a, struct diag *d)
{
	struct loader l = {a, d, decimal_comma, false};
	struct schema *s = ARENA_NEW(a, struct schema);

	if (n->kind != NODE_MAPPING) {
		loader_mistake(&l, n, "a schema is a mapping with fields");
		return NULL;
	}
	loader_properties(&l, n, PART_SCHEMA, SPAN(""));
	load_fields(&l, n, s);
	if (!l.bad) {
		load_match(&l, n, s);
		loader_keys(&l, n, s);
		loader_checks(&l, n, s);
	}
	if (!l.bad)
		return s;
	schema_release(s);
	return NULL;
}

static void
take_boolean(struct field *f, struct span word, struct keytab *own)
{
	if (keytab_find(&f->truths, word) == KEYTAB_NONE &&
	    keytab_find(&f->untruths, word) == KEYTAB_NONE)
		keytab_add(own, word);
}

void
schema_take_json(struct schema *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct field *f = &s->field[i];

		f->json_number = !type_plain_number(f);
		take_boolean(f, SPAN("true"), &f->truths);
		take_boolean(f, SPAN("false"), &f->untruths);
	}
}

void
schema_release(struct schema *s)
{
	if (s != NULL)
		reference_free(s->reference);
	for (size_t i = 0; s != NULL && i < s->n; i++) {
		struct field *f = &s->field[i];

		keytab_release(&f->truths);
		keytab_release(&f->untruths);
		keytab_release(&f->missing);
		for (size_t c = 0; c < f->nconstraint; c++)
			constraint_release(&f->constraint[c]);
	}
}
