#include "schema.h"

#include "moment.h"
#include "suggest.h"

/* More than any list of properties below has. */
enum { WORDS_MAX = 64 };

/* What loading is about; `bad` is set by every mistake. */
struct loader {
	struct arena *arena;
	struct diag *diag;
	bool decimal_comma;
	bool bad;
};

/* Properties that are known and change nothing here. An unknown one is
 * probably a slip of the pen, and is reported. */
static const char *const schema_known[] = {"$schema", "fields", "fieldsMatch",
    "missingValues", "primaryKey", "uniqueKeys", "foreignKeys", "name", "title",
    "description", "keywords", "homepage", "path", "version", "created",
    "lastModified", "updated", "contributors", "sources", "resources", "image",
    "licenses", "licences", "author", "authors", "references", "countryCode",
    "encoding", "example", "examples", "rdfType", "$id", "profile", "id",
    "history", NULL};

static const char *const field_known[] = {"name", "type", "format", "title",
    "description", "constraints", "missingValues", "example", "examples",
    "rdfType", "decimalChar", "groupChar", "bareNumber", "trueValues",
    "falseValues", "delimiter", "itemType", "categories", "categoriesOrdered",
    "unit", "arrayItem", NULL};

static const char *const foreign_known[] = {"fields", "reference", NULL};

static void
mistake(struct loader *l, const struct node *n, const char *what)
{
	diag_report(
	    l->diag, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s", what);
	l->bad = true;
}

static void
report_unknown(struct loader *l, const struct node *n, const char *const *known)
{
	struct span words[WORDS_MAX];
	size_t nknown = 0, near;

	for (; nknown < WORDS_MAX && known[nknown] != NULL; nknown++)
		words[nknown] = span_of(known[nknown]);
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (k < nknown && !span_eq(n->key[i].text, words[k]))
			k++;
		if (k < nknown)
			continue;
		near = suggest_nearest(n->key[i].text, words, nknown);
		if (near == SUGGEST_NONE)
			diag_report(l->diag, DIAG_SCHEMA_PROPERTY,
			    &n->key[i].place, n->key[i].text, NULL);
		else
			diag_report(l->diag, DIAG_SCHEMA_PROPERTY,
			    &n->key[i].place, n->key[i].text,
			    "did you mean '%s'?", known[near]);
	}
}

/* A property's text, or `otherwise` where it is absent. */
static struct span
text_of(struct loader *l, const struct node *n, const char *key,
    struct span otherwise)
{
	const struct node *value = node_get(n, key);

	if (node_null(value))
		return otherwise;
	if (value->kind != NODE_SCALAR) {
		mistake(l, value, "text is wanted");
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
		mistake(l, n, "a list of texts is wanted");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		const struct node *v = &n->item[i];

		if (v->kind == NODE_MAPPING)
			v = node_get(v, "value");
		if (v == NULL || v->kind != NODE_SCALAR)
			mistake(l, &n->item[i], "a text is wanted");
		else
			keytab_add(set, v->text);
	}
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

static void
load_type(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *written = node_get(n, "type");
	struct span name = text_of(l, n, "type", SPAN("string")), bad;

	f->format = text_of(l, n, "format", SPAN("default"));
	if (span_eq(name, SPAN("list"))) {
		f->is_list = true;
		f->delimiter = text_of(l, n, "delimiter", SPAN(""));
		name = text_of(l, n, "itemType", SPAN("string"));
		f->format = SPAN("default");
		written = node_get(n, "itemType");
	}
	if (span_starts(f->format, SPAN("fmt:"))) /* of drafts before v1 */
		f->format = span_from(f->format, 4);
	f->type = type_find(name, f->format);
	if (f->type == NULL && type_known(name)) {
		diag_report(l->diag, DIAG_SCHEMA_PROPERTY,
		    &node_get(n, "format")->place, f->format,
		    "this type has no such format: taken as default");
		f->format = SPAN("default");
		f->type = type_find(name, f->format);
	} else if (f->type == NULL) {
		mistake(l, written, "no such type: see dfv-validate(1)");
		f->type = type_find(SPAN("any"), SPAN("default"));
	} else if (f->type->format == NULL &&
	    !moment_pattern(f->format, &bad)) {
		mistake(l, node_get(n, "format"),
		    "a directive that is not known: see dfv-validate(1)");
	}
}

static void
load_number_format(struct loader *l, const struct node *n, struct field *f)
{
	const struct node *bare = node_get(n, "bareNumber");

	f->decimal_char = text_of(l, n, "decimalChar", SPAN("."));
	f->group_char = text_of(l, n, "groupChar", SPAN(""));
	f->decimal_comma = l->decimal_comma &&
	    node_null(node_get(n, "decimalChar")) && f->group_char.n == 0;
	f->bare_number = node_null(bare) || node_bool(bare) == 1;
	if (!node_null(bare) && node_bool(bare) < 0)
		mistake(l, bare, "bareNumber is true or false");
	if (f->decimal_char.n == 0)
		f->decimal_char = SPAN(".");
	if (span_eq(f->decimal_char, f->group_char))
		mistake(l, node_get(n, "groupChar"),
		    "decimalChar and groupChar are the same");
}

static void
load_field(struct loader *l, const struct node *n, const struct node *schema,
    struct field *f)
{
	const struct node *categories;

