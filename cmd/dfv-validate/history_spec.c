#include "history_spec.h"

#include "buf.h"
#include "cell.h"

/* So many deviations from the median are far, where the schema does not say:
 * a normal value is as far once in 10^15. */
enum { DEFAULT_LIMIT = 8 };

struct loader {
	const struct schema *schema;
	struct history_spec *spec;
	struct arena *arena;
	struct diag *diag;
	bool bad;
};

static void
mistake(struct loader *l, const struct node *n, const char *what)
{
	diag_report(
	    l->diag, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s", what);
	l->bad = true;
}

/* What is said of a field, by its name. */
static struct history_field *
item_of(struct loader *l, const struct node *name)
{
	size_t field = schema_find(l->schema, node_text(name));
	struct history_spec *s = l->spec;

	if (field == l->schema->n) {
		mistake(l, name, "no field has this name");
		field = 0;
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->item[i].field == &l->schema->field[field])
			return &s->item[i];
	s->item[s->n].field = &l->schema->field[field];
	return &s->item[s->n++];
}

static void
need_number(
    struct loader *l, const struct node *n, const struct history_field *f)
{
	if (!l->bad && (f->field->type->is & TYPE_NUMERIC) == 0)
		mistake(l, n, "this field holds no numbers");
}

static void
load_cumulative(struct loader *l, const struct node *n)
{
	if (n->kind != NODE_SEQUENCE) {
		mistake(l, n, "cumulative is a list of fields");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		struct history_field *f = item_of(l, &n->item[i]);

		need_number(l, &n->item[i], f);
		f->cumulative = true;
	}
}

/* A list of fields, or a mapping of each to its limit. */
static void
load_outliers(struct loader *l, const struct node *n)
{
	if (n->kind == NODE_SCALAR) {
		mistake(l, n, "outliers is a list of fields, or their limits");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		const struct node *name =
		    n->kind == NODE_MAPPING ? &n->key[i] : &n->item[i];
		struct history_field *f = item_of(l, name);
		struct number limit = number_int(DEFAULT_LIMIT);

		need_number(l, name, f);
		if (n->kind == NODE_MAPPING &&
		    (!number_parse(node_text(&n->item[i]), false, &limit) ||
			number_double(limit) <= 0))
			mistake(l, &n->item[i],
			    "a limit is a number of deviations above 0");
		f->limit = number_double(limit);
	}
}

static void
load_state(struct loader *l, const struct node *name, const struct node *n,
    struct history_state *s)
{
	struct buf shown = {NULL, 0, 0};

	s->name = node_text(name);
	if (n->kind != NODE_SEQUENCE) {
		mistake(l, n, "a state has a list of those that may follow it");
		return;
	}
	s->next = ARENA_ARRAY(l->arena, struct span, n->n);
	for (s->n = 0; s->n < n->n; s->n++) {
		s->next[s->n] = node_text(&n->item[s->n]);
		if (s->n > 0)
			buf_add(&shown, SPAN(", "));
		buf_add(&shown, s->next[s->n]);
	}
	s->shown = arena_span(l->arena, buf_span(&shown));
	buf_release(&shown);
}

static void
load_transitions(struct loader *l, const struct node *n)
{
	if (n->kind != NODE_MAPPING) {
		mistake(l, n, "transitions are a mapping by field");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		struct history_field *f = item_of(l, &n->key[i]);
		const struct node *states = &n->item[i];

		if (states->kind != NODE_MAPPING) {
			mistake(l, states, "a mapping by state is wanted");
			continue;
		}
		f->state =
		    ARENA_ARRAY(l->arena, struct history_state, states->n);
		for (; f->nstate < states->n; f->nstate++)
			load_state(l, &states->key[f->nstate],
			    &states->item[f->nstate], &f->state[f->nstate]);
	}
}

static void
load_key(struct loader *l, const struct node *n)
{
	struct schema_key *key = &l->spec->key;
	size_t count = n->kind == NODE_SEQUENCE ? n->n : 1;

	key->field = ARENA_ARRAY(l->arena, size_t, count);
	for (key->n = 0; key->n < count; key->n++) {
		const struct node *name =
		    n->kind == NODE_SEQUENCE ? &n->item[key->n] : n;

		key->field[key->n] = schema_find(l->schema, node_text(name));
		if (key->field[key->n] == l->schema->n)
			mistake(l, name, "no field has this name");
	}
}

static const struct {
	const char *name;
	void (*load)(struct loader *, const struct node *);
} parts[] = {
    {"key", load_key},
    {"cumulative", load_cumulative},
    {"transitions", load_transitions},
    {"outliers", load_outliers},
};

static void
load_parts(struct loader *l, const struct node *n)
{
	if (n->kind != NODE_MAPPING) {
		mistake(l, n, "history is a mapping: see dfv-validate(1)");
		return;
	}
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (k < sizeof parts / sizeof parts[0] &&
		    !span_eq(n->key[i].text, span_of(parts[k].name)))
			k++;
		if (k < sizeof parts / sizeof parts[0])
			parts[k].load(l, &n->item[i]);
		else
			mistake(l, &n->key[i],
			    "history has key, cumulative, transitions and "
			    "outliers");
	}
}

const struct history_spec *
history_load(const struct node *schema_node, const struct schema *schema,
    struct arena *a, struct diag *d)
{
	const struct node *n = node_get(schema_node, "history");
	struct loader l = {schema, NULL, a, d, false};

	l.spec = ARENA_NEW(a, struct history_spec);
	l.spec->item = ARENA_ARRAY(a, struct history_field, schema->n);
	l.spec->key = schema->primary;
	if (!node_null(n))
		load_parts(&l, n);
	if (!l.bad && l.spec->key.n == 0)
		mistake(&l, schema_node,
		    "records of two times are matched by a key: give a "
		    "primaryKey, or a key in history");
	return l.bad ? NULL : l.spec;
}

/* States are texts; a cell is one as it stands unless it has escapes. */
static bool
is_text(struct span cell, struct span text)
{
	struct buf scratch = {NULL, 0, 0};
	bool same = span_eq(cell_shown(cell, &scratch), text);

	buf_release(&scratch);
	return same;
}

const struct history_state *
history_state(const struct history_field *f, struct span cell)
{
	for (size_t i = 0; i < f->nstate; i++)
		if (is_text(cell, f->state[i].name))
			return &f->state[i];
	return NULL;
}

bool
history_allows(const struct history_state *s, struct span cell)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_text(cell, s->next[i]))
			return true;
	return false;
}
