#include "constraint.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "finding.h"
#include "schema.h"
#include "suggest.h"
#include "utf8.h"
#include "words.h"

enum { WHY_BYTES = 256, WORDS_SHOWN = 12 };

static int
bad_value(const struct node *n, const char *what, struct diag *d)
{
	diag_report(d, DIAG_BAD_SCHEMA, &n->place, node_text(n), "%s", what);
	return -1;
}

static int
load_required(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	int value = node_bool(n);

	(void)c, (void)a;
	f->required = value == 1;
	return value >= 0 ? 0 : bad_value(n, "required is true or false", d);
}

static int
load_unique(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	int value = node_bool(n);

	(void)c, (void)a;
	f->unique = value == 1;
	return value >= 0 ? 0 : bad_value(n, "unique is true or false", d);
}

static int
load_length(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct span s = node_text(n);
	size_t v = 0;

	(void)f, (void)a;
	if (s.n == 0 || s.n > 15)
		return bad_value(n, "a length is a whole number", d);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return bad_value(n, "a length is a whole number", d);
		v = v * 10 + (size_t)(s.p[i] - '0');
	}
	c->length = v;
	c->shown = s;
	return 0;
}

/* In code points; what is short in bytes need not be counted. */
static size_t
length_of(const struct subject *s)
{
	return s->length != SIZE_MAX ? s->length : utf8_length(s->text);
}

static bool
holds_min_length(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return length_of(s) >= c->length;
}

static bool
holds_max_length(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	if (s->length == SIZE_MAX && s->text.n <= c->length)
		return true;
	return length_of(s) <= c->length;
}

/* A bound is written as the field's values are, or as the type's default. */
static int
load_bound(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct span s = node_text(n);
	const struct type *plain =
	    type_find(span_of(f->type->name), SPAN("default"));
	struct field bare = {
	    .decimal_char = SPAN("."), .bare_number = true, .type = plain};

	(void)a;
	if ((f->type->is & TYPE_ORDERED) == 0)
		return bad_value(n, "values of this type have no order", d);
	c->shown = s;
	if (s.n > 0 &&
	    (plain->check(&bare, s, &c->bound) ||
		f->type->check(f, s, &c->bound)))
		return 0;
	return bad_value(n, "a bound is a value of the field's type", d);
}

/* What is no number (NaN) is neither above nor below: no bound holds. */
static bool
is_nan(struct number n)
{
	return !n.exact && isnan(n.real);
}

static bool
holds_minimum(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) >= 0;
}

static bool
holds_maximum(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) <= 0;
}

static bool
holds_above(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) > 0;
}

static bool
holds_below(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f, (void)room;
	return !is_nan(s->order) && number_cmp(s->order, c->bound) < 0;
}

static int
load_pattern(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	char why[WHY_BYTES];
	size_t at;

	(void)f, (void)a;
	if (n->kind != NODE_SCALAR)
		return bad_value(n, "a pattern is text", d);
	c->shown = n->text;
	c->regex = regex_new(n->text, why, sizeof why, &at);
	if (c->regex != NULL)
		return 0;
	diag_report(d, DIAG_BAD_SCHEMA, &n->place, n->text,
	    "not a regular expression: %s, at its character %zu", why, at + 1);
	return -1;
}

static bool
holds_pattern(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	(void)f;
	return regex_match(c->regex, s->text, &room->match) == 1;
}

/* Categories may be mappings with a value and a label. */
static const struct node *
enum_value(const struct node *n)
{
	return n->kind == NODE_MAPPING ? node_get(n, "value") : n;
}

static int
load_enum(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	struct buf scratch = {NULL, 0, 0}, shown = {NULL, 0, 0};

	if (n->kind != NODE_SEQUENCE || n->n == 0)
		return bad_value(n, "a list of values is wanted", d);
	c->word = ARENA_ARRAY(a, struct span, n->n);
	for (size_t i = 0; i < n->n; i++) {
		const struct node *value = enum_value(&n->item[i]);
		struct span text = node_text(value);

		if (text.p == NULL) {
			buf_release(&shown);
			return bad_value(&n->item[i], "a value is a scalar", d);
		}
		buf_reset(&scratch);
		keytab_add(&c->set, type_canon(f, text, &scratch));
		c->word[c->nword++] = text;
		if (i < WORDS_SHOWN) {
			if (i > 0)
				buf_add(&shown, SPAN(", "));
			buf_add(&shown, text);
		}
	}
	if (n->n > WORDS_SHOWN)
		buf_printf(&shown, "… (%zu values)", n->n);
	c->shown = arena_span(a, buf_span(&shown));
	buf_release(&shown);
	buf_release(&scratch);
	return 0;
}

