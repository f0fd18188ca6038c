#include "loader.h"

#include "listed.h"
#include "suggest.h"

/* More than any list of properties below has. */
enum { WORDS_MAX = 64 };

/*
 * A property that is known. kinds: what it may be, of t (text or another
 * scalar), s (sequence), m (mapping) and b (boolean); empty for anything.
 * types: the types of fields for which it means something, NULL for all.
 */
struct property {
	const char *name;
	const char *kinds;
	const char *types;
};

/* Those without kinds are for people, as the schemas that are published have
 * them. */
static const struct property of_schema[] = {
    {"$schema", "t", NULL},
    {"fields", "s", NULL},
    {"fieldsMatch", "ts", NULL},
    {"missingValues", "s", NULL},
    {"primaryKey", "ts", NULL},
    {"uniqueKeys", "s", NULL},
    {"foreignKeys", "s", NULL},
    {"custom_checks", "s", NULL},
    {"history", "m", NULL},
    {"name", "t", NULL},
    {"title", "t", NULL},
    {"description", "t", NULL},
    {"path", "t", NULL},
    {"version", "t", NULL},
    {"created", "t", NULL},
    {"lastModified", "t", NULL},
    {"updated", "t", NULL},
    {"keywords", "", NULL},
    {"homepage", "", NULL},
    {"contributors", "", NULL},
    {"contributor", "", NULL},
    {"contact", "", NULL},
    {"sources", "", NULL},
    {"resources", "", NULL},
    {"image", "", NULL},
    {"licenses", "", NULL},
    {"licences", "", NULL},
    {"license", "", NULL},
    {"author", "", NULL},
    {"authors", "", NULL},
    {"references", "", NULL},
    {"countryCode", "", NULL},
    {"encoding", "", NULL},
    {"status", "", NULL},
    {"uri", "", NULL},
    {"example", "", NULL},
    {"examples", "", NULL},
    {"rdfType", "", NULL},
    {"$id", "", NULL},
    {"id", "", NULL},
    {"profile", "", NULL},
    {NULL, NULL, NULL},
};

#define NUMBERS "number integer"

static const struct property of_field[] = {
    {"name", "t", NULL},
    {"type", "t", NULL},
    {"format", "t", NULL},
    {"title", "t", NULL},
    {"description", "t", NULL},
    {"constraints", "m", NULL},
    {"missingValues", "s", NULL},
    {"example", "", NULL},
    {"examples", "", NULL},
    {"comment", "", NULL},
    {"rdfType", "t", NULL},
    {"unit", "", NULL},
    {"decimalChar", "t", NUMBERS},
    {"groupChar", "t", NUMBERS},
    {"bareNumber", "b", NUMBERS},
    {"floatNumber", "b", NUMBERS},
    {"trueValues", "s", "boolean"},
    {"falseValues", "s", "boolean"},
    {"delimiter", "t", "list"},
    {"itemType", "t", "list"},
    {"arrayItem", "m", "array"},
    {"arraySeparator", "t", "array"},
    {"categories", "s", "string integer"},
    {"categoriesOrdered", "b", "string integer"},
    {"frFormat", "tm", NULL},
    {NULL, NULL, NULL},
};

static const struct property of_foreign[] = {{"fields", "ts", NULL},
    {"reference", "m", NULL}, {"title", "t", NULL}, {"description", "t", NULL},
    {NULL, NULL, NULL}};

static const struct property of_reference[] = {
    {"resource", "t", NULL}, {"fields", "ts", NULL}, {NULL, NULL, NULL}};

static const struct property of_check[] = {{"name", "t", NULL},
    {"params", "m", NULL}, {"description", "t", NULL}, {NULL, NULL, NULL}};

static const struct property *const properties[] = {[PART_SCHEMA] = of_schema,
    [PART_FIELD] = of_field,
    [PART_FOREIGN] = of_foreign,
    [PART_REFERENCE] = of_reference,
    [PART_CHECK] = of_check};

static bool
is_kind(const struct node *n, char kind)
{
	switch (kind) {
	case 't':
		return n->kind == NODE_SCALAR;
	case 's':
		return n->kind == NODE_SEQUENCE;
	case 'm':
		return n->kind == NODE_MAPPING;
	default:
		return node_bool(n) >= 0;
	}
}

static void
check_kind(struct loader *l, const struct node *n, const struct property *p)
{
	static const struct {
		char kind;
		const char *what;
	} wanted[] = {{'t', "text is wanted here"},
	    {'s', "a list is wanted here"}, {'m', "a mapping is wanted here"},
	    {'b', "true or false is wanted here"}};
	size_t w = 0;

	if (node_null(n) || p->kinds[0] == '\0')
		return;
	for (const char *k = p->kinds; *k != '\0'; k++)
		if (is_kind(n, *k))
			return;
	while (wanted[w].kind != p->kinds[0])
		w++;
	diag_report(l->diag, DIAG_SCHEMA_PROPERTY, &n->place, span_of(p->name),
	    "%s", wanted[w].what);
}

static void
report_unknown(struct loader *l, const struct node *key,
    const struct property *known, enum part part)
{
	struct span words[WORDS_MAX];
	size_t n = 0, near;

	if (part == PART_FIELD && constraint_known(key->text)) {
		loader_doubt(
		    l, key, "a constraint: it has to stand under constraints");
		return;
	}
	for (; n < WORDS_MAX && known[n].name != NULL; n++)
		words[n] = span_of(known[n].name);
	near = suggest_nearest(key->text, words, n);
	if (near == SUGGEST_NONE)
		loader_doubt(l, key, NULL);
	else
		diag_report(l->diag, DIAG_SCHEMA_PROPERTY, &key->place,
		    key->text, "did you mean '%s'?", known[near].name);
}

void
loader_properties(
    struct loader *l, const struct node *n, enum part part, struct span type)
{
	const struct property *known = properties[part];

	for (size_t i = 0; i < n->n; i++) {
		const struct property *p = known;

		while (p->name != NULL &&
		    !span_eq(n->key[i].text, span_of(p->name)))
			p++;
		if (p->name == NULL)
			report_unknown(l, &n->key[i], known, part);
		else if (p->types != NULL && !span_listed(type, p->types, ' '))
			loader_doubt(l, &n->key[i],
			    "it means nothing for a field of this type");
		else
			check_kind(l, &n->item[i], p);
	}
}
