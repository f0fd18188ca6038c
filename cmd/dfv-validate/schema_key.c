#include "loader.h"

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
			loader_mistake(l, name, "no field has this name");
		else
			key->field[key->n++] = at;
	}
	if (count == 0)
		loader_mistake(l, n, "a key names its fields");
}

static void
load_uniques(struct loader *l, const struct node *unique, struct schema *s)
{
	if (unique->kind != NODE_SEQUENCE || unique->n == 0) {
		loader_mistake(
		    l, unique, "uniqueKeys is a list of lists of names");
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
		loader_mistake(l, n,
		    "a foreign key has fields, and a reference with "
		    "a resource and fields");
		return;
	}
	loader_properties(l, n, PART_FOREIGN, SPAN(""));
	loader_properties(l, reference, PART_REFERENCE, SPAN(""));
	load_key(l, fields, s, &k->key);
	k->key.place = n->place;
	k->table = loader_text(l, reference, "resource", SPAN(""));
	if (span_eq(k->table, SPAN("self")) || span_eq(k->table, SPAN(".")))
		k->table = SPAN("");
	count = columns->kind == NODE_SEQUENCE ? columns->n : 1;
	k->column = ARENA_ARRAY(l->arena, struct span, count);
	for (size_t i = 0; i < count; i++)
		k->column[i] =
		    node_text(columns->kind == NODE_SEQUENCE ? &columns->item[i]
							     : columns);
	if (count != k->key.n && !l->bad)
		loader_mistake(l, n, "as many fields there as here are wanted");
	for (size_t i = 0; i < count && k->table.n == 0; i++)
		if (schema_find(s, k->column[i]) == s->n)
			loader_mistake(l, columns, "no field has this name");
}

static void
load_foreigns(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *keys = node_get(n, "foreignKeys");

	if (node_null(keys))
		return;
	if (keys->kind != NODE_SEQUENCE) {
		loader_mistake(l, keys, "foreignKeys is a list");
		return;
	}
	s->foreign = ARENA_ARRAY(l->arena, struct schema_foreign, keys->n);
	for (size_t i = 0; i < keys->n; i++)
		load_foreign(l, &keys->item[i], s, &s->foreign[s->nforeign++]);
}

void
loader_keys(struct loader *l, const struct node *n, struct schema *s)
{
	const struct node *primary = node_get(n, "primaryKey");
	const struct node *unique = node_get(n, "uniqueKeys");

	if (!node_null(primary) &&
	    !(primary->kind == NODE_SEQUENCE && primary->n == 0))
		load_key(l, primary, s, &s->primary);
	if (!node_null(unique))
		load_uniques(l, unique, s);
	load_foreigns(l, n, s);
}