	f->place = n->place;
	if (n->kind != NODE_MAPPING) {
		mistake(l, n, "a field is a mapping with a name");
		return;
	}
	report_unknown(l, n, field_known);
	f->name = text_of(l, n, "name", SPAN(""));
	if (f->name.n == 0)
		mistake(l, n, "a field without a name");
	load_type(l, n, f);
	load_number_format(l, n, f);
	load_set(l, node_get(n, "trueValues"), &f->truths);
	load_set(l, node_get(n, "falseValues"), &f->untruths);
	load_missing(l, n, schema, f);
	if (constraints_load(
		f, node_get(n, "constraints"), l->arena, l->diag) != 0)
		l->bad = true;
	categories = node_get(n, "categories");
	if (!node_null(categories) &&
	    constraint_load(f, "enum", categories, l->arena, l->diag) != 0)
		l->bad = true;
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
		mistake(l, fields == NULL ? n : fields,
		    "a schema has a list of fields");
		return;
	}
	s->field = ARENA_ARRAY(l->arena, struct field, fields->n);
	for (s->n = 0; s->n < fields->n; s->n++) {
		struct field *f = &s->field[s->n];
		size_t before = names.n;

		load_field(l, &fields->item[s->n], n, f);
		if (f->name.n > 0 && keytab_add(&names, f->name) < before)
			mistake(l, node_get(&fields->item[s->n], "name"),
			    "an earlier field has this name");
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
	mistake(l, value,
	    "fieldsMatch is exact, equal, subset, superset or partial");
}

/* One name or a list of them, as indices of fields. */
static void
load_key(struct loader *l, const struct node *n, const struct schema *s,
    struct schema_key *key)
{
	size_t count = n->kind == NODE_SEQUENCE ? n->n : 1;

	key->place = n->place;
	key->field = ARENA_ARRAY(l->arena, size_t, count);
	for (size_t i = 0; i < count; i++) {
		const struct node *name =
		    n->kind == NODE_SEQUENCE ? &n->item[i] : n;
		size_t at = schema_find(s, node_text(name));

		if (name->kind != NODE_SCALAR || at == s->n)
			mistake(l, name, "no field has this name");
		else
			key->field[key->n++] = at;
	}
	if (count == 0)
		mistake(l, n, "a key names its fields");
}

static void
load_keys(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *primary = node_get(n, "primaryKey");
	const struct node *unique = node_get(n, "uniqueKeys");

	if (!node_null(primary) &&
	    !(primary->kind == NODE_SEQUENCE && primary->n == 0))
		load_key(l, primary, s, &s->primary);
	if (node_null(unique))
		return;
	if (unique->kind != NODE_SEQUENCE) {
		mistake(l, unique, "uniqueKeys is a list of lists of names");
		return;
	}
	s->unique = ARENA_ARRAY(l->arena, struct schema_key, unique->n);
	for (size_t i = 0; i < unique->n; i++)
		load_key(l, &unique->item[i], s, &s->unique[s->nunique++]);
}

static void
load_foreign(struct loader *l, const struct node *n, const struct schema *s,
    struct schema_foreign *k)
{
	const struct node *fields = node_get(n, "fields");
	const struct node *reference = node_get(n, "reference");
	const struct node *columns = node_get(reference, "fields");
	size_t count;

	if (node_null(fields) || node_null(columns)) {
		mistake(l, n,
		    "a foreign key has fields, and a reference with "
		    "a resource and fields");
		return;
	}
	report_unknown(l, n, foreign_known);
	load_key(l, fields, s, &k->key);
	k->key.place = n->place;
	k->table = text_of(l, reference, "resource", SPAN(""));
	if (span_eq(k->table, SPAN("self")) || span_eq(k->table, SPAN(".")))
		k->table = SPAN("");
	count = columns->kind == NODE_SEQUENCE ? columns->n : 1;
	k->column = ARENA_ARRAY(l->arena, struct span, count);
	for (size_t i = 0; i < count; i++)
		k->column[i] =
		    node_text(columns->kind == NODE_SEQUENCE ? &columns->item[i]
							     : columns);
	if (count != k->key.n && !l->bad)
		mistake(l, n, "as many fields there as here are wanted");
	for (size_t i = 0; i < count && k->table.n == 0; i++)
		if (schema_find(s, k->column[i]) == s->n)
			mistake(l, columns, "no field has this name");
}

static void
load_foreigns(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *keys = node_get(n, "foreignKeys");

	if (node_null(keys))
		return;
	if (keys->kind != NODE_SEQUENCE) {
		mistake(l, keys, "foreignKeys is a list");
		return;
	}
	s->foreign = ARENA_ARRAY(l->arena, struct schema_foreign, keys->n);
	for (size_t i = 0; i < keys->n; i++)
		load_foreign(l, &keys->item[i], s, &s->foreign[s->nforeign++]);
}

struct schema *
schema_load(
    const struct node *n, bool decimal_comma, struct arena *a, struct diag *d)
{
	struct loader l = {a, d, decimal_comma, false};
	struct schema *s = ARENA_NEW(a, struct schema);

	if (n->kind != NODE_MAPPING) {
		mistake(&l, n, "a schema is a mapping with fields");
		return NULL;
	}
	report_unknown(&l, n, schema_known);
	load_fields(&l, n, s);
	if (!l.bad) {
		load_match(&l, n, s);
		load_keys(&l, n, s);
		load_foreigns(&l, n, s);
	}
	if (!l.bad)
		return s;
	schema_release(s);
	return NULL;
}

void
schema_release(struct schema *s)
{
	for (size_t i = 0; s != NULL && i < s->n; i++) {
		struct field *f = &s->field[i];

		keytab_release(&f->truths);
		keytab_release(&f->untruths);
		keytab_release(&f->missing);
		for (size_t c = 0; c < f->nconstraint; c++)
			constraint_release(&f->constraint[c]);
	}
}