static bool
holds_enum(const struct constraint *c, const struct field *f,
    const struct subject *s, struct room *room)
{
	struct span key = s->text;

	if ((f->type->is & TYPE_NUMERIC) != 0)
		key = type_canon(f, key, &room->text);
	return keytab_find(&c->set, key) != KEYTAB_NONE;
}

/* Loads, but says that nothing comes of it. */
static int
load_unchecked(struct constraint *c, struct field *f, const struct node *n,
    struct arena *a, struct diag *d)
{
	(void)c, (void)f, (void)a;
	diag_report(d, DIAG_SCHEMA_PROPERTY, &n->place, SPAN("jsonSchema"),
	    "this constraint is not checked");
	return 0;
}

/* The wrong ones of a cell are reported in this order. */
static const struct constraint_kind kinds[] = {
    {"required", false, false, load_required, NULL, NULL},
    {"unique", false, false, load_unique, NULL, NULL},
    {"enum", false, false, load_enum, holds_enum, "not one of the values"},
    {"pattern", false, false, load_pattern, holds_pattern,
	"does not match the pattern"},
    {"minLength", true, false, load_length, holds_min_length, "shorter than"},
    {"maxLength", true, false, load_length, holds_max_length, "longer than"},
    {"minimum", false, true, load_bound, holds_minimum,
	"less than the minimum"},
    {"maximum", false, true, load_bound, holds_maximum,
	"more than the maximum"},
    {"exclusiveMinimum", false, true, load_bound, holds_above, "not more than"},
    {"exclusiveMaximum", false, true, load_bound, holds_below, "not less than"},
    {"jsonSchema", false, false, load_unchecked, NULL, NULL},
};

enum { NKIND = sizeof kinds / sizeof kinds[0] };

static int
load_kind(struct field *f, const struct constraint_kind *kind,
    const struct node *n, struct arena *a, struct diag *d)
{
	struct constraint *c;

	if (kind->holds == NULL)
		return kind->load(NULL, f, n, a, d);
	if (f->constraint == NULL) /* each, and once more for categories */
		f->constraint = ARENA_ARRAY(a, struct constraint, NKIND + 1);
	c = &f->constraint[f->nconstraint++];
	c->kind = kind;
	f->ordered |= kind->ordered;
	return kind->load(c, f, n, a, d);
}

int
constraint_load(struct field *f, const char *name, const struct node *n,
    struct arena *a, struct diag *d)
{
	size_t k = 0;

	while (strcmp(kinds[k].name, name) != 0)
		k++;
	return load_kind(f, &kinds[k], n, a, d);
}

int
constraints_load(
    struct field *f, const struct node *n, struct arena *a, struct diag *d)
{
	int status = 0;

	if (node_null(n))
		return 0;
	if (n->kind != NODE_MAPPING)
		return bad_value(n, "constraints are a mapping", d);
	for (size_t i = 0; i < NKIND; i++) {
		const struct node *value = node_get(n, kinds[i].name);

		if (!node_null(value) &&
		    load_kind(f, &kinds[i], value, a, d) != 0)
			status = -1;
	}
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (k < NKIND &&
		    !span_eq(n->key[i].text, span_of(kinds[k].name)))
			k++;
		if (k == NKIND)
			diag_report(d, DIAG_SCHEMA_PROPERTY, &n->key[i].place,
			    n->key[i].text, "not a constraint: not checked");
	}
	return status;
}

void
constraint_explain(const struct constraint *c, struct span text,
    struct room *room, struct finding *f, struct arena *a)
{
	const char *broken = _(c->kind->broken);
	size_t near;

	f->expected = arena_printf(
	    a, "%s: %.*s", c->kind->name, (int)c->shown.n, c->shown.p);
	if (c->regex != NULL && regex_match(c->regex, text, &room->match) < 0)
		broken = _("takes too many steps to match with");
	near = suggest_nearest(text, c->word, c->nword);
	if (near != SUGGEST_NONE)
		f->suggestion = c->word[near];
	f->message = near != SUGGEST_NONE
	    ? span_of(broken)
	    : arena_printf(a, "%s %.*s", broken, (int)c->shown.n, c->shown.p);
}

void
constraint_release(struct constraint *c)
{
	keytab_release(&c->set);
	regex_free(c->regex);
	c->regex = NULL;
}
